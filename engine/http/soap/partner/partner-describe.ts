/** describeGlobal, describeSObject, describeSObjects, describeLayout and describeTabs. */
import { refuse } from '../../../base/refusal.ts'
import { textOf, type SoapRecord, type SoapValue } from '../envelope.ts'
import {
  answered,
  listOf,
  membersOf,
  requiredText,
  textsOf,
  type PartnerAsked,
  type PartnerOperation,
} from './partner-asked.ts'

export const describeGlobal: PartnerOperation = async (asked) => [
  inOrder(await answered(asked, { path: '/sobjects' })),
]

export const describeSObject: PartnerOperation = async (asked) => [
  await described(asked, requiredText(asked, 'sObjectType')),
]

const objectsMax = 100

export const describeSObjects: PartnerOperation = async (asked) => {
  const names = textsOf(asked, 'sObjectType')
  if (names.length > objectsMax) {
    throw refuse('LIMIT_EXCEEDED', `A call describes at most ${objectsMax} objects.`)
  }
  const results: SoapValue[] = []
  for (const name of names) results.push(await described(asked, name))
  return results
}

async function described(asked: PartnerAsked, name: string): Promise<SoapValue> {
  const path = `/sobjects/${encodeURIComponent(name)}/describe`
  return inOrder(await answered(asked, { path }))
}

export const describeLayout: PartnerOperation = async (asked) => {
  const type = encodeURIComponent(requiredText(asked, 'sObjectType'))
  const name = textOf(asked.call.operation, 'layoutName')
  const of = name === undefined ? 'layouts' : `namedLayouts/${encodeURIComponent(name)}`
  return [inOrder(await answered(asked, { path: `/sobjects/${type}/describe/${of}` }))]
}

/** The applications of the caller with their tabs; pictures are the matter of the screens. */
export const describeTabs: PartnerOperation = async (asked) => {
  const tabs = new Map(
    listOf(await answered(asked, { path: '/tabs' }))
      .map(membersOf)
      .map((tab) => [String(tab.get('sobjectName')), tab] as const),
  )
  const screen = membersOf(await answered(asked, { path: '/services/fieldstone/v1/ui/app' }))
  return listOf(screen.get('apps'))
    .map(membersOf)
    .map((app, index): SoapRecord => ({
      description: String(app.get('description') ?? ''),
      label: String(app.get('label')),
      logoUrl: '',
      namespace: '',
      selected: index === 0,
      tabSetId: String(app.get('name')),
      tabs: listOf(app.get('tabs')).flatMap((name) => tabsOf(tabs.get(String(name)))),
    }))
}

function tabsOf(tab: ReadonlyMap<string, unknown> | undefined): readonly SoapRecord[] {
  if (tab === undefined) return []
  const text = (name: string): string => String(tab.get(name) ?? '')
  return [
    {
      custom: tab.get('custom') === true,
      iconUrl: '',
      label: text('label'),
      miniIconUrl: '',
      name: text('name'),
      sobjectName: text('sobjectName'),
      url: text('url'),
    },
  ]
}

/** What this API has no element for. */
const leftOut: ReadonlySet<string> = new Set([
  'attributes',
  'fieldstone',
  'namedLayoutInfos',
  'urls',
])

/** Elements stand in the order of their names, in which generated clients expect them; what is null is left out. */
function inOrder(json: unknown): SoapValue {
  if (typeof json !== 'object' || json === null) return plain(json)
  const members = Object.entries(json)
    .filter(([name, value]) => !leftOut.has(name) && value !== null && value !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => [name, listed(value)] as const)
  return Object.fromEntries(members)
}

function listed(value: unknown): SoapValue | readonly SoapValue[] {
  return Array.isArray(value) ? value.map(inOrder) : inOrder(value)
}

function plain(value: unknown): SoapValue {
  if (typeof value === 'number' || typeof value === 'boolean') return value
  return value === null || value === undefined ? undefined : String(value)
}
