/** Contents in a folder of the disk: `ab/cdef…`, each put in its place whole. */
import { createReadStream } from 'node:fs'
import { constants, copyFile, mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import {
  codeOf,
  diskError,
  MissingContent,
  requireContentName,
  type FileStore,
  type StagedContent,
} from './file-store.ts'

export function openLocalFiles(folder: string): FileStore {
  const placeOf = (name: string): string => {
    requireContentName(name)
    return join(folder, name.slice(0, 2), name.slice(2))
  }
  return {
    stagingFolder: join(folder, 'incoming'),
    put: async (name, content) => {
      try {
        await put(placeOf(name), content)
      } catch (error) {
        throw diskError(error)
      }
    },
    read: async (name, start = 0) => {
      const place = placeOf(name)
      try {
        await stat(place)
      } catch (error) {
        if (codeOf(error) !== 'ENOENT') throw diskError(error)
        throw new MissingContent(name, codeOf(error), { cause: error })
      }
      return createReadStream(place, { start })
    },
    remove: async (name) => rm(placeOf(name), { force: true }),
  }
}

/** Beside its place first, so that nobody ever reads half of it; the folder's entry must survive too. */
async function put(place: string, content: StagedContent): Promise<void> {
  const folder = dirname(place)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if (content.path === undefined) {
    const partial = `${place}.${process.pid}.partial`
    const handle = await open(partial, 'w', 0o600)
    try {
      await pipeline(content.read(), handle.createWriteStream({ flush: true }))
    } finally {
      await handle.close().catch(() => undefined)
    }
    await rename(partial, place)
  } else await moveInto(content.path, place)
  const entry = await open(folder, constants.O_RDONLY)
  await entry.sync().catch(() => undefined)
  await entry.close()
}

/** The staging folder may lie on another disk. */
async function moveInto(from: string, place: string): Promise<void> {
  try {
    await rename(from, place)
  } catch (error) {
    if (codeOf(error) !== 'EXDEV') throw error
    await copyFile(from, `${place}.partial`)
    await rename(`${place}.partial`, place)
  }
}
