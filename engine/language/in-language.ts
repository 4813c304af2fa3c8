/** The model with its texts in another language: the same tables, fields and rights under other words. */
import type {
  CustomApplication,
  CustomObjectTranslation,
  CustomTab,
  Layout,
  QuickAction,
  Translations,
} from '../../metadata/types.ts'
import { baseLanguage, languageChain } from '../base/languages.ts'
import { variantOf } from '../model/compile-model.ts'
import { objectOf } from '../model/mentions.ts'
import type { Declaration, MetadataTypeName } from '../model/declaration.ts'
import type { Model, ObjectModel } from '../model/model.ts'
import { catalogues, ownWord } from './catalogue.ts'
import { processIn } from './process-in.ts'
import { contextOf } from '../model/quick-actions/action-names.ts'
import { addValues, objectWords, put, type ObjectWords } from './object-words.ts'
import { translateObject } from './translate-object.ts'

/** Model → language → the same model in that language. */
const translated = new WeakMap<Model, Map<string, Model>>()
const bases = new WeakMap<Model, Model>()

/** The model as it was compiled, without translations. */
export function inBaseLanguage(model: Model): Model {
  return bases.get(model) ?? model
}

/** Objects are translated on first use; a language that has no texts at all gives the model itself. */
export function inLanguage(model: Model, language: string): Model {
  const base = inBaseLanguage(model)
  const known = translated.get(base)?.get(language)
  if (known !== undefined) return known
  const texts = textsOf(base, language)
  const made = texts === undefined ? base : translatedModel(base, language, texts)
  const byLanguage = translated.get(base) ?? new Map<string, Model>()
  translated.set(base, byLanguage)
  // Languages come from outside: only those that have texts are worth a place.
  if (made !== base) byLanguage.set(language, made)
  return made
}

/** Codes of the languages in which the model or the engine has words, the base language included. */
export function languagesOf(model: Model): ReadonlySet<string> {
  const base = inBaseLanguage(model)
  const known = languageSets.get(base)
  if (known !== undefined) return known
  const names = new Set<string>([baseLanguage, 'en', ...catalogues.keys()])
  for (const { fullName } of base.components('Translations')) names.add(fullName)
  for (const name of filesOf(base).keys()) names.add(name)
  languageSets.set(base, names)
  return names
}

const languageSets = new WeakMap<Model, ReadonlySet<string>>()

interface LanguageFiles {
  /** By lower-case object name. */
  readonly objects: Map<string, Readonly<CustomObjectTranslation>>
  /** By lower-case name of the value set. */
  readonly valueSets: Map<string, Map<string, string>>
}

const filesByModel = new WeakMap<Model, ReadonlyMap<string, LanguageFiles>>()

const setTranslations = ['GlobalValueSetTranslation', 'StandardValueSetTranslation'] as const

/** The translation files of a model by language, looked through once. */
function filesOf(model: Model): ReadonlyMap<string, LanguageFiles> {
  const known = filesByModel.get(model)
  if (known !== undefined) return known
  const byLanguage = new Map<string, LanguageFiles>()
  const filesIn = (language: string): LanguageFiles => {
    const files = byLanguage.get(language) ?? { objects: new Map(), valueSets: new Map() }
    byLanguage.set(language, files)
    return files
  }
  for (const declaration of model.components('CustomObjectTranslation')) {
    const object = objectOf(declaration)
    if (object === undefined) continue
    const language = declaration.fullName.slice(object.length + 1)
    filesIn(language).objects.set(object.toLowerCase(), declaration.body)
  }
  for (const { fullName, body } of model.components('Translations')) {
    for (const { name, picklistValues } of body.globalPicklists ?? []) {
      addValues(valueSetIn(filesIn(fullName), name), picklistValues)
    }
  }
  for (const type of setTranslations) {
    for (const { fullName, body } of model.components(type)) {
      const dash = fullName.lastIndexOf('-')
      const files = filesIn(fullName.slice(dash + 1))
      addValues(valueSetIn(files, fullName.slice(0, dash)), body.valueTranslation)
    }
  }
  filesByModel.set(model, byLanguage)
  return byLanguage
}

function valueSetIn(files: LanguageFiles, name: string): Map<string, string> {
  const known = files.valueSets.get(name.toLowerCase()) ?? new Map<string, string>()
  files.valueSets.set(name.toLowerCase(), known)
  return known
}

/** What one language has, the more general language first. */
interface Texts {
  readonly files: readonly LanguageFiles[]
  readonly general: readonly Readonly<Translations>[]
  ownWord(english: string): string | undefined
}

function textsOf(model: Model, language: string): Texts | undefined {
  const chain = languageChain(language).toReversed()
  const all = filesOf(model)
  const files = chain.flatMap((one) => all.get(one) ?? [])
  const general = chain.flatMap((one) => model.component('Translations', one)?.body ?? [])
  const speaks = chain.some((one) => catalogues.has(one))
  if (files.length === 0 && general.length === 0 && !speaks) return undefined
  return { files, general, ownWord: (english) => ownWord(language, english) }
}

interface TranslatedObject {
  readonly object: ObjectModel
  readonly basis: readonly unknown[]
}

/** By language; an object that did not change keeps its translation from model to model. */
const objects = new WeakMap<ObjectModel, Map<string, TranslatedObject>>()

function translatedModel(base: Model, language: string, texts: Texts): Model {
  const object = (name: string): ObjectModel | undefined => {
    const found = base.object(name)
    return found && inTexts(found, language, texts)
  }
  const model = variantOf(base, {
    language,
    object,
    objectByKeyPrefix: (keyPrefix: string) => {
      const found = base.objectByKeyPrefix(keyPrefix)
      return found && inTexts(found, language, texts)
    },
    layoutsOf: (name: string) =>
      base.layoutsOf(name).map((layout) => layoutIn(layout, wordsOf(name, texts))),
    component: <Name extends MetadataTypeName>(type: Name, fullName: string) => {
      const found = base.component(type, fullName)
      return found && componentIn(found, texts)
    },
    components: <Name extends MetadataTypeName>(type: Name) =>
      [...base.components(type)].map((one) => componentIn(one, texts)),
  })
  bases.set(model, base)
  return model
}

function wordsOf(object: string, texts: Texts): ObjectWords {
  return objectWords(texts.files.flatMap((files) => files.objects.get(object.toLowerCase()) ?? []))
}

function inTexts(object: ObjectModel, language: string, texts: Texts): ObjectModel {
  const setNames = object.fields.flatMap((field) => field.options.valueSet?.valueSetName ?? [])
  const folded = setNames.map((name) => name.toLowerCase())
  const bodies = texts.files.flatMap((files) => files.objects.get(object.name.toLowerCase()) ?? [])
  const sets = texts.files.flatMap((files) => folded.map((name) => files.valueSets.get(name)))
  const basis = [...bodies, ...sets]
  const byLanguage = objects.get(object) ?? new Map<string, TranslatedObject>()
  objects.set(object, byLanguage)
  const known = byLanguage.get(language)
  if (known !== undefined && sameBasis(known.basis, basis)) return known.object
  const made = translateObject(object, {
    language,
    words: objectWords(bodies),
    ownWord: texts.ownWord,
    valueSet: (name) => valueSetWords(name, texts),
  })
  byLanguage.set(language, { object: made, basis })
  return made
}

function sameBasis(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((part, index) => part === b[index])
}

function valueSetWords(name: string, texts: Texts): ReadonlyMap<string, string> {
  const sets = texts.files.flatMap((files) => files.valueSets.get(name.toLowerCase()) ?? [])
  const [only] = sets
  return sets.length === 1 && only !== undefined
    ? only
    : new Map(sets.flatMap((set) => [...set.entries()]))
}

/** Headings alone: a layout's other texts are labels of fields and objects. */
function layoutIn(layout: Readonly<Layout>, words: ObjectWords): Readonly<Layout> {
  const dash = layout.fullName.indexOf('-')
  const headings = words.sections.get(layout.fullName.slice(dash + 1))
  if (headings === undefined || layout.layoutSections === undefined) return layout
  const layoutSections = layout.layoutSections.map((section) => {
    const label = headings.get(section.label ?? '')
    return label === undefined ? section : { ...section, label }
  })
  return { ...layout, layoutSections }
}

type Translate<Body> = (body: Readonly<Body>, texts: Texts) => Body

/** Types whose components have texts that people read outside of objects. */
const componentWords: {
  readonly [Name in MetadataTypeName]?: Translate<Declaration<Name>['body']>
} = {
  CustomApplication: applicationIn,
  CustomTab: tabIn,
  QuickAction: actionIn,
  ServiceProcess: (body, { general }) => processIn(body, general),
}

function componentIn<Name extends MetadataTypeName>(
  declaration: Declaration<Name>,
  texts: Texts,
): Declaration<Name> {
  // The table pairs every type with a function over its own bodies.
  const translate = componentWords[declaration.type] as
    Translate<Declaration<Name>['body']> | undefined
  if (translate === undefined) return declaration
  return { ...declaration, body: translate(declaration.body, texts) }
}

function applicationIn(body: Readonly<CustomApplication>, texts: Texts): CustomApplication {
  const labels = new Map<string, string>()
  const descriptions = new Map<string, string>()
  for (const { customApplications } of texts.general) {
    for (const { name, label, description } of customApplications ?? []) {
      put(labels, name, label)
      put(descriptions, name, description)
    }
  }
  const label = labels.get(body.fullName)
  const description = descriptions.get(body.fullName)
  return {
    ...body,
    ...(label === undefined ? {} : { label }),
    ...(description === undefined ? {} : { description }),
  }
}

function tabIn(body: Readonly<CustomTab>, texts: Texts): CustomTab {
  const labels = new Map<string, string>()
  for (const { customTabs } of texts.general) {
    for (const { name, label } of customTabs ?? []) put(labels, name, label)
  }
  const label = labels.get(body.fullName)
  return label === undefined ? body : { ...body, label }
}

/** Those of an object are translated with it, by what stands behind the dot. */
function actionIn(body: Readonly<QuickAction>, texts: Texts): QuickAction {
  const context = contextOf(body.fullName)
  const lists =
    context === undefined
      ? texts.general.map(({ quickActions }) => quickActions)
      : texts.files.map(({ objects }) => objects.get(context.toLowerCase())?.quickActions)
  const labels = new Map<string, string>()
  for (const { name, label } of lists.flatMap((list) => list ?? [])) put(labels, name, label)
  const name = context === undefined ? body.fullName : body.fullName.slice(context.length + 1)
  const label = labels.get(name)
  return label === undefined ? body : { ...body, label }
}
