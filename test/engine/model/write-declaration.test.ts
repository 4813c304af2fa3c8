import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { format } from 'prettier'
import { describe, expect, it } from 'vitest'
import { metadataTypes } from '../../../engine/model/metadata-types.ts'
import { parseComponent, parseDeclarations } from '../../../engine/model/parse-declarations.ts'
import { writeDeclaration } from '../../../engine/model/write-declaration.ts'
import { arbitraryComponent, type ArbitraryComponent } from './arbitrary-body.ts'

const inFiles = metadataTypes.filter((type) => type.inRecords !== true)
const anyComponent = fc.oneof(...inFiles.map((type) => arbitraryComponent(type.name)))

function declarationOf({ type, fullName, body }: ArbitraryComponent) {
  const { declarations, problems } = parseComponent(type, fullName, body)
  expect(problems).toEqual([])
  const [declaration] = declarations
  if (declaration === undefined) throw new Error('nothing was declared')
  return declaration
}

describe('writeDeclaration', () => {
  it('writes the schema first and keys in the order of the schema', () => {
    const declaration = declarationOf({
      type: 'CustomObject',
      fullName: 'Plan',
      body: {
        fields: [
          {
            type: 'Lookup',
            referenceTo: ['Account'],
            fullName: 'AccountId',
            label: 'Account of the customer',
          },
          { label: 'Amount', fullName: 'Amount', type: 'Currency', scale: 2, precision: 18 },
        ],
        nameField: { type: 'Text', label: 'Name' },
        fullName: 'Plan',
        label: 'Plan',
      },
    })
    expect(writeDeclaration(declaration)).toEqual({
      path: 'objects/Plan.json',
      text: [
        '{',
        '  "$schema": "../schema/CustomObject.schema.json",',
        '  "fullName": "Plan",',
        '  "label": "Plan",',
        '  "nameField": { "label": "Name", "type": "Text" },',
        '  "fields": [',
        '    {',
        '      "fullName": "AccountId",',
        '      "label": "Account of the customer",',
        '      "type": "Lookup",',
        '      "referenceTo": ["Account"]',
        '    },',
        '    { "fullName": "Amount", "label": "Amount", "type": "Currency", "precision": 18, "scale": 2 }',
        '  ]',
        '}',
        '',
      ].join('\n'),
    })
  })

  it('keeps every value through file and back, whatever the order of keys', () => {
    fc.assert(
      fc.property(anyComponent, (component) => {
        const declaration = declarationOf(component)
        const source = writeDeclaration(declaration)
        const back = parseDeclarations([source])
        expect(back.problems).toEqual([])
        expect(back.declarations[0]?.body).toEqual(component.body)
        expect(back.declarations[0]?.body).toEqual(declaration.body)
      }),
      { numRuns: 300 },
    )
  })

  it('writes the same bytes again for what it has read', () => {
    fc.assert(
      fc.property(anyComponent, (component) => {
        const source = writeDeclaration(declarationOf(component))
        const [again] = parseDeclarations([source]).declarations
        expect(again && writeDeclaration(again)).toEqual(source)
      }),
      { numRuns: 200 },
    )
  })

  it('writes what Prettier leaves as it is', async () => {
    const options = JSON.parse(readFileSync('.prettierrc.json', 'utf8'))
    await fc.assert(
      fc.asyncProperty(anyComponent, async (component) => {
        const { text } = writeDeclaration(declarationOf(component))
        expect(await format(text, { ...options, parser: 'json' })).toBe(text)
      }),
      { numRuns: 100 },
    )
  })
})
