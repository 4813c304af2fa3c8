/** Accounts as the lines of a CSV, and what a server holds in memory while it takes them in. */
import { accountBody } from '../shapes.ts'
import { residentMegabytes } from './server-process.ts'

const memoryLookMs = 250

/** Which types an account may have is the matter of its record type. */
const columns = Object.keys(accountBody(0)).filter((name) => name !== 'Type')

export function* csvLines(rows: number): Generator<string> {
  yield `${columns.join(',')}\n`
  for (let index = 0; index < rows; index++) {
    const body = accountBody(index)
    const cells = columns.map((name) => `"${String(body[name] ?? '')}"`)
    yield `${cells.join(',')}\n`
  }
}

/** Looks now and then, until it is told to stop; gives the most that it saw. */
export function watchMemory(pid: number): () => number {
  let most = 0
  const look = (): void => void (most = Math.max(most, residentMegabytes(pid)))
  const timer = setInterval(look, memoryLookMs)
  return () => {
    clearInterval(timer)
    look()
    return most
  }
}
