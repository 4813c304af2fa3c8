/** Messages in the reader's language: the engine's sentences, and in them the model's own labels. */
import { message, spell, type LabelOf, type LabelPart, type Message } from '../base/message.ts'
import type { FieldModel, Model, ObjectModel } from '../model/model.ts'
import { ownWord } from './catalogue.ts'

/** One of the engine's own sentences in the language of the model. */
export function say(model: Model, sentence: string, values: Message['values'] = {}): string {
  return spellIn(model, message(sentence, values))
}

/** The message in the language of the model. */
export function spellIn(model: Model, told: Message): string {
  const { language } = model
  return spell(told, {
    sentence: (english) => ownWord(language, english) ?? english,
    label: (label) => labelIn(model, label),
    amount: (value) => numbersIn(language).format(value),
  })
}

const numberFormats = new Map<string, Intl.NumberFormat>()

/** Languages are those that there are words in, so few are kept. */
function numbersIn(language: string): Intl.NumberFormat {
  const known = numberFormats.get(language)
  if (known !== undefined) return known
  const made = new Intl.NumberFormat(language.replaceAll('_', '-'))
  numberFormats.set(language, made)
  return made
}

function labelIn(model: Model, label: LabelOf): string {
  const object = model.object(label.object)
  return (object && textOf(object, label)) ?? label.text
}

function textOf(object: ObjectModel, { part, name = '' }: LabelOf): string | undefined {
  return texts[part ?? 'label'](object, name)
}

const texts: Readonly<
  Record<LabelPart | 'label', (object: ObjectModel, name: string) => string | undefined>
> = {
  label: (object) => object.label,
  plural: (object) => object.labelPlural,
  field: (object, name) => fieldOf(object, name)?.label,
  lookupFilter: (object, name) => fieldOf(object, name)?.options.lookupFilter?.errorMessage,
  rule: ({ declaration }, name) =>
    declaration.validationRules?.find((rule) => rule.fullName === name)?.errorMessage,
}

function fieldOf(object: ObjectModel, name: string): FieldModel | undefined {
  return object.fieldsByName.get(name.toLowerCase())
}
