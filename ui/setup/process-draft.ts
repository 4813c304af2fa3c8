/** A guided process as the studio edits it: pure changes of its body. Each step asks one group of its own. */
import type {
  ServiceProcess,
  ServiceProcessAttribute,
  ServiceProcessRecordCreate,
  ServiceProcessScreen,
} from '../../metadata/types.ts'
import { deriveApiName } from './derive-name.ts'

export type ProcessBody = Readonly<ServiceProcess>

export function newProcess(): ProcessBody {
  return { fullName: '', processLabel: '', usageType: 'FinancialServices', status: 'Draft' }
}

/** The API name follows the label until the process is saved. */
export function named(body: ProcessBody, processLabel: string): ProcessBody {
  return { ...body, processLabel, fullName: deriveApiName(processLabel, '') }
}

/** A name for a new part that no other one has. */
export function freeName(label: string, taken: readonly string[]): string {
  const base = deriveApiName(label, '') || 'Part'
  const known = new Set(taken.map((name) => name.toLowerCase()))
  if (!known.has(base.toLowerCase())) return base
  for (let number = 2; ; number++) {
    const name = `${base}_${number}`
    if (!known.has(name.toLowerCase())) return name
  }
}

function allNames(body: ProcessBody): readonly string[] {
  return [
    ...(body.serviceProcessAttributes ?? []).map((one) => one.developerName),
    ...(body.serviceProcessItemGroups ?? []).map((one) => one.apiName),
    ...(body.recordCreates ?? []).map((one) => one.name),
  ]
}

export function withStep(body: ProcessBody, label: string): ProcessBody {
  const name = freeName(label, [
    ...allNames(body),
    ...(body.screens ?? []).map((screen) => screen.name),
  ])
  const groups = body.serviceProcessItemGroups ?? []
  return {
    ...body,
    screens: [...(body.screens ?? []), { name, label, groups: [name] }],
    serviceProcessItemGroups: [
      ...groups,
      { apiName: name, groupName: label, sortOrder: groups.length + 1 },
    ],
  }
}

/** With all that it asks. */
export function withoutStep(
  body: ProcessBody,
  screen: Readonly<ServiceProcessScreen>,
): ProcessBody {
  const gone = new Set(screen.groups ?? [])
  return {
    ...body,
    screens: (body.screens ?? []).filter((one) => one !== screen),
    serviceProcessItemGroups: (body.serviceProcessItemGroups ?? []).filter(
      (one) => !gone.has(one.apiName),
    ),
    serviceProcessAttributes: (body.serviceProcessAttributes ?? []).filter(
      (one) => !gone.has(one.groupApiName ?? ''),
    ),
  }
}

export function withQuestion(
  body: ProcessBody,
  group: string,
  question: Pick<ServiceProcessAttribute, 'label'> & Partial<ServiceProcessAttribute>,
): ProcessBody {
  const attributes = body.serviceProcessAttributes ?? []
  const developerName = freeName(question.label, allNames(body))
  const sortOrder = attributes.filter((one) => one.groupApiName === group).length + 1
  const added = { ...question, developerName, groupApiName: group, sortOrder }
  return { ...body, serviceProcessAttributes: [...attributes, added] }
}

export function changedQuestion(
  body: ProcessBody,
  question: Readonly<ServiceProcessAttribute>,
  change: Partial<ServiceProcessAttribute>,
): ProcessBody {
  return {
    ...body,
    serviceProcessAttributes: (body.serviceProcessAttributes ?? []).map((one) =>
      one === question ? { ...one, ...change } : one,
    ),
  }
}

export function withoutQuestion(
  body: ProcessBody,
  question: Readonly<ServiceProcessAttribute>,
): ProcessBody {
  const rest = (body.serviceProcessAttributes ?? []).filter((one) => one !== question)
  return { ...body, serviceProcessAttributes: rest }
}

export function withRecord(body: ProcessBody, object: string): ProcessBody {
  const name = freeName(object, allNames(body))
  const made: ServiceProcessRecordCreate = { name, object, inputAssignments: [] }
  return { ...body, recordCreates: [...(body.recordCreates ?? []), made] }
}

export function changedRecord(
  body: ProcessBody,
  record: Readonly<ServiceProcessRecordCreate>,
  change: Partial<ServiceProcessRecordCreate> | undefined,
): ProcessBody {
  const recordCreates = (body.recordCreates ?? []).flatMap((one) => {
    if (one !== record) return [one]
    return change === undefined ? [] : [{ ...one, ...change }]
  })
  return { ...body, recordCreates }
}

/** What values may refer to by the time a record is made: questions, and records made before it. */
export function sourcesFor(
  body: ProcessBody,
  record: Readonly<ServiceProcessRecordCreate>,
): readonly { readonly name: string; readonly label: string }[] {
  const records = body.recordCreates ?? []
  const before = records.slice(0, records.indexOf(record)).map(({ name }) => name)
  return [
    ...(body.serviceProcessAttributes ?? []).map((one) => ({
      name: one.developerName,
      label: one.label,
    })),
    ...before.map((name) => ({ name, label: name })),
  ]
}
