/** After a rename: every mention of the old name in other components gets the new one. */
import { deepFreeze } from '../base/deep-freeze.ts'
import type { Declaration } from './declaration.ts'
import { formulaToken, globalPlace } from './formula-mentions.ts'
import { rewriteMentions, type Mention } from './mentions.ts'
import { isObject, type ModelIndex } from './model-index.ts'
import { outlineOf, type ObjectOutline } from './object-outline.ts'
import { parentPath } from './relationship-names.ts'
import { inverse, type Renames } from './renames.ts'
import { componentKey } from './resolve-mention.ts'
import { valueSetTypes } from './value-sets.ts'

export interface RewriteInput {
  /** The model in which the old names mean something. */
  readonly now: ModelIndex
  readonly declarations: readonly Declaration[]
  readonly renames: Renames
  /** True for a component that was written with the old names in mind. */
  readonly isOld: (declaration: Declaration) => boolean
}

export function rewriteReferences(input: RewriteInput): readonly Declaration[] {
  const names = new Map(
    input.declarations.filter(isObject).map((one) => [one.fullName, outlineOf(one)]),
  )
  return input.declarations.map((declaration) => {
    const context: Context = {
      ...input,
      isOldText: input.isOld(declaration),
      oldObjects: inverse(input.renames.objects),
      wanted: names,
    }
    const body = rewriteMentions(declaration, (mention) => rewritten(mention, context))
    // Only texts inside the body were exchanged, so it is still a body of this type.
    return body === declaration.body
      ? declaration
      : ({ ...declaration, body: deepFreeze(body) } as Declaration)
  })
}

interface Context extends RewriteInput {
  readonly isOldText: boolean
  readonly oldObjects: ReadonlyMap<string, string>
  readonly wanted: ReadonlyMap<string, ObjectOutline>
}

function rewritten(mention: Mention, context: Context): string {
  const { site, text, object } = mention
  switch (site.kind) {
    case 'object':
      return newObject(text, context)
    case 'tab':
      return text.startsWith('standard-')
        ? `standard-${newObject(text.slice('standard-'.length), context)}`
        : newObject(text, context)
    case 'qualified':
    case 'relatedList':
      return newQualified(text, context)
    case 'filterField':
      return newFilterField(text, object, context)
    case 'field':
    case 'column':
    case 'fieldPath':
    case 'flowPath':
      return newPath(oldOutline(object, context), text, context)
    case 'component':
    case 'member':
      return newComponent(site.type ?? '', text, context)
    case 'valueSet':
      return valueSetTypes.reduce((name, type) => newComponent(type, name, context), text)
    case 'label':
    case 'ownMember':
      return text
    case 'formula':
      return newFormula(oldOutline(object, context), text, context)
  }
}

/** The object as it was before, by the name that its component has now. */
function oldOutline(object: string | undefined, context: Context): ObjectOutline | undefined {
  if (object === undefined) return undefined
  const old = context.oldObjects.get(object) ?? object
  return context.now.outlines.get(old.toLowerCase())
}

function newObject(text: string, context: Context): string {
  const to = context.renames.objects.get(text)
  if (to === undefined) return text
  return context.isOldText || !context.wanted.has(text) ? to : text
}

function newQualified(text: string, context: Context): string {
  const dot = text.indexOf('.')
  if (dot <= 0) return text
  const object = text.slice(0, dot)
  const outline = context.now.outlines.get(object.toLowerCase()) ?? oldOutline(object, context)
  return `${newObject(object, context)}.${newPath(outline, text.slice(dot + 1), context)}`
}

/** "$Source.Field" means the component's own object, "$User.Field" the users. */
function newFilterField(text: string, object: string | undefined, context: Context): string {
  const [first = '', ...rest] = text.split('.')
  if (!first.startsWith('$')) return newQualified(text, context)
  const isSource = first.toLowerCase() === '$source'
  const outline = isSource
    ? oldOutline(object, context)
    : context.now.outlines.get(first.slice(1).toLowerCase())
  return `${first}.${newPath(outline, rest.join('.'), context)}`
}

function newComponent(type: string, text: string, context: Context): string {
  const renamed = context.renames.others.get(componentKey(type, text))
  if (renamed !== undefined) return renamed.slice(type.length + 1)
  const dot = text.indexOf('.')
  return dot <= 0 ? text : newObject(text.slice(0, dot), context) + text.slice(dot)
}

function newPath(outline: ObjectOutline | undefined, path: string, context: Context): string {
  const segments = path.split('.')
  return newSegments(outline, segments, context).join('.')
}

function newSegments(
  outline: ObjectOutline | undefined,
  segments: readonly string[],
  context: Context,
): readonly string[] {
  const [first, ...rest] = segments
  if (outline === undefined || first === undefined) return segments
  const field = outline.byName.get(first.toLowerCase())
  if (field?.name === first) return [newField(outline, first, context), ...rest]
  // "Owner:User" says which of the objects is meant that the lookup leads to.
  const [step = '', meant] = first.split(':')
  const reference = outline.references.find((one) => one.path.toLowerCase() === step.toLowerCase())
  if (reference === undefined) return segments
  const name = newField(outline, reference.field.name, context)
  const walked =
    name === reference.field.name
      ? step
      : parentPath({ ...reference.field.options, fullName: name })
  const path = meant === undefined ? walked : `${walked}:${newObject(meant, context)}`
  const targets = meant === undefined ? reference.targets : [meant]
  for (const target of targets) {
    const next = context.now.outline(target)
    const renamed = newSegments(next, rest, context)
    if (renamed.some((segment, index) => segment !== rest[index])) return [path, ...renamed]
  }
  return [path, ...rest]
}

function newField(outline: ObjectOutline, name: string, context: Context): string {
  const to = context.renames.fields.get(outline.name)?.get(name)
  if (to === undefined || context.isOldText) return to ?? name
  const object = context.renames.objects.get(outline.name) ?? outline.name
  const stillThere = context.wanted.get(object)?.byName.get(name.toLowerCase())
  return stillThere?.name === name ? name : to
}

function newFormula(outline: ObjectOutline | undefined, formula: string, context: Context): string {
  if (outline === undefined) return formula
  return formula.replaceAll(formulaToken, (text) => {
    if (/^["'/]/.test(text)) return text
    const compact = text.replace(/\s+/g, '')
    const renamed = text.startsWith('$')
      ? newGlobal(compact.split('.'), context)
      : newPath(outline, compact, context)
    return renamed === compact ? text : renamed
  })
}

/** "$User.Field", "$ObjectType.Object.Fields.Field" and their like. */
function newGlobal(steps: readonly string[], context: Context): string {
  const place = globalPlace(steps)
  if (place === undefined) return steps.join('.')
  const before = steps.slice(0, place.before)
  const head = place.isNamed
    ? [before[0] ?? '', newObject(place.object, context), ...before.slice(2)]
    : before
  const rest = steps.slice(place.before)
  const outline =
    context.now.outlines.get(place.object.toLowerCase()) ?? oldOutline(place.object, context)
  return [...head, ...newSegments(outline, rest, context)].join('.')
}
