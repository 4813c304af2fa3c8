/** Records of custom metadata types: their type is there, and their values are values of its fields. */
import type { Declaration, SourceProblem } from './declaration.ts'
import { metadataValueProblem } from './metadata-values.ts'
import { typeOfRecord } from './metadata-type-fields.ts'
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
    const reason = `CustomMetadata "${fullName}" is a record of ${type ?? 'no type'}, which is not there`
    return [problemAt(declaration, ['fullName'], { reason })]
  }
  return (body.values ?? []).flatMap((one, position) => {
    const field = outline.byName.get(one.field.toLowerCase())
    // An unknown field is found among the mentions.
    if (field === undefined) return []
    const values = picklistEntries(field.options, valueSets)
    const options = values === undefined ? field.options : { ...field.options, values }
    const problem = metadataValueProblem({ type: field.type, options }, one.value ?? null)
    if (problem === undefined) return []
    const reason = `CustomMetadata "${fullName}": ${field.name} ${problem}`
    return [problemAt(declaration, ['values', position, 'value'], { reason, component: fullName })]
  })
}

export function isCustomMetadata(
  declaration: Declaration,
): declaration is Declaration<'CustomMetadata'> {
  return declaration.type === 'CustomMetadata'
}
