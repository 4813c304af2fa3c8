/** A server that is killed while guided processes are answered, or requests approved, has done all of each or nothing; asked again, it has done it once. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startKillable, type KillableServer, type Question } from '../support/killable-server.ts'
import { serverKinds } from '../support/server-kinds.ts'

const own = '/services/fieldstone/v1'
const data = '/services/data/v67.0'
const runs = `${own}/process-runs`
const minutes = 60_000

/** Open where it stands; behind its submission the records of it. */
interface Run {
  readonly id: string
  readonly state: string
  /** Null at the review. */
  readonly screen?: string | null
  readonly records?: readonly { readonly id: string }[]
}

describe.each(serverKinds)('kill -9 on $name leaves no half and makes no second', (kind) => {
  let server: KillableServer
  beforeAll(async () => {
    server = await startKillable(kind)
  }, 5 * minutes)
  afterAll(() => server.remove())

  const count = async (object: string): Promise<number> =>
    (await server.query(`SELECT Id FROM ${object}`)).length

  it('at any step of a guided process', { timeout: 10 * minutes }, async () => {
    const client = await server.create('Account', { Name: 'Ada' })
    const begin = { process: 'Complaint_Intake', recordId: client }
    const answers = {
      ComplaintType: 'Accessibility Issues',
      SourceType: 'Branch',
      Subject: 'The page cannot be read aloud',
      IncidentDate: '2026-01-05',
      ReceivedDate: '2026-01-06',
      Description: 'No screen reader works.',
      Priority: 'High',
      Participants: [
        { ParticipantId: client, Role: 'Complainant', PreferredCommunicationMode: 'Email' },
      ],
    }
    const start = (): Promise<Run> => server.ask<Run>('POST', runs, begin)
    const step = ({ id, screen }: Run): Question => ({
      method: 'POST',
      path: `${runs}/${id}/steps`,
      body: { screen, answers },
    })
    const submit = ({ id }: Run): Question => ({ method: 'POST', path: `${runs}/${id}/submit` })
    const ask = ({ method, path, body }: Question): Promise<Run> =>
      server.ask<Run>(method, path, body)
    const finish = async (run: Run): Promise<Run> => {
      let at = run
      while (typeof at.screen === 'string') at = await ask(step(at))
      return at
    }
    /** One run at each of its steps; the last of them at the review. */
    const places = async (): Promise<readonly Run[]> => {
      const all: Run[] = []
      for (let steps = 0; ; steps += 1) {
        let run = await start()
        for (let done = 0; done < steps; done += 1) run = await ask(step(run))
        all.push(run)
        if (run.screen === null) return all
      }
    }
    const results = async (of: readonly Run[]): Promise<readonly Run[]> => {
      const answered: Run[] = []
      for (const run of of) answered.push(await ask(submit(run)))
      return answered
    }
    const made = ['Case', 'PublicComplaint', 'CaseParticipant', 'SvcCatalogRequest']
    const began = await places()
    const screens = began.map(({ screen }) => screen)
    expect(screens.length).toBeGreaterThan(3)
    const kept = await start()
    const keep = { method: 'PATCH', path: `${runs}/${kept.id}`, body: { answers } }
    const steps = began.map((run) => (run.screen === null ? submit(run) : step(run)))
    await server.cutOff([keep, ...steps, { method: 'POST', path: runs, body: begin }], 1)
    for (const [at, { id }] of began.entries()) {
      const run = await server.ask<Run>('GET', `${runs}/${id}`)
      if (run.state === 'Submitted') expect(at).toBe(began.length - 1)
      // Wholly before its step, or wholly behind it.
      else expect([screens[at], screens[at + 1]]).toContain(run.screen)
      await finish(run)
    }
    await finish(kept)
    const left = await Promise.all(made.map(count))
    expect(new Set(left).size, `${made.join()} ${left.join()}`).toBe(1)
    expect(left[0]).toBeLessThanOrEqual(1)
    // Now all of them are submitted at once.
    const all = [...began, kept]
    await server.cutOff(all.map(submit), 1)
    const between = await Promise.all(made.map(count))
    expect(new Set(between).size, `${made.join()} ${between.join()}`).toBe(1)
    const [first, second] = [await results(all), await results(all)]
    expect(second).toEqual(first)
    expect(await Promise.all(made.map(count))).toEqual(made.map(() => all.length))
  })

  it('of an approval, with what follows it', { timeout: 10 * minutes }, async () => {
    const [profile] = await server.query<{ Id: string }>(
      "SELECT Id FROM Profile WHERE Name = 'Standard User'",
    )
    const ManagerId = await server.create('User', {
      LastName: 'Boss',
      Alias: 'boss',
      Email: 'boss@example.com',
      Username: 'boss@example.com',
      ProfileId: profile?.Id,
    })
    const { user_id: me } = await server.ask<{ user_id: string }>(
      'GET',
      '/services/oauth2/userinfo',
    )
    await server.ask('PATCH', `${data}/sobjects/User/${me}`, { ManagerId })
    const DisputeId = await server.create('Dispute', {
      ReceivedDate: '2026-01-06',
      DisputedAmount: 900,
    })
    const item = await server.create('DisputeItem', {
      DisputeId,
      TransactionDate: '2026-01-05',
      TransactionAmount: 900,
      DisputedAmount: 900,
      ApprovedProvisionalCredit: 900,
      ProvisionalCreditStatus: 'Initiated',
    })
    /** A record that waits is not taken a second time, whoever asks again. */
    const approve = async (request: object): Promise<void> => {
      const path = `${data}/process/approvals`
      const question = { method: 'POST', path, body: { requests: [request] } }
      await server.cutOff([question])
      await server.send(question)
    }
    await approve({ actionType: 'Submit', contextId: item })
    const waiting = await server.query<{ Id: string }>('SELECT Id FROM ProcessInstanceWorkitem')
    expect([await count('ProcessInstance'), waiting.length]).toEqual([1, 1])
    await approve({ actionType: 'Approve', contextId: waiting[0]?.Id })
    const approved = "SELECT Id FROM ProcessInstanceStep WHERE StepStatus = 'Approved'"
    expect(await server.query(approved)).toHaveLength(1)
    expect(
      await server.query(
        'SELECT ProvisionalCreditStatus, ProvisionalCreditApproverId FROM DisputeItem',
      ),
    ).toMatchObject([{ ProvisionalCreditStatus: 'Completed', ProvisionalCreditApproverId: me }])
    expect(await server.query('SELECT Status FROM ProcessInstance')).toMatchObject([
      { Status: 'Approved' },
    ])
  })
})
