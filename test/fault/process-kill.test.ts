/** A server that is killed while a guided process is submitted has made all its records or none; asked again, it has made them once. */
import { afterEach, describe, expect, it } from 'vitest'
import {
  call,
  startReadyServer,
  startServerProcess,
  tokenOf,
  type ServerProcess,
} from '../support/server-process.ts'

const own = '/services/fieldstone/v1'
const data = '/services/data/v67.0'

let server: ServerProcess | undefined
afterEach(() => server?.remove())

describe('submitting a process', () => {
  it(
    'kill -9 in the middle of it leaves no half, and the second time makes no second',
    { timeout: 600_000 },
    async () => {
      server = await startReadyServer('none')
      let token = await tokenOf(server.url)
      const ask = async <Body>(method: string, path: string, body?: unknown): Promise<Body> => {
        const answer = await call<Body>(server?.url ?? '', token, { method, path, body })
        expect(answer.status, `${path} ${JSON.stringify(answer.body)}`).toBeLessThan(300)
        return answer.body
      }
      const count = async (object: string): Promise<number> => {
        const path = `${data}/query?q=${encodeURIComponent(`SELECT Id FROM ${object}`)}`
        return (await ask<{ totalSize: number }>('GET', path)).totalSize
      }
      const { id: client } = await ask<{ id: string }>('POST', `${data}/sobjects/Account`, {
        Name: 'Ada',
      })
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
      // Killed before, within or after its unit of work: wherever that is this time.
      const sent = call(server.url, token, {
        method: 'POST',
        path: `${own}/process-runs/${run}/submit`,
      })
      const outcome = sent.then(
        ({ status }) => status,
        () => 'cut off',
      )
      await server.stop('SIGKILL')
      await outcome
      server = await startServerProcess({ env: { SAMPLE_DATA: 'none' }, folder: server.folder })
      token = await tokenOf(server.url)
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
    },
  )
})
