/** A server that is killed while paths and scheduled flows are at work goes on where it stood: each record once, none left out. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createRandom, pause } from '../support/random.ts'
import {
  call,
  startReadyServer,
  startServerProcess,
  tokenOf,
  type ServerProcess,
} from '../support/server-process.ts'

const own = '/services/fieldstone/v1'
const data = '/services/data/v67.0'
const recordCount = 600
const blockRows = 200
const kills = 3
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

let server: ServerProcess | undefined
afterEach(() => server?.remove())

describe('flows that run later', () => {
  it(
    'are done once for each record, however often the server dies',
    { timeout: 600_000 },
    async () => {
      server = await startReadyServer('none')
      let token = await tokenOf(server.url)
      const ask = async <Body>(method: string, path: string, body?: unknown): Promise<Body> => {
        const answer = await call<Body>(server?.url ?? '', token, { method, path, body })
        expect(answer.status, `${path} ${JSON.stringify(answer.body)}`).toBeLessThan(300)
        return answer.body
      }
      const random = createRandom()
      const crash = async (): Promise<void> => {
        await pause(random.below(400))
        await server?.stop('SIGKILL')
        server = await startServerProcess({
          env: { SAMPLE_DATA: 'none' },
          folder: server?.folder ?? '',
        })
        token = await tokenOf(server.url)
      }
      /** How many there are, and of how many accounts. */
      const count = async (object: string, field: string): Promise<readonly number[]> => {
        const soql = `SELECT COUNT(Id) n, COUNT_DISTINCT(${field}) d FROM ${object} WHERE ${field} != null`
        const path = `${data}/query?q=${encodeURIComponent(soql)}`
        type Counts = { readonly records: readonly { readonly n: number; readonly d: number }[] }
        const { records } = await ask<Counts>('GET', path)
        return records.flatMap(({ n, d }) => [n, d])
      }
      for (const [name, flow] of Object.entries({ Afterwards: afterwards, Nightly: nightly })) {
        const body = { fullName: name, label: name, status: 'Active', ...flow }
        await ask('PUT', `${own}/metadata/Flow/${name}`, body)
      }
      for (let at = 0; at < recordCount; at += blockRows) {
        const records = Array.from({ length: blockRows }, (_, index) => ({
          attributes: { type: 'Account' },
          Name: `Account ${at + index}`,
        }))
        await ask('POST', `${data}/composite/sobjects`, { allOrNone: true, records })
      }
      await ask('POST', `${own}/scheduled-jobs/Flow%20Nightly/run`)
      for (let round = 0; round < kills; round += 1) await crash()
      const all = [recordCount, recordCount]
      await vi.waitFor(async () => expect(await count('Task', 'WhatId')).toEqual(all), patience)
      await vi.waitFor(async () => {
        const jobs = await ask<readonly { lastState: string; lastOutcome: string }[]>(
          'GET',
          `${own}/scheduled-jobs`,
        )
        expect(jobs).toContainEqual(
          expect.objectContaining({
            lastState: 'Completed',
            lastOutcome: `${recordCount} records`,
          }),
        )
      }, patience)
      expect(await count('Contact', 'AccountId')).toEqual(all)
      expect(await count('Task', 'WhatId')).toEqual(all)
    },
  )
})
