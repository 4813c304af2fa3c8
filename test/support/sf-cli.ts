/** The real `sf` command line, installed once into a folder outside of the project. */
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** It stays there between runs: an install takes minutes. */
const cache = process.env['SF_CACHE'] ?? join(tmpdir(), 'sfcache')
const program = join(cache, 'node_modules', '@salesforce', 'cli', 'bin', 'run.js')

/** Newer parts of it need a newer Node than ours. */
const manifest = {
  private: true,
  dependencies: { '@salesforce/cli': '2.146.3' },
  overrides: { '@jsforce/jsforce-node': '3.10.16', undici: '7.16.0' },
}

export async function installSf(): Promise<void> {
  if (existsSync(program)) return
  mkdirSync(cache, { recursive: true })
  writeFileSync(join(cache, 'package.json'), JSON.stringify(manifest))
  const args = ['install', '--no-audit', '--no-fund', '--omit=dev', '--ignore-scripts']
  await run('npm', args, { cwd: cache, shell: process.platform === 'win32' })
}

export interface SfAnswer {
  readonly status: number
  /** Shapes are those of the tool; what is not there reads as undefined. */
  readonly result: SfResult
  readonly message?: string
}

export type SfResult = { readonly [member: string]: SfResult } & readonly SfResult[]

export interface Sf {
  /** Fails with what the tool says when it ends with anything but 0. */
  (folder: string, ...args: readonly string[]): Promise<SfResult>
}

/** The tool with a home of its own, so that it neither reads nor changes that of whoever runs the tests. */
export function sfWith(home: string, more: Readonly<Record<string, string>>): Sf {
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    USERPROFILE: home,
    SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
    SF_DISABLE_TELEMETRY: 'true',
    SF_AUTOUPDATE_DISABLE: 'true',
    SF_SKIP_NEW_VERSION_CHECK: 'true',
    SF_DISABLE_LOG_FILE: 'true',
    ...more,
  }
  return async (folder, ...args) => {
    const options = { cwd: folder, env, maxBuffer: 64 * 1024 * 1024 }
    const given = [program, ...args, '--json']
    const { stdout, stderr } = await run(process.execPath, given, options).catch(
      // A command that ends with another code has said why.
      (failed: { stdout?: string; stderr?: string }) => ({
        stdout: failed.stdout ?? '',
        stderr: failed.stderr ?? String(failed),
      }),
    )
    const answer = answerIn(stdout)
    if (answer?.status === 0) return answer.result
    throw new Error(`sf ${args.join(' ')}\n${stdout.slice(-4_000)}\n${stderr.slice(-2_000)}`)
  }
}

function answerIn(text: string): SfAnswer | undefined {
  const start = text.indexOf('{')
  return start < 0 ? undefined : (JSON.parse(text.slice(start)) as SfAnswer)
}
