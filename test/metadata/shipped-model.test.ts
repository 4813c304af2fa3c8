/** The shipped folder is read and compiled by the engine without a complaint. */
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { compileModel } from '../../engine/model/compile-model.ts'
import type { SourceText } from '../../engine/model/declaration.ts'
import { parseDeclarations } from '../../engine/model/parse-declarations.ts'
import { writeDeclaration } from '../../engine/model/write-declaration.ts'
import { metadataRoot } from './shipped-metadata.ts'

function readSources(): readonly SourceText[] {
  const folders = readdirSync(metadataRoot, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'schema')
    .map((entry) => entry.name)
  return folders.flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, metadataRoot)).map((file) => ({
      path: `${folder}/${file}`,
      text: readFileSync(new URL(`${folder}/${encodeURIComponent(file)}`, metadataRoot), 'utf8'),
    })),
  )
}

const sources = readSources()
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
