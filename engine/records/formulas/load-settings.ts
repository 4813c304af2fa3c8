/** Custom settings as they hold for users: of each field the value of the most specific row that has one. */
import type { RawValue } from '../../formula/environment.ts'
import { settingOwners } from '../../model/custom-settings.ts'
import type { FieldModel, Model, ObjectModel } from '../../model/model.ts'
import { compileSettings } from '../../query/compile-settings.ts'
import type { Row } from '../../storage/storage.ts'
import { parseExactly } from '../exact-json.ts'
import { idRows } from '../id-rows.ts'
import type { RowReader } from './load-rows.ts'

/** Fields of custom settings that formulas read. */
export type SettingNeeds = ReadonlyMap<ObjectModel, ReadonlySet<FieldModel>>

/** What holds for one user, as `$Setup` names it: "Setting__c.Field__c". */
export type SettingValues = ReadonlyMap<string, RawValue>

export function settingKey(object: string, field: string): string {
  return `${object}.${field}`
}

/** By user. A user for whom nothing is said finds every field empty. */
export async function loadSettings(
  reader: RowReader,
  {
    model,
    needs,
    userIds,
  }: { readonly model: Model; readonly needs: SettingNeeds; readonly userIds: readonly string[] },
): Promise<ReadonlyMap<string, SettingValues>> {
  const ids = [...new Set(userIds)].sort()
  const byUser = new Map(ids.map((id) => [id, new Map<string, RawValue>()]))
  for (const [setting, wanted] of needs) {
    const fields = [...wanted]
    const statement = compileSettings(model, { setting, fields }, reader.dialect)
    const rows = await reader.read(statement, { ids: idRows(ids) })
    for (const [id, values] of byUser) {
      const own = rows.filter((row) => String(row['asker']) === id)
      own.sort((a, b) => rankOf(model, a) - rankOf(model, b))
      const lists = own.map((row) => listOf(row))
      fields.forEach((field, place) => {
        const found = lists.map((list) => list[place] ?? null).find((value) => value !== null)
        values.set(settingKey(setting.name, field.name), found ?? emptyOf(field))
      })
    }
  }
  return byUser
}

/** A row of the user before one of the profile before that of the organisation. */
function rankOf(model: Model, row: Row): number {
  const owner = String(row['owner'])
  return settingOwners.findIndex((name) => {
    const keyPrefix = model.object(name)?.keyPrefix
    return keyPrefix !== undefined && owner.startsWith(keyPrefix)
  })
}

function listOf(row: Row): readonly RawValue[] {
  // The database built the list from the fields.
  return parseExactly(String(row['body'])) as readonly RawValue[]
}

/** A checkbox is never empty. */
function emptyOf(field: FieldModel): RawValue {
  return field.columns.get('')?.kind.kind === 'boolean' ? false : null
}
