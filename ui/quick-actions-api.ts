/** Quick actions as the server has them. */
import { data, get, segment, send, type RecordBody } from './api.ts'
import type { Value } from './base/wire.ts'
import type { DescribedAction } from './base/wire-actions.ts'

function path(name: string): string {
  const dot = name.indexOf('.')
  const object = dot <= 0 ? '' : `/sobjects/${segment(name.slice(0, dot))}`
  return `${data}${object}/quickActions/${segment(name)}`
}

export const quickActions = {
  describe: (name: string) => get<DescribedAction>(`${path(name)}/describe`),
  /** What the form begins with, by field. */
  async defaultValues(name: string, contextId: string): Promise<Readonly<Record<string, Value>>> {
    const place = contextId === '' ? '' : `/${segment(contextId)}`
    type Values = Readonly<Record<string, Value>> & { readonly attributes?: unknown }
    const { attributes: _, ...values } = await get<Values>(`${path(name)}/defaultValues${place}`)
    return values
  },
  /** Gives the id of the record that was made or changed. */
  async run(name: string, contextId: string, record: RecordBody): Promise<string> {
    const body = { contextId, record }
    return (await send<{ readonly id: string }>('POST', path(name), { body })).body.id
  },
}
