/** Components with the types that Setup knows them by; addresses stay in `ui/api.ts`. */
import { metadata, records } from '../api.ts'
import type { ObjectInfo } from '../base/wire.ts'
import type { ComponentBody, ComponentSummary, JournalEntry } from '../base/wire-metadata.ts'
import type {
  ApplicationBody,
  ApprovalBody,
  ConnectedAppBody,
  DelegateGroupBody,
  ObjectBody,
  PageLayoutBody,
  PermissionSetBody,
  ProfileBody,
  QueueBody,
  RoleBody,
  ScoringRulesBody,
  SharingRulesBody,
  StandardValueSetBody,
  ValueSetBody,
  WorkflowBody,
} from './component-bodies.ts'

/** The component types that Setup reads, with the body each one has. */
interface Bodies {
  readonly CustomObject: ObjectBody
  readonly PermissionSet: PermissionSetBody
  readonly Profile: ProfileBody
  readonly Role: RoleBody
  readonly Queue: QueueBody
  readonly DelegateGroup: DelegateGroupBody
  readonly ConnectedApp: ConnectedAppBody
  readonly SharingRules: SharingRulesBody
  readonly Layout: PageLayoutBody
  readonly CustomApplication: ApplicationBody
  readonly GlobalValueSet: ValueSetBody
  readonly StandardValueSet: StandardValueSetBody
  readonly ScoringRules: ScoringRulesBody
  readonly ApprovalProcess: ApprovalBody
  readonly Workflow: WorkflowBody
}

export interface Component<Body> {
  readonly fullName: string
  readonly label: string
  readonly body: Body
}

const loadsAtOnceMax = 6

export async function loadBody<Type extends keyof Bodies>(
  type: Type,
  fullName: string,
): Promise<Bodies[Type]> {
  const answer = await metadata.get(type, fullName)
  // The schema of the type, which the server holds, fixes the shape.
  return answer.body as Bodies[Type]
}

/** All components of a type whose names pass the filter, a few requests at a time. */
export async function loadAll<Type extends keyof Bodies>(
  type: Type,
  wanted: (fullName: string) => boolean = () => true,
): Promise<readonly Component<Bodies[Type]>[]> {
  const summaries = (await metadata.list(type)).filter((summary) => wanted(summary.fullName))
  const loaded: Component<Bodies[Type]>[] = []
  for (let at = 0; at < summaries.length; at += loadsAtOnceMax) {
    const batch = summaries.slice(at, at + loadsAtOnceMax)
    loaded.push(...(await Promise.all(batch.map((summary) => loadComponent(type, summary)))))
  }
  return loaded.toSorted((one, other) => one.label.localeCompare(other.label))
}

async function loadComponent<Type extends keyof Bodies>(
  type: Type,
  summary: ComponentSummary,
): Promise<Component<Bodies[Type]>> {
  const body = await loadBody(type, summary.fullName)
  const label = summary.label ?? labelOf(body) ?? summary.fullName
  return { fullName: summary.fullName, label, body }
}

function labelOf(body: ComponentBody): string | undefined {
  const label = body['label'] ?? body['masterLabel']
  return typeof label === 'string' ? label : undefined
}

/** Layouts are named `Object-Layout name`; the name is escaped as the platform writes it. */
export function layoutsOf(object: string): Promise<readonly Component<PageLayoutBody>[]> {
  return loadAll('Layout', (fullName) => fullName.startsWith(`${object}-`))
}

export function layoutLabel(fullName: string): string {
  const name = fullName.slice(fullName.indexOf('-') + 1)
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

/** The newest journal entry that touched an object or a member of it, by object. */
export function lastChanges(journal: readonly JournalEntry[]): ReadonlyMap<string, JournalEntry> {
  const last = new Map<string, JournalEntry>()
  for (const entry of journal)
    for (const change of entry.changes) {
      const object = objectOfChange(change.type, change.fullName)
      if (object !== undefined && !last.has(object)) last.set(object, entry)
    }
  return last
}

const memberTypes = new Set(['CustomField', 'ValidationRule', 'ListView', 'RecordType'])

function objectOfChange(type: string, fullName: string): string | undefined {
  if (type === 'CustomObject') return fullName
  if (memberTypes.has(type) || type === 'CompactLayout') return fullName.split('.')[0]
  return type === 'Layout' ? fullName.split('-')[0] : undefined
}

/** What describe says of an object; undefined where whoever looks may set it up but not read it. */
export function describeOrNone(object: string): Promise<ObjectInfo | undefined> {
  return records.describe(object).catch(() => undefined)
}
