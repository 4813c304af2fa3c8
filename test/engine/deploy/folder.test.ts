/** The metadata folder as it is read while it is moved away. */
import { mkdtempSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readFolder } from '../../../engine/deploy/folder.ts'
import { pause } from '../../support/random.ts'

const count = 400

it('is read as a whole or not at all, whenever it goes', async () => {
  const place = mkdtempSync(join(tmpdir(), 'moving-'))
  const [root, elsewhere] = [join(place, 'metadata'), join(place, 'elsewhere')]
  mkdirSync(join(root, 'layouts'), { recursive: true })
  const text = JSON.stringify({ label: 'x'.repeat(2_000) })
  for (let index = 0; index < count; index++) {
    writeFileSync(join(root, 'layouts', `Layout${index}.json`), text)
  }
  const found = new Set<number | undefined>()
  for (let round = 0; round < 40; round++) {
    const reading = readFolder(root)
    if (round > 0) await pause(round / 4)
    renameSync(root, elsewhere)
    const content = await reading
    found.add(content?.sources.length)
    expect(content?.problems ?? []).toEqual([])
    renameSync(elsewhere, root)
  }
  rmSync(place, { recursive: true })
  expect([...found].filter((sources) => sources !== undefined && sources !== count)).toEqual([])
  expect(found).toContain(undefined)
})
