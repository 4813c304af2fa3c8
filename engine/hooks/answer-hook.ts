/** What hooks ask for: queries and writes within the unit of work of the save, with the rights that they choose. */
import { fullAccess } from '../access/full-access.ts'
import { limits } from '../base/limits.ts'
import { refuse, type Refusal } from '../base/refusal.ts'
import type { Model } from '../model/model.ts'
import type { QueryVariables } from '../query/soql/variables.ts'
import { NeedsUnit, type HookCall } from '../records/hooks/record-hooks.ts'
import type { Caller, RecordBody } from '../records/records.ts'
import type { HookOperation, HookQuestion } from './hook-messages.ts'

type Input = ReadonlyMap<string, unknown>
type Operation = (call: HookCall, caller: Caller, input: Input) => Promise<string>

/** JSON text of the answer. */
export function answerHook(
  model: Model,
  call: HookCall,
  { operation, rights, input }: HookQuestion,
): Promise<string> {
  const caller = rights === 'user' ? call.caller : { ...call.caller, access: fullAccess(model) }
  const asked = typeof input === 'object' && input !== null ? Object.entries(input) : []
  return operations[operation](call, caller, new Map(asked))
}

const operations: Readonly<Record<HookOperation, Operation>> = {
  query,
  create: async (call, caller, input) => {
    const bodies = recordsIn(call, input).map(({ body }) => body)
    const results = await call.records.createMany(caller, textIn(input, 'object'), bodies, all)
    return JSON.stringify(results.map((one) => ('id' in one ? one.id : null)))
  },
  update: async (call, caller, input) => {
    const changes = recordsIn(call, input).map(({ id, body }, index) => {
      if (id === undefined) throw wrong(`record ${index + 1} has no Id`)
      return { id, body }
    })
    await call.records.updateMany(caller, textIn(input, 'object'), changes, all)
    return 'null'
  },
  delete: async (call, caller, input) => {
    const object = textIn(input, 'object')
    for (const id of idsIn(call, input)) await call.records.remove(caller, object, id)
    return 'null'
  },
  undelete: async (call, caller, input) => {
    for (const id of idsIn(call, input)) await call.records.undelete(caller, id)
    return 'null'
  },
}

const all = { allOrNone: true }

/** All pages of the answer, as a list of records. */
async function query(call: HookCall, caller: Caller, input: Input): Promise<string> {
  const { spent } = call.run
  spent.queries += 1
  if (spent.queries > limits.hookQueriesMax) {
    throw tooMuch(`at most ${limits.hookQueriesMax} queries (hookQueriesMax)`)
  }
  const variables = new Map(Object.entries(Object(input.get('variables')))) as QueryVariables
  const records: string[] = []
  let rows = 0
  let page = await call.records.query(caller, textIn(input, 'soql'), { variables })
  for (;;) {
    const { list, count, next } = recordsOf(page.text)
    rows += count
    if (rows > limits.hookQueryRowsMax) {
      throw tooMuch(`at most ${limits.hookQueryRowsMax} records of a query (hookQueryRowsMax)`)
    }
    if (count > 0) records.push(list)
    if (next === undefined) return `[${records.join(',')}]`
    page = await call.records.queryMore(caller, next)
  }
}

interface PageRecords {
  /** The records' JSON, without the brackets around them. */
  readonly list: string
  readonly count: number
  /** The locator of the next page. */
  readonly next: string | undefined
}

function recordsOf(text: string): PageRecords {
  const page = new Map<string, unknown>(Object.entries(Object(JSON.parse(text))))
  const records = page.get('records')
  if (!Array.isArray(records))
    return { list: String(page.get('totalSize')), count: 1, next: undefined }
  const address = page.get('nextRecordsUrl')
  return {
    list: JSON.stringify(records).slice(1, -1),
    count: records.length,
    next: typeof address === 'string' ? address.split('/').at(-1) : undefined,
  }
}

interface GivenRecord {
  readonly id: string | undefined
  readonly body: RecordBody
}

function recordsIn(call: HookCall, input: Input): readonly GivenRecord[] {
  const records = input.get('records')
  const list = Array.isArray(records) ? records : [records]
  requireUnit(call, list.length)
  return list.map((record: unknown) => {
    if (typeof record !== 'object' || record === null) throw wrong('a record is an object')
    const body = new Map<string, unknown>(Object.entries(record))
    const id = body.get('Id')
    body.delete('Id')
    return { id: typeof id === 'string' ? id : undefined, body }
  })
}

function idsIn(call: HookCall, input: Input): readonly string[] {
  const ids = input.get('ids')
  const list = Array.isArray(ids) ? ids : [ids]
  requireUnit(call, list.length)
  return list.map((id: unknown) => {
    if (typeof id !== 'string') throw wrong('an id is a text')
    return id
  })
}

function textIn(input: Input, name: string): string {
  const value = input.get(name)
  if (typeof value !== 'string') throw wrong(`${name} is a text`)
  return value
}

function requireUnit({ mayWrite, run }: HookCall, count: number): void {
  if (!mayWrite) throw new NeedsUnit()
  run.spent.written += count
  if (run.spent.written > limits.hookWrittenRecordsMax) {
    throw tooMuch(`at most ${limits.hookWrittenRecordsMax} records written (hookWrittenRecordsMax)`)
  }
}

function wrong(reason: string): Refusal {
  return refuse('INVALID_ARGUMENT', `A hook asks for something that cannot be: ${reason}.`)
}

function tooMuch(reason: string): Refusal {
  return refuse('LIMIT_EXCEEDED', `The hooks of a save may not do so much: ${reason}.`)
}
