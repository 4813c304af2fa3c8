/** Tells when the files of a folder have changed and are quiet again. */
import { statSync } from 'node:fs'
import { watch, type FSWatcher } from 'chokidar'

export interface FolderWatch {
  close(): Promise<void>
}

const quietMs = 400
const rootCheckMs = 1_000

/** Editors and copies write in several steps: `onChange` comes once nothing has moved for a while. */
export async function watchFolder(
  root: string,
  onChange: () => void,
  onError: (error: unknown) => void,
): Promise<FolderWatch> {
  const watched = new WatchedFolder(root, onChange, onError)
  await watched.begin()
  return watched
}

class WatchedFolder implements FolderWatch {
  readonly #root: string
  readonly #onChange: () => void
  readonly #onError: (error: unknown) => void
  #watcher: FSWatcher | undefined
  /** Of the folder that the watcher looks at; undefined when it looks at nothing any more. */
  #identity: string | undefined
  #quiet: NodeJS.Timeout | undefined
  #checks: NodeJS.Timeout | undefined
  #renewal: Promise<void> | undefined
  #closed = false

  constructor(root: string, onChange: () => void, onError: (error: unknown) => void) {
    this.#root = root
    this.#onChange = onChange
    this.#onError = onError
  }

  async begin(): Promise<void> {
    await this.#watch()
    this.#checks = setInterval(() => this.#checkRoot(), rootCheckMs).unref()
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#quiet)
    clearInterval(this.#checks)
    await this.#renewal
    await this.#watcher?.close()
  }

  async #watch(): Promise<void> {
    const root = this.#root
    this.#identity = identityOf(root)
    const watcher = watch(root, {
      ignoreInitial: true,
      ignored: (path) =>
        /(^|[\\/])\.[^\\/]+$|[\\/]schema([\\/]|$)|~$/.test(path.slice(root.length)),
      depth: 2,
    })
    this.#watcher = watcher
    watcher.on('all', () => this.#changed())
    watcher.on('unlinkDir', (path) => {
      if (path === root) this.#identity = undefined
    })
    watcher.on('error', this.#onError)
    // Until then a change would be taken for part of the first look around.
    await new Promise<void>((resolve) => watcher.once('ready', resolve))
  }

  #changed(): void {
    if (this.#closed) return
    clearTimeout(this.#quiet)
    this.#quiet = setTimeout(this.#onChange, quietMs)
  }

  /** A watcher does not see that its folder came back, or that another took its place. */
  #checkRoot(): void {
    const identity = identityOf(this.#root)
    if (identity === this.#identity || this.#renewal !== undefined) return
    if (identity === undefined) this.#identity = undefined
    else {
      this.#renewal = this.#renew().finally(() => {
        this.#renewal = undefined
      })
    }
  }

  async #renew(): Promise<void> {
    try {
      await this.#watcher?.close()
      if (this.#closed) return
      await this.#watch()
      this.#changed()
    } catch (error) {
      this.#onError(error)
    }
  }
}

/** Undefined while the folder is away or cannot be looked at; the comparison then says why. */
function identityOf(folder: string): string | undefined {
  try {
    const { dev, ino } = statSync(folder)
    return `${dev} ${ino}`
  } catch {
    return undefined
  }
}
