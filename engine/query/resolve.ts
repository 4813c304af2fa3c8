/** The gate: every name that a caller mentions is resolved here, and nowhere else. */
import type { Access } from '../access/access.ts'
import type { FiscalYear } from '../base/company.ts'
import { limits } from '../base/limits.ts'
import { nearestName } from '../base/nearest-name.ts'
import { refuse, type Refusal } from '../base/refusal.ts'
import type { ChildRelationship, FieldModel, Model, ObjectModel } from '../model/model.ts'
import { followedTarget, groupObject } from '../model/people-lookup.ts'
import { ownerField } from '../model/system-fields.ts'

export interface Gate {
  readonly model: Model
  readonly access: Access
  /** In which words the caller reads labels; absent: those of the model. */
  readonly language?: string | undefined
  /** Of the organisation; absent: the calendar's. */
  readonly fiscalYear?: FiscalYear | undefined
  /** Told of every name that the caller should stop using. */
  readonly onFormerName?: ((former: FormerName) => void) | undefined
}

/** A name that still answers, and the one that took its place. */
export interface FormerName {
  readonly kind: 'object' | 'field'
  readonly former: string
  readonly current: string
}

/** A field reached from an object over its parents; `parents` are the lookups on the way. */
export interface ResolvedField {
  readonly parents: readonly FieldModel[]
  readonly object: ObjectModel
  readonly field: FieldModel
}

/** The object, or the one refusal for what does not exist and what the caller may not know of. */
export function resolveObject(gate: Gate, name: string): ObjectModel {
  const object = gate.model.object(name)
  if (object !== undefined && gate.access.mayObject(object.name, 'read')) {
    noteObjectName(gate, object, name)
    return object
  }
  // Only names that the caller may know take part, so that a hint gives nothing away.
  const known = gate.model.objectNames.filter((known) => gate.access.mayObject(known, 'read'))
  throw refuse(
    'INVALID_TYPE',
    `sObject type '${shown(name)}' is not supported.${hint(name, known)}`,
  )
}

/** Longer names are nobody's slip of the pen, and not worth comparing with all others. */
const nameCharsMax = 2 * limits.fieldNameCharsMax

function shown(name: string): string {
  return name.length <= nameCharsMax ? name : `${name.slice(0, nameCharsMax)}…`
}

function hint(name: string, known: readonly string[]): string {
  const near = name.length > nameCharsMax ? undefined : nearestName(name, known)
  return near === undefined ? '' : ` Did you mean '${near}'?`
}

/** True when the caller may know that the field exists. */
export function maySee(gate: Gate, field: FieldModel): boolean {
  return gate.access.mayField(field.object, field.name, 'read')
}

/** The fields of an object that the caller may see, in describe order. */
export function visibleFields(gate: Gate, object: ObjectModel): readonly FieldModel[] {
  return object.fields.filter((field) => maySee(gate, field))
}

/** The refusal of a name, with advice on what may have been meant. */
export function unknownField(gate: Gate, object: ObjectModel, name: string): Refusal {
  const known = visibleFields(gate, object).map((field) => field.name)
  const advice = hint(name, known) || ' Check the name, its ending (__c) and your rights.'
  return noSuchColumn(object, name, advice)
}

/** The same without looking for advice, which takes time: for the many wrong names of one body. */
export function noSuchColumn(object: ObjectModel, name: string, advice = ''): Refusal {
  const message = `No such column '${shown(name)}' on entity '${object.name}'.${advice}`
  return refuse('INVALID_FIELD', message, { fields: [shown(name)] })
}

/** One field of an object; undefined for a hidden one as for one that does not exist. */
export function findField(gate: Gate, object: ObjectModel, name: string): FieldModel | undefined {
  const field = object.fieldsByName.get(name.toLowerCase())
  if (field === undefined || !maySee(gate, field)) return undefined
  if (field.previousNames.length > 0 && !isName(name, field.name)) {
    const [former, current] = [`${object.name}.${name}`, `${object.name}.${field.name}`]
    gate.onFormerName?.({ kind: 'field', former, current })
  }
  return field
}

/** Says when the object was named by a former name. */
export function noteObjectName(
  { onFormerName }: Pick<Gate, 'onFormerName'>,
  object: ObjectModel,
  name: string,
): void {
  if (isName(name, object.name)) return
  onFormerName?.({ kind: 'object', former: name, current: object.name })
}

function isName(given: string, name: string): boolean {
  return given === name || given.toLowerCase() === name.toLowerCase()
}

/** The same; refuses where there is none. */
export function resolveField(gate: Gate, object: ObjectModel, name: string): FieldModel {
  const field = findField(gate, object, name)
  if (field === undefined) throw unknownField(gate, object, name)
  return field
}

interface ParentStep {
  readonly lookup: FieldModel
  readonly parent: ObjectModel
}

/** The object that is followed behind a lookup, where the caller may; undefined for any other. */
function parentBehind(gate: Gate, lookup: FieldModel): ObjectModel | undefined {
  const target = followedTarget(lookup.reference?.targets ?? [])
  if (target === undefined || !maySee(gate, lookup)) return undefined
  return gate.access.mayObject(target, 'read') ? gate.model.object(target) : undefined
}

function resolveParent(gate: Gate, object: ObjectModel, step: string): ParentStep {
  const lookup = object.parents.get(step.toLowerCase())
  const parent = lookup && parentBehind(gate, lookup)
  if (lookup !== undefined && parent !== undefined) return { lookup, parent }
  if (lookup !== undefined && leadsToSeveral(lookup) && maySee(gate, lookup)) {
    throw refuse(
      'INVALID_FIELD',
      `'${step}' leads to several objects; only ${step}.Name, ${step}.Id and ${step}.Type can be read through it.`,
      { fields: [step] },
    )
  }
  throw unknownRelationship(gate, object, step)
}

function leadsToSeveral(lookup: FieldModel): boolean {
  return (lookup.reference?.targets.length ?? 0) > 1
}

/** The one refusal for a relationship that does not exist, is hidden, or leads to a hidden object. */
function unknownRelationship(gate: Gate, object: ObjectModel, step: string): Refusal {
  const known = [...object.parents.values()].filter(
    (lookup) => parentBehind(gate, lookup) !== undefined,
  )
  const advice = hint(
    step,
    known.map((lookup) => lookup.reference?.relationshipName ?? ''),
  )
  return refuse(
    'INVALID_FIELD',
    `Didn't understand relationship '${shown(step)}' in field path of '${object.name}'.${advice}`,
    { fields: [shown(step)] },
  )
}

/** A list of children: their object, and the lookup that leads to the parent. */
export interface ResolvedChildren {
  readonly object: ObjectModel
  readonly lookup: FieldModel
  readonly relationshipName: string
}

/** Undefined for children of which the caller may not know. */
function openChildren(gate: Gate, child: ChildRelationship): ResolvedChildren | undefined {
  const { relationshipName } = child
  if (relationshipName === undefined || !gate.access.mayObject(child.childObject, 'read')) {
    return undefined
  }
  const object = gate.model.object(child.childObject)
  const lookup = object?.fieldsByName.get(child.field.toLowerCase())
  if (object === undefined || lookup === undefined || !maySee(gate, lookup)) return undefined
  return { object, lookup, relationshipName }
}

/** The child relationship of a child query's FROM. */
export function resolveChildren(gate: Gate, parent: ObjectModel, name: string): ResolvedChildren {
  const wanted = name.toLowerCase()
  for (const child of parent.children) {
    if (child.relationshipName?.toLowerCase() !== wanted) continue
    const found = openChildren(gate, child)
    if (found !== undefined) return found
  }
  const known = parent.children.flatMap((child) => openChildren(gate, child) ?? [])
  const advice = hint(
    name,
    known.map((children) => children.relationshipName),
  )
  throw refuse(
    'INVALID_TYPE',
    `Didn't understand relationship '${shown(name)}' in FROM of a child query of '${parent.name}'.${advice}`,
  )
}

/** True when at most one record has a value of the field, or should have: records are found by it. */
export function isKeyField(field: FieldModel): boolean {
  return field.externalId || field.unique || field.name === 'Id'
}

const noParents: readonly FieldModel[] = []

/** "Contact.Name" in a query over Contact names the object itself. */
function stepsOf(root: ObjectModel, path: string): string[] {
  const steps = path.split('.')
  const first = steps[0]?.toLowerCase() ?? ''
  const isRoot = first === root.name.toLowerCase() && !root.parents.has(first)
  return isRoot && steps.length > 1 ? steps.slice(1) : steps
}

/** A path such as `Account.Owner.Name`. */
export function resolvePath(gate: Gate, root: ObjectModel, path: string): ResolvedField {
  if (!path.includes('.')) {
    return { parents: noParents, object: root, field: resolveField(gate, root, path) }
  }
  const steps = stepsOf(root, path)
  const name = steps.pop() ?? ''
  if (steps.length > limits.parentPathDepthMax) {
    throw refuse(
      'LIMIT_EXCEEDED',
      `A path leads over at most ${limits.parentPathDepthMax} parents (parentPathDepthMax): '${shown(path)}'.`,
    )
  }
  let object = root
  const parents: FieldModel[] = []
  for (const step of steps) {
    const { lookup, parent } = resolveParent(gate, object, step)
    parents.push(lookup)
    object = parent
  }
  return { parents, object, field: resolveField(gate, object, name) }
}

/** `What.Name` over a lookup with several targets: the lookup and which of the three fields is meant. */
export interface ResolvedPolymorphic {
  /** From the root to the object that has the lookup. */
  readonly parents: readonly FieldModel[]
  readonly lookup: FieldModel
  readonly attribute: 'Id' | 'Name' | 'Type'
  /** The targets that the caller may read. */
  readonly targets: readonly ObjectModel[]
}

const polymorphicAttributes = new Map<string, ResolvedPolymorphic['attribute']>([
  ['id', 'Id'],
  ['name', 'Name'],
  ['type', 'Type'],
])

/** Undefined when the path is none of that kind. */
export function resolvePolymorphic(
  gate: Gate,
  root: ObjectModel,
  path: string,
): ResolvedPolymorphic | undefined {
  if (!path.includes('.')) return undefined
  const steps = stepsOf(root, path)
  const attribute = polymorphicAttributeOf(steps.pop() ?? '')
  const last = steps.pop()
  if (attribute === undefined || last === undefined) return undefined
  if (steps.length >= limits.parentPathDepthMax) return undefined
  const parents: FieldModel[] = []
  let object = root
  for (const step of steps) {
    const between = object.parents.get(step.toLowerCase())
    const parent = between && parentBehind(gate, between)
    if (between === undefined || parent === undefined) return undefined
    parents.push(between)
    object = parent
  }
  const lookup = object.parents.get(last.toLowerCase())
  if (lookup === undefined || !leadsToSeveral(lookup) || !maySee(gate, lookup)) return undefined
  const readable = (lookup.reference?.targets ?? [])
    .filter((target) => gate.access.mayObject(target, 'read'))
    .map((target) => gate.model.object(target))
    .filter((target) => target !== undefined)
  return { parents, lookup, attribute, targets: readable }
}

/** What `Owner.Type` says: of groups, queues alone own records. */
export function typeBehind(lookup: FieldModel, target: ObjectModel): string {
  const isQueue = target.name === groupObject && lookup.name === ownerField
  return isQueue ? 'Queue' : target.name
}

/** What all objects have behind such a lookup. */
export function polymorphicAttributeOf(name: string): ResolvedPolymorphic['attribute'] | undefined {
  return polymorphicAttributes.get(name.toLowerCase())
}

/** The refusal of an object to which the lookup does not lead, or of which the caller may not know. */
export function unknownTarget(
  lookup: FieldModel,
  name: string,
  targets: readonly ObjectModel[],
): Refusal {
  const advice = hint(
    name,
    targets.map((target) => target.name),
  )
  const message = `${lookup.name} does not lead to '${shown(name)}'.${advice}`
  return refuse('INVALID_TYPE', message)
}
