/** What only the whole record can tell: required, dependent and compound values, references. */
import { describe, expect, it } from 'vitest'
import { Refusal } from '../../../engine/base/refusal.ts'
import type { ApiValue } from '../../../engine/fields/field-type.ts'
import { planWrite } from '../../../engine/query/plan-write.ts'
import type { Gate } from '../../../engine/query/resolve.ts'
import { neededFields, prepareSave } from '../../../engine/records/prepare-save.ts'
import type { ColumnValue } from '../../../engine/sql/column-kind.ts'
import { testServices } from '../../contract/field-services.ts'
import { adminGate, objectNamed, refusalOf, repGate } from '../query/planning.ts'

type Values = Readonly<Record<string, unknown>>

interface Options {
  readonly object?: string
  readonly gate?: Gate
  readonly previous?: Readonly<Record<string, ApiValue>>
}

function prepared(values: Values, options: Options = {}): Readonly<Record<string, ColumnValue>> {
  const { object = 'Account', gate = adminGate, previous } = options
  const mode = previous === undefined ? 'create' : 'update'
  const body = new Map(Object.entries(values))
  const plan = planWrite(gate, objectNamed(object), { body, mode })
  const { columns, problems } = prepareSave({
    gate,
    plan,
    services: testServices,
    ...(previous === undefined ? {} : { previous: new Map(Object.entries(previous)) }),
  })
  if (problems.length > 0) throw new Refusal(problems)
  return Object.fromEntries([...columns].map(([column, value]) => [column.name.name, value]))
}

function problems(values: Values, options?: Options): readonly (readonly [string, string])[] {
  return refusalOf(() => prepared(values, options)).problems.map(
    (problem) => [problem.errorCode, problem.fields.join()] as const,
  )
}

describe('columns', () => {
  it('hold every part of a value', () => {
    expect(prepared({ Name: 'Ä', Revenue: '1.005', IsActive: false, Segment: null })).toMatchObject(
      {
        Name: 'Ä',
        Name__folded: 'a',
        Revenue: '1.01',
        IsActive: false,
        Segment: null,
      },
    )
  })

  it('hold the defaults of what a new record leaves out, and of nothing that it empties', () => {
    expect(prepared({ Name: 'A' })).toMatchObject({ IsActive: true, Segment: 'Retail' })
    expect(prepared({ Name: 'A', Segment: null })).toMatchObject({ Segment: null })
    expect(prepared({ Website: null }, { previous: { Website: null } })).not.toHaveProperty(
      'IsActive',
    )
  })

  it('hold the name that is made of its parts', () => {
    expect(prepared({ FirstName: 'Ann', LastName: 'Lee' }, { object: 'Contact' })).toMatchObject({
      Name: 'Ann Lee',
    })
    const previous = { FirstName: 'Ann', LastName: 'Lee', Name: 'Ann Lee' }
    expect(prepared({ LastName: 'Roe' }, { object: 'Contact', previous })).toMatchObject({
      Name: 'Ann Roe',
    })
  })
})

describe('required', () => {
  it.each([undefined, null, '', '   '])('a new record without it is refused: %j', (Name) => {
    expect(problems(Name === undefined ? {} : { Name })).toEqual([
      ['REQUIRED_FIELD_MISSING', 'Name'],
    ])
  })

  it('an update may leave it out, not empty it', () => {
    expect(prepared({ Website: null }, { previous: {} })).toHaveProperty('Website')
    expect(problems({ Name: null }, { previous: { Name: 'A' } })).toEqual([
      ['REQUIRED_FIELD_MISSING', 'Name'],
    ])
  })

  it('a field is told of once', () => {
    expect(problems({ Name: 5 })).toEqual([['INVALID_TYPE_ON_FIELD_IN_RECORD', 'Name']])
  })
})

describe('dependent values', () => {
  const product = { Name: 'A', Product: 'Syndicated Loan' }

  it('are checked against the deciding value, given or stored', () => {
    expect(problems({ ...product, Segment: 'Retail' })).toEqual([
      ['INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', 'Product'],
    ])
    expect(prepared({ ...product, Segment: 'Corporate' })).toMatchObject({
      Product: 'Syndicated Loan',
    })
    const previous = { Segment: 'Corporate', Product: 'Syndicated Loan' }
    expect(problems({ Segment: 'Retail' }, { previous })).toEqual([
      ['INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', 'Product'],
    ])
  })

  it('tell nothing of a deciding value that the caller may not see', () => {
    const blind: Gate = {
      model: repGate.model,
      access: {
        ...repGate.access,
        mayField: (object, name, right) =>
          name !== 'Segment' && repGate.access.mayField(object, name, right),
      },
    }
    for (const Segment of ['Retail', 'Corporate']) {
      const previous = { Segment, Product: null }
      expect(prepared({ Product: 'Syndicated Loan' }, { gate: blind, previous })).toMatchObject({
        Product: 'Syndicated Loan',
      })
    }
  })
})

describe('compounds and references', () => {
  it('a latitude needs a longitude', () => {
    const place = { Name: 'A', Place__Latitude__s: 1 }
    expect(problems(place, { object: 'Sample__c' })[0]?.[1]).toContain('Place__c')
  })

  it('a reference of another object is answered like one to nothing', () => {
    expect(problems({ Name: 'A', ParentId: '003000000000001AAA' })).toEqual([
      ['INVALID_CROSS_REFERENCE_KEY', 'ParentId'],
    ])
    expect(problems({ Name: 'A', ParentId: 'zzz000000000001AAA' })[0]?.[0]).toMatch(
      /MALFORMED_ID|INVALID_CROSS_REFERENCE_KEY/,
    )
  })
})

describe('neededFields', () => {
  const needed = (values: Values, object = 'Account'): readonly string[] => {
    const body = new Map(Object.entries(values))
    const plan = planWrite(adminGate, objectNamed(object), { body, mode: 'update' })
    return neededFields(plan)
      .map((field) => field.name)
      .sort()
  }

  it('are those that are set, and those that decide with them', () => {
    expect(needed({ Website: null })).toEqual(['Website'])
    expect(needed({ Product: null })).toEqual(['Product', 'Segment'])
    expect(needed({ Segment: null })).toEqual(['Product', 'Segment'])
    expect(needed({ LastName: 'x' }, 'Contact')).toEqual(
      expect.arrayContaining(['FirstName', 'LastName']),
    )
  })
})
