/** The shipped model speaks German and Spanish: no label, value, heading, view or message is forgotten. */
import { describe, expect, it } from 'vitest'
import { chooseBindings, nothingTaken } from '../../engine/deploy/choose-bindings.ts'
import { inLanguage } from '../../engine/language/in-language.ts'
import { compileModel } from '../../engine/model/compile-model.ts'
import type { Model, ObjectModel } from '../../engine/model/model.ts'
import { parseDeclarations } from '../../engine/model/parse-declarations.ts'
import { shippedSources } from './shipped-sources.ts'

const { declarations } = parseDeclarations(shippedSources())
const bindings = chooseBindings({ declarations, bindings: new Map(), taken: nothingTaken })
const { model } = compileModel({ declarations, bindings, version: 1, trusted: true })
if (model === undefined) throw new Error('the shipped model does not compile')

/** A text of the model with its place, so that texts of two languages can be laid side by side. */
type Texts = ReadonlyMap<string, string>

function textsOf(said: Model): Texts {
  const texts = new Map<string, string>()
  for (const name of said.objectNames) {
    const object = said.object(name)
    if (object === undefined) continue
    addObject(texts, object)
    for (const { fullName, layoutSections } of said.layoutsOf(name)) {
      layoutSections?.forEach(({ label }, index) => {
        if (label !== undefined) texts.set(`${fullName} section ${index}`, label)
      })
    }
  }
  for (const { fullName, body } of said.components('CustomApplication')) {
    texts.set(`${fullName} application`, body.label ?? '')
    texts.set(`${fullName} application description`, body.description ?? '')
  }
  for (const { fullName, body } of said.components('CustomTab')) {
    if (body.label !== undefined) texts.set(`${fullName} tab`, body.label)
  }
  for (const { fullName, body } of said.components('QuickAction')) {
    texts.set(`${fullName} action`, body.label ?? '')
  }
  return texts
}

function addObject(texts: Map<string, string>, object: ObjectModel): void {
  const { name, declaration } = object
  texts.set(name, object.label)
  texts.set(`${name} plural`, object.labelPlural)
  for (const field of object.fields) {
    const place = `${name}.${field.name}`
    const { inlineHelpText, relationshipLabel, lookupFilter } = field.options
    texts.set(place, field.label)
    texts.set(`${place} help`, inlineHelpText ?? '')
    texts.set(`${place} children`, relationshipLabel ?? '')
    texts.set(`${place} filter error`, lookupFilter?.errorMessage ?? '')
    texts.set(`${place} filter hint`, lookupFilter?.infoMessage ?? '')
    for (const { value, label } of field.values) texts.set(`${place} value ${value}`, label)
  }
  const { listViews, recordTypes, fieldSets, validationRules } = declaration
  for (const list of [listViews, recordTypes, fieldSets]) {
    for (const { fullName, label } of list ?? []) texts.set(`${name} ${fullName}`, label ?? '')
  }
  for (const rule of validationRules ?? []) {
    texts.set(`${name} rule ${rule.fullName}`, rule.errorMessage ?? '')
  }
}

/** Names, codes and API names, which no language changes. */
const nameless = /^(?:|[\d:., /-]+|[A-Z]\w*\.\w+|(?:[A-Z][a-z]+){2,}|[A-Z]\d+)$/

const names: ReadonlySet<string> = new Set([
  ...['American Express', 'Diners', 'Mastercard', 'Visa', 'Zelle', 'Ethoca', 'Verifi', 'ACH'],
  ...['Financial Services Cloud', 'CRM', 'SMS', 'URL', 'UTC', 'Fax', 'Unicode (UTF-8)'],
  ...['Hindi', 'Hindi (India)'],
  ...['Dr.', 'Prof.', 'Mx.', 'Alias', 'Web', 'Chat', 'Marketing', 'Token', 'Normal'],
])

/** Words that a language shares with English. */
const shared: Readonly<Record<string, ReadonlySet<string>>> = {
  de: new Set([
    ...['Account', 'Accounts', 'Lead', 'Leads', 'Name', 'Status', 'Format', 'Person', 'Text'],
    ...['Plan', 'Version', 'Details', 'Partner', 'Service', 'Support', 'Compliance', 'Edition'],
    ...['Opportunity', 'Website', 'Code', 'Set', 'April', 'August', 'Acquirer'],
    ...['September', 'November', 'Bookrunner', 'Expansion', 'Operation', 'Mobile App', 'Online'],
    ...['Private Banking', 'Warm', 'Problem', 'Mediation', 'Standard'],
  ]),
  es: new Set([
    ...['Plan', 'No', 'Error', 'Virtual', 'Industrial'],
    ...['Detractor', 'Variable', 'Base', 'Simple'],
  ]),
}

const english = textsOf(model)

describe.each(['de', 'es'])('the shipped model in %s', (language) => {
  const said = textsOf(inLanguage(model, language))

  it('has its own words for everything that people read', () => {
    const forgotten = [...english].filter(
      ([place, text]) =>
        said.get(place) === text &&
        !nameless.test(text) &&
        !names.has(text) &&
        shared[language]?.has(text) !== true &&
        !isPlaceName(place),
    )
    expect(forgotten).toEqual([])
  })

  it('lists no word in vain as one that it shares with English', () => {
    const same = new Set([...english].filter(([place, text]) => said.get(place) === text).map(([, text]) => text))
    expect([...(shared[language] ?? [])].filter((word) => !same.has(word))).toEqual([])
  })

  it('keeps values of one picklist apart', () => {
    const doubled = model.objectNames.flatMap((name) =>
      (inLanguage(model, language).object(name)?.fields ?? []).flatMap(({ values, ...field }) => {
        const own = model.object(name)?.fieldsByName.get(field.name.toLowerCase())?.values ?? []
        const labels = new Set(values.map(({ label }) => label))
        const labelsBefore = new Set(own.map(({ label }) => label))
        const isEqual = labels.size === labelsBefore.size
        return isEqual || sharedLabels.has(`${name}.${field.name}`) ? [] : [`${name}.${field.name}`]
      }),
    )
    expect(doubled).toEqual([])
  })
})

/** The cities of time zones are called as the zone database calls them. */
function isPlaceName(place: string): boolean {
  return place.includes('.TimeZoneSidKey value ')
}

/** Salutations that a language does not tell apart. */
const sharedLabels: ReadonlySet<string> = new Set(
  model.objectNames.map((name) => `${name}.Salutation`),
)
