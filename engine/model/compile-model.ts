/** Declarations → the frozen Model, or all problems at once. Pure; objects are compiled on first use. */
import { baseLanguage } from '../base/languages.ts'
import { message } from '../base/message.ts'
import { reasoned } from './source-problem.ts'
import { fieldTypes } from '../fields/index.ts'
import { checkComponents, keptOf, prepareCheck, type KnownKept } from './check-components.ts'
import { prepareFieldChecks } from './check-fields.ts'
import { inertFormulas } from './check-formulas.ts'
import { compileObject, isCustomName, type ObjectLinks } from './compile-object.ts'
import type { Declaration, MetadataTypeName, SourceProblem } from './declaration.ts'
import {
  generalLedgerNames,
  generalLedgerObject,
  historyChild,
  historyName,
  historyObject,
  historyOwner,
} from './ledger-objects.ts'
import type {
  ArrivingSummaries,
  ChildRelationship,
  CompiledModel,
  Model,
  ObjectBinding,
  ObjectModel,
} from './model.ts'
import type { ObjectOutline } from './object-outline.ts'
import { groupByType, indexModel, type ModelIndex, type SummaryName } from './model-index.ts'
import { valueSetBody, valueSetIn } from './value-sets.ts'

export type CompileEvent = 'outline' | 'check' | 'compile'

export interface CompileInput {
  readonly declarations: Iterable<Declaration>
  readonly bindings: ReadonlyMap<string, ObjectBinding>
  readonly version: number
  /** The model before: what did not change is taken from it. */
  readonly previous?: Model | undefined
  /** Summaries of the model that a deploy is about to bring. */
  readonly arriving?: ArrivingSummaries | undefined
  /** The declarations were applied before and are known to be right; nothing is checked. */
  readonly trusted?: boolean
  /** Told of every piece of work, so that tests can count it. */
  readonly onWork?: (event: CompileEvent, name: string) => void
}

/** What a model keeps for the one that follows it. */
interface Inside {
  readonly index: ModelIndex
  readonly compiled: Map<string, CompiledEntry>
  readonly kept: KnownKept
}

interface CompiledEntry {
  readonly object: ObjectModel
  readonly basis: readonly unknown[]
}

const insides = new WeakMap<Model, Inside>()

const ignored = (): void => undefined

export function compileModel(input: CompileInput): CompiledModel {
  const onWork = input.onWork ?? ignored
  const declarations = [...input.declarations]
  const clashes = input.trusted === true ? [] : findClashes(declarations)
  const components = groupByType(declarations)
  const index = indexModel(components, (name) => onWork('outline', name))
  const previous = input.previous === undefined ? undefined : insides.get(input.previous)
  const checked = checkComponents({
    index,
    previous: previous === undefined ? undefined : { index: previous.index, kept: previous.kept },
    trusted: input.trusted === true,
    onCheck: (name) => onWork('check', name),
  })
  const problems = [...clashes, ...checked.problems]
  if (problems.length > 0) return { model: undefined, problems }
  const model = makeModel({ ...input, onWork }, index, { previous, kept: checked.kept })
  return { model, problems: [] }
}

/** Names of one type that are equal but for case: files of one name on some systems. */
function findClashes(declarations: readonly Declaration[]): SourceProblem[] {
  const seen = new Map<string, Declaration>()
  const problems: SourceProblem[] = []
  for (const declaration of declarations) {
    const key = `${declaration.type} ${declaration.fullName.normalize('NFC').toLowerCase()}`
    const other = seen.get(key)
    seen.set(key, declaration)
    if (other === undefined) continue
    const same = other.fullName === declaration.fullName
    const reason = same
      ? message('{type} "{name}" is declared twice', {
          type: declaration.type,
          name: other.fullName,
        })
      : message('{type} "{name}" and "{other}" are equal but for case', {
          type: declaration.type,
          name: declaration.fullName,
          other: other.fullName,
        })
    const file = declaration.file ?? `${declaration.type} ${declaration.fullName}`
    const component = declaration.fullName
    problems.push({ file, line: 1, column: 1, ...reasoned(reason), component })
  }
  return problems
}

function makeModel(
  input: CompileInput & { readonly onWork: (event: CompileEvent, name: string) => void },
  index: ModelIndex,
  known: { readonly previous: Inside | undefined; readonly kept: Inside['kept'] },
): Model {
  const { bindings } = input
  const compiled = new Map<string, CompiledEntry>()
  const links = linksOf(index)
  const byKeyPrefix = new Map([...bindings].map(([name, binding]) => [binding.keyPrefix, name]))

  const object = (name: string): ObjectModel | undefined => {
    const outline = index.outline(name)
    if (outline === undefined) return ledgerObject(name)
    const ready = compiled.get(outline.name)
    if (ready !== undefined) return ready.object
    const binding = bindings.get(outline.name)
    if (binding === undefined) throw new Error(`object ${outline.name} has no binding`)
    const children = childrenOf(index, outline)
    const basis = [outline, binding, ...children, ...sharedParts(index, outline.name)]
    const former = known.previous?.compiled.get(outline.name)
    const entry =
      former !== undefined && sameBasis(former.basis, basis)
        ? former
        : { object: compileObject(outline, binding, { ...links, children }), basis }
    if (entry !== former) input.onWork('compile', outline.name)
    compiled.set(outline.name, entry)
    return entry.object
  }
  const ledgerObject = (name: string): ObjectModel | undefined => {
    const owner = historyOwner(name)
    if (owner === undefined || !keepsHistory(index.outline(owner))) return generalLedgerObject(name)
    const of = object(owner)
    return of && historyObject(of)
  }

  const model: Model = Object.freeze({
    version: input.version,
    ...(input.arriving === undefined ? {} : { arriving: input.arriving }),
    language: baseLanguage,
    component: <Name extends MetadataTypeName>(type: Name, fullName: string) =>
      // The map under a type's name holds declarations of that type alone.
      index.components.get(type)?.get(fullName) as Declaration<Name> | undefined,
    components: <Name extends MetadataTypeName>(type: Name) =>
      (index.components.get(type)?.values() ?? []) as Iterable<Declaration<Name>>,
    bindings,
    objectNames: index.objectNames,
    ledgerNames: ledgerNames(index),
    hasFormerNames: index.hasFormerNames,
    object,
    objectByKeyPrefix: (keyPrefix: string) => {
      const name = byKeyPrefix.get(keyPrefix)
      return name === undefined ? undefined : object(name)
    },
    layoutsOf: (name: string) => index.layouts.get(name.toLowerCase()) ?? [],
    notActedOn: () => [
      ...declarationsOf(index).flatMap((one) => keptOf(one, index, known.kept)),
      ...inertFormulas({ index, outlines: index.outlines.values() }),
    ],
  })
  insides.set(model, { index, compiled, kept: known.kept })
  return model
}

/**
 * Does beforehand, in small steps, what the first change of a model would have to do: a server that waits has the time,
 * the administrator has not.
 */
export function* prepareChanges(model: Model): Generator<void, void, undefined> {
  const inside = insides.get(model)
  if (inside === undefined) return
  for (const type of fieldTypes) yield prepareFieldChecks(type)
  for (const declaration of declarationsOf(inside.index)) {
    yield prepareCheck(declaration, inside.index, inside.kept)
  }
}

function declarationsOf({ components }: ModelIndex): readonly Declaration[] {
  return [...components.values()].flatMap((ofType) => [...ofType.values()])
}

const noChildren: readonly never[] = Object.freeze([])

function keepsHistory(outline: ObjectOutline | undefined): outline is ObjectOutline {
  return outline?.declaration.body.enableHistory === true
}

const withHistory = new WeakMap<readonly ChildRelationship[], readonly ChildRelationship[]>()
const historyAlone = new WeakMap<ObjectOutline, readonly ChildRelationship[]>()

/** The same list for as long as nothing in it changes. */
function childrenOf(index: ModelIndex, outline: ObjectOutline): readonly ChildRelationship[] {
  const declared = index.children.get(outline.name)
  if (!keepsHistory(outline)) return declared ?? noChildren
  const known = declared === undefined ? historyAlone.get(outline) : withHistory.get(declared)
  if (known !== undefined) return known
  const own = historyChild(outline.name, isCustomName(outline.name))
  const made = Object.freeze([...(declared ?? []), own])
  if (declared === undefined) historyAlone.set(outline, made)
  else withHistory.set(declared, made)
  return made
}

function ledgerNames({ outlines, outline }: ModelIndex): ReadonlySet<string> {
  const histories = [...outlines.values()]
    .filter(keepsHistory)
    .map(({ name }) => historyName(name))
    .filter((name) => outline(name) === undefined)
  return new Set([...histories, ...generalLedgerNames].sort())
}

/** Equal parts, one by one and by identity: nothing that an object is made of is ever changed in place. */
function sameBasis(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((part, index) => part === b[index])
}

/** What an object takes from elsewhere: its targets' names and its value sets. */
function sharedParts(index: ModelIndex, name: string): unknown[] {
  const outline = index.outline(name)
  if (outline === undefined) return []
  const targets = outline.references.flatMap((reference) =>
    reference.targets.map((target) => index.outline(target)?.name),
  )
  const sets = outline.fields.flatMap((field) => {
    const set = field.options.valueSet?.valueSetName
    return set === undefined ? [] : [valueSetBody(index, set)]
  })
  return [...targets, ...sets]
}

function linksOf(index: ModelIndex): Omit<ObjectLinks, 'children'> {
  return {
    valueSets: valueSetsOf(index),
    targets: (names) =>
      names.flatMap((name) => {
        const outline = index.outline(name)
        return outline === undefined ? [] : [outline.name]
      }),
  }
}

export function valueSetsOf(index: ModelIndex): ObjectLinks['valueSets'] {
  return (name) => valueSetIn(index, name)
}

/** The same model with some of its answers in other words. */
export function variantOf(model: Model, answers: Partial<Model>): Model {
  const variant: Model = Object.freeze({ ...model, ...answers })
  const inside = insides.get(model)
  if (inside !== undefined) insides.set(variant, inside)
  return variant
}

/** The index behind a model, for those who compare models and follow mentions. */
export function indexOf(model: Model): ModelIndex {
  const inside = insides.get(model)
  if (inside === undefined) throw new Error('this model was not made by compileModel')
  return inside.index
}

/** The roll-up summaries that are made of an object's records. */
export function summariesOver(model: Model, child: string): readonly SummaryName[] {
  return indexOf(model).summaries.get(child) ?? noChildren
}

/** How many levels of summaries lie below an object; a circle ends where it closes. */
export function summaryHeight(model: Model, object: string): number {
  return indexOf(model).summaryHeights.get(object) ?? 0
}

/** Objects that a model holds ready because somebody asked for them, in the order of the asking. */
export function compiledObjects(model: Model): readonly string[] {
  return [...(insides.get(model)?.compiled.keys() ?? [])]
}
