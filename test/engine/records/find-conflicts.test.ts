/** Which edits overlap, and which do not. The way through the database is shown with the saves. */
import { describe, expect, it } from 'vitest'
import type { ApiValue } from '../../../engine/fields/field-type.ts'
import { planWrite } from '../../../engine/query/plan-write.ts'
import { findConflicts } from '../../../engine/records/find-conflicts.ts'
import type { SaveOptions } from '../../../engine/records/records.ts'
import { adminGate, refusalOf, sampleObject } from '../query/planning.ts'

interface Edit {
  readonly base?: Readonly<Record<string, unknown>>
  readonly yours: Readonly<Record<string, unknown>>
  readonly theirs: Readonly<Record<string, ApiValue>>
  readonly ifVersion?: number
}

function check({ base, yours, theirs, ifVersion }: Edit): void {
  const body = new Map(Object.entries(yours))
  const options: SaveOptions = {
    ...(base === undefined ? {} : { base: new Map(Object.entries(base)) }),
    ...(ifVersion === undefined ? {} : { ifVersion }),
  }
  findConflicts({
    gate: adminGate,
    plan: planWrite(adminGate, sampleObject, { body, mode: 'update' }),
    current: {
      version: 8,
      changedBy: '005000000000007AAA',
      changedAt: Date.UTC(2026, 0, 2),
      values: new Map(Object.entries(theirs)),
    },
    options,
  })
}

function conflicts(edit: Edit): unknown {
  return refusalOf(() => check(edit)).details?.['conflicts']
}

describe('without a base', () => {
  it('the version decides alone', () => {
    const edit = { yours: { Text__c: 'b' }, theirs: { Text__c: 'c' } }
    check(edit)
    check({ ...edit, ifVersion: 8 })
    expect(refusalOf(() => check({ ...edit, ifVersion: 7 })).details).toEqual({ version: 8 })
  })
})

describe('with a base', () => {
  it.each([
    ['nothing changed', { Text__c: 'a' }, { Text__c: 'b' }, { Text__c: 'a' }],
    ['both came to the same', { Text__c: 'a' }, { Text__c: 'b' }, { Text__c: 'b' }],
    ['a number in another spelling', { Money__c: '5' }, { Money__c: 6 }, { Money__c: 5 }],
    [
      'an instant in another zone',
      { At__c: '2026-01-01T01:00:00+01:00' },
      { At__c: null },
      { At__c: '2026-01-01T00:00:00.000+0000' },
    ],
    [
      'an id in its short form',
      { Account__c: '001000000000001' },
      { Account__c: null },
      { Account__c: '001000000000001AAA' },
    ],
    ['empty is empty', { Text__c: '' }, { Text__c: 'b' }, { Text__c: null }],
    ['another letter case of the name', { tEXT__c: 'a' }, { Text__c: 'b' }, { Text__c: 'a' }],
    ['no base for the field, no version either', {}, { Text__c: 'b' }, { Text__c: 'c' }],
  ] as const)('is merged: %s', (_what, base, yours, theirs) => {
    check({ base, yours, theirs })
  })

  it.each([
    ['another text', { Text__c: 'a' }, { Text__c: 'b' }, { Text__c: 'c' }],
    ['another case', { Text__c: 'a' }, { Text__c: 'b' }, { Text__c: 'A' }],
    ['emptied', { Text__c: 'a' }, { Text__c: 'b' }, { Text__c: null }],
    ['filled', { Money__c: null }, { Money__c: 1 }, { Money__c: 2 }],
    ['a base that the field cannot hold', { Money__c: ['x'] }, { Money__c: 1 }, { Money__c: 2 }],
    ['a long text', { Long__c: 'a' }, { Long__c: 'b' }, { Long__c: 'c' }],
    ['a checkbox', { Flag__c: false }, { Flag__c: false }, { Flag__c: true }],
  ] as const)('is refused: %s', (_what, base, yours, theirs) => {
    const [[name, mine]] = Object.entries(yours) as [[string, unknown]]
    expect(conflicts({ base, yours, theirs })).toMatchObject([
      {
        field: name,
        yours: mine,
        theirs: Object.values(theirs)[0],
        changedBy: '005000000000007AAA',
        changedAt: '2026-01-02T00:00:00.000Z',
      },
    ])
  })

  it('all overlaps come together', () => {
    const edit = {
      base: { Text__c: 'a', Money__c: 1, Flag__c: false },
      yours: { Text__c: 'b', Money__c: 2, Flag__c: true },
      theirs: { Text__c: 'c', Money__c: 3, Flag__c: true },
    }
    expect(conflicts(edit)).toMatchObject([{ field: 'Text__c' }, { field: 'Money__c' }])
  })

  it('a field without a base is a conflict on an old version', () => {
    const edit = { base: {}, yours: { Text__c: 'b' }, theirs: { Text__c: 'c' }, ifVersion: 7 }
    expect(conflicts(edit)).toMatchObject([{ field: 'Text__c', base: null }])
    check({ ...edit, ifVersion: 8 })
  })
})
