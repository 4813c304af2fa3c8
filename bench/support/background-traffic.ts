/** A stream of ordinary requests beside whatever is measured; every failure is counted. */
import { setTimeout as sleep } from 'node:timers/promises'
import {
  accountBody,
  accountChange,
  accountList,
  dataPath,
  queryPath,
  recordPath,
} from '../shapes.ts'
import type { Answer, Client } from './client.ts'

export interface Traffic {
  /** Ends the stream and tells what became of it. */
  stop(): Promise<TrafficResult>
}

export interface TrafficResult {
  readonly requests: number
  readonly failed: number
  /** The first few answers that were not good. */
  readonly failures: readonly string[]
  readonly slowestMs: number
  readonly meanMs: number
}

const pauseMs = 10
const failuresKept = 5

export function startTraffic(client: Client, accountIds: readonly string[]): Traffic {
  const state = { running: true, requests: 0, failed: 0, slowestMs: 0, waitedMs: 0 }
  const failures: string[] = []
  const idAt = (index: number): string => accountIds[index % accountIds.length] ?? ''
  const kinds: readonly ((index: number) => Promise<Answer>)[] = [
    (index) => client.attempt('GET', recordPath('Account', idAt(index))),
    () => client.attempt('GET', queryPath(accountList)),
    (index) => client.attempt('PATCH', recordPath('Account', idAt(index)), accountChange(index)),
    (index) => client.attempt('POST', `${dataPath}/sobjects/Account`, accountBody(index)),
  ]
  const streams = kinds.map(async (kind) => {
    for (let index = 0; state.running; index++) {
      const startedAt = performance.now()
      const { status, text } = await kind(index)
      const ms = performance.now() - startedAt
      state.slowestMs = Math.max(state.slowestMs, ms)
      state.waitedMs += ms
      state.requests += 1
      if (status < 200 || status >= 300) {
        state.failed += 1
        if (failures.length < failuresKept) failures.push(`${status} ${text.slice(0, 200)}`)
      }
      await sleep(pauseMs)
    }
  })
  return {
    stop: async () => {
      state.running = false
      await Promise.all(streams)
      const { requests, failed, slowestMs, waitedMs } = state
      return { requests, failed, failures, slowestMs, meanMs: waitedMs / Math.max(1, requests) }
    },
  }
}
