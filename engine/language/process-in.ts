/** A guided process in the words of a language: names, steps, groups, attributes and their values. */
import type {
  ServiceProcess,
  ServiceProcessPartTranslation,
  ServiceProcessTranslation,
  Translations,
} from '../../metadata/types.ts'

type Words = ReadonlyMap<string, ServiceProcessPartTranslation>

export function processIn(
  body: Readonly<ServiceProcess>,
  general: readonly Readonly<Translations>[],
): ServiceProcess {
  const found = general.flatMap(({ serviceProcesses }) =>
    (serviceProcesses ?? []).filter(({ name }) => name === body.fullName),
  )
  // The more general language comes first; what the other one says stands above it.
  return found.reduce(inWords, body)
}

function inWords(
  body: Readonly<ServiceProcess>,
  { label, shortDescription, description, closingMessage, ...parts }: ServiceProcessTranslation,
): ServiceProcess {
  const screens = wordsOf(parts.screens)
  const groups = wordsOf(parts.groups)
  const attributes = wordsOf(parts.attributes)
  return {
    ...body,
    processLabel: label ?? body.processLabel,
    ...given({ shortDescription, description, closingMessage }),
    ...given({
      screens: body.screens?.map((one) => {
        const words = screens.get(one.name)
        return { ...one, ...given({ label: words?.label, description: words?.description }) }
      }),
      serviceProcessItemGroups: body.serviceProcessItemGroups?.map((one) => {
        const words = groups.get(one.apiName)
        const { label: groupName, description: below, entryLabel } = words ?? nothing
        return { ...one, ...given({ groupName, entryLabel, description: below }) }
      }),
      serviceProcessAttributes: body.serviceProcessAttributes?.map((one) => {
        const words = attributes.get(one.developerName)
        if (words === undefined) return one
        const { label: own, description: beside, errorMessage, values = [] } = words
        const translated = new Map(values.map((each) => [each.masterLabel, each.translation]))
        const worded = one.values?.map((each) => ({
          ...each,
          label: translated.get(each.fullName) ?? each.label,
        }))
        const texts = given({ label: own, description: beside, errorMessage, values: worded })
        return { ...one, ...texts }
      }),
    }),
  }
}

const nothing: Partial<ServiceProcessPartTranslation> = {}

function wordsOf(parts: readonly ServiceProcessPartTranslation[] | undefined): Words {
  return new Map((parts ?? []).map((one) => [one.name, one]))
}

/** Without what a language says nothing about. */
function given<Texts extends Readonly<Record<string, unknown>>>(
  texts: Texts,
): { [Name in keyof Texts]?: Exclude<Texts[Name], undefined> } {
  const known = Object.entries(texts).filter(([, text]) => text !== undefined)
  // The same members without those that are undefined.
  return Object.fromEntries(known) as { [Name in keyof Texts]?: Exclude<Texts[Name], undefined> }
}
