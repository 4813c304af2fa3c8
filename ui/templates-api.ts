/** Templates of action plans as their builder reads and changes them: an item with its values and what it waits for is one save. */
import { ApiError } from './base/api-error.ts'
import { data, records, send } from './api.ts'
import { textLiteral } from './base/soql.ts'
import type { WireProblem, WireRecord } from './base/wire.ts'

/** Who gets what is made. */
export type OwnerKind = 'owner' | 'creator' | 'named' | 'role'

export interface TemplateStep {
  /** Undefined while it is new. */
  readonly id: string | undefined
  readonly name: string
  readonly object: string
  readonly order: number
  readonly required: boolean
  /** Digits, or empty. */
  readonly days: string
  readonly priority: string
  readonly notes: string
  readonly ownerKind: OwnerKind
  /** A user name, the name of a queue, or a role. */
  readonly ownerName: string
  /** Ids of the steps before it. */
  readonly after: readonly string[]
  /** Of the rows that say all this. */
  readonly partIds: readonly string[]
}

export const newStep = (order: number): TemplateStep => ({
  id: undefined,
  name: '',
  object: 'Task',
  order,
  required: false,
  days: '',
  priority: '',
  notes: '',
  ownerKind: 'owner',
  ownerName: '',
  after: [],
  partIds: [],
})

/** Kind → its field for notes and for the deadline. */
const noteFields: ReadonlyMap<string, string> = new Map([
  ['Task', 'Description'],
  ['Event', 'Description'],
  ['DocumentChecklistItem', 'Instruction'],
])
const dueFields: ReadonlyMap<string, string> = new Map([
  ['Task', 'ActivityDate'],
  ['Event', 'StartDateTime'],
])

export function takesDays(object: string): boolean {
  return dueFields.has(object)
}

async function rows(soql: string): Promise<readonly WireRecord[]> {
  return (await records.query(soql)).records
}

const text = (row: WireRecord, name: string): string => {
  const value = row[name]
  return typeof value === 'string' ? value : ''
}

export async function templateSteps(versionId: string): Promise<readonly TemplateStep[]> {
  const version = textLiteral(versionId)
  const [items, values, links] = await Promise.all([
    rows(
      `SELECT Id, Name, ItemEntityType, DisplayOrder, IsRequired FROM ActionPlanTemplateItem WHERE ActionPlanTemplateVersionId = ${version} ORDER BY DisplayOrder NULLS LAST, Id LIMIT 200`,
    ),
    rows(
      `SELECT Id, ActionPlanTemplateItemId, ItemEntityFieldName, ValueLiteral, ValueFormula FROM ActionPlanTemplateItemValue WHERE ActionPlanTemplateItem.ActionPlanTemplateVersionId = ${version} LIMIT 2000`,
    ),
    rows(
      `SELECT Id, TemplateItemId, PreviousTemplateItemId FROM ActionPlnTmplItmDependency WHERE TemplateItem.ActionPlanTemplateVersionId = ${version} LIMIT 2000`,
    ),
  ])
  return items.map((item) =>
    stepOf(
      item,
      values.filter((row) => row['ActionPlanTemplateItemId'] === item['Id']),
      links.filter((row) => row['TemplateItemId'] === item['Id']),
    ),
  )
}

const rolePattern = /^\s*TEAMROLE\("(.+)"\)\s*$/i
const daysPattern = /^\s*StartDate(?:\s*\+\s*(\d+))?\s*$/i

function stepOf(
  item: WireRecord,
  values: readonly WireRecord[],
  links: readonly WireRecord[],
): TemplateStep {
  const object = text(item, 'ItemEntityType')
  const find = (field: string | undefined) =>
    values.find((row) => row['ItemEntityFieldName'] === `${object}.${field}`)
  const due = find(dueFields.get(object))
  const days = due === undefined ? null : daysPattern.exec(text(due, 'ValueFormula'))
  const shown = [find(noteFields.get(object)), find('Priority'), find('OwnerId'), due]
  const literal = (row: WireRecord | undefined): string =>
    row === undefined ? '' : text(row, 'ValueLiteral')
  return {
    ...newStep(Number(item['DisplayOrder'] ?? 0)),
    id: text(item, 'Id'),
    name: text(item, 'Name'),
    object,
    required: item['IsRequired'] === true,
    days: days === null ? '' : (days[1] ?? '0'),
    priority: literal(find('Priority')),
    notes: literal(find(noteFields.get(object))),
    ...ownerOf(find('OwnerId')),
    after: links.map((row) => text(row, 'PreviousTemplateItemId')),
    // Values that this form does not show stay as they are.
    partIds: [...shown.flatMap((row) => (row === undefined ? [] : [row])), ...links].map((row) =>
      text(row, 'Id'),
    ),
  }
}

function ownerOf(value: WireRecord | undefined): Pick<TemplateStep, 'ownerKind' | 'ownerName'> {
  if (value === undefined) return { ownerKind: 'owner', ownerName: '' }
  const formula = text(value, 'ValueFormula')
  const role = rolePattern.exec(formula)?.[1]
  if (role !== undefined) return { ownerKind: 'role', ownerName: role }
  if (formula.trim() === 'CreatedById') return { ownerKind: 'creator', ownerName: '' }
  if (formula !== '') return { ownerKind: 'owner', ownerName: '' }
  return { ownerKind: 'named', ownerName: text(value, 'ValueLiteral') }
}

interface SubRequest {
  readonly method: string
  readonly url: string
  readonly referenceId: string
  readonly body?: unknown
}

/** Wholly or not at all. */
export async function saveStep(versionId: string, step: TemplateStep): Promise<void> {
  const sobjects = `${data}/sobjects/ActionPlanTemplateItem`
  const body = {
    Name: step.name,
    DisplayOrder: step.order,
    IsRequired: step.required,
    ...(step.id === undefined ? newParts(versionId, step) : {}),
  }
  const item = { referenceId: 'item', body }
  const steps: SubRequest[] = [
    ...(step.partIds.length === 0 ? [] : [removal(step.partIds)]),
    step.id === undefined
      ? { ...item, method: 'POST', url: sobjects }
      : { ...item, method: 'PATCH', url: `${sobjects}/${step.id}` },
  ]
  const parts = partRecords(step)
  if (parts.length > 0) {
    const saving = { allOrNone: true, records: parts }
    const url = `${data}/composite/sobjects`
    steps.push({ method: 'POST', url, referenceId: 'parts', body: saving })
  }
  await together(steps)
}

function newParts(versionId: string, { name, object }: TemplateStep): object {
  const end = crypto.randomUUID().slice(0, 8)
  const stem = name.replaceAll(/\W+/g, '_').slice(0, 60)
  return {
    ActionPlanTemplateVersionId: versionId,
    ItemEntityType: object,
    UniqueName: `${stem}_${end}`,
  }
}

function removal(ids: readonly string[]): SubRequest {
  const url = `${data}/composite/sobjects?ids=${ids.join(',')}&allOrNone=true`
  return { method: 'DELETE', url, referenceId: 'removed' }
}

function partRecords(step: TemplateStep): readonly object[] {
  const itemId = step.id ?? '@{item.id}'
  const value = (field: string | undefined, content: object): object => ({
    attributes: { type: 'ActionPlanTemplateItemValue' },
    ActionPlanTemplateItemId: itemId,
    Name: `${step.name}: ${field}`.slice(0, 255),
    ItemEntityFieldName: `${step.object}.${field}`,
    ...content,
  })
  const { object, days, notes, priority } = step
  const owner = ownerValue(step)
  return [
    ...(days === '' || !takesDays(object)
      ? []
      : [value(dueFields.get(object), { ValueFormula: `StartDate + ${days}` })]),
    ...(notes === '' ? [] : [value(noteFields.get(object), { ValueLiteral: notes })]),
    ...(priority === '' || object !== 'Task'
      ? []
      : [value('Priority', { ValueLiteral: priority })]),
    ...(owner === undefined ? [] : [value('OwnerId', owner)]),
    ...step.after.map((previous) => ({
      attributes: { type: 'ActionPlnTmplItmDependency' },
      Name: step.name,
      TemplateItemId: itemId,
      PreviousTemplateItemId: previous,
      CreationType: 'OnPreviousItemCompleted',
    })),
  ]
}

function ownerValue({ ownerKind, ownerName }: TemplateStep): object | undefined {
  const name = ownerName.trim()
  if (ownerKind === 'creator') return { ValueFormula: 'CreatedById' }
  if (ownerKind === 'owner' || name === '') return undefined
  if (ownerKind === 'named') return { ValueLiteral: name }
  return { ValueFormula: `TEAMROLE("${name.replaceAll('"', '')}")` }
}

interface SubAnswer {
  readonly httpStatusCode: number
  readonly body: unknown
}

async function together(compositeRequest: readonly SubRequest[]): Promise<void> {
  const answer = await send<{ readonly compositeResponse: readonly SubAnswer[] }>(
    'POST',
    `${data}/composite`,
    { body: { allOrNone: true, compositeRequest } },
  )
  const faults = answer.body.compositeResponse.filter((one) => one.httpStatusCode >= 400)
  if (faults.length === 0) return
  const problems = faults.flatMap(({ body }) =>
    Array.isArray(body) ? (body as readonly WireProblem[]) : [],
  )
  // Those that were only taken back with the one at fault say nothing of it.
  const own = problems.filter(({ errorCode }) => errorCode !== 'PROCESSING_HALTED')
  throw new ApiError(400, own.length > 0 ? own : problems)
}
