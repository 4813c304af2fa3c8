/** What things are called in the language of a scene: asked for by their English, or by their names in the metadata. */
import { existsSync, readFileSync } from 'node:fs'
import { processIn } from '../../../engine/language/process-in.ts'
import type {
  CustomObject,
  CustomObjectTranslation,
  ServiceProcess,
  Translations,
} from '../../../metadata/types.ts'
import { formatDate } from '../../../ui/base/formats.ts'
import { speak, t, type TextLanguage, type TextValues } from '../../../ui/base/text.ts'
import type { Desk } from './desk.ts'

interface Described {
  readonly label: string
  readonly labelPlural: string
  readonly fields: readonly {
    readonly name: string
    readonly label: string
    readonly picklistValues: readonly { readonly value: string; readonly label: string }[]
  }[]
}

/** A guided process in the words of the scene. */
export interface ProcessWords {
  readonly label: string
  readonly closing: string
  step(name: string): string
  group(name: string): string
  /** What one entry of a repeated group is called. */
  entry(group: string): string
  question(name: string): string
}

export interface SceneWords {
  readonly language: TextLanguage
  /** Of the people in it, as users have it: `de_DE`. */
  readonly locale: string
  /** The product's own words. */
  say(english: string, values?: TextValues): string
  object(name: string): string
  objects(name: string): string
  /** The label of "Object.Field". */
  field(path: string): string
  value(path: string, value: string): string
  listView(object: string, name: string): string
  process(name: string): ProcessWords
  /** A calendar day as it stands in texts. */
  day(iso: string): string
  /** The same as people type it into a field. */
  typedDay(iso: string): string
}

const locales: Readonly<Record<TextLanguage, string>> = { en: 'en_US', de: 'de_DE', es: 'es_ES' }

/** Labels with a mark behind them ("required"): the whole label, or the label and something after it. */
export function begins(label: string): RegExp {
  // Quotes do not survive the way of a pattern to the browser.
  const words = label.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll(/['"]/g, '.')
  return new RegExp(`^${words}(?!\\p{L})`, 'u')
}

/** The objects are those whose words the scene asks for. */
export async function wordsIn(
  language: TextLanguage,
  desk: Desk,
  objects: readonly string[],
): Promise<SceneWords> {
  await speak(language)
  const described = new Map<string, Described>()
  await Promise.all(
    objects.map(async (name) => described.set(name, await describeIn(language, desk, name))),
  )
  const own = language === 'en' ? undefined : readJson<Catalogue>(`ui/texts/${language}.json`)
  const locale = locales[language]
  const format = { locale: locale.replace('_', '-'), timeZone: 'UTC', currency: 'EUR' }
  const objectOf = (name: string): Described => {
    return described.get(name) ?? missing(`${name} among the objects of the scene`)
  }
  const fieldOf = (path: string): Described['fields'][number] => {
    const [object = '', name = ''] = path.split('.')
    const found = objectOf(object).fields.find((field) => field.name === name)
    return found ?? missing(`a field ${path}`)
  }
  return {
    language,
    locale,
    say(english, values) {
      if (own !== undefined && own[english] === undefined) missing(`“${english}” in ${language}`)
      return t(english, values)
    },
    object: (name) => objectOf(name).label,
    objects: (name) => objectOf(name).labelPlural,
    field: (path) => fieldOf(path).label,
    value(path, value) {
      const found = fieldOf(path).picklistValues.find((one) => one.value === value)
      return found?.label ?? missing(`a value ${value} of ${path}`)
    },
    listView: (object, name) => listView(language, object, name),
    process: (name) => processWords(language, name),
    day: (iso) => formatDate(iso, format),
    typedDay: (iso) =>
      new Intl.DateTimeFormat(format.locale, { timeZone: 'UTC' }).format(new Date(iso)),
  }
}

type Catalogue = Readonly<Record<string, string>>

/** A scene that asks for what there is no word for would pass in English alone. */
function missing(what: string): never {
  throw new Error(`there is no ${what}`)
}

/** The files are checked against their schemas by other tests. */
function readJson<Content>(path: string): Content {
  return JSON.parse(readFileSync(path, 'utf8')) as Content
}

async function describeIn(language: string, desk: Desk, object: string): Promise<Described> {
  const path = `/services/data/v67.0/sobjects/${object}/describe`
  const headers = { 'accept-language': language }
  const { status, body } = await desk.call<Described>({ path, headers })
  return status === 200 ? body : missing(`object ${object}`)
}

function listView(language: TextLanguage, object: string, name: string): string {
  const file = `metadata/objectTranslations/${object}-${language}.json`
  const words = existsSync(file) ? readJson<CustomObjectTranslation>(file).listViews : undefined
  const own = readJson<CustomObject>(`metadata/objects/${object}.json`).listViews
  const label = (words ?? []).find((one) => one.name === name)?.label
  const base = own?.find(({ fullName }) => fullName === name)?.label
  return label ?? base ?? missing(`list view ${name} of ${object}`)
}

function processWords(language: TextLanguage, name: string): ProcessWords {
  const body = readJson<ServiceProcess>(`metadata/serviceProcesses/${name}.json`)
  const general =
    language === 'en' ? [] : [readJson<Translations>(`metadata/translations/${language}.json`)]
  const process = processIn(body, general)
  const groupOf = (group: string) =>
    process.serviceProcessItemGroups?.find(({ apiName }) => apiName === group)
  return {
    label: process.processLabel,
    closing: process.closingMessage ?? missing(`closing message of ${name}`),
    step: (step) =>
      process.screens?.find((one) => one.name === step)?.label ?? missing(`step ${name}.${step}`),
    group: (group) => groupOf(group)?.groupName ?? missing(`group ${name}.${group}`),
    entry: (group) => groupOf(group)?.entryLabel ?? missing(`entry of ${name}.${group}`),
    question: (question) =>
      process.serviceProcessAttributes?.find(({ developerName }) => developerName === question)
        ?.label ?? missing(`question ${name}.${question}`),
  }
}
