/** The program `fieldstone`: the command line of an organisation. `fieldstone.cjs` starts its build. */
import { randomBytes } from 'node:crypto'
import { findHome } from './find-home.ts'
import { runCli } from './run-cli.ts'

process.exitCode = await runCli(process.argv.slice(2), {
  environment: process.env,
  home: findHome(import.meta.url),
  now: () => Date.now(),
  randomBytes: (count) => randomBytes(count),
  input: process.stdin,
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  isTerminal: process.stderr.isTTY === true,
  // The other program of the build, in this process.
  serve: async (environment) => {
    Object.assign(process.env, environment)
    await import(new URL('./main.js', import.meta.url).href)
  },
})
