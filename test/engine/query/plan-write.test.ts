/** Bodies on their way into a record: every name through the gate, all problems at once. */
import { describe, expect, it } from 'vitest'
import { limits } from '../../../engine/base/limits.ts'
import { planWrite, type WritePlan } from '../../../engine/query/plan-write.ts'
import type { Gate } from '../../../engine/query/resolve.ts'
import { accountObject, adminGate, objectNamed, refusalOf, repGate } from './planning.ts'

function plan(
  values: readonly (readonly [string, unknown])[],
  options: {
    readonly gate?: Gate
    readonly mode?: 'create' | 'update'
    readonly object?: string
  } = {},
): WritePlan {
  const { gate = adminGate, mode = 'create', object = 'Account' } = options
  return planWrite(gate, objectNamed(object), { body: new Map(values), mode })
}

function problems(...args: Parameters<typeof plan>): readonly (readonly [string, string])[] {
  return plan(...args).problems.map(
    (problem) => [problem.errorCode, problem.fields.join()] as const,
  )
}

describe('names', () => {
  it('are found in any letter case, in the order of the body', () => {
    const { values } = plan([
      ['wEBSITE', 'https://example.com'],
      ['name', 'A'],
    ])
    expect([...values].map(([field, value]) => [field.name, value])).toEqual([
      ['Website', 'https://example.com'],
      ['Name', 'A'],
    ])
  })

  it('given twice in different letter case are refused', () => {
    expect(
      problems([
        ['Name', 'A'],
        ['NAME', 'B'],
      ]),
    ).toEqual([['INVALID_FIELD', 'Name']])
  })

  it('attributes are not a field', () => {
    expect(problems([['attributes', { type: 'Account' }]])).toEqual([])
    expect(problems([['Attributes', {}]])).toEqual([['INVALID_FIELD', 'Attributes']])
  })

  it('that are unknown are refused by name, never dropped (D2)', () => {
    expect(
      problems([
        ['Name', 'A'],
        ['Colour', 'red'],
        ['__proto__', {}],
        ['constructor', 1],
      ]),
    ).toEqual([
      ['INVALID_FIELD', 'Colour'],
      ['INVALID_FIELD', '__proto__'],
      ['INVALID_FIELD', 'constructor'],
    ])
  })

  it('that are hidden are refused like unknown ones, whatever the value (B17)', () => {
    const refusal = (name: string, value: unknown): string =>
      JSON.stringify(plan([[name, value]], { gate: repGate }).problems).replaceAll(name, '?')
    const answers = [
      refusal('CreditScore', 700),
      refusal('CreditScore', 'x'),
      refusal('CreditShore', 1),
    ]
    expect(new Set(answers).size).toBe(1)
  })

  it('get advice for the first wrong ones only, and all are listed', () => {
    const wrong = Array.from({ length: 1_000 }, (_, index) => [`Websit${index}`, 1] as const)
    const { problems: found } = plan(wrong)
    expect(found).toHaveLength(1_000)
    expect(found[0]?.message).toContain("mean 'Website'")
    expect(found.at(-1)?.message).not.toContain('Did you mean')
  })

  it('end at a named limit', () => {
    const many = Array.from(
      { length: limits.recordMembersMax + 1 },
      (_, index) => [`x${index}`, 1] as const,
    )
    expect(refusalOf(() => plan(many)).message).toContain('recordMembersMax')
  })
})

describe('rights', () => {
  it('on the object come first', () => {
    const blind = { ...repGate, access: { ...repGate.access, mayObject: () => false } }
    expect(refusalOf(() => plan([['Name', 'A']], { gate: blind })).code).toBe(
      'INSUFFICIENT_ACCESS_OR_READONLY',
    )
  })

  it('a field that may be read but not changed is refused by name', () => {
    expect(problems([['TaxNumber', 'x']], { gate: repGate })).toEqual([
      ['INVALID_FIELD_FOR_INSERT_UPDATE', 'TaxNumber'],
    ])
  })

  it.each(['Id', 'IsDeleted', 'CreatedDate', 'CreatedById', 'LastModifiedDate', 'SystemModstamp'])(
    '%s is kept by the engine (D1)',
    (name) => {
      for (const mode of ['create', 'update'] as const) {
        expect(problems([[name, null]], { mode })).toEqual([
          ['INVALID_FIELD_FOR_INSERT_UPDATE', name],
        ])
      }
    },
  )

  it('numbers that the engine gives and compounds cannot be set (D1)', () => {
    expect(problems([['Serial__c', 'S-1']], { object: 'Sample__c' })).toEqual([
      ['INVALID_FIELD_FOR_INSERT_UPDATE', 'Serial__c'],
    ])
    expect(problems([['BillingAddress', {}]])).toEqual([
      ['INVALID_FIELD_FOR_INSERT_UPDATE', 'BillingAddress'],
    ])
  })

  it('the link to a master can be set once', () => {
    const master = [['InvoiceId', '3tt000000000001AAA']] as const
    expect(problems(master, { object: 'InvoiceLine' })).toEqual([])
    expect(problems(master, { object: 'InvoiceLine', mode: 'update' })).toEqual([
      ['INVALID_FIELD_FOR_INSERT_UPDATE', 'InvoiceId'],
    ])
  })
})

describe('shapes', () => {
  it('null empties any field', () => {
    expect(problems([['Website', null]])).toEqual([])
  })

  it('all problems come together, each with its field', () => {
    expect(
      problems([
        ['Name', 5],
        ['IsActive', 'true'],
        ['CreditScore', []],
        ['Nonsense', 1],
      ]),
    ).toEqual([
      ['INVALID_TYPE_ON_FIELD_IN_RECORD', 'Name'],
      ['INVALID_TYPE_ON_FIELD_IN_RECORD', 'IsActive'],
      ['INVALID_TYPE_ON_FIELD_IN_RECORD', 'CreditScore'],
      ['INVALID_FIELD', 'Nonsense'],
    ])
    expect(accountObject.name).toBe('Account')
  })
})
