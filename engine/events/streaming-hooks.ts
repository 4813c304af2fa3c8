/** What is asked of push topics and streaming channels when they are saved, by whichever door. */
import { fullAccess } from '../access/full-access.ts'
import { limits } from '../base/limits.ts'
import { message } from '../base/message.ts'
import { Refusal, type Problem } from '../base/refusal.ts'
import { narrowedQuery, readTopicQuery, topicObject } from '../query/soql/topic-query.ts'
import type {
  HookCall,
  HookError,
  HookEvent,
  HookOutcome,
  HookRow,
  RecordHooks,
} from '../records/hooks/record-hooks.ts'
import type { WatchedObjects } from './watched-objects.ts'

export const channelObject = 'StreamingChannel'

type Judge = (
  call: HookCall,
  watched: WatchedObjects,
) => Promise<readonly (HookError | undefined)[]>

const saved: readonly HookEvent[] = ['beforeInsert', 'beforeUpdate', 'beforeUndelete']

const judges: ReadonlyMap<string, ReadonlyMap<string, Judge>> = new Map([
  [
    topicObject,
    new Map<string, Judge>([
      ...saved.map((event) => [event, judgeTopics] as const),
      ['beforeDelete', async ({ rows, caller }) => rows.map(() => forbidden(caller))],
    ]),
  ],
  [channelObject, new Map(saved.map((event) => [event, judgeChannels] as const))],
])

export function createStreamingHooks(watched: WatchedObjects): RecordHooks {
  return {
    has: (object, event) => judges.get(object)?.has(event) === true,
    call: async (call) => {
      const faults = await judges.get(call.object)?.get(call.event)?.(call, watched)
      return call.rows.map((_row, index): HookOutcome => {
        const fault = faults?.[index]
        return { changes: new Map(), errors: fault === undefined ? [] : [fault] }
      })
    },
  }
}

async function judgeTopics(call: HookCall, watched: WatchedObjects) {
  const fault = forbidden(call.caller) ?? (await faultOfNumber(call))
  if (fault !== undefined) return call.rows.map(() => fault)
  const faults: (HookError | undefined)[] = []
  for (const row of call.rows) {
    faults.push(faultOfName(row) ?? (await faultOfQuery(call, row, watched)))
  }
  return faults
}

/** A topic has changes of an object written down, whoever looks at them. */
function forbidden({ access, source }: HookCall['caller']): HookError | undefined {
  if (source === 'system' || access.has('CustomizeApplication')) return undefined
  const told = message('This needs the permission {permission}.', {
    permission: 'CustomizeApplication',
  })
  return { errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY', message: told }
}

function faultOfName({ values }: HookRow): HookError | undefined {
  if (/^[\w-]+$/.test(textIn(values.get('Name')))) return undefined
  const told = message('The name of a push topic has letters, digits, hyphens and underscores.')
  return { field: 'Name', errorCode: 'FIELD_INTEGRITY_EXCEPTION', message: told }
}

async function faultOfNumber({
  rows,
  caller,
  model,
  records,
}: HookCall): Promise<HookError | undefined> {
  const more = rows.filter(({ values, old }) => isActive(values) && !(old && isActive(old))).length
  if (more === 0) return undefined
  const soql = `SELECT COUNT() FROM ${topicObject} WHERE IsActive = true`
  // Counted with the engine's own rights: none is left out.
  const { text } = await records.query({ ...caller, access: fullAccess(model) }, soql)
  const { totalSize } = JSON.parse(text) as { readonly totalSize: number }
  const max = limits.pushTopicsMax
  if (totalSize + more <= max) return undefined
  const told = message('At most {max} push topics are active at once.', { max })
  return { errorCode: 'LIMIT_EXCEEDED', message: told }
}

function isActive(values: HookRow['values']): boolean {
  return values.get('IsActive') !== false
}

/** Tried on a record that there is not, as it will be asked later: names, rights and values are looked at. */
async function faultOfQuery(
  { caller, model, records }: HookCall,
  { values }: HookRow,
  watched: WatchedObjects,
): Promise<HookError | undefined> {
  try {
    const query = readTopicQuery(textIn(values.get('Query')))
    const ids = [`${model.object(query.object)?.keyPrefix ?? ''}000000000000AAA`]
    const options = { variables: new Map([['ids', ids]]) }
    await records.query(caller, narrowedQuery(query, query.selected), options)
    const object = model.object(query.object)
    // Rows that the engine makes or writes by itself are none that somebody saves.
    if (object === undefined || object.ledger !== undefined) return unwritten
    if (isActive(values)) watched.add(query.object)
    return undefined
  } catch (error) {
    const problem = error instanceof Refusal ? error.problems[0] : undefined
    if (problem === undefined) throw error
    return faultOf(problem)
  }
}

const unwritten: HookError = {
  field: 'Query',
  errorCode: 'INVALID_TYPE',
  message: message('Changes of this object are not told: no push topic can be about it.'),
}

function faultOf({ errorCode, message: english, told }: Problem): HookError {
  return { field: 'Query', errorCode, message: told ?? english }
}

async function judgeChannels({ rows }: HookCall) {
  return rows.map(({ values }): HookError | undefined => {
    if (/^\/u(?:\/[\w-]+)+$/.test(textIn(values.get('Name')))) return undefined
    const told = message(
      'The name of a streaming channel begins with /u/; letters, digits, hyphens and underscores follow, parted by slashes.',
    )
    return { field: 'Name', errorCode: 'FIELD_INTEGRITY_EXCEPTION', message: told }
  })
}

function textIn(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
