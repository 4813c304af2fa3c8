/** Rows as small forms: which fields may be edited there, and what suits all of several rows. */
import { describe, expect, it } from 'vitest'
import { changeRow, isChanged, onTheirs } from '../../../ui/base/change-rows.ts'
import {
  differingFields,
  fieldForAll,
  fieldOfPresent,
  fieldsAround,
  fieldsForMany,
  mayBeEmpty,
  rowBody,
  rowForm,
  sharedValues,
} from '../../../ui/base/row-forms.ts'
import { portions } from '../../../ui/base/save-rows.ts'
import type { FieldInfo, WireRecord } from '../../../ui/base/wire.ts'
import { field, picklist, screenOf } from '../support/describe.ts'

/** Bits over the values of the controlling list, the first value the highest. */
const validFor = (...positions: readonly number[]): string =>
  btoa(String.fromCharCode(positions.reduce((bits, at) => bits | (0x80 >> at), 0)))

const building = picklist('Building', ['A', 'B'])
const room: FieldInfo = {
  ...picklist('Room', ['A1', 'B1', 'Hall'], {
    dependentPicklist: true,
    controllerName: 'Building',
  }),
  picklistValues: [
    { value: 'A1', label: 'A1', active: true, defaultValue: false, validFor: validFor(0) },
    { value: 'B1', label: 'B1', active: true, defaultValue: false, validFor: validFor(1) },
    { value: 'Hall', label: 'Hall', active: true, defaultValue: false, validFor: validFor(0, 1) },
  ],
}
const gear = picklist('Gear', ['Badge', 'Key', 'Helmet'], { type: 'multipicklist' })
const guest = field('Guest', {
  type: 'reference',
  filteredLookupInfo: { controllingFields: ['Account'], dependent: true, optionalFilter: false },
})
const account = field('Account', { type: 'reference' })
const screen = screenOf(
  building,
  room,
  gear,
  guest,
  account,
  field('Code', { unique: true }),
  field('Sum', { calculated: true }),
  field('Done', { type: 'boolean' }),
  field('Mandatory', { nillable: false }),
  field('Secret', { type: 'encryptedstring' }),
  field('Place', { type: 'location' }),
)
const row = (Id: string, values: WireRecord) => rowForm(screen, { Id, ...values })
const names = (one: FieldInfo): unknown => one.picklistValues?.map(({ value }) => value)

describe('the fields of rows', () => {
  it('are for many those that all may share: none that is computed, unique, masked or a compound', () => {
    expect(fieldsForMany(screen).map(({ name }) => name)).toEqual([
      'Account',
      'Building',
      'Done',
      'Gear',
      'Guest',
      'Mandatory',
      'Room',
    ])
    expect(
      fieldsForMany({ ...screen, describe: { ...screen.describe, updateable: false } }),
    ).toEqual([])
    const readOnly = {
      ...screen.layout,
      sections: screen.layout.sections.map((section) => ({
        ...section,
        rows: [[{ field: 'Building', behavior: 'Readonly' as const }]],
      })),
    }
    const locked = fieldsForMany({ ...screen, layout: readOnly })
    expect(locked.map(({ name }) => name)).not.toContain('Building')
  })

  it('come with those that follow them and those that decide about them', () => {
    expect(fieldsAround(screen.describe, ['Building'])).toEqual(['Building', 'Room'])
    expect(fieldsAround(screen.describe, ['Room'])).toEqual(['Room', 'Building'])
    expect(fieldsAround(screen.describe, ['Guest', 'Nope'])).toEqual(['Guest', 'Account'])
  })

  it('offer the values that suit every row, and for removal those that some row has', () => {
    const [one, two] = [row('1', { Building: 'A', Gear: 'Key' }), row('2', { Building: 'B' })]
    expect(names(fieldForAll(room, [one, two]))).toEqual(['Hall'])
    expect(names(fieldForAll(room, [one]))).toEqual(['A1', 'Hall'])
    expect(names(fieldForAll(room, [row('3', {})]))).toEqual([])
    expect(names(fieldOfPresent(gear, [one, two]))).toEqual(['Key'])
  })

  it('tell where rows differ in what decides about a lookup, and what they share', () => {
    const rows = [row('1', { Account: 'x', Done: true }), row('2', { Account: 'y', Done: true })]
    expect(differingFields(guest, screen.describe, rows).map(({ name }) => name)).toEqual([
      'Account',
    ])
    expect(differingFields(guest, screen.describe, rows.slice(1))).toEqual([])
    expect([...sharedValues(rows)]).toEqual([['Done', true]])
  })

  it('may be emptied where a form may leave them empty', () => {
    const may = (name: string): boolean =>
      mayBeEmpty(screen, screen.describe.fields.find((one) => one.name === name) ?? building)
    expect([may('Building'), may('Mandatory'), may('Done')]).toEqual([true, false, false])
  })
})

describe('one change of many rows', () => {
  it('adds to a list, takes from it and replaces it, in the order of the list', () => {
    const before = row('1', { Gear: 'Key;Old' })
    const after = (kind: 'add' | 'remove' | 'set' | 'empty', value: string | null): unknown =>
      rowBody(changeRow(before, { field: 'Gear', kind, value })).body['Gear']
    expect(after('add', 'Helmet;Badge')).toBe('Badge;Key;Helmet;Old')
    expect(after('remove', 'Key')).toBe('Old')
    expect(after('remove', 'Key;Old')).toBeNull()
    expect(after('set', 'Badge')).toBe('Badge')
    expect(after('empty', 'Badge')).toBeNull()
    expect(isChanged(changeRow(before, { field: 'Gear', kind: 'add', value: 'Key' }))).toBe(false)
  })

  it('takes away what the new value does not allow, and says what each row started from', () => {
    const changed = changeRow(row('1', { Building: 'A', Room: 'A1' }), {
      field: 'Building',
      kind: 'set',
      value: 'B',
    })
    expect(rowBody(changed)).toEqual({
      id: '1',
      body: {
        Building: 'B',
        Room: null,
        attributes: { base: { Building: 'A', Room: 'A1' } },
      },
    })
  })

  it('is made to what somebody else saved meanwhile: an added value joins theirs', () => {
    const change = { field: 'Gear', kind: 'add', value: 'Badge' } as const
    const mine = changeRow(row('1', { Gear: 'Key' }), change)
    const theirs = { field: 'Gear', base: 'Key', yours: 'Badge;Key', theirs: 'Helmet' }
    const again = onTheirs(mine, [{ ...theirs, changedBy: undefined }], change)
    expect(rowBody(again).body).toEqual({
      Gear: 'Badge;Helmet',
      attributes: { base: { Gear: 'Helmet' } },
    })
  })

  it('goes in portions that neither count nor size makes too large', () => {
    const sizes = (count: number, size: number): number[] =>
      portions(
        Array.from({ length: count }, () => size),
        (one) => one,
      ).map((part) => part.length)
    expect(sizes(450, 1)).toEqual([200, 200, 50])
    expect(sizes(3, 1_000_000)).toEqual([1, 1, 1])
    expect(sizes(1, 9_000_000)).toEqual([1])
    expect(sizes(0, 1)).toEqual([])
  })
})
