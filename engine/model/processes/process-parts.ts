/** A guided process with what its file leaves to defaults: steps, records, the places of groups and attributes. */
import type {
  ServiceProcess,
  ServiceProcessAttribute,
  ServiceProcessChoices,
  ServiceProcessItemGroup,
  ServiceProcessRecordCreate,
  ServiceProcessScreen,
} from '../../../metadata/types.ts'

/** Where no group is named: attributes that stand for themselves. */
export const looseGroup = ''

export interface ProcessGroup extends Omit<ServiceProcessItemGroup, 'apiName'> {
  readonly apiName: string
  readonly attributes: readonly Readonly<ServiceProcessAttribute>[]
}

/** Groups in their order, each with its attributes in theirs. */
export function groupsOf(service: Readonly<ServiceProcess>): readonly ProcessGroup[] {
  const attributes = inOrder(service.serviceProcessAttributes ?? [])
  const named = inOrder(service.serviceProcessItemGroups ?? []).map((group) => ({
    ...group,
    attributes: attributes.filter((one) => one.groupApiName === group.apiName),
  }))
  const loose = attributes.filter((one) => one.groupApiName === undefined)
  if (loose.length === 0) return named
  return [{ apiName: looseGroup, groupName: '', attributes: loose }, ...named]
}

export interface ProcessScreen extends Omit<ServiceProcessScreen, 'groups'> {
  readonly groups: readonly ProcessGroup[]
}

/** The steps; one with everything where the file names none. */
export function screensOf(service: Readonly<ServiceProcess>): readonly ProcessScreen[] {
  const groups = groupsOf(service)
  if (service.screens === undefined || service.screens.length === 0) {
    return [{ name: 'Details', label: service.processLabel, groups }]
  }
  return service.screens.map((screen) => ({
    ...screen,
    groups: (screen.groups ?? []).flatMap(
      (name) => groups.find((group) => group.apiName === name) ?? [],
    ),
  }))
}

/** The records to be made; a case that bears the name of the process where the file names nothing at all. */
export function recordCreatesOf(
  service: Readonly<ServiceProcess>,
): readonly Readonly<ServiceProcessRecordCreate>[] {
  const { recordCreates, recordUpdates = [] } = service
  if (recordCreates !== undefined || recordUpdates.length > 0) return recordCreates ?? []
  const subject = { field: 'Subject', value: { stringValue: service.processLabel } }
  return [{ name: 'Case', object: 'Case', inputAssignments: [subject] }]
}

export interface FoundChoices {
  readonly choices: Readonly<ServiceProcessChoices>
  /** The attributes that may take values of what is chosen. */
  readonly group: string | undefined
  readonly pointer: readonly (string | number)[]
}

/** Every list of records to choose from. */
export function choicesOf(service: Readonly<ServiceProcess>): readonly FoundChoices[] {
  const ofGroups = (service.serviceProcessItemGroups ?? []).flatMap(({ apiName, choices }, at) => {
    const pointer = ['serviceProcessItemGroups', at, 'choices']
    return choices === undefined ? [] : [{ choices, group: apiName, pointer }]
  })
  const ofAttributes = (service.serviceProcessAttributes ?? []).flatMap(
    ({ groupApiName: group, choices }, at) => {
      const pointer = ['serviceProcessAttributes', at, 'choices']
      return choices === undefined ? [] : [{ choices, group, pointer }]
    },
  )
  return [...ofGroups, ...ofAttributes]
}

function inOrder<Entry extends { readonly sortOrder?: number }>(
  entries: readonly Entry[],
): readonly Entry[] {
  const last = Number.MAX_SAFE_INTEGER
  return entries.toSorted((a, b) => (a.sortOrder ?? last) - (b.sortOrder ?? last))
}
