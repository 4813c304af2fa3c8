/** Actions, owners, queues and sharing as the server has them: the addresses that belong to them. */
import { data, get, own, segment, send } from './api.ts'

interface ActionOutcome {
  readonly isSuccess: boolean
  readonly outputValues: Readonly<Record<string, unknown>> | null
}

interface ActionDescription {
  readonly inputs: readonly {
    readonly name: string
    readonly picklistValues: readonly ActionChoice[] | null
  }[]
}

/** Runs an action that comes with the product; a refusal is thrown. */
export async function act(
  name: string,
  inputs: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, unknown>>> {
  const path = `${data}/actions/standard/${segment(name)}`
  const body = { inputs: [inputs] }
  const [outcome] = (await send<readonly ActionOutcome[]>('POST', path, { body })).body
  return outcome?.outputValues ?? {}
}

export interface ActionChoice {
  readonly value: string
  readonly label: string
}

/** What can be chosen for an input of such an action; none where the user may not know of it. */
export async function actionChoices(name: string, input: string): Promise<readonly ActionChoice[]> {
  const { inputs } = await get<ActionDescription>(`${data}/actions/standard/${segment(name)}`)
  return inputs.find((one) => one.name === input)?.picklistValues ?? []
}

export const queues = {
  async accept(id: string): Promise<void> {
    await act('acceptFromQueue', { recordIds: [id] })
  },
  /** The id of the record that is now the user's own; undefined where nothing waits. */
  async acceptNext(object: string): Promise<string | undefined> {
    const { recordId } = await act('acceptNextFromQueue', { objectName: object })
    return typeof recordId === 'string' ? recordId : undefined
  },
}

/** Why somebody may see and change a record. */
export interface SharingExplanation {
  readonly id: string
  readonly object: string
  readonly user?: string
  readonly sharingModel: string
  readonly access: string
  readonly mayObject: { readonly read: boolean; readonly edit: boolean; readonly delete: boolean }
  readonly reasons: readonly SharingReason[]
  readonly parents: readonly SharingExplanation[]
  /** Which profile or permission set gives the rights to the object; of the record itself alone. */
  readonly rights?: readonly RightExplanation[]
  readonly field?: { readonly name: string; readonly rights: readonly RightExplanation[] }
}

export interface RightExplanation {
  /** read, create, edit or delete. */
  readonly right: string
  readonly given: boolean
  readonly reasons: readonly {
    readonly kind: string
    readonly name: string
    readonly given: boolean
  }[]
}

export interface SharingReason {
  readonly kind: string
  readonly name: string
  /** None, Read, Edit, Transfer or All. */
  readonly access: string
}

export const sharing = {
  list: (id: string) => get<ShareList>(`${own}/sharing/${segment(id)}/shares`),
  explain(id: string, user: string, field = ''): Promise<SharingExplanation> {
    const one = field === '' ? '' : `&field=${segment(field)}`
    return get<SharingExplanation>(`${own}/sharing/${segment(id)}?user=${segment(user)}${one}`)
  },
}

export interface SharePrincipal {
  readonly id: string
  readonly name: string
  /** User, Queue, Group … */
  readonly type: string
}

/** A record that opens another one. */
export interface ShareEntry {
  readonly id: string
  readonly object: string
  /** Manual, or the object of the record. */
  readonly cause: string
  readonly who: SharePrincipal
  readonly access: string
}

/** To whom a record is open, as far as it can be stated. */
export interface ShareList {
  readonly id: string
  readonly object: string
  readonly sharingModel: string
  readonly externalSharingModel: string
  readonly hierarchy: boolean
  readonly owner: SharePrincipal | null
  readonly rules: readonly {
    readonly name: string
    readonly access: string
    readonly to: Readonly<Record<string, readonly string[] | boolean>>
  }[]
  readonly shares: readonly ShareEntry[]
  readonly shareObject: {
    readonly name: string
    readonly record: string
    readonly principal: string
    readonly level: string
  } | null
  readonly mayShare: boolean
}

interface Difference {
  readonly gained: number
  readonly lost: number
}

/** Who gains and loses what by a change that is not made yet. */
export interface AccessPreview {
  readonly users: { readonly active: number; readonly looked: number }
  readonly rights: readonly {
    /** An object, `Object.Field`, or empty for what concerns the whole system. */
    readonly on: string
    readonly right: string
    readonly gained: boolean
    readonly users: number
    readonly who: readonly string[]
  }[]
  readonly objects: readonly {
    readonly object: string
    readonly records: number
    readonly looked: number
    readonly changes: readonly {
      readonly user: { readonly id: string; readonly name: string }
      readonly read: Difference
      readonly edit: Difference
    }[]
  }[]
  readonly uncounted: readonly string[]
}

/** Members who would join or leave a group, and users who would get another role. */
export interface PeopleChange {
  readonly members?: {
    readonly add: readonly { readonly group: string; readonly who: string }[]
    readonly remove: readonly string[]
  }
  readonly roles?: readonly { readonly user: string; readonly role: string | null }[]
}

export const previews = {
  plan: (id: string) => get<AccessPreview>(`${own}/plans/${segment(id)}/access`),
  async people(body: PeopleChange): Promise<AccessPreview> {
    return (await send<AccessPreview>('POST', `${own}/sharing/preview`, { body })).body
  },
}

/** The organisation-wide default of an object. */
export interface SharingSetting {
  readonly object: string
  readonly label: string
  readonly sharingModel: string
  readonly externalSharingModel: string
  readonly hierarchy: boolean
  /** The lookups whose records decide instead. */
  readonly controlledBy: readonly string[]
  readonly rules: number
}

export const sharingSettings = {
  list: () => get<readonly SharingSetting[]>(`${own}/sharing-settings`),
}
