import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { metadataTypes } from '../../../../engine/model/metadata-types.ts'
import { parseComponent } from '../../../../engine/model/parse-declarations.ts'
import { readXmlSource } from '../../../../engine/model/xml/read-xml.ts'
import { writeXml, writeXmlSource } from '../../../../engine/model/xml/write-xml.ts'
import { arbitraryComponent } from '../arbitrary-body.ts'

const anyComponent = fc.oneof(...metadataTypes.map((type) => arbitraryComponent(type.name)))

function declare(type: 'CustomObject' | 'CustomMetadata', fullName: string, body: object) {
  const { declarations, problems } = parseComponent(type, fullName, { fullName, ...body })
  expect(problems).toEqual([])
  const [declaration] = declarations
  if (declaration === undefined) throw new Error('nothing was declared')
  return declaration
}

/** XML has no empty lists: they and lists that are left out are the same. */
function withoutEmptyLists(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body), (_, value) =>
    Array.isArray(value) && value.length === 0 ? undefined : value,
  )
}

/** In files of their own, members come back in the order of their names. */
function sorted(body: unknown): unknown {
  const nameOf = (entry: unknown): string =>
    String(Object(entry).fullName ?? Object(entry).name ?? '')
  return JSON.parse(JSON.stringify(withoutEmptyLists(body)), (_, value) =>
    Array.isArray(value) && value.some((entry) => nameOf(entry) !== '')
      ? value.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
      : value,
  )
}

describe('writeXml', () => {
  it('writes names first, then by the alphabet, lists as repeated elements', () => {
    const plan = declare('CustomObject', 'Plan', {
      label: 'Plan & <more>',
      fields: [{ fullName: 'AccountId', type: 'Lookup', referenceTo: ['Account', 'Contact'] }],
    })
    expect(writeXml(plan)).toEqual({
      path: 'objects/Plan.object',
      text: [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata">',
        '    <fields>',
        '        <fullName>AccountId</fullName>',
        '        <referenceTo>Account</referenceTo>',
        '        <referenceTo>Contact</referenceTo>',
        '        <type>Lookup</type>',
        '    </fields>',
        '    <label>Plan &amp; &lt;more&gt;</label>',
        '</CustomObject>',
        '',
      ].join('\n'),
    })
  })

  it('sets attributes of ours apart by their own namespace', () => {
    const { text } = writeXml(declare('CustomObject', 'Plan', { keyPrefix: '0cP' }))
    expect(text).toContain('xmlns:fs="urn:fieldstone:metadata"')
    expect(text).toContain('<fs:keyPrefix>0cP</fs:keyPrefix>')
  })

  it('writes the types of values of any kind', () => {
    const setting = declare('CustomMetadata', 'Setting.One', {
      values: [
        { field: 'A__c', value: true },
        { field: 'B__c', value: '12.0', valueType: 'xsd:double' },
        { field: 'C__c', value: null },
      ],
    })
    const { text } = writeXml(setting)
    expect(text).toContain('<value xsi:type="xsd:boolean">true</value>')
    expect(text).toContain('<value xsi:type="xsd:double">12.0</value>')
    expect(text).toContain('<value xsi:nil="true"/>')
    const [back] = readXmlSource([writeXml(setting)]).declarations
    expect(back?.body).toMatchObject({
      values: [{ value: true }, { value: '12.0' }, { value: null }],
    })
  })

  it('keeps every value on the way through a package and back', () => {
    fc.assert(
      fc.property(anyComponent, ({ type, fullName, body }) => {
        const [declaration] = parseComponent(type, fullName, body).declarations
        if (declaration === undefined) throw new Error('nothing was declared')
        const { declarations, problems } = readXmlSource([writeXml(declaration)])
        expect(problems).toEqual([])
        expect(withoutEmptyLists(declarations[0]?.body)).toEqual(withoutEmptyLists(body))
      }),
      { numRuns: 300 },
    )
  })
})

describe('writeXmlSource', () => {
  it('gives each member a file of its own', () => {
    const plan = declare('CustomObject', 'Plan', {
      label: 'Plan',
      fields: [{ fullName: 'A__c', type: 'Text' }],
      listViews: [{ fullName: 'All' }],
    })
    expect(writeXmlSource(plan).map(({ path }) => path)).toEqual([
      'objects/Plan/Plan.object-meta.xml',
      'objects/Plan/fields/A__c.field-meta.xml',
      'objects/Plan/listViews/All.listView-meta.xml',
    ])
  })

  it('writes no main file for a part of an object that has members only', () => {
    const part = declare('CustomObject', 'Case', { fields: [{ fullName: 'A__c', type: 'Text' }] })
    expect(writeXmlSource(part).map(({ path }) => path)).toEqual([
      'objects/Case/fields/A__c.field-meta.xml',
    ])
  })

  it('keeps every value on the way through a source folder and back', () => {
    fc.assert(
      fc.property(anyComponent, ({ type, fullName, body }) => {
        const [declaration] = parseComponent(type, fullName, body).declarations
        if (declaration === undefined) throw new Error('nothing was declared')
        const { declarations, problems } = readXmlSource(writeXmlSource(declaration))
        expect(problems).toEqual([])
        expect(sorted(declarations[0]?.body)).toEqual(sorted(body))
      }),
      { numRuns: 200 },
    )
  })
})
