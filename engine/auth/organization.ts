/** The one record that stands for the organisation; tokens and identity addresses carry its id. */
import type { Records } from '../records/records.ts'
import { queryRows, textAt } from '../records/answer-rows.ts'
import { systemCaller } from './system-caller.ts'
import type { CurrentModel } from './users.ts'

export interface OrganizationInfo {
  readonly id: string
  readonly name: string
}

/** Made when there is none yet: then `isNew`. */
export async function ensureOrganization(
  records: Records,
  models: CurrentModel,
): Promise<OrganizationInfo & { readonly isNew: boolean }> {
  const caller = systemCaller(models.current())
  const [row] = await queryRows(
    records,
    caller,
    'SELECT Id, Name FROM Organization ORDER BY CreatedDate LIMIT 1',
  )
  if (row !== undefined) {
    return { id: textAt(row, 'Id') ?? '', name: textAt(row, 'Name') ?? '', isNew: false }
  }
  const name = 'Fieldstone'
  const body = new Map<string, unknown>([
    ['Name', name],
    ['InstanceName', 'FS1'],
    ['OrganizationType', 'Developer Edition'],
  ])
  const { id } = await records.create(caller, 'Organization', body)
  return { id, name, isNew: true }
}
