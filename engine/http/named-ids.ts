/** The ids that the text of a query names: which of them lead nowhere for whoever asks. */
import { normaliseId } from '../base/record-id.ts'
import { requireQueryLength } from '../query/soql/parse-query.ts'
import { literalOf, queryShape } from '../query/soql/query-shape.ts'
import type { QueryVariables } from '../query/soql/variables.ts'
import type { AppParts } from './app-parts.ts'
import type { Call } from './route.ts'

type Parts = Pick<AppParts, 'deployer' | 'guesses' | 'records'>

interface AskedQuery {
  readonly soql: string
  readonly variables?: QueryVariables
}

/** Runs a query that may name records; refuses whoever has named too many that are not there. */
export function watchedQuery<Answer>(
  parts: Parts,
  call: Call,
  asked: AskedQuery & { readonly run: () => Promise<Answer> },
): Promise<Answer> {
  const ids = namedIds(asked)
  if (ids.size === 0) return asked.run()
  const missing = (): Promise<number> => countMissing(parts, call, ids)
  return parts.guesses.watchedNames(call.user.id, { count: ids.size, missing }, asked.run)
}

/** Most queries name none: only what may hold one is looked at. An escape may stand for any character. */
const mayName = /'[0-9A-Za-z]{15}|\\/

function namedIds({ soql, variables = new Map() }: AskedQuery): ReadonlySet<string> {
  const texts = [...variables.values()].flat().filter((value) => typeof value === 'string')
  requireQueryLength(soql)
  if (mayName.test(soql)) {
    for (const literal of queryShape(soql).literals.map(literalOf)) {
      if (literal.kind === 'string') texts.push(literal.value)
    }
  }
  return new Set(texts.flatMap((text) => normaliseId(text) ?? []))
}

/** An id of an object that the caller may not read tells nothing, there or not. */
async function countMissing(
  { deployer, records }: Parts,
  { caller }: Call,
  ids: ReadonlySet<string>,
): Promise<number> {
  const model = deployer.store.current()
  const byObject = new Map<string, string[]>()
  for (const id of ids) {
    const name = model.objectByKeyPrefix(id.slice(0, 3))?.name
    if (name === undefined || !caller.access.mayObject(name, 'read')) continue
    const named = byObject.get(name)
    if (named === undefined) byObject.set(name, [id])
    else named.push(id)
  }
  let missing = 0
  for (const [name, named] of byObject) {
    const soql = `SELECT COUNT() FROM ${name} WHERE Id IN :ids`
    // What is in the recycle bin was there.
    const options = { variables: new Map([['ids', named]]), deletedToo: true }
    const { text } = await records.query(caller, soql, options)
    const { totalSize }: { readonly totalSize: number } = JSON.parse(text)
    missing += named.length - totalSize
  }
  return missing
}
