/** Custom settings as Setup shows them: for whom a row holds, and what it says. */
import { records } from '../api.ts'
import { t } from '../base/text.ts'
import type { FieldInfo, ObjectInfo, Value, WireRecord } from '../base/wire.ts'
import type { Choice } from './form-controls.ts'

export interface SettingRow {
  readonly id: string
  readonly ownerId: string
  readonly owner: string
  readonly record: WireRecord
}

export interface Setting {
  readonly object: ObjectInfo
  /** The setting's own fields, in the order of its file. */
  readonly fields: readonly FieldInfo[]
  readonly rows: readonly SettingRow[]
  /** For whom a row may be made. */
  readonly owners: readonly Choice[]
}

const choicesMax = 500

export async function loadSetting(name: string): Promise<Setting> {
  const [object, organizations, profiles, users] = await Promise.all([
    records.describe(name),
    named('SELECT Id, Name FROM Organization LIMIT 1'),
    named(`SELECT Id, Name FROM Profile ORDER BY Name LIMIT ${choicesMax}`),
    named(`SELECT Id, Name FROM User ORDER BY Name LIMIT ${choicesMax}`),
  ])
  const owners = [
    ...organizations.map(({ value }) => ({ value, label: t('Default for everybody') })),
    ...profiles.map(({ value, label }) => ({
      value,
      label: t('Profile {name}', { name: label }),
    })),
    ...users.map(({ value, label }) => ({ value, label: t('User {name}', { name: label }) })),
  ]
  const fields = object.fields.filter((field) => field.custom === true || isOwn(field))
  const columns = ['Id', 'SetupOwnerId', ...fields.map((field) => field.name)]
  const soql = `SELECT ${columns.join(', ')} FROM ${name} LIMIT ${choicesMax}`
  const found = (await records.query(soql)).records.map((record) => rowOf(record, owners))
  const place = new Map(owners.map((owner, index) => [owner.value, index]))
  const rows = found.toSorted(
    (a, b) => (place.get(a.ownerId) ?? choicesMax) - (place.get(b.ownerId) ?? choicesMax),
  )
  return { object, fields, rows, owners }
}

/** What stands in every setting, kept by the engine or as the key of the row. */
const kept: ReadonlySet<string> = new Set([
  'Id',
  'IsDeleted',
  'Name',
  'SetupOwnerId',
  'CreatedDate',
  'CreatedById',
  'LastModifiedDate',
  'LastModifiedById',
  'SystemModstamp',
])

function isOwn(field: FieldInfo): boolean {
  return !kept.has(field.name)
}

async function named(soql: string): Promise<readonly Choice[]> {
  const { records: found } = await records.query(soql)
  return found.map((record) => ({ value: textOf(record.Id), label: textOf(record['Name']) }))
}

function rowOf(record: WireRecord, owners: readonly Choice[]): SettingRow {
  const ownerId = textOf(record['SetupOwnerId'])
  const owner = owners.find((one) => one.value === ownerId)?.label ?? ownerId
  return { id: textOf(record.Id), ownerId, owner, record }
}

function textOf(value: Value | undefined): string {
  return typeof value === 'string' ? value : ''
}
