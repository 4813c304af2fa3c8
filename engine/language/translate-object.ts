/** An object of the model with its texts in another language; whatever is no text stays the same. */
import type { CustomField, CustomObject } from '../../metadata/types.ts'
import type { FieldOptions, PicklistEntry } from '../fields/field-type.ts'
import type { FieldModel, ObjectModel, RecordTypeModel } from '../model/model.ts'
import { byLabel } from '../model/picklist-entries.ts'
import type { FieldWords, ObjectWords } from './object-words.ts'

export interface TranslateContext {
  readonly language: string
  readonly words: ObjectWords
  /** A word of the engine's own, such as the label of an audit field. */
  ownWord(english: string): string | undefined
  /** Labels of a global value set, by the values' own labels. */
  valueSet(name: string): ReadonlyMap<string, string>
}

export function translateObject(object: ObjectModel, context: TranslateContext): ObjectModel {
  const fields = new Map<FieldModel, FieldModel>()
  for (const field of object.fields) fields.set(field, translateField(object, field, context))
  const inWords = (field: FieldModel): FieldModel => fields.get(field) ?? field
  const { words } = context
  return Object.freeze({
    ...object,
    label: words.label ?? object.label,
    labelPlural: words.plural ?? words.label ?? object.labelPlural,
    fields: Object.freeze(object.fields.map(inWords)),
    fieldsByName: withWords(object.fieldsByName, inWords),
    nameField: inWords(object.nameField),
    parents: withWords(object.parents, inWords),
    ownerField: object.ownerField && inWords(object.ownerField),
    recordTypeField: object.recordTypeField && inWords(object.recordTypeField),
    recordTypes: Object.freeze(object.recordTypes.map((type) => typeInWords(type, words))),
    masterFields: Object.freeze(object.masterFields.map(inWords)),
    declaration: translateDeclaration(object, words, inWords),
  })
}

function typeInWords(type: RecordTypeModel, words: ObjectWords): RecordTypeModel {
  const label = words.recordTypes.get(type.name)
  const description = words.recordTypeDescriptions.get(type.name)
  if (label === undefined && description === undefined) return type
  return Object.freeze({
    ...type,
    label: label ?? type.label,
    description: description ?? type.description,
  })
}

function withWords(
  fields: ReadonlyMap<string, FieldModel>,
  inWords: (field: FieldModel) => FieldModel,
): ReadonlyMap<string, FieldModel> {
  return new Map([...fields].map(([name, field]) => [name, inWords(field)]))
}

function translateField(
  object: ObjectModel,
  field: FieldModel,
  context: TranslateContext,
): FieldModel {
  const words = context.words.fields.get(field.name)
  const label = labelIn(object, field, context) ?? field.label
  const values = valuesIn(field, words, context)
  if (words === undefined && label === field.label && values === field.values) return field
  const options: FieldOptions = { ...field.options, ...optionsIn(field.options, words), label }
  const isMoved = values !== field.values && field.options.valuesSorted === true
  return Object.freeze({
    ...field,
    label,
    // What is shown; how values are stored knows nothing of languages.
    values: isMoved ? Object.freeze(byLabel(values, context.language)) : values,
    options: Object.freeze(field.options.values === undefined ? options : { ...options, values }),
  })
}

function optionsIn(options: FieldOptions, words: FieldWords | undefined): Partial<CustomField> {
  if (words === undefined) return {}
  const { help, description, relationshipLabel, filterError, filterHint } = words
  const { lookupFilter } = options
  return {
    ...(help === undefined ? {} : { inlineHelpText: help }),
    ...(description === undefined ? {} : { description }),
    ...(relationshipLabel === undefined ? {} : { relationshipLabel }),
    ...(lookupFilter === undefined
      ? {}
      : {
          lookupFilter: {
            ...lookupFilter,
            ...(filterError === undefined ? {} : { errorMessage: filterError }),
            ...(filterHint === undefined ? {} : { infoMessage: filterHint }),
          },
        }),
  }
}

function labelIn(
  object: ObjectModel,
  field: FieldModel,
  context: TranslateContext,
): string | undefined {
  const { words } = context
  const said = words.fields.get(field.name)?.label
  if (said !== undefined) return said
  if (field.isName && words.nameFieldLabel !== undefined) return words.nameFieldLabel
  if (field.compound !== undefined) return partLabelIn(object, field, context)
  const isOwn = field.system || (field.isName && field.label === 'Name')
  return isOwn ? context.ownWord(field.label) : undefined
}

/** "Billing Street" → "Rechnungsadresse (Straße)", from the compound's label and the part's own word. */
function partLabelIn(
  object: ObjectModel,
  field: FieldModel,
  context: TranslateContext,
): string | undefined {
  const whole = context.ownWord(field.label)
  if (whole !== undefined) return whole
  const compound = object.fieldsByName.get(field.compound?.toLowerCase() ?? '')
  if (compound === undefined) return undefined
  const label = context.words.fields.get(compound.name)?.label
  if (label === undefined) return undefined
  const ending = partWords.find((word) => field.label.endsWith(word) || hasInBrackets(field, word))
  const part = ending === undefined ? undefined : context.ownWord(ending)
  return part === undefined ? undefined : `${label} (${part})`
}

function hasInBrackets(field: FieldModel, word: string): boolean {
  return field.label.endsWith(`(${word})`)
}

/** The last words of the labels that compounds give their parts. */
export const partWords = [
  'Street',
  'City',
  'State',
  'Postal Code',
  'Country',
  'Latitude',
  'Longitude',
  'Geocode Accuracy',
]

function valuesIn(
  field: FieldModel,
  words: FieldWords | undefined,
  context: TranslateContext,
): readonly PicklistEntry[] {
  const setName = field.options.valueSet?.valueSetName
  const shared = setName === undefined ? undefined : context.valueSet(setName)
  const own = field.compound === undefined ? undefined : context.ownWord
  if (words?.values.size === 0 && !shared?.size && own === undefined) return field.values
  let changed = false
  const values = field.values.map((entry) => {
    const label =
      words?.values.get(entry.label) ??
      shared?.get(entry.label) ??
      own?.(entry.label) ??
      entry.label
    if (label === entry.label) return entry
    changed = true
    return Object.freeze({ ...entry, label })
  })
  return changed ? Object.freeze(values) : field.values
}

/** The texts that screens read from the declaration itself: names of list views, rules, record types. */
function translateDeclaration(
  object: ObjectModel,
  words: ObjectWords,
  inWords: (field: FieldModel) => FieldModel,
): Readonly<CustomObject> {
  const { declaration } = object
  const { fields, validationRules, recordTypes, fieldSets, listViews } = declaration
  const texts: Partial<CustomObject> = {}
  if (words.label !== undefined) texts.label = words.label
  if (words.plural !== undefined) texts.pluralLabel = words.plural
  if (fields !== undefined) {
    texts.fields = fields.map((field) => {
      const model = object.fieldsByName.get(field.fullName.toLowerCase())
      return model === undefined ? field : { ...field, label: inWords(model).label }
    })
  }
  if (validationRules !== undefined) {
    texts.validationRules = validationRules.map((rule) => {
      const errorMessage = words.rules.get(rule.fullName)
      return errorMessage === undefined ? rule : { ...rule, errorMessage }
    })
  }
  if (recordTypes !== undefined) {
    texts.recordTypes = relabel(recordTypes, words.recordTypes).map((type) => {
      const description = words.recordTypeDescriptions.get(type.fullName)
      return description === undefined ? type : { ...type, description }
    })
  }
  if (fieldSets !== undefined) texts.fieldSets = relabel(fieldSets, words.fieldSets)
  if (listViews !== undefined) texts.listViews = relabel(listViews, words.listViews)
  return Object.freeze({ ...declaration, ...texts })
}

function relabel<Entry extends { readonly fullName: string; readonly label?: string }>(
  entries: readonly Entry[],
  words: ReadonlyMap<string, string>,
): Entry[] {
  return entries.map((entry) => {
    const label = words.get(entry.fullName)
    return label === undefined ? entry : { ...entry, label }
  })
}
