import { describe, expect, it } from 'vitest'
import { analyseFormula } from '../../../engine/formula/analyse-formula.ts'
import type { FormulaContext } from '../../../engine/formula/types.ts'
import { formulaGlobals } from '../../../engine/model/formula-globals.ts'
import { recordScope, resolveMentionPath } from '../../../engine/model/formula-scope.ts'
import type { Model, ObjectModel } from '../../../engine/model/model.ts'
import { modelOf } from '../../support/model.ts'
import type { MetadataFile } from '../../support/test-objects.ts'

function object(fullName: string, fields: readonly object[], more: object = {}): MetadataFile {
  const nameField = { label: 'Name', type: 'Text' }
  return [`objects/${fullName}.json`, { fullName, label: fullName, nameField, fields, ...more }]
}

function field(fullName: string, type: string, more: object = {}): object {
  return { fullName, label: fullName.replace('__c', ''), type, ...more }
}

function lookup(fullName: string, ...referenceTo: readonly string[]): object {
  return field(fullName, 'Lookup', { referenceTo })
}

const valueSet = {
  restricted: true,
  valueSetDefinition: { value: [{ fullName: 'New', label: 'New' }] },
}

const files: readonly MetadataFile[] = [
  object('User', [field('Department', 'Text', { length: 80 }), lookup('ProfileId', 'Profile')], {
    nameField: { label: 'Name', type: 'PersonName' },
  }),
  object('Profile', []),
  object('Organization', [field('Country', 'Text', { length: 80 })]),
  object('Account', [
    lookup('ParentId', 'Account'),
    field('Revenue', 'Currency', { precision: 16, scale: 2 }),
    field('BillingAddress', 'Address'),
  ]),
  object('Case', [
    lookup('AccountId', 'Account'),
    lookup('About__c', 'Account', 'User'),
    field('Status', 'Picklist', { valueSet }),
    field('Notes__c', 'LongTextArea', { length: 1000 }),
    field('Secret__c', 'EncryptedText', { length: 20, maskType: 'all', maskChar: 'X' }),
    field('Place__c', 'Location', { scale: 5 }),
    field('Score__c', 'Percent', { precision: 5, scale: 1 }),
  ]),
  object('Price_Setting__mdt', [field('Limit__c', 'Number', { precision: 5, scale: 0 })]),
  [
    'customMetadata/Price_Setting.High.json',
    { fullName: 'Price_Setting.High', values: [{ field: 'Limit__c', value: 12 }] },
  ],
  ['customPermissions/May_Approve.json', { fullName: 'May_Approve', label: 'May approve' }],
  [
    'labels/CustomLabels.json',
    { fullName: 'CustomLabels', labels: [{ fullName: 'Hello', value: 'Good day' }] },
  ],
]

const model: Model = modelOf(files)

function objectNamed(name: string): ObjectModel {
  const found = model.object(name)
  if (found === undefined) throw new Error(`no ${name}`)
  return found
}

const cases = objectNamed('Case')
const scope = recordScope(model, cases)

function problemIn(text: string, context: FormulaContext = 'rule'): string | undefined {
  return analyseFormula({ text, scope, context }).problem?.message
}

function mentionsOf(text: string, context: FormulaContext = 'rule'): readonly string[] {
  const { formula, problem } = analyseFormula({ text, scope, context })
  if (formula === undefined) throw new Error(problem.message)
  return formula.mentions.map((mention) => mention.path)
}

describe('the names that a formula of an object may use', () => {
  it.each([
    ['TEXT(status)', ['Status']],
    ['accountid', ['AccountId']],
    ['Account.Revenue > 1', ['Account.Revenue']],
    ['account.parent.Parent.name', ['Account.Parent.Parent.Name']],
    ['About__r:User.department', ['About__r:User.Department']],
    ['Owner:User.Department', ['Owner.Department']],
    ['Account.BillingCity', ['Account.BillingCity']],
    ['Place__Latitude__s > 0', ['Place__Latitude__s']],
    ['$user.department', ['$User.Department']],
    ['$Profile.Name', ['$Profile.Name']],
    ['$Organization.Country', ['$Organization.Country']],
    ['$Permission.May_Approve', ['$Permission.May_Approve']],
    ['$Label.hello', ['$Label.Hello']],
    ['$System.OriginDateTime', ['$System.OriginDateTime']],
    ['$Api.Partner_Server_URL_260', ['$Api.Partner_Server_URL_260']],
    [
      '$CustomMetadata.price_setting__mdt.High.limit__c > 1',
      ['$CustomMetadata.Price_Setting__mdt.High.Limit__c'],
    ],
  ])('%s', (text, paths) => {
    expect(mentionsOf(text)).toEqual(paths)
  })

  it('reach as far as ten parents and no farther', () => {
    const path = (parents: number): string => `Account.${'Parent.'.repeat(parents - 1)}Name`
    expect(problemIn(path(10))).toBeUndefined()
    expect(problemIn(path(11))).toContain('formulaParentsMax')
  })

  it.each([
    ['Statsu', 'Case has no field Statsu; did you mean Status?'],
    ['Acount.Name', 'Case has no parent Acount; did you mean Account?'],
    ['AccountId.Name', 'AccountId is the lookup itself: its record is reached by Account'],
    [
      'About__r.Name',
      'About__r leads to several objects: write one of About__r:Account, About__r:User',
    ],
    [
      'About__r:Case.Name',
      'About__r does not lead to Case: it leads to About__r:Account, About__r:User',
    ],
    ['$Usr.Name', 'There is no global $Usr; did you mean $User?'],
    ['$Label.Helo', 'There is no label Helo; did you mean Hello?'],
    ['$Permission.Approve', 'There is no custom permission Approve; did you mean May_Approve?'],
    ['Secret__c', 'Secret is an encrypted text, which no formula can use'],
    ['Account.BillingAddress', 'BillingAddress is an address as a whole, which no formula can use'],
  ])('%s is refused with advice', (text, message) => {
    expect(problemIn(text)).toBe(message)
  })

  it('leave long texts to rules', () => {
    expect(problemIn('Notes__c')).toBeUndefined()
    expect(problemIn('Notes__c', 'field')).toBe(
      'Notes is a long text, which a formula field cannot use',
    )
  })

  it('know the type and the digits of what they mean', () => {
    const found = scope.resolve([{ name: 'Account' }, { name: 'Revenue' }])
    const label = { text: 'Revenue', object: 'Account', name: 'Revenue' }
    expect(found).toMatchObject({ kind: 'currency', precision: 16, scale: 2, label })
    expect(found).not.toHaveProperty('ownField')
    expect(scope.resolve([{ name: 'Score__c' }])).toMatchObject({ kind: 'percent', ownField: true })
  })
})

describe('resolveMentionPath', () => {
  it('gives the lookups on the way, the objects behind them and the field', () => {
    const found = resolveMentionPath(model, cases, 'About__r:User.Profile.Name')
    if (found.global !== undefined) throw new Error('not a global')
    expect(found.parents.map((one) => one.name)).toEqual(['About__c', 'ProfileId'])
    expect(found.objects.map((one) => one.name)).toEqual(['User', 'Profile'])
    expect(found.field.name).toBe('Name')
  })

  it.each([
    ['$User.Department', { from: 'user', path: ['Department'] }],
    ['$Profile.Name', { from: 'user', path: ['Profile', 'Name'] }],
    ['$Organization.Country', { from: 'organization', path: ['Country'] }],
    ['$Permission.May_Approve', { from: 'permission', name: 'May_Approve' }],
    ['$Label.Hello', { from: 'model', value: 'Good day' }],
    ['$CustomMetadata.Price_Setting__mdt.High.Limit__c', { from: 'model', value: '12' }],
  ])('says where %s comes from', (path, source) => {
    expect(resolveMentionPath(model, cases, path).global).toMatchObject({ path, source })
  })
})

it('every global has its place once', () => {
  const names = formulaGlobals.map((one) => one.name)
  expect(new Set(names).size).toBe(names.length)
})
