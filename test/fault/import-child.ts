/** A process of its own that carries an import on, and is killed inside the unit of work that it is told. */
import { openStorage } from '../../engine/storage/open-storage.ts'
import { startImports } from './killed-import.ts'

const [url = '', unit = ''] = process.argv.slice(2)
const storage = await openStorage(url)
const write = storage.write.bind(storage)
let left = Number(unit)
storage.write = (work) =>
  write(async (tx) => {
    const result = await work(tx)
    left -= 1
    // All of the unit is written, and nothing of it committed.
    if (left === 0) process.kill(process.pid, 'SIGKILL')
    return result
  })
await startImports(storage)
// The job is taken up by itself.
setInterval(() => undefined, 1_000)
