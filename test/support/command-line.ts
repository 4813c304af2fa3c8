/** The command line in this process: what it prints, and what it ends with. */
import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { runCli } from '../../engine/cli/run-cli.ts'

const home = fileURLToPath(new URL('../../', import.meta.url))

export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

export async function runCommandLine(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  input = '',
): Promise<Ran> {
  let [out, err] = ['', '']
  const code = await runCli(args, {
    environment,
    home,
    now: () => Date.now(),
    randomBytes: (count) => randomBytes(count),
    input: Readable.from([input]),
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    isTerminal: false,
    serve: (given) => Promise.resolve(void (out += `serves with ${JSON.stringify(given)}\n`)),
  })
  return { code, out, err }
}
