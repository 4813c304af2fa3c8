/** Scopes over the objects of a public project; what it leaves to the platform is told here. */
import { message } from '../../../engine/base/message.ts'
import type { CustomField } from '../../../metadata/types.ts'
import type { Declaration } from '../../../engine/model/declaration.ts'
import type { PathStep } from '../../../engine/formula/syntax.ts'
import { printPath } from '../../../engine/formula/syntax.ts'
import type { FieldKind, FieldMention, Scope } from '../../../engine/formula/types.ts'

type Objects = ReadonlyMap<string, ReadonlyMap<string, CustomField>>

/** Fields of objects that every organisation has. */
const standard: Readonly<Record<string, FieldKind>> = {
  id: 'id',
  name: 'text',
  firstname: 'text',
  lastname: 'text',
  email: 'text',
  department: 'text',
  isactive: 'boolean',
  createddate: 'datetime',
  closeddate: 'datetime',
  ownerid: 'id',
}

const kinds: Readonly<Record<string, FieldKind>> = {
  Text: 'text',
  TextArea: 'text',
  Email: 'text',
  Phone: 'text',
  Url: 'text',
  Number: 'number',
  Currency: 'currency',
  Percent: 'percent',
  Checkbox: 'boolean',
  Date: 'date',
  DateTime: 'datetime',
  Time: 'time',
  Picklist: 'picklist',
  MultiselectPicklist: 'multipicklist',
  Location: 'location',
  Lookup: 'id',
  MasterDetail: 'id',
  Hierarchy: 'id',
}

export function objectsIn(declarations: readonly Declaration<'CustomObject'>[]): Objects {
  return new Map(
    declarations.map(({ fullName, body }) => [
      fullName.toLowerCase(),
      new Map((body.fields ?? []).map((field) => [field.fullName.toLowerCase(), field])),
    ]),
  )
}

export function scopeOf(objects: Objects, object: string): Scope {
  return { resolve: (steps) => resolve(objects, object, steps) }
}

function resolve(
  objects: Objects,
  object: string,
  steps: readonly PathStep[],
): ReturnType<Scope['resolve']> {
  const path = printPath(steps)
  const [first] = steps
  const global = first?.name.toLowerCase()
  if (global === '$custommetadata')
    return inObject(objects, steps[1]?.name ?? '', steps.slice(3), path)
  if (global !== undefined && global.startsWith('$')) return { kind: 'text', path }
  return inObject(objects, object, steps, path)
}

function inObject(
  objects: Objects,
  object: string,
  [step, ...rest]: readonly PathStep[],
  // Four, because a walk along a path needs the object, what is left, and the name for messages.
  path: string,
): ReturnType<Scope['resolve']> {
  const fields = objects.get(object.toLowerCase())
  const name = step?.name.toLowerCase() ?? ''
  if (rest.length > 0) {
    const reference = fields?.get(name.replace(/__r$/, '__c'))
    const target =
      step?.target ?? reference?.referenceTo?.[0] ?? (name.endsWith('__r') ? '' : 'User')
    return inObject(objects, target, rest, path)
  }
  const field = fields?.get(name)
  const kind = field === undefined ? standard[name] : kindOf(objects, object, field)
  if (kind === undefined) return { problem: message('{path} names no field', { path }) }
  return mention(path, kind, field)
}

function mention(path: string, kind: FieldKind, field: CustomField | undefined): FieldMention {
  const isNumber = kind === 'number' || kind === 'currency' || kind === 'percent'
  const markup = /\b(?:IMAGE|HYPERLINK)\s*\(/i.test(field?.formula ?? '')
  return {
    kind,
    path,
    ownField: !path.includes('.'),
    ...(isNumber ? { precision: 18, scale: Number(field?.scale ?? 0) } : {}),
    ...(markup ? { markup: true } : {}),
  }
}

function kindOf(objects: Objects, object: string, field: CustomField): FieldKind | undefined {
  if (field.type !== 'Summary') return kinds[field.type ?? '']
  if (field.summaryOperation === 'count') return 'number'
  const [child = '', name = ''] = (field.summarizedField ?? '').toLowerCase().split('.')
  const summarised = objects.get(child)?.get(name)
  if (summarised === undefined || summarised === field) return object === '' ? undefined : 'number'
  return kindOf(objects, child, summarised)
}
