/** What formulas take from outside a record: the moment, the user's zone, and globals such as $User. */
import { fullAccess } from '../access/full-access.ts'
import type { RawValue } from '../formula/environment.ts'
import { momentHoles } from '../formula/sql/zone-sql.ts'
import type { ZoneTable } from '../formula/zone.ts'
import { labelText } from '../language/label-text.ts'
import type { GlobalMention } from '../model/global-mention.ts'
import type { FieldModel, ObjectModel } from '../model/model.ts'
import { compileRead, compileRetrieve } from '../query/compile-read.ts'
import { globalColumnValue } from '../query/plan-formula.ts'
import { planRead } from '../query/plan-read.ts'
import { callerHole } from '../query/rows/caller-sets.ts'
import type { StatedPlan } from '../query/read-plan.ts'
import type { Query } from '../query/soql/query.ts'
import { timeZone } from '../query/time-zone.ts'
import type { Holes } from '../storage/storage.ts'
import { parseExactly } from './exact-json.ts'
import { readBeside } from './formulas/load-rows.ts'
import { loadSettings, settingKey, type SettingValues } from './formulas/load-settings.ts'
import type { RecordContext } from './record-parts.ts'
import type { Caller } from './records.ts'
import { momentOf } from './targets.ts'

export interface FormulaValues {
  readonly now: number
  readonly zone: ZoneTable
  /** By the mention's path, as the API gives them. */
  readonly globals: ReadonlyMap<string, RawValue>
}

export interface ValueCaller {
  readonly context: Pick<RecordContext, 'models' | 'storage'>
  readonly caller: Caller
  /** Milliseconds since 1970. */
  readonly now: number
}

export interface FormulaCaller extends ValueCaller {
  readonly context: RecordContext
}

/** The moment and the globals that these mentions name. */
export async function formulaValues(
  input: ValueCaller,
  mentions: readonly GlobalMention[],
): Promise<FormulaValues> {
  const zone = timeZone(input.caller.timeZone)
  const globals = mentions.length === 0 ? noGlobals : await readGlobals(input, mentions)
  return { now: input.now, zone, globals }
}

const noGlobals: ReadonlyMap<string, RawValue> = new Map()

/** The same for a plan, as the holes of its statement; with who asks, for the predicates of rows. */
export async function planValues(
  input: ValueCaller,
  plan: Pick<StatedPlan, 'globals' | 'usesMoment'>,
): Promise<{ readonly values: FormulaValues | undefined; readonly holes: Holes }> {
  const asked = { [callerHole]: input.caller.userId }
  if (!plan.usesMoment) return { values: undefined, holes: asked }
  const values = await formulaValues(
    input,
    plan.globals.map(({ mention }) => mention),
  )
  const { dialect } = input.context.storage
  const holes: Record<string, Holes[string]> = { ...asked, ...momentHoles(values, dialect) }
  for (const { hole, column, mention } of plan.globals) {
    const value = globalColumnValue(column, values.globals.get(mention.path))
    holes[hole] = dialect.encode(column, value)
  }
  return { values, holes }
}

async function readGlobals(
  input: ValueCaller,
  mentions: readonly GlobalMention[],
): Promise<ReadonlyMap<string, RawValue>> {
  const { context, caller } = input
  const { access, userId } = caller
  const user = await readOne(input, 'User', { paths: pathsOf(mentions, 'user'), id: userId })
  const organization = await readOne(input, 'Organization', {
    paths: pathsOf(mentions, 'organization'),
    id: undefined,
  })
  const settings = await readSettings(input, mentions)
  return new Map(
    mentions.map(({ path, source }): [string, RawValue] => {
      if (source.from === 'user') {
        // Everybody knows his own id: most formulas ask for nothing else of the user.
        const isId = source.path.join('.') === 'Id'
        return [path, isId ? userId : memberAt(user, source.path)]
      }
      if (source.from === 'organization') return [path, memberAt(organization, source.path)]
      if (source.from === 'setting') {
        return [path, settings?.get(settingKey(source.object, source.field)) ?? null]
      }
      if (source.from === 'label') {
        return [
          path,
          labelText(context.models.current(), caller.language, source.name) ?? source.value,
        ]
      }
      if (source.from === 'permission') return [path, access.hasCustom(source.name)]
      return [path, source.from === 'model' ? source.value : null]
    }),
  )
}

async function readSettings(
  { context, caller }: ValueCaller,
  mentions: readonly GlobalMention[],
): Promise<SettingValues | undefined> {
  const model = context.models.current()
  const needs = new Map<ObjectModel, Set<FieldModel>>()
  for (const { source } of mentions) {
    if (source.from !== 'setting') continue
    const object = model.object(source.object)
    const field = object?.fieldsByName.get(source.field.toLowerCase())
    if (object !== undefined && field !== undefined) {
      needs.set(object, (needs.get(object) ?? new Set<FieldModel>()).add(field))
    }
  }
  const { userId } = caller
  const reader = readBeside(context.storage)
  return (await loadSettings(reader, { model, needs, userIds: [userId] })).get(userId)
}

function pathsOf(mentions: readonly GlobalMention[], from: 'user' | 'organization'): string[] {
  const paths = mentions.flatMap(({ source }) =>
    source.from === from ? [source.path.join('.')] : [],
  )
  return from === 'user' ? paths.filter((path) => path !== 'Id') : paths
}

/** The one record of an object by its id or, of the organisation, the only one there is. */
async function readOne(
  input: ValueCaller,
  name: string,
  { paths, id }: { readonly paths: readonly string[]; readonly id: string | undefined },
): Promise<unknown> {
  const { context, caller, now } = input
  if (paths.length === 0) return undefined
  const model = context.models.current()
  // The engine reads what the formula needs; who may see the formula was decided before.
  const access = fullAccess(model)
  const moment = momentOf(caller, now)
  const plan = planRead({ model, access }, oneOf(name, paths), { moment, deletedToo: false })
  const options = { dialect: context.storage.dialect, access, apiVersion: caller.apiVersion }
  const statement = id === undefined ? compileRead(plan, options) : compileRetrieve(plan, options)
  const { holes } = await planValues(input, plan)
  const [row] = await context.storage.read(statement, {
    holes: id === undefined ? holes : { ...holes, keys: JSON.stringify([[id]]) },
  })
  const text = row?.['body']
  return typeof text === 'string' ? parseExactly(text) : undefined
}

function oneOf(object: string, paths: readonly string[]): Query {
  return {
    text: '',
    select: paths.map((path) => ({ kind: 'path', path, alias: undefined, offset: 0 })),
    count: false,
    from: object,
    fromOffset: 0,
    scope: undefined,
    where: undefined,
    groupBy: undefined,
    having: undefined,
    orderBy: [],
    limit: 1,
    skip: 0,
    allRows: false,
  }
}

function memberAt(record: unknown, path: readonly string[]): RawValue {
  const found = path.reduce<unknown>(
    (holder, step) =>
      typeof holder === 'object' && holder !== null ? Reflect.get(holder, step) : null,
    record,
  )
  // The database built the member from a field's own column.
  return (found ?? null) as RawValue
}
