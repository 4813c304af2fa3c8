/** The shipped folder is read and compiled by the engine without a complaint. */
import { expect, test } from 'vitest'
import { compileModel } from '../../engine/model/compile-model.ts'
import { parseDeclarations } from '../../engine/model/parse-declarations.ts'
import { writeDeclaration } from '../../engine/model/write-declaration.ts'
import { shippedSources } from './shipped-sources.ts'

const sources = shippedSources()
const parsed = parseDeclarations(sources)

test('every file is read', () => {
  expect(parsed.problems).toEqual([])
  expect(parsed.declarations).toHaveLength(sources.length)
})

test('the files together make a model', () => {
  const { declarations } = parsed
  const compiled = compileModel({ declarations, bindings: new Map(), version: 1 })
  expect(compiled.problems).toEqual([])
  expect(compiled.model?.objectNames).toContain('CollectionPlan')
})

test('every file holds the bytes that the engine would write', () => {
  const textOf = new Map(sources.map((source) => [source.path, source.text]))
  for (const declaration of parsed.declarations) {
    const { path, text } = writeDeclaration(declaration)
    expect(textOf.get(path), path).toBe(text)
  }
})
