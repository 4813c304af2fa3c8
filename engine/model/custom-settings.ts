/** Custom settings: objects whose records hold for the organisation, a profile or one user, and what they have beside their own fields. */
import { message } from '../base/message.ts'
import type { CustomField, CustomObject } from '../../metadata/types.ts'
import type { Declaration, SourceProblem } from './declaration.ts'
import type { Model } from './model.ts'
import { problemAt } from './source-problem.ts'

/** The field that says for whom a record of a setting holds. */
export const setupOwnerField = 'SetupOwnerId'

/** From the most specific owner to the most general: the first that says something is heard. */
export const settingOwners = ['User', 'Profile', 'Organization'] as const

type SettingsKind = NonNullable<CustomObject['customSettingsType']>

const nameCharsMax = 38

/** Rows of a list are known by their names; those of a hierarchy by whom they hold for. */
export function settingName(kind: SettingsKind): CustomField {
  const isKey = kind === 'List'
  return {
    fullName: 'Name',
    label: 'Name',
    type: 'Text',
    length: nameCharsMax,
    required: isKey,
    unique: isKey,
  }
}

/** The organisation is meant where nobody else is named; of a list it owns every row. */
export function settingFields(kind: SettingsKind): readonly CustomField[] {
  return [
    {
      fullName: setupOwnerField,
      label: 'Location',
      description: 'Organisation, profile or user for whom the values hold.',
      type: 'Lookup',
      referenceTo: kind === 'List' ? ['Organization'] : [...settingOwners],
      deleteConstraint: 'Cascade',
      required: true,
      unique: kind === 'Hierarchy',
      defaultValue: '$Organization.Id',
    },
  ]
}

/** Field types that a setting can have, as on the platform. */
const settingTypes: ReadonlySet<string> = new Set([
  'Checkbox',
  'Currency',
  'Date',
  'DateTime',
  'Email',
  'Number',
  'Percent',
  'Phone',
  'Text',
  'TextArea',
  'Url',
])

export function checkCustomSetting(
  declaration: Declaration<'CustomObject'>,
): readonly SourceProblem[] {
  const { fullName, body } = declaration
  if (body.customSettingsType === undefined) return []
  const fields = (body.fields ?? []).flatMap((field, position): SourceProblem[] => {
    const { type } = field
    const isFine = field.formula === undefined && (type === undefined || settingTypes.has(type))
    if (isFine) return []
    const what = field.formula === undefined ? (type ?? '') : message('formulas')
    const reason = message(
      '{object} is a custom setting, which cannot hold {what}: {field} can be one of {types}',
      { object: fullName, what, field: field.fullName, types: [...settingTypes].join(', ') },
    )
    const component = `${fullName}.${field.fullName}`
    return [problemAt(declaration, ['fields', position], { reason, component })]
  })
  if (body.nameField === undefined) return fields
  const reason = message(
    '{object} is a custom setting: its name field comes with it, leave out nameField',
    { object: fullName },
  )
  return [...fields, problemAt(declaration, ['nameField'], { reason })]
}

const settingsByModel = new WeakMap<Model, ReadonlyMap<string, SettingsKind>>()

/** The custom settings of a model by their canonical names. */
export function customSettings(model: Model): ReadonlyMap<string, SettingsKind> {
  const known = settingsByModel.get(model)
  if (known !== undefined) return known
  const found = new Map<string, SettingsKind>()
  for (const { fullName, body } of model.components('CustomObject')) {
    if (body.customSettingsType !== undefined) found.set(fullName, body.customSettingsType)
  }
  settingsByModel.set(model, found)
  return found
}
