/** Rules and filters are compiled with their object: what is wrong is told with its place. */
import { describe, expect, it } from 'vitest'
import { chooseBindings, nothingTaken } from '../../../engine/deploy/choose-bindings.ts'
import { compileModel } from '../../../engine/model/compile-model.ts'
import type { CompiledModel } from '../../../engine/model/model.ts'
import { parseDeclarations } from '../../../engine/model/parse-declarations.ts'
import { patchedObjects, ruled, type Patches } from '../records/rules/ruled-objects.ts'
import type { MetadataFile } from '../../support/test-objects.ts'

function compiled(files: readonly MetadataFile[]): CompiledModel {
  const sources = files.map(([path, body]) => ({ path, text: JSON.stringify(body, null, 2) }))
  const { declarations, problems } = parseDeclarations(sources)
  expect(problems).toEqual([])
  const bindings = chooseBindings({ declarations, bindings: new Map(), taken: nothingTaken })
  return compileModel({ declarations, bindings, version: 1 })
}

function withRule(text: string, active = true): CompiledModel {
  return compiled(ruled({ Account: [{ fullName: 'Rule', errorConditionFormula: text, active }] }))
}

const filterOn = (lookupFilter: Patches[string], referenceTo = ['Contact']): CompiledModel =>
  compiled(
    patchedObjects({
      Invoice: {
        fields: [
          {
            fullName: 'Contact__c',
            label: 'Contact',
            type: 'Lookup',
            referenceTo,
            relationshipName: 'Bills',
            deleteConstraint: 'SetNull',
            lookupFilter,
          },
        ],
      },
    }),
  )

describe('validation rules', () => {
  it('a rule that is right compiles without a word', () => {
    const { model } = withRule('AND(ISNEW(), CreditScore < 300)')
    expect(model?.notActedOn()).toEqual([])
  })

  it.each([
    ['CreditScore <', /line 1, column 14/],
    ['CreditScor < 5', /Account has no field CreditScor; did you mean CreditScore\?/],
    ['CreditScore + 1', /The formula must give a checkbox/],
    ["ISPICKVAL(Revenue, 'x')", /ISPICKVAL.*Revenue is a currency/],
    ['REGEX(Code, "(")', /pattern/],
    ['PRIORVALUE(Owner.Name) = "x"', /PRIORVALUE needs a field of the record itself/],
    ['$Nobody.Name = "x"', /There is no global \$Nobody/],
    ['$Permission.Nothing', /custom permission Nothing/],
    ['', /has no errorConditionFormula/],
  ])('%s is refused', (text, reason) => {
    const { problems } = withRule(text)
    expect(problems).toHaveLength(1)
    expect(problems[0]?.reason).toMatch(reason)
    expect(problems[0]).toMatchObject({
      file: 'objects/Account.json',
      component: 'Account.Rule',
    })
    expect(problems[0]?.line).toBeGreaterThan(1)
  })

  it('an inactive rule is checked like any other', () => {
    expect(withRule('CreditScore <', false).problems).toHaveLength(1)
  })

  it('a rule over what only the platform has is kept without effect', () => {
    const { model } = withRule('ISBLANK(Jigsaw)')
    expect(model?.notActedOn()).toMatchObject([
      { component: 'ValidationRule Account.Rule', reason: expect.stringContaining('Jigsaw') },
    ])
  })
})

describe('filters of lookups', () => {
  const item = { field: 'Contact.AccountId', operation: 'equals', valueField: '$Source.AccountId' }

  it('a filter that is right compiles without a word', () => {
    expect(filterOn({ filterItems: [item] }).model?.notActedOn()).toEqual([])
  })

  it.each([
    [{ filterItems: [{ ...item, field: 'Contact.Nothing' }] }, /no field "?Nothing/],
    [{ filterItems: [{ ...item, valueField: '$Source.Nothing' }] }, /no field "?Nothing/],
    [{ filterItems: [{ ...item, field: 'Account.Name' }] }, /Contact\.Field/],
    [{ filterItems: [item], booleanFilter: '1 AND 2' }, /there is no condition 2/],
    [{ filterItems: [item, item], booleanFilter: '1' }, /condition 2 is not in the logic/],
    [{ filterItems: [item, item, item], booleanFilter: '1 AND 2 OR 3' }, /need brackets/],
    [{ filterItems: [item, item], booleanFilter: '(1 AND 2' }, /not closed/],
    [
      { filterItems: [{ field: 'Contact.Email', operation: 'includes', value: 'x' }] },
      /use equals/,
    ],
    [
      { filterItems: [{ field: 'Contact.CreatedDate', operation: 'lessThan', value: '12' }] },
      /no value that/,
    ],
    [
      {
        filterItems: [{ field: 'Contact.Email', operation: 'equals', valueField: 'Contact.Name' }],
      },
      /with each other/,
    ],
  ])('%j is refused', (filter, reason) => {
    const { problems } = filterOn(filter)
    expect(problems.map((problem) => problem.reason).join('\n')).toMatch(reason)
    expect(problems[0]?.line).toBeGreaterThan(1)
  })

  it('a lookup to several objects has none', () => {
    const { problems } = filterOn({ filterItems: [item] }, ['Contact', 'Account'])
    expect(problems[0]?.reason).toMatch(/only a lookup to one object/)
  })
})

describe('defaults', () => {
  const withDefault = (defaultValue: string, type = 'Date', more = {}): CompiledModel =>
    compiled(
      patchedObjects({
        Account: { fields: [{ fullName: 'New__c', label: 'New', type, defaultValue, ...more }] },
      }),
    )

  it.each([
    ['TODAY() + 1', 'Date', {}],
    ['$User.Id', 'Text', { length: 18 }],
    ['NOW()', 'DateTime', {}],
    ['5', 'Number', { precision: 3, scale: 0 }],
  ])('%s fits %s', (text, type, more) => {
    expect(withDefault(text, type, more).problems).toEqual([])
  })

  it.each([
    ['NOW()', /must give a date/],
    ['Founded', /A default cannot use Founded: a new record has no values yet/],
    ['Parent.Founded', /A default cannot use Parent.Founded/],
    ['ISNEW()', /ISNEW cannot be used in a default value/],
    ['TODAI()', /no function TODAI; did you mean TODAY\?/],
  ])('%s is refused', (text, reason) => {
    const { problems } = withDefault(text)
    expect(problems[0]?.reason).toMatch(reason)
    expect(problems[0]).toMatchObject({ component: 'Account.New__c' })
  })
})
