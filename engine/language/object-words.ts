/** The words of an object in one language, gathered from its translation files. */
import type {
  CustomFieldTranslation,
  CustomObjectTranslation,
  ObjectNameCaseValue,
  PicklistValueTranslation,
} from '../../metadata/types.ts'

export interface FieldWords {
  label?: string | undefined
  help?: string | undefined
  description?: string | undefined
  relationshipLabel?: string | undefined
  filterError?: string | undefined
  filterHint?: string | undefined
  /** By the value's own label. */
  readonly values: Map<string, string>
}

type Words = Map<string, string>

/** Every text may be missing; the base language then stands in for it. */
export interface ObjectWords {
  label?: string | undefined
  plural?: string | undefined
  nameFieldLabel?: string | undefined
  readonly fields: Map<string, FieldWords>
  /** By the layout's name without its object, then by the section's own heading. */
  readonly sections: Map<string, Words>
  readonly recordTypes: Words
  readonly recordTypeDescriptions: Words
  readonly rules: Words
  readonly fieldSets: Words
  readonly listViews: Words
}

/** Later bodies win over earlier ones, text by text; an empty text counts as none. */
export function objectWords(bodies: readonly Readonly<CustomObjectTranslation>[]): ObjectWords {
  const words: ObjectWords = {
    fields: new Map(),
    sections: new Map(),
    recordTypes: new Map(),
    recordTypeDescriptions: new Map(),
    rules: new Map(),
    fieldSets: new Map(),
    listViews: new Map(),
  }
  for (const body of bodies) addBody(words, body)
  return words
}

function addBody(words: ObjectWords, body: Readonly<CustomObjectTranslation>): void {
  words.label = nameIn(body.caseValues, false) ?? words.label
  words.plural = nameIn(body.caseValues, true) ?? words.plural
  words.nameFieldLabel = textOf(body.nameFieldLabel) ?? words.nameFieldLabel
  for (const { name, label } of body.standardFields ?? []) {
    const field = fieldWords(words, name)
    field.label = textOf(label) ?? field.label
  }
  for (const field of body.fields ?? []) addField(fieldWords(words, field.name), field)
  for (const { layout, sections } of body.layouts ?? []) {
    const known = words.sections.get(layout) ?? new Map<string, string>()
    words.sections.set(layout, known)
    for (const { section, label } of sections ?? []) put(known, section, label)
  }
  for (const { name, label, description } of body.recordTypes ?? []) {
    put(words.recordTypes, name, label)
    put(words.recordTypeDescriptions, name, description)
  }
  for (const { name, errorMessage } of body.validationRules ?? []) {
    put(words.rules, name, errorMessage)
  }
  for (const { name, label } of body.fieldSets ?? []) put(words.fieldSets, name, label)
  for (const { name, label } of body.listViews ?? []) put(words.listViews, name, label)
}

function fieldWords(words: ObjectWords, name: string): FieldWords {
  const known = words.fields.get(name) ?? { values: new Map<string, string>() }
  words.fields.set(name, known)
  return known
}

function addField(words: FieldWords, field: Readonly<CustomFieldTranslation>): void {
  words.label = textOf(field.label) ?? nameIn(field.caseValues, false) ?? words.label
  words.help = textOf(field.help) ?? words.help
  words.description = textOf(field.description) ?? words.description
  words.relationshipLabel = textOf(field.relationshipLabel) ?? words.relationshipLabel
  words.filterError = textOf(field.lookupFilter?.errorMessage) ?? words.filterError
  words.filterHint = textOf(field.lookupFilter?.informationalMessage) ?? words.filterHint
  addValues(words.values, field.picklistValues)
}

export function addValues(
  words: Words,
  values: readonly PicklistValueTranslation[] | undefined,
): void {
  for (const { masterLabel, translation } of values ?? []) put(words, masterLabel, translation)
}

export function textOf(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text
}

export function put(words: Words, name: string, text: string | undefined): void {
  const known = textOf(text)
  if (known !== undefined) words.set(name, known)
}

/** A language may give many forms of a name: the plain nominative is the one for headings and lists. */
function nameIn(
  forms: readonly ObjectNameCaseValue[] | undefined,
  plural: boolean,
): string | undefined {
  const fitting = (forms ?? []).filter(
    (form) => (form.plural ?? false) === plural && textOf(form.value) !== undefined,
  )
  return (fitting.find(isPlain) ?? fitting[0])?.value
}

function isPlain({ article, caseType, possessive }: ObjectNameCaseValue): boolean {
  return (
    (article ?? 'None') === 'None' &&
    (caseType ?? 'Nominative') === 'Nominative' &&
    (possessive ?? 'None') === 'None'
  )
}
