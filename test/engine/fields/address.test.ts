import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { address } from '../../../engine/fields/address.ts'
import type { FieldOptions } from '../../../engine/fields/field-type.ts'
import { fieldType } from '../../../engine/fields/index.ts'
import type { ColumnKind } from '../../../engine/sql/column-kind.ts'
import type { Storage } from '../../../engine/storage/storage.ts'
import { readBack, type FieldTable } from '../../contract/field-round-trip.ts'
import { fieldTypeContract } from '../../contract/field-type-contract.ts'
import { databases, type OpenDatabase } from '../../support/databases.ts'

const options: FieldOptions = {
  fullName: 'BillingAddress',
  label: 'Billing Address',
  type: 'Address',
}

fieldTypeContract({
  type: address,
  options,
  good: [],
  bad: [{ value: { city: 'Graz' }, code: 'INVALID_FIELD_FOR_INSERT_UPDATE' }],
  badOptions: [{ length: 4 }, { referenceTo: ['Account'] }],
  accepts: [],
})

function partNames(fullName: string): readonly string[] {
  const parts = address.components?.({ fullName, type: 'Address' }) ?? []
  return parts.map((part) => part.fullName)
}

test.each([
  ['BillingAddress', 'BillingStreet', 'BillingGeocodeAccuracy'],
  ['Address', 'Street', 'GeocodeAccuracy'],
  ['PrimaryBillAddr', 'PrimaryBillAddrStreet', 'PrimaryBillAddrGeocodeAccuracy'],
  ['Home__c', 'Home__Street__s', 'Home__GeocodeAccuracy__s'],
  ['HomeAddress__c', 'HomeAddress__Street__s', 'HomeAddress__GeocodeAccuracy__s'],
])('names the parts of %s from %s to %s', (fullName, first, last) => {
  const names = partNames(fullName)
  expect(names).toHaveLength(8)
  expect([names[0], names[7]]).toEqual([first, last])
})

test('labels its parts after itself', () => {
  const parts = address.components?.(options) ?? []
  expect(parts[3]).toMatchObject({ fullName: 'BillingPostalCode', label: 'Billing Postal Code' })
})

test('is made of declarations that their types accept', () => {
  for (const part of address.components?.(options) ?? []) {
    const type = fieldType(part.type ?? '')
    expect(type?.columns(part)).toBeDefined()
    expect(type?.check?.(null, part)).toBeUndefined()
  }
})

describe.each(databases)('on $name', (database) => {
  let opened: OpenDatabase
  let storage: Storage
  beforeAll(async () => {
    opened = await database.open()
    storage = opened.storage
  })
  afterAll(() => opened.close())

  test('is read as an object of its parts, or null when all are empty', async () => {
    const kinds: Record<string, ColumnKind> = {}
    for (const part of address.components?.(options) ?? []) {
      const kind = fieldType(part.type ?? '')?.columns(part)['']
      if (kind !== undefined) kinds[part.fullName] = kind
    }
    const shape: FieldTable = {
      columns: kinds,
      readJson: (column, { dialect }) => address.readJson(column, options, dialect),
    }
    const rows = [
      {
        BillingStreet: 'Am "Ring" 1\nStiege 2',
        BillingCity: 'Wien',
        BillingLatitude: '48.200000000000000',
      },
      {},
    ]
    const [full, empty] = await readBack(storage, shape, rows)
    expect(JSON.parse(full ?? '')).toEqual({
      street: 'Am "Ring" 1\nStiege 2',
      city: 'Wien',
      state: null,
      postalCode: null,
      country: null,
      latitude: 48.2,
      longitude: null,
      geocodeAccuracy: null,
    })
    expect(empty).toBe('null')
  })
})
