/** How the database would run a query, in the platform's words; the statement itself for administrators. */
import { limits } from '../base/limits.ts'
import type { ObjectModel } from '../model/model.ts'
import { compileCount } from '../query/compile-read.ts'
import type { ReadPlan } from '../query/read-plan.ts'
import { parseQuery } from '../query/soql/parse-query.ts'
import { render, sql, type Sql } from '../sql/sql.ts'
import type { Holes, Row } from '../storage/storage.ts'
import { compileSql, rendered } from './compile-query.ts'
import { explained } from './explain-storage-error.ts'
import { planValues } from './formula-values.ts'
import type { RecordContext } from './record-parts.ts'
import type { Caller } from './records.ts'
import { momentOf } from './targets.ts'

/** The JSON text of `{"plans":[…]}`. */
export async function explainQuery(
  context: RecordContext,
  caller: Caller,
  soql: string,
): Promise<string> {
  const now = context.clock.now()
  const asked = {
    query: parseQuery(soql),
    moment: momentOf(caller, now),
    deletedToo: false,
    pageRows: limits.queryPageRows,
  }
  const compiled = compileSql(context, caller, asked)
  const { plan } = compiled
  const { holes: formulaHoles } = await planValues({ context, caller, now }, plan)
  // The name of the rest of long child lists, which an explained query has none of.
  const holes: Holes = { ...formulaHoles, children: '' }
  const steps = await stepsOf(context, compiled.sql, holes)
  const counts = await countsOf({ context, caller }, plan, holes)
  const lead = steps.find(({ table }) => table === plan.root.alias.name)
  const usesIndex = lead?.sought !== undefined
  const view = {
    cardinality: counts.found,
    fields: usesIndex ? fieldsIn(plan.root.object, lead.sought) : [],
    leadingOperationType: usesIndex ? 'Index' : 'TableScan',
    notes: usesIndex ? [] : [scanNote(plan.root.object)],
    relativeCost: relativeCost(counts, usesIndex),
    sobjectCardinality: counts.all,
    sobjectType: plan.root.object.name,
  }
  if (!caller.access.has('CustomizeApplication')) return JSON.stringify({ plans: [view] })
  const { text } = rendered(context, compiled.sql)
  const database = context.storage.dialect.name
  const fieldstone = { database, statement: text, plan: steps.map((step) => step.text) }
  return JSON.stringify({ plans: [{ ...view, fieldstone }] })
}

/** One step of the database's plan, in its own words. */
interface Step {
  readonly text: string
  /** Alias of the table that is read; undefined for a step that reads none. */
  readonly table: string | undefined
  /** By which condition an index is entered; undefined where all entries are walked through. */
  readonly sought: string | undefined
}

async function stepsOf(
  { storage, models }: RecordContext,
  query: Sql,
  holes: Holes,
): Promise<readonly Step[]> {
  const isSqlite = storage.dialect.name === 'sqlite'
  const words = isSqlite ? sql`explain query plan ` : sql`explain (format json) `
  const statement = render(sql`${words}${query}`, storage.dialect)
  const rows = await explained(models.current(), () => storage.read(statement, { holes }))
  return isSqlite ? rows.map(sqliteStep) : postgresSteps(rows)
}

const sqliteRead = /^(?:SCAN|SEARCH) (\w+)(?:.* \(([^)]*)\))?/

function sqliteStep(row: Row): Step {
  const text = String(row['detail'])
  const [, table, sought] = sqliteRead.exec(text) ?? []
  return { text, table, sought }
}

function postgresSteps([row]: readonly Row[]): readonly Step[] {
  const [column] = Object.values(row ?? {})
  // The driver reads JSON columns itself where it is told to.
  const parsed: unknown = typeof column === 'string' ? JSON.parse(column) : column
  const steps: Step[] = []
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(walk)
    if (typeof node !== 'object' || node === null) return
    const members = new Map<string, unknown>(Object.entries(node))
    const step = members.has('Node Type') ? postgresStep(members) : undefined
    if (step !== undefined) steps.push(step)
    const before = steps.length
    walk(members.get('Plan'))
    walk(members.get('Plans'))
    // A bitmap is made of indexes one step below.
    const below = steps.slice(before).find((one) => one.sought !== undefined)
    if (members.get('Node Type') === 'Bitmap Heap Scan' && step !== undefined) {
      steps[before - 1] = { ...step, sought: below?.sought }
    }
  }
  walk(parsed)
  return steps
}

const told = ['Index Cond', 'Recheck Cond', 'Filter', 'Sort Key', 'Hash Cond'] as const

function postgresStep(members: ReadonlyMap<string, unknown>): Step {
  const word = (name: string): string | undefined => {
    const value = members.get(name)
    return value === undefined ? undefined : String(value)
  }
  const conditions = told.flatMap((name) => {
    const value = word(name)
    return value === undefined ? [] : [`${name}: ${value}`]
  })
  const cost = `cost ${word('Total Cost') ?? '?'}, ${word('Plan Rows') ?? '?'} rows`
  const head = [word('Node Type'), word('Index Name'), word('Alias')].filter(Boolean).join(' ')
  const text = [head, cost, ...conditions].join('; ')
  return { text, table: word('Alias'), sought: word('Index Cond') }
}

/** The fields whose columns the step names. */
function fieldsIn(object: ObjectModel, text: string): readonly string[] {
  const words = new Set(text.match(/\w+/g))
  const named = object.fields.filter((field) =>
    [...field.columns.values()].some(({ name }) => words.has(name.name)),
  )
  return named.map((field) => field.name)
}

interface Counts {
  readonly found: number
  readonly all: number
}

/** Counted to here and no further: an explanation must not cost more than the query. */
const countedMax = 100_000

async function countsOf(
  { context, caller }: { readonly context: RecordContext; readonly caller: Caller },
  plan: ReadPlan,
  holes: Holes,
): Promise<Counts> {
  const { dialect } = context.storage
  const options = { dialect, access: caller.access, apiVersion: caller.apiVersion }
  const count = async (counted: ReadPlan): Promise<number> => {
    const [row] = await context.storage.read(compileCount(counted, options), { holes })
    return Number(row?.['n'] ?? 0)
  }
  const limited = { ...plan, skip: 0, limit: Math.min(plan.limit ?? countedMax, countedMax) }
  const all = { ...plan, joins: [], where: undefined, skip: 0, limit: countedMax }
  return { found: await count(limited), all: await count(all) }
}

/** From a tenth of the records on, an index saves nothing; 1 is the cost of reading all of them. */
function relativeCost({ found, all }: Counts, usesIndex: boolean): number {
  if (!usesIndex || all === 0) return 1
  return Math.round((found / all) * 10_000) / 1_000
}

function scanNote(object: ObjectModel): unknown {
  const description = 'No index serves the conditions: all records may be looked at.'
  return { description, fields: [], tableEnumOrId: object.name }
}
