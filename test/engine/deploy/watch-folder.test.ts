/** What the watcher of the metadata folder tells, and what it keeps to itself. */
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  watchFolder,
  type ChangedFiles,
  type FolderWatch,
} from '../../../engine/deploy/watch-folder.ts'

describe('watching the metadata folder', () => {
  let base = ''
  let root = ''
  let watching: FolderWatch | undefined
  let told = 0
  let files: ChangedFiles
  const errors: unknown[] = []

  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'watch-'))
    root = join(base, 'metadata')
    mkdirSync(join(root, 'objects'), { recursive: true })
    mkdirSync(join(root, 'schema'))
    told = 0
    errors.length = 0
    watching = watchFolder(
      root,
      (changed) => {
        told += 1
        files = changed
      },
      (error) => errors.push(error),
    )
  })
  afterEach(() => {
    watching?.close()
    rmSync(base, { recursive: true, force: true })
    expect(errors).toEqual([])
  })

  const write = (path: string, text = '{}'): void => writeFileSync(join(root, path), text)
  const untilTold = async (times: number): Promise<void> => {
    for (let turn = 0; turn < 500 && told < times; turn++) await sleep(20)
    expect(told).toBe(times)
  }
  /** Longer than the files must be quiet. */
  const aWhile = (): Promise<void> => sleep(900)

  it('tells once of many files that change together', async () => {
    for (let index = 0; index < 20; index++) write(`objects/O${index}.json`)
    await untilTold(1)
    await aWhile()
    expect(told).toBe(1)
    expect(files).toEqual(new Set(Array.from({ length: 20 }, (_, at) => `objects/O${at}.json`)))
  })

  it('passes over hidden files, leftovers of editors and the schemas', async () => {
    write('objects/.O.json.tmp')
    write('objects/O.json~')
    write('schema/CustomObject.schema.json')
    write('.sync.json')
    await aWhile()
    expect(told).toBe(0)
  })

  it('sees a file that is moved to its place, edited in place and deleted', async () => {
    write('objects/.O.json.tmp')
    renameSync(join(root, 'objects/.O.json.tmp'), join(root, 'objects/O.json'))
    await untilTold(1)
    write('objects/O.json', '{"label": "Other"}')
    await untilTold(2)
    rmSync(join(root, 'objects/O.json'))
    await untilTold(3)
  })

  it('looks into folders that come later, and into those that took the place of others', async () => {
    mkdirSync(join(root, 'layouts'))
    await untilTold(1)
    write('layouts/L.json')
    await untilTold(2)
    rmSync(join(root, 'objects'), { recursive: true })
    mkdirSync(join(root, 'objects'))
    await untilTold(3)
    write('objects/O.json')
    await untilTold(4)
  })

  it('finds the folder again when it was away or another stands in its place', async () => {
    renameSync(root, `${root}-away`)
    mkdirSync(join(root, 'objects'), { recursive: true })
    for (let turn = 0; turn < 500 && told < 1; turn++) await sleep(20)
    await aWhile()
    const before = told
    write('objects/O.json')
    await untilTold(before + 1)
    rmSync(root, { recursive: true })
    await sleep(1_500)
    mkdirSync(join(root, 'objects'), { recursive: true })
    await sleep(2_500)
    const again = told
    write('objects/P.json')
    await untilTold(again + 1)
  })

  it('is silent once it is closed', async () => {
    write('objects/O.json')
    watching?.close()
    write('objects/P.json')
    await aWhile()
    expect(told).toBe(0)
  })
})
