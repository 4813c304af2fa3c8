/** The worker of hooks: a hook that never ends costs its own save, and nobody else's. */
import { afterEach, describe, expect, it } from 'vitest'
import { Refusal } from '../../../engine/base/refusal.ts'
import { startHookHost, type HookHost } from '../../../engine/hooks/hook-host.ts'
import { compileFile } from '../../../engine/hooks/read-hooks.ts'
import { HooksInterrupted, type HookCall } from '../../../engine/records/hooks/record-hooks.ts'

const program = `module.exports.default = {
  beforeInsert: () => { for (;;); },
  beforeUpdate: () => new Promise(() => undefined),
  beforeDelete: ({ records }) => { records[0].values.Name = typeof process.env.PATH },
}`

let host: HookHost | undefined
afterEach(() => host?.end())

async function start(): Promise<HookHost> {
  host = startHookHost({
    program: await compileFile('engine/hooks/hook-worker.ts', process.cwd()),
    answer: () => Promise.reject(new Error('nothing is asked')),
    reportError: (error) => expect.fail(String(error)),
  })
  const loaded = await host.load({ object: 'Account', file: '/hooks/Account.ts', program })
  expect(loaded.events).toEqual(['beforeInsert', 'beforeUpdate', 'beforeDelete'])
  return host
}

function call(event: HookCall['event'], time: AbortSignal): HookCall {
  const rows = [{ id: undefined, values: new Map([['Name', 'A']]) }]
  const caller = { userId: 'u', userName: 'U', timeZone: 'UTC', locale: 'en', language: 'en' }
  const run = { depth: 0, time, spent: { queries: 0, written: 0 } }
  // Neither records nor rights are asked for.
  const rest = { caller: { ...caller, source: 'api' }, records: {}, mayWrite: false }
  return { object: 'Account', event, rows, run, ...rest } as unknown as HookCall
}

const never = new AbortController().signal
const outcome = (work: Promise<unknown>): Promise<unknown> => work.catch((error: unknown) => error)

describe('the worker of hooks', () => {
  it('gives up a hook that waits for ever, and goes on with others', async () => {
    const worker = await start()
    const over = new AbortController()
    const stuck = outcome(worker.call(call('beforeUpdate', over.signal)))
    over.abort()
    expect(await stuck).toBeInstanceOf(Refusal)
    const [result] = await worker.call(call('beforeDelete', never))
    // The environment of the server, with its passwords, is not that of hooks.
    expect(result?.changes).toEqual(new Map([['Name', 'undefined']]))
    expect(worker.isEnded()).toBe(false)
  })

  it('ends a worker that a hook keeps busy; whoever was in it besides may try again', async () => {
    const worker = await start()
    const over = new AbortController()
    const stuck = outcome(worker.call(call('beforeInsert', over.signal)))
    const innocent = outcome(worker.call(call('beforeDelete', never)))
    over.abort()
    expect(String(await stuck)).toMatch(/took longer than 10000 ms/)
    expect(await innocent).toBeInstanceOf(HooksInterrupted)
    expect(worker.isEnded()).toBe(true)
  })
})
