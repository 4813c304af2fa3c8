/** The shipped metadata as the engine's reader takes it. */
import { readdirSync, readFileSync } from 'node:fs'
import type { SourceText } from '../../engine/model/declaration.ts'
import { metadataRoot } from './shipped-metadata.ts'

export function shippedSources(): readonly SourceText[] {
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
