/** A server that is killed while paths, scheduled flows and warnings before deadlines are at work goes on where it stood: each record once, none left out. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import { startKillable, type KillableServer } from '../support/killable-server.ts'
import { createRandom, pause, rounds } from '../support/random.ts'
import { serverKinds } from '../support/server-kinds.ts'

const own = '/services/fieldstone/v1'
const recordCount = 600
const kills = rounds(3)
const patience = { timeout: 300_000, interval: 250 }

const next = (targetReference: string) => ({ connector: { targetReference } })

function makes(object: string, field: string, named: string): object {
  return {
    recordCreates: [
      {
        name: 'Make',
        object,
        inputAssignments: [
          { field, value: { elementReference: '$Record.Id' } },
          { field: named, value: { stringValue: 'Of {!$Record.Name}' } },
        ],
      },
    ],
  }
}

/** A task for each new account, right after the commit. */
const afterwards = {
  start: {
    object: 'Account',
    triggerType: 'RecordAfterSave',
    recordTriggerType: 'Create',
    scheduledPaths: [{ name: 'At_once', pathType: 'AsyncAfterCommit', ...next('Make') }],
  },
  ...makes('Task', 'WhatId', 'Subject'),
}

/** A contact for each account, by the clock. */
const nightly = {
  start: {
    object: 'Account',
    triggerType: 'Scheduled',
    schedule: { frequency: 'Daily', startDate: '2099-01-01', startTime: '02:00:00.000Z' },
    ...next('Make'),
  },
  ...makes('Contact', 'AccountId', 'LastName'),
}

/** One account of ten has a deadline, whose warning is due at once and counted on the account. */
const deadlines = {
  SObjectType: 'Account',
  active: true,
  entryCriteriaFormula: 'RIGHT(Name, 1) = "7"',
  milestones: [
    {
      milestoneName: 'Call',
      minutesToComplete: 1,
      timeTriggers: [
        {
          actions: [{ name: 'Count', type: 'FieldUpdate' }],
          timeLength: -1,
          workflowTimeTriggerUnit: 'Minutes',
        },
      ],
    },
  ],
}
const counting = {
  fieldUpdates: [
    {
      fullName: 'Count',
      field: 'NumberOfEmployees',
      operation: 'Formula',
      formula: 'BLANKVALUE(NumberOfEmployees, 0) + 1',
    },
  ],
}

let server: KillableServer | undefined
afterEach(() => server?.remove())

describe('flows that run later', () => {
  it(
    'are done once for each record, however often the server dies',
    { timeout: 600_000 },
    async () => {
      const random = createRandom()
      const killable = await startKillable(serverKinds[0])
      server = killable
      const { ask, query } = killable
      /** How many there are, and of how many accounts. */
      const count = async (object: string, field: string): Promise<readonly number[]> => {
        const soql = `SELECT COUNT(Id) n, COUNT_DISTINCT(${field}) d FROM ${object} WHERE ${field} != null`
        const counts = await query<{ readonly n: number; readonly d: number }>(soql)
        return counts.flatMap(({ n, d }) => [n, d])
      }
      for (const [name, flow] of Object.entries({ Afterwards: afterwards, Nightly: nightly })) {
        const body = { fullName: name, label: name, status: 'Active', ...flow }
        await ask('PUT', `${own}/metadata/Flow/${name}`, body)
      }
      await ask('PUT', `${own}/metadata/Workflow/Account`, { fullName: 'Account', ...counting })
      const process = { fullName: 'Account_Calls', ...deadlines }
      await ask('PUT', `${own}/metadata/EntitlementProcess/Account_Calls`, process)
      const names = Array.from({ length: recordCount }, (_, at) => ({ Name: `Account ${at}` }))
      await killable.createMany('Account', names)
      await ask('POST', `${own}/scheduled-jobs/Flow%20Nightly/run`)
      for (let round = 0; round < kills; round += 1) {
        await pause(random.below(400))
        await killable.kill()
      }
      const all = [recordCount, recordCount]
      await vi.waitFor(async () => expect(await count('Task', 'WhatId')).toEqual(all), patience)
      await vi.waitFor(async () => {
        const jobs = await ask<readonly object[]>('GET', `${own}/scheduled-jobs`)
        const done = { lastState: 'Completed', lastOutcome: `${recordCount} records` }
        expect(jobs).toContainEqual(expect.objectContaining(done))
      }, patience)
      expect(await count('Contact', 'AccountId')).toEqual(all)
      expect(await count('Task', 'WhatId')).toEqual(all)
      // As many warnings as accounts that were to have one, and none of them twice.
      const most =
        'SELECT COUNT(Id) n, MAX(NumberOfEmployees) times FROM Account WHERE NumberOfEmployees > 0'
      await vi.waitFor(async () => {
        expect(await query(most)).toMatchObject([{ n: recordCount / 10, times: 1 }])
      }, patience)
    },
  )
})
