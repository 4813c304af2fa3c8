/** Actions, owners, queues and sharing as the server has them: the addresses that belong to them. */
import { data, get, own, segment, send } from './api.ts'

interface ActionOutcome {
  readonly isSuccess: boolean
  readonly outputValues: Readonly<Record<string, unknown>> | null
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
}

export interface SharingReason {
  readonly kind: string
  readonly name: string
  /** None, Read, Edit, Transfer or All. */
  readonly access: string
}

export const sharing = {
  explain: (id: string, user: string) =>
    get<SharingExplanation>(`${own}/sharing/${segment(id)}?user=${segment(user)}`),
}
