/** Rows with the engine's own stamps. */
import { expect, it } from 'vitest'
import type { Caller } from '../../../engine/records/records.ts'
import type { RecordContext } from '../../../engine/records/record-parts.ts'
import { prepareNew } from '../../../engine/records/prepare-row.ts'
import type { ColumnValue } from '../../../engine/sql/column-kind.ts'
import { testServices } from '../../contract/field-services.ts'
import { admin, model, objectNamed, refusalOf } from '../query/planning.ts'

const caller: Caller = {
  access: admin,
  userId: admin.userId,
  userName: 'T',
  timeZone: 'UTC',
  source: 'api',
  apiVersion: '67.0',
  locale: 'en_US',
  language: 'en_US',
}
let ticks = 0
const context = {
  services: testServices,
  ids: (prefix: string) => `${prefix}000000000777AAA`,
  clock: { now: () => ticks++ },
} as unknown as RecordContext // Preparing a row asks for nothing else.

function prepared(
  object: string,
  values: Readonly<Record<string, unknown>>,
): Map<string, ColumnValue> {
  const row = prepareNew(context, caller, {
    model,
    object: objectNamed(object),
    body: new Map(Object.entries(values)),
  })
  return new Map([...row.values].map(([column, value]) => [column.name.name, value]))
}

it('a new row has id, owner and stamps, all of one moment', () => {
  const columns = prepared('Account', { Name: 'A' })
  expect(columns.get('Id')).toBe('001000000000777AAA')
  expect(columns.get('IsDeleted')).toBe(false)
  expect(columns.get('OwnerId')).toBe(admin.userId)
  expect(columns.get('CreatedById')).toBe(admin.userId)
  const moments = ['CreatedDate', 'LastModifiedDate', 'SystemModstamp'].map((one) =>
    columns.get(one),
  )
  expect(new Set(moments).size).toBe(1)
})

it('a detail has no owner', () => {
  const columns = prepared('InvoiceLine', { Name: 'L', InvoiceId: '3tt000000000001AAA' })
  expect(columns.has('OwnerId')).toBe(false)
})

it('nothing is stamped that is refused', () => {
  expect(refusalOf(() => prepared('Account', {})).code).toBe('REQUIRED_FIELD_MISSING')
})
