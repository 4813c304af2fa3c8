/** The blank object becomes a valid object and layout once its placeholders are filled in. */
import { readdirSync } from 'node:fs'
import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { metadataRoot, readJson } from '../metadata/shipped-metadata.ts'
import { readText } from './template-files.ts'

interface Parameter {
  readonly name: string
  readonly pattern: string
  readonly default?: string
}

interface Described {
  readonly parameters: readonly Parameter[]
  readonly metadata: readonly string[]
}

const described = JSON.parse(readText('blank-object/template.json')) as Described
const values = { Label: 'Site Visit', PluralLabel: 'Site Visits', Object: 'Site_Visit__c' }

function fillIn(text: string): string {
  return Object.entries(values).reduce(
    (filled, [name, value]) => filled.replaceAll(`{{${name}}}`, value),
    text,
  )
}

const ajv = new Ajv({ strict: false })
const schemaFolder = new URL('schema/', metadataRoot)
for (const file of readdirSync(schemaFolder)) {
  const schema = readJson(new URL(file, schemaFolder)) as Record<string, unknown>
  ajv.addSchema({ ...schema, $id: file })
}

test.each(described.metadata)('%s is valid when filled in', (file) => {
  const filled = fillIn(readText(`blank-object/${file}`))
  expect(filled).not.toContain('{{')
  const body = JSON.parse(filled) as { fullName: string }
  expect(fillIn(file).endsWith(`/${body.fullName}.json`)).toBe(true)
  const type = file.startsWith('objects/') ? 'CustomObject' : 'Layout'
  expect(ajv.validate(`${type}.schema.json`, body) ? [] : ajv.errors).toEqual([])
})

test('every placeholder is a parameter whose pattern takes sensible values', () => {
  const names = described.parameters.map((parameter) => parameter.name)
  expect(names).toEqual(Object.keys(values))
  for (const { name, pattern } of described.parameters) {
    const value = Object.entries(values).find(([key]) => key === name)?.[1] ?? ''
    expect(value).toMatch(new RegExp(`^(?:${pattern})$`))
    expect('{{').not.toMatch(new RegExp(`^(?:${pattern})$`))
  }
})
