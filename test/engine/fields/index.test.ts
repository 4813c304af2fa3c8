import { readdirSync, readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { fieldType, fieldTypes } from '../../../engine/fields/index.ts'

const folder = new URL('../../../engine/fields/', import.meta.url)
const testFolder = new URL('./', import.meta.url)

/** Files that export a field type under their own name. */
const typeFiles = readdirSync(folder).filter((file) => {
  const text = readFileSync(new URL(file, folder), 'utf8')
  return /^export const \w+(?:: FieldType| = \w+Type\()/m.test(text)
})

function kebabCase(name: string): string {
  return name.replace(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`).toLowerCase()
}

test('lists every type that has a file, under the name of the file', () => {
  const listed = fieldTypes.map((type) => `${kebabCase(type.name)}.ts`)
  expect([...typeFiles].sort()).toEqual(listed.sort())
})

test.each(typeFiles)('has a test that runs the contract for %s', (file) => {
  const text = readFileSync(new URL(file.replace('.ts', '.test.ts'), testFolder), 'utf8')
  expect(text).toContain('fieldTypeContract({')
})

test.each(typeFiles)('%s imports no other type', (file) => {
  const text = readFileSync(new URL(file, folder), 'utf8')
  const imported = [...text.matchAll(/from '\.\/([\w-]+\.ts)'/g)].map((match) => match[1] ?? '')
  expect(imported.filter((each) => typeFiles.includes(each))).toEqual([])
})

test('gives each name once, and nothing for others', () => {
  expect(new Set(fieldTypes.map((type) => type.name)).size).toBe(fieldTypes.length)
  expect(fieldType('Lokup')).toBeUndefined()
  expect(fieldType('constructor')).toBeUndefined()
})

test.each(fieldTypes)('$name describes its attributes and values by valid JSON Schemas', (type) => {
  const ajv = new Ajv({ strict: false })
  expect(ajv.validateSchema({ ...type.options }), ajv.errorsText()).toBe(true)
})
