/** A server that is killed while a guided process is submitted, or a request approved, has done all of it or nothing; asked again, it has done it once. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  call,
  startReadyServer,
  startServerProcess,
  tokenOf,
  type ServerProcess,
} from '../support/server-process.ts'

const own = '/services/fieldstone/v1'
const data = '/services/data/v67.0'

describe(
  'kill -9 leaves no half, and the second time makes no second',
  { timeout: 600_000 },
  () => {
    let server: ServerProcess
    let token = ''
    beforeAll(async () => {
      server = await startReadyServer('none')
      token = await tokenOf(server.url)
    })
    afterAll(() => server?.remove())

    const ask = async <Body>(method: string, path: string, body?: unknown): Promise<Body> => {
      const answer = await call<Body>(server.url, token, { method, path, body })
      expect(answer.status, `${path} ${JSON.stringify(answer.body)}`).toBeLessThan(300)
      return answer.body
    }
    const make = async (object: string, body: object): Promise<string> =>
      (await ask<{ id: string }>('POST', `${data}/sobjects/${object}`, body)).id
    const query = async <Row>(soql: string): Promise<readonly Row[]> =>
      (await ask<{ records: readonly Row[] }>('GET', `${data}/query?q=${encodeURIComponent(soql)}`))
        .records
    const count = async (object: string): Promise<number> =>
      (await query(`SELECT Id FROM ${object}`)).length
    /** Killed before, within or after the unit of work of the request: wherever that is this time. */
    const cutOff = async (path: string, body?: unknown): Promise<void> => {
      const sent = call(server.url, token, { method: 'POST', path, body })
      const outcome = sent.catch(() => 'cut off')
      await server.stop('SIGKILL')
      await outcome
      server = await startServerProcess({ env: { SAMPLE_DATA: 'none' }, folder: server.folder })
      token = await tokenOf(server.url)
    }

    it('of a guided process', async () => {
      const client = await make('Account', { Name: 'Ada' })
      const { id: run } = await ask<{ id: string }>('POST', `${own}/process-runs`, {
        process: 'Complaint_Intake',
        recordId: client,
      })
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
      await ask('PATCH', `${own}/process-runs/${run}`, { answers })
      await cutOff(`${own}/process-runs/${run}/submit`)
      const objects = ['Case', 'PublicComplaint', 'CaseParticipant', 'SvcCatalogRequest']
      const left = await Promise.all(objects.map(count))
      expect(new Set(left).size, `${objects.join()} ${left.join()}`).toBe(1)
      const first = await ask<{ records: readonly unknown[] }>(
        'POST',
        `${own}/process-runs/${run}/submit`,
      )
      const second = await ask<{ records: readonly unknown[] }>(
        'POST',
        `${own}/process-runs/${run}/submit`,
      )
      expect(second.records).toEqual(first.records)
      expect(await Promise.all(objects.map(count))).toEqual([1, 1, 1, 1])
    })

    it('of an approval, with what follows it', async () => {
      const [profile] = await query<{ Id: string }>(
        "SELECT Id FROM Profile WHERE Name = 'Standard User'",
      )
      const ManagerId = await make('User', {
        LastName: 'Boss',
        Alias: 'boss',
        Email: 'boss@example.com',
        Username: 'boss@example.com',
        ProfileId: profile?.Id,
      })
      const { user_id: me } = await ask<{ user_id: string }>('GET', '/services/oauth2/userinfo')
      await ask('PATCH', `${data}/sobjects/User/${me}`, { ManagerId })
      const DisputeId = await make('Dispute', { ReceivedDate: '2026-01-06', DisputedAmount: 900 })
      const item = await make('DisputeItem', {
        DisputeId,
        TransactionDate: '2026-01-05',
        TransactionAmount: 900,
        DisputedAmount: 900,
        ApprovedProvisionalCredit: 900,
        ProvisionalCreditStatus: 'Initiated',
      })
      const approvals = `${data}/process/approvals`
      const submission = { requests: [{ actionType: 'Submit', contextId: item }] }
      await cutOff(approvals, submission)
      // A record that waits is not taken a second time.
      await call(server.url, token, { method: 'POST', path: approvals, body: submission })
      const waiting = await query<{ Id: string }>('SELECT Id FROM ProcessInstanceWorkitem')
      expect([await count('ProcessInstance'), waiting.length]).toEqual([1, 1])
      const answer = { requests: [{ actionType: 'Approve', contextId: waiting[0]?.Id }] }
      await cutOff(approvals, answer)
      await call(server.url, token, { method: 'POST', path: approvals, body: answer })
      expect(
        await query("SELECT Id FROM ProcessInstanceStep WHERE StepStatus = 'Approved'"),
      ).toHaveLength(1)
      expect(
        await query('SELECT ProvisionalCreditStatus, ProvisionalCreditApproverId FROM DisputeItem'),
      ).toMatchObject([{ ProvisionalCreditStatus: 'Completed', ProvisionalCreditApproverId: me }])
      expect(await query('SELECT Status FROM ProcessInstance')).toMatchObject([
        { Status: 'Approved' },
      ])
    })
  },
)
