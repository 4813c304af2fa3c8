/** Views of confidential records are written down before the answer leaves: who saw which record, when and by which way. */
import type { Ledger } from '../ledger/ledger.ts'
import { recordViewTable } from '../model/ledger-objects.ts'
import type { Model } from '../model/model.ts'
import type { Storage } from '../storage/storage.ts'
import type { Caller, Records } from './records.ts'

const kept = new WeakMap<Model, ReadonlySet<string>>()

/** The objects whose views are logged, by name. */
function loggedObjects(model: Model): ReadonlySet<string> {
  const known = kept.get(model)
  if (known !== undefined) return known
  const made = new Set(
    [...model.components('CustomObject')].flatMap(({ fullName, body }) =>
      body.logViews === true ? [fullName] : [],
    ),
  )
  kept.set(model, made)
  return made
}

/** Every record of an answer says what it is, whether it was asked for, lists as a child or is a parent of another. */
const recordPattern = /"attributes":\{"type":"(\w+)","url":"[^"]*\/([0-9A-Za-z]{18})"/g

/** The use cases that give records to callers. */
export type Reading = Pick<
  Records,
  'retrieve' | 'retrieveByExternalId' | 'query' | 'queryMore' | 'search' | 'searchBy' | 'lookUp'
>

export interface ViewLogParts {
  readonly storage: Storage
  readonly models: { current(): Model }
  readonly ledger?: Ledger
}

/** The same use cases; who asks for nothing confidential pays nothing. */
export function logViews(parts: ViewLogParts, reading: Reading): Reading {
  const { storage, models, ledger } = parts
  const note = async (caller: Caller, answer: () => string): Promise<void> => {
    const logged = loggedObjects(models.current())
    // What the engine reads for itself nobody sees.
    if (logged.size === 0 || ledger === undefined || caller.source === 'system') return
    const entries = [...answer().matchAll(recordPattern)].flatMap(([, object = '', id = '']) =>
      logged.has(object)
        ? [{ by: caller.userId, values: { object, record_id: id, way: caller.source } }]
        : [],
    )
    if (entries.length === 0) return
    await storage.write((tx) => ledger.append(tx, recordViewTable, entries))
  }
  const noted = async <Answer extends { readonly text: string }>(
    caller: Caller,
    work: Promise<Answer>,
  ): Promise<Answer> => {
    const answer = await work
    await note(caller, () => answer.text)
    return answer
  }
  return {
    retrieve: (caller, ...rest) => noted(caller, reading.retrieve(caller, ...rest)),
    retrieveByExternalId: (caller, ...rest) =>
      noted(caller, reading.retrieveByExternalId(caller, ...rest)),
    query: (caller, ...rest) => noted(caller, reading.query(caller, ...rest)),
    queryMore: (caller, ...rest) => noted(caller, reading.queryMore(caller, ...rest)),
    lookUp: (caller, ...rest) => noted(caller, reading.lookUp(caller, ...rest)),
    search: async (caller, ...rest) => {
      const answer = await reading.search(caller, ...rest)
      await note(caller, () => answer)
      return answer
    },
    searchBy: async (caller, ...rest) => {
      const answer = await reading.searchBy(caller, ...rest)
      await note(caller, () => answer.body)
      return answer
    },
  }
}
