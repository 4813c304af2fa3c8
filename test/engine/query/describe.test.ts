/** Describe answers: the platform's attributes for each type, and nothing that the caller may not know. */
import { describe, expect, it } from 'vitest'
import {
  createDescribeCache,
  describeGlobal,
  describeObject,
  describeSummary,
} from '../../../engine/query/describe.ts'
import { resolveField, type Gate } from '../../../engine/query/resolve.ts'
import { modelOf } from '../../support/model.ts'
import { everyTypeMetadata } from './every-type.ts'
import {
  accessBy,
  accountObject,
  adminGate,
  objectNamed,
  repGate,
  sampleObject,
} from './planning.ts'

type Attributes = Readonly<Record<string, unknown>>

interface Described {
  readonly fields: readonly Attributes[]
  readonly childRelationships: readonly Attributes[]
}

function described(object: string, gate: Gate = adminGate): Described {
  // Plain JSON in the form of the public API.
  return JSON.parse(JSON.stringify(describeObject(gate, objectNamed(object), '67.0'))) as Described
}

function field(object: string, name: string, gate?: Gate): Attributes {
  const found = described(object, gate).fields.find((one) => one['name'] === name)
  if (found === undefined) throw new Error(`${name} is not described`)
  return found
}

describe('field types', () => {
  it.each([
    ['Id', { type: 'id', soapType: 'tns:ID', length: 18, idLookup: true, nillable: false }],
    ['Name', { type: 'string', length: 80, nameField: true, nillable: false, createable: true }],
    [
      'OwnerId',
      { type: 'reference', referenceTo: ['User'], relationshipName: 'Owner', updateable: true },
    ],
    [
      'CreatedDate',
      { type: 'datetime', createable: false, updateable: false, defaultedOnCreate: true },
    ],
    ['Text__c', { type: 'string', length: 80, byteLength: 240, externalId: true, idLookup: true }],
    ['Exact__c', { unique: true, caseSensitive: true }],
    ['Area__c', { type: 'textarea', extraTypeInfo: null, filterable: true }],
    ['Long__c', { type: 'textarea', filterable: false, sortable: false, length: 32000 }],
    ['Html__c', { type: 'textarea', htmlFormatted: true, filterable: false }],
    ['Secret__c', { type: 'encryptedstring', encrypted: true, filterable: false, maskType: 'all' }],
    ['Email__c', { type: 'email', length: 80 }],
    ['Phone__c', { type: 'phone', length: 40 }],
    ['Url__c', { type: 'url', length: 255 }],
    ['Whole__c', { type: 'double', precision: 9, scale: 0, soapType: 'xsd:double' }],
    ['Money__c', { type: 'currency', precision: 18, scale: 2, groupable: false }],
    ['Rate__c', { type: 'percent', precision: 5, scale: 2 }],
    ['Flag__c', { type: 'boolean', nillable: false, defaultValue: false, defaultedOnCreate: true }],
    ['Day__c', { type: 'date', soapType: 'xsd:date' }],
    ['At__c', { type: 'datetime', soapType: 'xsd:dateTime' }],
    ['Clock__c', { type: 'time', soapType: 'xsd:time' }],
    ['Choice__c', { type: 'picklist', restrictedPicklist: true, dependentPicklist: false }],
    ['Shade__c', { dependentPicklist: true, controllerName: 'Choice__c' }],
    ['Many__c', { type: 'multipicklist', sortable: false }],
    ['Account__c', { type: 'reference', referenceTo: ['Account'], relationshipName: 'Account__r' }],
    ['Above__c', { type: 'reference', referenceTo: ['Sample__c'], relationshipName: 'Above__r' }],
    [
      'Serial__c',
      { autoNumber: true, createable: false, updateable: false, defaultedOnCreate: true },
    ],
    ['Place__c', { type: 'location', createable: false }],
    ['Place__Latitude__s', { type: 'double', compoundFieldName: 'Place__c', createable: true }],
    ['Home__c', { type: 'address', createable: false, filterable: false }],
  ])('%s', (name, attributes) => {
    expect(field('Sample__c', name)).toMatchObject(attributes)
  })

  it('every field answers every attribute', () => {
    const [first, ...others] = described('Sample__c').fields.map((one) => Object.keys(one).join())
    for (const keys of others) expect(keys).toBe(first)
  })

  it('the link to a master cascades and cannot be moved', () => {
    expect(field('InvoiceLine', 'InvoiceId')).toMatchObject({
      cascadeDelete: true,
      updateable: false,
      createable: true,
      relationshipOrder: 0,
      nillable: false,
      permissionable: false,
    })
    expect(field('Junction__c', 'Right__c')['relationshipOrder']).toBe(1)
    expect(field('Invoice', 'AccountId')).toMatchObject({ restrictedDelete: true })
  })

  it('a lookup with several targets points at names', () => {
    expect(field('Remark__c', 'About__c')).toMatchObject({
      referenceTo: ['Account', 'Contact'],
      namePointing: true,
      polymorphicForeignKey: true,
    })
  })
})

describe('picklist values', () => {
  it('carry label, default and whether they are active', () => {
    expect(field('Account', 'Segment')['picklistValues']).toEqual([
      { active: true, defaultValue: true, label: 'Retail', validFor: null, value: 'Retail' },
      { active: true, defaultValue: false, label: 'Corporate', validFor: null, value: 'Corporate' },
      { active: false, defaultValue: false, label: 'Old', validFor: null, value: 'Old' },
    ])
  })

  it('say by bits which controlling values allow them', () => {
    const values = field('Sample__c', 'Shade__c')['picklistValues'] as readonly Attributes[]
    const bits = (value: unknown): string =>
      [...atob(String(value))].map((one) => one.charCodeAt(0).toString(2).padStart(8, '0')).join('')
    // Red, Green, Blue from the highest bit on.
    expect(values.map((one) => [one['value'], bits(one['validFor'])])).toEqual([
      ['Dark', '10100000'],
      ['Light', '00000000'],
    ])
  })

  it('do not name a controlling field that is hidden (B11)', () => {
    const blind: Gate = {
      model: repGate.model,
      access: {
        ...repGate.access,
        mayField: (object, name, right) =>
          name !== 'Segment' && repGate.access.mayField(object, name, right),
      },
    }
    expect(field('Account', 'Product', blind)).toMatchObject({
      controllerName: null,
      dependentPicklist: false,
    })
    expect(JSON.stringify(described('Account', blind))).not.toContain('Segment')
    expect(resolveField(repGate, accountObject, 'Segment').name).toBe('Segment')
  })
})

describe('what the caller may not know (B11)', () => {
  it('does not occur: fields, targets, children, objects', () => {
    const text = JSON.stringify(described('Account', repGate))
    expect(text).not.toContain('CreditScore')
    expect(JSON.stringify(describeGlobal(repGate, '67.0'))).not.toContain('Payroll')
    // No rights on samples, so accounts have no such list either.
    expect(text).not.toContain('Sample')
    expect(JSON.stringify(described('Account'))).toContain('Sample__c')
  })

  it('leaves no gap: a model without the hidden parts is described alike', () => {
    const without = everyTypeMetadata.flatMap(([path, body]) => {
      if (path === 'objects/Payroll__c.json') return []
      if (path !== 'objects/Account.json') return [[path, body] as const]
      const fields = (body['fields'] as readonly Attributes[]).filter(
        (one) => one['fullName'] !== 'CreditScore',
      )
      return [[path, { ...body, fields }] as const]
    })
    const dropped = without.map(([path, body]) => {
      if (path !== 'permissionsets/Rep.json') return [path, body] as const
      const fieldPermissions = (body['fieldPermissions'] as readonly Attributes[]).filter(
        (one) => one['field'] !== 'Account.CreditScore',
      )
      return [path, { ...body, fieldPermissions }] as const
    })
    const poorer = modelOf(dropped)
    const gate = { model: poorer, access: accessBy({ permissionSets: ['Rep'] }, poorer) }
    const account = objectNamed('Account', poorer)
    expect(JSON.stringify(describeObject(gate, account, '67.0'))).toBe(
      JSON.stringify(describeObject(repGate, accountObject, '67.0')),
    )
    // Key prefixes of custom objects are given in turn when they are first deployed.
    const listed = (of: Gate): string =>
      JSON.stringify(describeGlobal(of, '67.0')).replaceAll(/"keyPrefix":"a\w\w"/g, '')
    expect(listed(gate)).toBe(listed(repGate))
  })

  it('rights of the caller stand in the attributes', () => {
    expect(field('Account', 'TaxNumber', repGate)).toMatchObject({
      createable: false,
      updateable: false,
    })
    expect(field('Account', 'TaxNumber')).toMatchObject({ createable: true, updateable: true })
    const blind = { ...repGate.access, mayObject: (_: string, right: string) => right === 'read' }
    expect(describeSummary(blind, accountObject, '67.0')).toMatchObject({
      createable: false,
      deletable: false,
      undeletable: false,
      updateable: false,
      queryable: true,
    })
  })
})

describe('the list of objects', () => {
  it('names addresses and key prefixes', () => {
    const { sobjects } = describeGlobal(adminGate, '60.0') as { sobjects: readonly Attributes[] }
    expect(sobjects.find((one) => one['name'] === 'Account')).toMatchObject({
      keyPrefix: '001',
      labelPlural: 'Accounts',
      custom: false,
      urls: { sobject: '/services/data/v60.0/sobjects/Account' },
    })
    // Everybody may read when he signed in himself; whoever sets up reads of all.
    // Approvals are read by those who take part.
    const approvals = ['Definition', 'Instance', 'InstanceStep', 'InstanceWorkitem']
    const everybodys = ['LoginHistory', ...approvals.map((name) => `Process${name}`)]
    const names = [...adminGate.model.objectNames, ...everybodys].sort()
    expect(sobjects.map((one) => one['name'])).toEqual(names)
  })

  it('children name their relationship and what a delete does', () => {
    const lines = described('Invoice').childRelationships
    expect(lines).toContainEqual(
      expect.objectContaining({
        childSObject: 'InvoiceLine',
        field: 'InvoiceId',
        relationshipName: 'Lines',
        cascadeDelete: true,
      }),
    )
  })
})

describe('kept texts', () => {
  it('are one per object, rights and version, and go with the model', () => {
    const text = createDescribeCache()
    const one = text(adminGate, sampleObject, '67.0')
    expect(text(adminGate, sampleObject, '67.0')).toBe(one)
    expect(text(adminGate, sampleObject, '60.0')).not.toBe(one)
    expect(text(repGate, accountObject, '67.0')).not.toBe(text(adminGate, accountObject, '67.0'))
    const next = modelOf(everyTypeMetadata, 2)
    const gate = { model: next, access: adminGate.access }
    expect(text(gate, objectNamed('Sample__c', next), '67.0')).toContain('"modelVersion":2')
  })
})
