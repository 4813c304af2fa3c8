/** Records of custom metadata types: their type is there, and their values are values of its fields. */
import { message, withMore, type Message } from '../base/message.ts'
import { meant } from '../formula/function-entry.ts'
import type { CustomMetadata } from '../../metadata/types.ts'
import { nearestName } from '../base/nearest-name.ts'
import {
  isDefinitionTarget,
  metadataRelationship,
  relationshipTarget,
} from '../fields/metadata-relationship.ts'
import type { Declaration, SourceProblem } from './declaration.ts'
import { metadataValueProblem } from './metadata-values.ts'
import { targetRecord, typeOfRecord } from './metadata-type-fields.ts'
import type { FieldSketch } from './object-outline.ts'
import type { ModelIndex } from './model-index.ts'
import { picklistEntries, type ValueSetLookup } from './picklist-entries.ts'
import { problemAt } from './source-problem.ts'

export function checkCustomMetadata(
  declaration: Declaration<'CustomMetadata'>,
  index: ModelIndex,
  valueSets: ValueSetLookup,
): readonly SourceProblem[] {
  const { fullName, body } = declaration
  const type = typeOfRecord(fullName)
  const outline = type === undefined ? undefined : index.outline(type)
  if (outline === undefined) {
    const reason =
      type === undefined
        ? message('CustomMetadata "{name}" is a record of no type', { name: fullName })
        : message('CustomMetadata "{name}" is a record of {type}, which is not there', {
            name: fullName,
            type,
          })
    return [problemAt(declaration, ['fullName'], { reason })]
  }
  return (body.values ?? []).flatMap((one, position) => {
    const field = outline.byName.get(one.field.toLowerCase())
    // An unknown field is found among the mentions.
    if (field === undefined) return []
    const pointer = ['values', position, 'value'] as const
    const missing = missingTarget(field, one.value ?? null, { body, index })
    if (missing !== undefined) {
      const reason = message('CustomMetadata "{name}": {field} {problem}', {
        name: fullName,
        field: field.name,
        problem: missing,
      })
      return [problemAt(declaration, [...pointer], { reason, component: fullName })]
    }
    // A name of another record is no value of its type yet.
    if (field.type === metadataRelationship) return []
    const values = picklistEntries(field.options, valueSets)
    const options = values === undefined ? field.options : { ...field.options, values }
    const problem = metadataValueProblem({ type: field.type, options }, one.value ?? null)
    if (problem === undefined) return []
    const reason = message('CustomMetadata "{name}": {field}: {problem}', {
      name: fullName,
      field: field.name,
      problem,
    })
    return [problemAt(declaration, ['values', position, 'value'], { reason, component: fullName })]
  })
}

export function isCustomMetadata(
  declaration: Declaration,
): declaration is Declaration<'CustomMetadata'> {
  return declaration.type === 'CustomMetadata'
}

type Written = string | number | boolean | null

interface TargetContext {
  readonly body: Readonly<CustomMetadata>
  readonly index: ModelIndex
}

/** Why a relationship leads nowhere; undefined where it leads somewhere, or the field is none. */
function missingTarget(
  { type, options }: FieldSketch,
  value: Written,
  { body, index }: TargetContext,
): Message | undefined {
  if (type !== metadataRelationship || value === null || value === '') return undefined
  const target = relationshipTarget(options)
  const name = String(value)
  if (!isDefinitionTarget(target)) {
    const full = targetRecord(target, name)
    if (index.component('CustomMetadata', full) !== undefined) return undefined
    const near = nearestName(full, [...index.componentNames('CustomMetadata')])
    const told = message('names {full}, which is no record of {target}', { full, target })
    return withMore(told, meant(near))
  }
  if (target === 'EntityDefinition') {
    return index.outline(name) === undefined
      ? message('names {name}, which is no object', { name })
      : undefined
  }
  const dot = name.indexOf('.')
  const holder = options.metadataRelationshipControllingField ?? ''
  const controlling = holder.slice(holder.lastIndexOf('.') + 1).toLowerCase()
  const said = body.values?.find((one) => one.field.toLowerCase() === controlling)?.value
  const object = dot > 0 ? name.slice(0, dot) : String(said ?? '')
  const field = index.outline(object)?.byName.get(name.slice(dot + 1).toLowerCase())
  return field === undefined
    ? message('names {name}, which is no field', { name: `${object}.${name.slice(dot + 1)}` })
    : undefined
}
