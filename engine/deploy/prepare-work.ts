/** From the declarations that are wanted to the work that gets there; pure. */
import { compileModel, indexOf } from '../model/compile-model.ts'
import { sameJson } from '../base/same-json.ts'
import type { Renames } from '../model/renames.ts'
import type { Declaration, SourceProblem } from '../model/declaration.ts'
import { isObject, outlinesOf, type Outlines } from '../model/model-index.ts'
import type { Model, ObjectBinding } from '../model/model.ts'
import type { ObjectOutline } from '../model/object-outline.ts'
import { isSummary } from '../model/link-summaries.ts'
import { componentKey } from '../model/resolve-mention.ts'
import { chooseBindings } from './choose-bindings.ts'
import {
  basesAfter,
  keepsColumns,
  keptColumns,
  presentColumns,
  storedFields,
} from './column-bases.ts'
import { takenNames } from './component-store.ts'
import { tableChange, type PresentColumns } from './ddl.ts'
import type { DeployState } from './deploy-state.ts'
import type { Backfill, DeployWork } from './deploy-work.ts'
import { summariesToCompute, summariesToRebind, summaryProblems } from './roll-up-work.ts'
import { scoreProblems } from './score-problems.ts'
import { tableSpec, type TableSpec } from './table-specs.ts'
import { reorders } from './value-changes.ts'
import type { ValueMove } from './value-moves.ts'

export type PreparedWork =
  | { readonly work: DeployWork; readonly problems: readonly [] }
  | { readonly work: undefined; readonly problems: readonly SourceProblem[] }

/** A deploy that was cut short keeps the names that it had chosen, and the columns that it had added. */
export interface Resumed {
  readonly bindings: ReadonlyMap<string, ObjectBinding>
  readonly present: PresentColumns
}

export interface WantedDeclarations {
  readonly wanted: readonly Declaration[]
  readonly renames: Renames
  readonly resumed?: Resumed | undefined
  readonly valueMoves?: readonly ValueMove[] | undefined
}

export function prepareWork(
  state: DeployState,
  { wanted, renames, resumed, valueMoves }: WantedDeclarations,
): PreparedWork {
  const outlines = outlinesOf(wanted.filter(isObject))
  const changed = changedOutlines(state, outlines)
  const rebind = fieldsToRebind(state, outlines, renames)
  const bound = bindAndCompile(state, { wanted, renames, resumed, outlines, rebind })
  if ('problems' in bound) return { work: undefined, problems: bound.problems }
  const { bindings, model } = bound
  return {
    problems: [],
    work: {
      base: state.version,
      wanted: model,
      ...changedComponents(state, wanted),
      bindings,
      boundAnew: boundAnew(state, bindings, renames),
      renames,
      tables: tablesOf(state, model, {
        bindings,
        renames,
        present: resumed?.present ?? presentColumns(state),
      }),
      bases: basesAfter({
        bases: state.bases,
        before: state.bindings,
        after: bindings,
        outlines: withSummaries(outlines, changed),
        renames,
      }),
      backfills: conversions(state.model, model, { rebind, renames }),
      summaries: summariesToCompute({ now: state.model, wanted: model, renames }),
      valueMoves: [...(valueMoves ?? []), ...reorders(state.model, model, renames)],
    },
  }
}

interface BindInput extends WantedDeclarations {
  readonly outlines: Outlines
  readonly rebind: ReadonlySet<string>
}

type Bound =
  | { readonly bindings: ReadonlyMap<string, ObjectBinding>; readonly model: Model }
  | { readonly problems: readonly SourceProblem[] }

/** What a summary is made of is known with the model; where it changed, its values go into a new column. */
function bindAndCompile(state: DeployState, input: BindInput): Bound {
  const { renames, rebind, resumed } = input
  const first = bindOnce(state, input, rebind)
  if ('problems' in first) return first
  const models = { now: state.model, wanted: first.model, renames }
  const anew = resumed === undefined ? summariesToRebind(models) : new Set<string>()
  const bound = anew.size === 0 ? first : bindOnce(state, input, new Set([...rebind, ...anew]))
  if ('problems' in bound) return bound
  const problems = [...summaryProblems(bound.model), ...scoreProblems(bound.model)]
  return problems.length > 0 ? { problems } : bound
}

function bindOnce(
  state: DeployState,
  { wanted, renames, resumed, outlines }: BindInput,
  rebind: ReadonlySet<string>,
): Bound {
  const known = withKept(carryBindings(state, renames), wanted, state)
  const concerned = withSummaries(outlines, changedOutlines(state, outlines))
  const bindings =
    resumed?.bindings ??
    chooseBindings({
      declarations: wanted,
      bindings: known,
      taken: takenNames(state, tablesOfOutlines(concerned, known)),
      isUnchanged: (outline) =>
        formerOutline(state, outline.name) === outline && !holdsAny(outline, rebind),
      kept: keptColumns(wanted, state.bases),
      rebind,
    })
  const { model, problems } = compileModel({
    declarations: wanted,
    bindings,
    version: state.version + 1,
    previous: state.model,
  })
  return model === undefined ? { problems } : { bindings, model }
}

/** Beside those that changed, those whose summaries may get other columns. */
function withSummaries(
  { outlines }: Outlines,
  changed: readonly ObjectOutline[],
): readonly ObjectOutline[] {
  const summing = [...outlines.values()].filter((one) => one.computed.some(isSummary))
  return [...new Set([...changed, ...summing])]
}

function holdsAny({ name, fields }: ObjectOutline, keys: ReadonlySet<string>): boolean {
  return keys.size > 0 && fields.some((field) => keys.has(`${name}.${field.name}`))
}

function tablesOfOutlines(
  outlines: readonly ObjectOutline[],
  bindings: ReadonlyMap<string, ObjectBinding>,
): ReadonlySet<string> {
  return new Set(outlines.flatMap((outline) => bindings.get(outline.name)?.table ?? []))
}

/** A renamed object keeps its table, a renamed field its columns. */
function carryBindings(state: DeployState, renames: Renames): ReadonlyMap<string, ObjectBinding> {
  const carried = new Map<string, ObjectBinding>()
  for (const [name, binding] of state.bindings) {
    const fields = renames.fields.get(name)
    const columns = fields === undefined ? binding.columns : renameKeys(binding.columns, fields)
    const recordTypes = carryRecordTypes(name, binding.recordTypes, renames)
    const isSame = columns === binding.columns && recordTypes === binding.recordTypes
    const types = recordTypes === undefined ? {} : { recordTypes }
    const next = isSame ? binding : { ...binding, columns, ...types }
    carried.set(renames.objects.get(name) ?? name, next)
  }
  return carried
}

/** A renamed record type keeps its id. */
function carryRecordTypes(
  object: string,
  ids: ObjectBinding['recordTypes'],
  renames: Renames,
): ObjectBinding['recordTypes'] {
  if (ids === undefined) return undefined
  const newNames = new Map<string, string>()
  for (const name of Object.keys(ids)) {
    const to = renames.others.get(componentKey('RecordType', `${object}.${name}`))
    if (to !== undefined) newNames.set(name, to.slice(to.indexOf('.') + 1))
  }
  if (newNames.size === 0) return ids
  const taken = new Set(newNames.values())
  const others = Object.entries(ids).filter(([name]) => newNames.has(name) || !taken.has(name))
  return renameKeys(Object.fromEntries(others), newNames)
}

function renameKeys(
  columns: Readonly<Record<string, string>>,
  names: ReadonlyMap<string, string>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(columns).map(([field, base]) => [names.get(field) ?? field, base]),
  )
}

/** An object that comes back under its old name takes up its old table. */
function withKept(
  carried: ReadonlyMap<string, ObjectBinding>,
  wanted: readonly Declaration[],
  state: DeployState,
): ReadonlyMap<string, ObjectBinding> {
  const bindings = new Map<string, ObjectBinding>()
  for (const { type, fullName } of wanted) {
    if (type !== 'CustomObject') continue
    const known = carried.get(fullName) ?? keptBinding(state, fullName)
    if (known !== undefined) bindings.set(fullName, known)
  }
  return bindings
}

/** Its columns are taken up field by field, where the declaration is the same as before. */
function keptBinding(state: DeployState, fullName: string): ObjectBinding | undefined {
  const kept = state.keptBindings.get(fullName)
  return kept === undefined ? undefined : { ...kept, columns: {} }
}

function changedComponents(
  state: DeployState,
  wanted: readonly Declaration[],
): Pick<DeployWork, 'saved' | 'removed'> {
  const keys = new Set<string>()
  const saved: Declaration[] = []
  for (const declaration of wanted) {
    const key = componentKey(declaration.type, declaration.fullName)
    keys.add(key)
    const former = state.declarations.get(key)
    if (former === undefined || !sameJson(former.body, declaration.body)) saved.push(declaration)
  }
  const removed = [...state.declarations].filter(([key]) => !keys.has(key)).map(([, one]) => one)
  return { saved, removed }
}

/** As it stands in the model, what its summaries take from others included. */
function formerOutline(state: DeployState, name: string): ObjectOutline | undefined {
  return indexOf(state.model).outlines.get(name.toLowerCase())
}

function changedOutlines(
  state: DeployState,
  { outlines }: Pick<Outlines, 'outlines'>,
): readonly ObjectOutline[] {
  return [...outlines.values()].filter((one) => formerOutline(state, one.name) !== one)
}

function boundAnew(
  state: DeployState,
  bindings: ReadonlyMap<string, ObjectBinding>,
  renames: Renames,
): DeployWork['boundAnew'] {
  const anew = new Map<string, ObjectBinding & { readonly state: 'used' | 'kept' }>()
  for (const [name, binding] of state.bindings) {
    if (bindings.has(name) || renames.objects.has(name)) continue
    anew.set(name, { ...binding, state: 'kept' })
  }
  for (const [name, binding] of bindings) {
    if (state.bindings.get(name) !== binding) anew.set(name, { ...binding, state: 'used' })
  }
  return anew
}

interface TableContext {
  readonly bindings: ReadonlyMap<string, ObjectBinding>
  readonly renames: Renames
  readonly present: PresentColumns
}

/** Only objects whose outline or binding moved are looked at; the tables of the others stay. */
function tablesOf(state: DeployState, wanted: Model, context: TableContext): DeployWork['tables'] {
  const oldNames = new Map([...context.renames.objects].map(([from, to]) => [to, from]))
  const names = wanted.objectNames.filter((name) => {
    const former = state.declarations.get(componentKey('CustomObject', oldNames.get(name) ?? name))
    const declaration = wanted.component('CustomObject', name)
    return (
      former?.body !== declaration?.body || state.bindings.get(name) !== context.bindings.get(name)
    )
  })
  const before = names.flatMap((name) => specOf(state.model, oldNames.get(name) ?? name))
  const after = names.flatMap((name) => specOf(wanted, name))
  return tableChange(before, after, context.present)
}

/** By its present name alone: a previous name stands for another object's table. */
function specOf(model: Model, name: string): readonly TableSpec[] {
  const object = model.object(name)
  return object?.name === name ? [tableSpec(object)] : []
}

/** The objects of both models by their new names, with the old name of each field. */
function* pairedFields(
  state: DeployState,
  { outlines }: Pick<Outlines, 'outlines'>,
  renames: Renames,
): Generator<{
  key: string
  from: ReturnType<typeof storedFields>[number]
  to: ReturnType<typeof storedFields>[number]
}> {
  const oldNames = new Map([...renames.objects].map(([from, to]) => [to, from]))
  for (const outline of outlines.values()) {
    const oldName = oldNames.get(outline.name) ?? outline.name
    const former = formerOutline(state, oldName)
    if (former === undefined || former === outline) continue
    const fields = new Map([...(renames.fields.get(oldName) ?? [])].map(([from, to]) => [to, from]))
    const before = new Map(storedFields(former).map((field) => [field.name, field]))
    for (const to of storedFields(outline)) {
      const from = before.get(fields.get(to.name) ?? to.name)
      if (from !== undefined) yield { key: `${outline.name}.${to.name}`, from, to }
    }
  }
}

function fieldsToRebind(
  state: DeployState,
  outlines: Outlines,
  renames: Renames,
): ReadonlySet<string> {
  const keys = new Set<string>()
  for (const { key, from, to } of pairedFields(state, outlines, renames)) {
    if (!keepsColumns(from, to)) keys.add(key)
  }
  return keys
}

interface ConversionContext {
  readonly rebind: ReadonlySet<string>
  readonly renames: Renames
}

function conversions(now: Model, wanted: Model, context: ConversionContext): readonly Backfill[] {
  const oldNames = new Map([...context.renames.objects].map(([from, to]) => [to, from]))
  return [...context.rebind].flatMap((key) => {
    const dot = key.indexOf('.')
    const [object, name] = [key.slice(0, dot), key.slice(dot + 1)]
    const oldObject = oldNames.get(object) ?? object
    const renamed = [...(context.renames.fields.get(oldObject) ?? [])].find(([, to]) => to === name)
    const from = now
      .object(oldObject)
      ?.fields.find((field) => field.name === (renamed?.[0] ?? name))
    const to = wanted.object(object)?.fields.find((field) => field.name === name)
    // A summary is computed, not carried over.
    const isCarried = from !== undefined && to !== undefined && to.type.calculated !== true
    return isCarried ? [{ kind: 'convert', object, from, to }] : []
  })
}
