/** What many suites need and takes long to make is made once in a run, by whoever needs it first; the others copy it. */
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pause } from './random.ts'

/** Where global-setup.ts keeps it, for all processes of the run. */
export const madeOnceFolder = 'TEST_MADE_ONCE'

/** A slow machine under load makes the largest of them in less than half of this. */
const patienceMs = 240_000

/** The folder that `make` has filled. */
export async function madeOnce(
  name: string,
  make: (folder: string) => Promise<unknown>,
): Promise<string> {
  const home = process.env[madeOnceFolder]
  if (home === undefined) throw new Error('needs test/support/global-setup.ts')
  const [ready, begun] = [join(home, name), join(home, `${name}.begun`)]
  if (isFirst(begun)) {
    try {
      const folder = join(begun, 'made')
      mkdirSync(folder)
      await make(folder)
      renameSync(folder, ready)
    } catch (error) {
      writeFileSync(join(home, `${name}.failed`), String(error))
      throw error
    }
  }
  for (const end = Date.now() + patienceMs; !existsSync(ready); await pause(50)) {
    const failed = existsSync(join(home, `${name}.failed`))
    if (failed || Date.now() > end) throw new Error(`nobody made ${name}`)
  }
  return ready
}

function isFirst(folder: string): boolean {
  try {
    mkdirSync(folder)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}
