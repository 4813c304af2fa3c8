/** Says what a mention means in a given set of objects: found, kept without effect, or missing. */
import { inEnglish, message, type Message } from '../base/message.ts'
import { nearestName } from '../base/nearest-name.ts'
import { isDefinitionTarget } from '../fields/metadata-relationship.ts'
import { formulaMentions } from './formula-mentions.ts'
import { isKnownStandardField, isKnownStandardObject } from './known-standard-names.ts'
import { legacyColumn } from './legacy-columns.ts'
import { memberNames } from './members.ts'
import { isCustomMetadataType } from './metadata-type-fields.ts'
import type { Mention } from './mentions.ts'
import type { ObjectOutline } from './object-outline.ts'
import type { Scope } from './scope.ts'
import { didYouMean } from './source-problem.ts'
import { valueSetTypes } from './value-sets.ts'

/** `keys` name what is mentioned: "CustomField Account.Name", "CustomObject Account". */
export type Resolution =
  | { readonly kind: 'found'; readonly keys: readonly string[] }
  | { readonly kind: 'kept'; readonly reason: string; readonly keys: readonly string[] }
  | { readonly kind: 'missing'; readonly reason: Message; readonly suggestion: Message | undefined }

export function componentKey(type: string, fullName: string): string {
  return `${type} ${fullName}`
}

const nothing: readonly string[] = []

function found(...keys: readonly string[]): Resolution {
  return { kind: 'found', keys }
}

function kept(reason: string, keys = nothing): Resolution {
  return { kind: 'kept', reason, keys }
}

function missing(reason: Message, suggestion?: string): Resolution {
  return { kind: 'missing', reason, suggestion: didYouMean(suggestion) }
}

export function resolveMention(mention: Mention, scope: Scope): Resolution {
  const { site, text, object } = mention
  switch (site.kind) {
    case 'object':
      return targetOrObject(mention, scope)
    case 'tab':
      return tabNamed(text, scope)
    case 'qualified':
      return qualified(text, scope)
    case 'filterField':
      return filterField(mention, scope)
    case 'relatedList':
      return relatedList(text, { scope, parent: object })
    case 'component':
      return componentNamed(site.type ?? '', text, scope)
    case 'valueSet':
      return valueSetNamed(text, scope)
    case 'label':
      return labelNamed(text, scope)
    case 'member':
      return memberNamed(site.type ?? '', text, scope)
    case 'ownMember':
      return memberNamed(site.type ?? '', `${object ?? ''}.${text}`, scope)
    case 'field':
    case 'fieldPath':
    case 'column':
      return inObject(mention, scope)
    case 'flowPath':
      return known(inObject(mention, scope))
    case 'formula':
      return found(...formulaMentions(text, object, scope))
  }
}

/** What is wrong with the paths of a flow is told by the flow itself. */
function known(resolution: Resolution): Resolution {
  return resolution.kind === 'found' ? resolution : found()
}

/** Relationships of custom metadata types may mean definitions, which are no objects of the model. */
function targetOrObject({ site, text, object }: Mention, scope: Scope): Resolution {
  const isTarget = site.path.includes('referenceTo')
  if (isTarget && isCustomMetadataType(object ?? '') && isDefinitionTarget(text)) return found()
  return objectNamed(text, scope, isTarget)
}

function objectNamed(name: string, scope: Scope, isTarget = false): Resolution {
  const outline = scope.outline(name)
  if (outline !== undefined) return found(componentKey('CustomObject', outline.name))
  const near = nearestName(name, scope.objectNames)
  if (!isTarget && isKnownStandardObject(name)) return kept(`object ${name} is not in this model`)
  return missing(message('there is no object "{name}"', { name }), near)
}

function tabNamed(text: string, scope: Scope): Resolution {
  const standard = /^standard-(.+)$/.exec(text)?.[1]
  if (standard !== undefined) {
    const outline = scope.outline(standard)
    if (outline === undefined) return kept(`tab ${text} is not in this model`)
    return found(componentKey('CustomObject', outline.name))
  }
  if (scope.component('CustomTab', text) !== undefined) {
    const keys = scope.outline(text) === undefined ? [] : [componentKey('CustomObject', text)]
    return found(componentKey('CustomTab', text), ...keys)
  }
  return objectNamed(text, scope)
}

function qualified(text: string, scope: Scope): Resolution {
  if (text.startsWith('$')) return kept(`${text} is not acted on`)
  const dot = text.indexOf('.')
  if (dot <= 0) return missing(message('"{text}" must be written as Object.Field', { text }))
  const object = objectNamed(text.slice(0, dot), scope)
  if (object.kind !== 'found') return object
  const outline = scope.outline(text.slice(0, dot))
  if (outline === undefined) return object
  return fieldPath(outline, text.slice(dot + 1), scope)
}

const sourceWord = /^\$Source\./i

/** Globals are looked at where the filter is compiled; of records that stand behind them, fields are mentioned. */
function filterField({ text, object }: Mention, scope: Scope): Resolution {
  if (!text.startsWith('$')) return qualified(text, scope)
  const outline = object === undefined ? undefined : scope.outline(object)
  if (sourceWord.test(text) && outline !== undefined) {
    return fieldPath(outline, text.replace(sourceWord, ''), scope)
  }
  const global = qualified(text.slice(1), scope)
  return global.kind === 'found' ? global : found()
}

function relatedList(
  text: string,
  context: { scope: Scope; parent: string | undefined },
): Resolution {
  if (!text.includes('.')) return kept(`related list ${text} is not acted on`)
  const resolution = qualified(text, context.scope)
  if (resolution.kind !== 'found') return resolution
  const [child = '', field = ''] = text.split('.')
  const outline = context.scope.outline(child)
  const sketch = outline?.byName.get(field.toLowerCase())
  const targets = sketch?.type.reference?.(sketch.options)?.targets ?? []
  const parent = context.parent ?? ''
  const points = targets.some(
    (target) => context.scope.outline(target) === context.scope.outline(parent),
  )
  if (!points) return missing(message('{text} does not point at {parent}', { text, parent }))
  return found(...resolution.keys, componentKey('CustomObject', outline?.name ?? child))
}

/** Components that stand in the platform itself and in no file. */
const standardComponent = /^(standard__.+|SYSTEM|Admin|Standard|All|AllInternalUsers)$/

function componentNamed(type: string, fullName: string, scope: Scope): Resolution {
  if (scope.component(type, fullName) !== undefined) return found(componentKey(type, fullName))
  // The platform has actions of its own on many layouts.
  const isStandard = type === 'QuickAction' || standardComponent.test(fullName)
  if (isStandard) return kept(`${type} ${fullName} is not in this model`)
  const near = nearestName(fullName, scope.componentNames(type))
  return missing(message('there is no {type} "{name}"', { type, name: fullName }), near)
}

function valueSetNamed(name: string, scope: Scope): Resolution {
  const type = valueSetTypes.find((one) => scope.component(one, name) !== undefined)
  if (type !== undefined) return found(componentKey(type, name))
  const names = valueSetTypes.flatMap((one) => [...scope.componentNames(one)])
  return missing(message('there is no value set "{name}"', { name }), nearestName(name, names))
}

function labelNamed(name: string, scope: Scope): Resolution {
  const names = [...scope.componentNames('CustomLabels')].flatMap((file) => {
    const declaration = scope.component('CustomLabels', file)
    return declaration === undefined ? [] : memberNames(declaration, 'CustomLabel')
  })
  if (names.includes(name)) return found(componentKey('CustomLabel', name))
  return missing(message('there is no label "{name}"', { name }), nearestName(name, names))
}

function memberNamed(type: string, fullName: string, scope: Scope): Resolution {
  const dot = fullName.indexOf('.')
  const name = fullName.slice(dot + 1)
  const object = objectNamed(fullName.slice(0, dot), scope)
  if (object.kind !== 'found') return object
  const outline = scope.outline(fullName.slice(0, dot))
  if (outline === undefined) return kept(`${type} ${name} is not acted on`)
  const names = memberNames(outline.declaration, type)
  if (names.includes(name)) return found(componentKey(type, `${outline.name}.${name}`))
  if (standardComponent.test(name)) return kept(`${type} ${name} is not in this model`)
  return missing(
    message('{object} has no {type} "{name}"', { object: outline.name, type, name }),
    nearestName(name, names),
  )
}

function inObject(mention: Mention, scope: Scope): Resolution {
  const { object, text, site } = mention
  if (object === undefined) return kept(`${text} is not acted on`)
  const outline = scope.outline(object)
  if (outline === undefined) return objectNamed(object, scope)
  if (site.kind === 'field') return ownField(outline, text)
  const resolution = fieldPath(outline, text, scope)
  if (resolution.kind !== 'missing' || site.kind !== 'column') return resolution
  const legacy = legacyColumn(text, outline.fields, outline.nameField)
  if (legacy === 'unknown') return kept(`column ${text} is not acted on`)
  return legacy === undefined ? resolution : ownField(outline, legacy)
}

function ownField(outline: ObjectOutline, name: string): Resolution {
  const folded = name.toLowerCase()
  const sketch = outline.byName.get(folded)
  if (sketch !== undefined && (sketch.name === name || sketch.name.toLowerCase() !== folded)) {
    return found(componentKey('CustomField', `${outline.name}.${sketch.name}`))
  }
  const keptField = outline.kept.get(folded)
  if (keptField !== undefined && keptField.name === name) {
    const key = componentKey('CustomField', `${outline.name}.${name}`)
    return kept(`field ${outline.name}.${name} ${inEnglish(keptField.reason)}`, [key])
  }
  const isForeign = outline.partial && !/__[a-z]+$/i.test(name)
  if (isForeign || isKnownStandardField(outline.name, name)) {
    return kept(`field ${outline.name}.${name} is not in this model`)
  }
  const names = [...outline.fields, ...outline.kept.values()].map((field) => field.name)
  return missing(
    message('{object} has no field "{name}"', { object: outline.name, name }),
    nearestName(name, names),
  )
}

/** "Account.Owner.Name" from the given object: every step but the last is a parent path. */
export function fieldPath(outline: ObjectOutline, path: string, scope: Scope): Resolution {
  const [first = '', ...rest] = path.split('.')
  if (rest.length === 0) return ownField(outline, first)
  const step = outline.references.find((one) => one.path.toLowerCase() === first.toLowerCase())
  if (step === undefined) {
    if (outline.partial && !/__[a-z]+$/i.test(first)) return kept(`${path} is not in this model`)
    return missing(
      message('{object} has no relation "{name}"', { object: outline.name, name: first }),
    )
  }
  const key = componentKey('CustomField', `${outline.name}.${step.field.name}`)
  const resolutions = step.targets.flatMap((target) => {
    const next = scope.outline(target)
    return next === undefined ? [] : [fieldPath(next, rest.join('.'), scope)]
  })
  const best = resolutions.find((one) => one.kind === 'found') ?? resolutions[0]
  if (best === undefined) return kept(`${path} is not in this model`, [key])
  return best.kind === 'missing' ? best : { ...best, keys: [key, ...best.keys] }
}
