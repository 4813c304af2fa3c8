/** How many stored records would not pass a rule: counted by the database, or looked at one by one up to a bound. */
import { fullAccess } from '../access/full-access.ts'
import { newestApiVersionText } from '../base/api-versions.ts'
import { limits } from '../base/limits.ts'
import type { Environment, RawValue } from '../formula/environment.ts'
import { evaluateFormula } from '../formula/evaluate-formula.ts'
import type { Formula, TypedNode } from '../formula/tree.ts'
import { momentHoles } from '../formula/sql/zone-sql.ts'
import { utc } from '../formula/zone.ts'
import type { Model, ObjectModel } from '../model/model.ts'
import { compileRule } from '../model/validation-rules.ts'
import { computedSql, computedText } from '../query/compile-computed.ts'
import { source } from '../query/compile-read.ts'
import { idColumn } from '../query/compile-write.ts'
import { planReady } from '../query/plan-formula.ts'
import type { PlannedFormula } from '../query/read-plan.ts'
import { TableSet } from '../query/table-set.ts'
import { hole, integerLiteral, sql, type Sql } from '../sql/sql.ts'
import type { Holes } from '../storage/storage.ts'
import type { DeployContext } from './context.ts'
import type { DeployWork } from './deploy-work.ts'
import type { Finding, Question } from './figures.ts'

const examplesMax = 5

interface RuleQuestion {
  readonly question: Question
  readonly work: DeployWork
}

/** Undefined where nothing can be said: fields that are not there yet, globals that follow the user, records looked up. */
export async function countFailing(
  context: DeployContext,
  object: ObjectModel,
  { question, work }: RuleQuestion,
): Promise<Finding | undefined> {
  const { model } = context.state()
  const rules = work.wanted.object(question.object)?.declaration.validationRules
  const declared = rules?.find((rule) => rule.fullName === question.field)
  const rule = declared && compileRule(model, object, declared)
  if (rule === undefined) return undefined
  const formula = asStored(rule.formula)
  if (followsUser(formula)) return undefined
  const scan = scanOf(model, object, formula)
  const counted = await countInSql(context, scan)
  return counted ?? lookAtRecords(context, scan)
}

function followsUser({ mentions, functions }: Formula): boolean {
  const isOfUser = mentions.some(({ path, volatile }) => path.startsWith('$') && volatile === true)
  return isOfUser || functions.includes('VLOOKUP')
}

/** A record that is saved as it is: not new, no copy, nothing changed. */
function asStored(formula: Formula): Formula {
  return { ...formula, tree: storedNode(formula.tree) }
}

const neverTrue: ReadonlySet<string> = new Set(['ISNEW', 'ISCLONE', 'ISCHANGED'])

function storedNode(node: TypedNode): TypedNode {
  if (node.kind !== 'call') return node
  const { name } = node.operation
  const [first] = node.args
  if (neverTrue.has(name)) {
    return { kind: 'constant', type: node.type, value: false, span: node.span }
  }
  if (name === 'PRIORVALUE' && first !== undefined) return first
  return { ...node, args: node.args.map(storedNode) }
}

interface Scan {
  readonly tables: TableSet
  readonly planned: PlannedFormula
  readonly access: ReturnType<typeof fullAccess>
}

function scanOf(model: Model, object: ObjectModel, formula: Formula): Scan {
  const tables = new TableSet(model, object)
  const result = { type: 'Checkbox' } as const
  const { text, blanks } = formula
  const ready = { text, blanks, result, formula, inert: undefined }
  const planned = planReady(tables, ready)
  return { tables, planned, access: fullAccess(model) }
}

/** The living records, with conditions. */
function rowsOf({ tables, access }: Scan, context: DeployContext, conditions: readonly Sql[]): Sql {
  const { dialect } = context.storage
  const plan = { root: tables.root, joins: tables.joins, where: undefined, deletedToo: false }
  return source(plan, { dialect, access, apiVersion: newestApiVersionText }, conditions)
}

function holesOf({ clock, storage: { dialect } }: DeployContext): Holes {
  return momentHoles({ now: clock.now(), zone: utc }, dialect)
}

async function countInSql(context: DeployContext, scan: Scan): Promise<Finding | undefined> {
  const { dialect } = context.storage
  const failing = computedSql(scan.planned, dialect)
  if (failing === undefined) return undefined
  const holes = holesOf(context)
  const id = sql`${scan.tables.root.alias}.${idColumn}`
  const all = rowsOf(scan, context, [])
  const found = rowsOf(scan, context, [sql`(${failing})`])
  const [total] = await context.storage.read(sql`select count(*) as n ${all}`)
  const [affected] = await context.storage.read(sql`select count(*) as n ${found}`, { holes })
  const first = sql`select ${id} as id ${found} order by ${id} limit ${integerLiteral(examplesMax)}`
  const examples = await context.storage.read(first, { holes })
  return {
    affected: Number(affected?.['n'] ?? 0),
    total: Number(total?.['n'] ?? 0),
    examples: examples.map((row) => String(row['id'])),
  }
}

/** Page by page in the order of ids. Undefined where a formula on the way cannot be computed from its inputs alone. */
async function lookAtRecords(context: DeployContext, scan: Scan): Promise<Finding | undefined> {
  const { storage, clock } = context
  const planned = { ...scan.planned, inSql: false }
  const inputs = [...planned.inputs]
  if (inputs.some(([, input]) => input.kind === 'computed' && !input.formula.inSql))
    return undefined
  const id = sql`${scan.tables.root.alias}.${idColumn}`
  const rows = rowsOf(scan, context, [
    sql`${id} > ${storage.dialect.cast({ kind: 'id' }, sql`${hole('after')}`)}`,
  ])
  const page = sql`select ${id} as id, ${computedText(planned, storage.dialect)} as body ${rows} order by ${id} limit ${integerLiteral(limits.backfillBatchRows)}`
  const [count] = await storage.read(sql`select count(*) as n ${rowsOf(scan, context, [])}`)
  const total = Number(count?.['n'] ?? 0)
  const failing: string[] = []
  let [looked, after] = [0, '']
  while (looked < Math.min(total, limits.ruleRecordsLookedAtMax)) {
    const found = await storage.read(page, { holes: { ...holesOf(context), after } })
    if (found.length === 0) break
    for (const row of found) {
      const values = JSON.parse(String(row['body'])) as readonly RawValue[]
      const read = readerOf(
        inputs.map(([path]) => path),
        values,
      )
      const environment: Environment = { read, now: clock.now(), zone: utc }
      if (evaluateFormula(planned.ready.formula, environment) === true)
        failing.push(String(row['id']))
    }
    looked += found.length
    after = String(found.at(-1)?.['id'] ?? '')
  }
  return { affected: failing.length, total, examples: failing.slice(0, examplesMax), looked }
}

function readerOf(paths: readonly string[], values: readonly RawValue[]): Environment['read'] {
  const byPath = new Map(paths.map((path, index) => [path, values[index] ?? null]))
  return ({ path }) => byPath.get(path) ?? null
}
