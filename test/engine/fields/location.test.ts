import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FieldOptions } from '../../../engine/fields/field-type.ts'
import { location } from '../../../engine/fields/location.ts'
import { number } from '../../../engine/fields/number.ts'
import type { Storage } from '../../../engine/storage/storage.ts'
import { readBack } from '../../contract/field-round-trip.ts'
import { fieldTypeContract } from '../../contract/field-type-contract.ts'
import { databases, type OpenDatabase } from '../../support/databases.ts'

const options: FieldOptions = { fullName: 'Site__c', label: 'Site', type: 'Location', scale: 6 }
const latitude = 'Site__Latitude__s'
const longitude = 'Site__Longitude__s'

fieldTypeContract({
  type: location,
  options,
  good: [],
  bad: [{ value: { latitude: 1, longitude: 2 }, code: 'INVALID_FIELD_FOR_INSERT_UPDATE' }],
  badOptions: [{ scale: 16 }, { length: 4 }],
  accepts: [],
})

test('is made of a latitude and a longitude within their bounds', () => {
  const [first, second] = location.components?.(options) ?? []
  expect(first).toMatchObject({ fullName: latitude, label: 'Site (Latitude)', type: 'Number' })
  expect(second).toMatchObject({ fullName: longitude, scale: 6, precision: 9 })
  expect(first && number.check?.(90.1, first)?.errorCode).toBe('NUMBER_OUTSIDE_VALID_RANGE')
  expect(second && number.check?.('-180', second)).toBeUndefined()
})

test('names the parts of a shipped field after it', () => {
  const parts = location.components?.({ fullName: 'Place', type: 'Location' }) ?? []
  expect(parts.map((part) => part.fullName)).toEqual(['PlaceLatitude', 'PlaceLongitude'])
})

test('wants both parts or neither', () => {
  const check = location.checkComponents
  expect(check?.({ [latitude]: 1, [longitude]: 2 }, options)).toBeUndefined()
  expect(check?.({ [latitude]: null }, options)).toBeUndefined()
  expect(check?.({ [latitude]: 0, [longitude]: null }, options)?.errorCode).toBe(
    'FIELD_INTEGRITY_EXCEPTION',
  )
})

describe.each(databases)('on $name', (database) => {
  let opened: OpenDatabase
  let storage: Storage
  beforeAll(async () => {
    opened = await database.open()
    storage = opened.storage
  })
  afterAll(() => opened.close())

  test('is read as an object of its parts, or null', async () => {
    const kind = { kind: 'decimal', precision: 9, scale: 6 } as const
    const shape = {
      columns: { [latitude]: kind, [longitude]: kind },
      readJson: (column, { dialect }) => location.readJson(column, options, dialect),
    } satisfies Parameters<typeof readBack>[1]
    const rows = [
      { [latitude]: '48.208200', [longitude]: '-0.000001' },
      { [latitude]: null, [longitude]: null },
    ]
    expect(await readBack(storage, shape, rows)).toEqual([
      '{"latitude":48.208200,"longitude":-0.000001}',
      'null',
    ])
  })
})
