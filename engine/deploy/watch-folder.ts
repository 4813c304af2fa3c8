/** Tells when the files of a folder have changed and are quiet again. */
import { watch } from 'chokidar'

export interface FolderWatch {
  close(): Promise<void>
}

const quietMs = 400

/** Editors and copies write in several steps: `onChange` comes once nothing has moved for a while. */
export async function watchFolder(
  root: string,
  onChange: () => void,
  onError: (error: unknown) => void,
): Promise<FolderWatch> {
  let timer: NodeJS.Timeout | undefined
  const watcher = watch(root, {
    ignoreInitial: true,
    ignored: (path) => /(^|[\\/])\.[^\\/]+$|[\\/]schema([\\/]|$)|~$/.test(path.slice(root.length)),
    depth: 2,
  })
  watcher.on('all', () => {
    clearTimeout(timer)
    timer = setTimeout(onChange, quietMs)
  })
  watcher.on('error', onError)
  // Until then a change would be taken for part of the first look around.
  await new Promise<void>((resolve) => watcher.once('ready', resolve))
  return {
    close: async () => {
      clearTimeout(timer)
      await watcher.close()
    },
  }
}
