/** Tells when the files of a folder have changed and are quiet again. */
import { readdirSync, statSync, watch, type FSWatcher } from 'node:fs'
import { basename, join } from 'node:path'

export interface FolderWatch {
  close(): void
}

const quietMs = 400
const rootCheckMs = 1_000

/** Paths such as `objects/Account.json` that were heard of; undefined where more may have changed than files. */
export type ChangedFiles = ReadonlySet<string> | undefined

/** Editors and copies write in several steps: `onChange` comes once nothing has moved for a while. */
export function watchFolder(
  root: string,
  onChange: (files: ChangedFiles) => void,
  onError: (error: unknown) => void,
): FolderWatch {
  const watched = new WatchedFolder(root, onChange, onError)
  watched.begin()
  return watched
}

class WatchedFolder implements FolderWatch {
  readonly #root: string
  readonly #onChange: (files: ChangedFiles) => void
  readonly #onError: (error: unknown) => void
  /** Of the folder itself and of the folders of types, by path. */
  readonly #watched = new Map<string, WatchedPlace>()
  #files = new Set<string>()
  #moreThanFiles = false
  #quiet: NodeJS.Timeout | undefined
  #checks: NodeJS.Timeout | undefined
  #closed = false

  constructor(
    root: string,
    onChange: (files: ChangedFiles) => void,
    onError: (error: unknown) => void,
  ) {
    this.#root = root
    this.#onChange = onChange
    this.#onError = onError
  }

  begin(): void {
    this.#look()
    this.#checks = setInterval(() => this.#checkRoot(), rootCheckMs).unref()
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#quiet)
    clearInterval(this.#checks)
    for (const path of this.#watched.keys()) this.#leave(path)
  }

  /** Watches what is there and not watched yet, and leaves what is gone. */
  #look(): void {
    const root = this.#root
    const wanted = [root, ...foldersIn(root).map((name) => join(root, name))]
    for (const path of this.#watched.keys()) if (!wanted.includes(path)) this.#leave(path)
    for (const path of wanted) {
      const identity = identityOf(path)
      if (this.#watched.get(path)?.identity === identity) continue
      this.#leave(path)
      if (identity !== undefined) this.#watch(path, identity)
    }
  }

  #watch(path: string, identity: string): void {
    try {
      const watcher = watch(path, { persistent: false })
      this.#watched.set(path, { identity, watcher })
      watcher.on('change', (_event, name) => this.#heard(path, name?.toString()))
      watcher.on('error', (error) => {
        this.#leave(path)
        // Gone between two looks; the next one finds out.
        if (identityOf(path) !== undefined) this.#onError(error)
      })
    } catch (error) {
      if (identityOf(path) !== undefined) this.#onError(error)
    }
  }

  #leave(path: string): void {
    const known = this.#watched.get(path)
    this.#watched.delete(path)
    known?.watcher.close()
  }

  #heard(path: string, name: string | undefined): void {
    if (this.#closed) return
    // Said of the folder itself: it went, and another one may stand in its place.
    if (name === undefined || name === basename(path)) this.#leave(path)
    else if (passedOver.test(name)) return
    if (name === undefined || path === this.#root || name === basename(path)) {
      this.#look()
      this.#moreThanFiles = true
    } else this.#files.add(`${basename(path)}/${name}`)
    this.#changed()
  }

  #changed(): void {
    clearTimeout(this.#quiet)
    this.#quiet = setTimeout(() => {
      const files = this.#moreThanFiles ? undefined : this.#files
      this.#files = new Set()
      this.#moreThanFiles = false
      this.#onChange(files)
    }, quietMs)
  }

  /** A watcher does not see that its folder came back, or that another took its place. */
  #checkRoot(): void {
    const identity = identityOf(this.#root)
    if (identity === undefined) return this.#leave(this.#root)
    if (identity === this.#watched.get(this.#root)?.identity) return
    this.#look()
    this.#moreThanFiles = true
    this.#changed()
  }
}

interface WatchedPlace {
  /** Of the folder that the watcher looks at. */
  readonly identity: string
  readonly watcher: FSWatcher
}

/** Hidden files, among them those that a write is prepared in, and what editors leave behind. */
const passedOver = /^\.|~$/

/** Names of the folders of types; none while the folder is away. */
function foldersIn(root: string): readonly string[] {
  try {
    return readdirSync(root, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !passedOver.test(entry.name))
      .map(({ name }) => name)
      .filter((name) => name !== 'schema')
  } catch {
    // Why it cannot be read is told by the comparison, which reads it too.
    return []
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
