/**
 * Makes a fresh clone ready: packages, build, a browser for the tests. Plain JavaScript on Node alone, since it runs
 * before anything is installed. `node engine/cli/prepare.mjs [build] [browser]`
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findChromium } from './find-chromium.mjs'

const home = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

function fail(message) {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}

function say(message) {
  process.stdout.write(`${message}\n`)
}

/** Runs a command in the project; its output is the user's to see. False when it failed. */
function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: home, stdio: 'inherit', ...options })
  return result.status === 0
}

function npm(args) {
  // Where SQLite's driver has to be compiled, on all cores.
  const env = { JOBS: 'max', ...process.env }
  const script = process.env.npm_execpath
  if (script !== undefined && /\.[cm]?js$/.test(script)) {
    return run(process.execPath, [script, ...args], { env })
  }
  return run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, {
    env,
    shell: process.platform === 'win32',
  })
}

function readLock(file) {
  try {
    return JSON.parse(readFileSync(join(home, file), 'utf8')).packages ?? {}
  } catch {
    // Absent or cut short by an interrupted install: both mean that nothing can be relied on.
    return undefined
  }
}

/** True when every package of the lock file lies in `node_modules` in its version. */
function isInstalled() {
  const wanted = readLock('package-lock.json')
  const present = readLock('node_modules/.package-lock.json')
  if (wanted === undefined) fail('package-lock.json is missing or damaged.')
  if (present === undefined) return false
  return Object.entries(wanted).every(([place, { version, optional, link }]) => {
    if (place === '' || link === true) return true
    const found = present[place]
    // Packages for other systems are optional and not there.
    return found === undefined ? optional === true : found.version === version
  })
}

function install() {
  if (isInstalled()) return
  say('Installing packages …')
  if (!npm(['ci', '--no-audit', '--no-fund'])) fail('The packages could not be installed.')
}

/** The latest change of any file or folder below the given ones, in milliseconds. */
function newestChange(places) {
  let newest = 0
  for (const place of places) {
    const path = join(home, place)
    if (!existsSync(path)) continue
    const entry = statSync(path)
    newest = Math.max(newest, entry.mtimeMs)
    if (entry.isDirectory()) {
      const inside = readdirSync(path).map((name) => join(place, name))
      newest = Math.max(newest, newestChange(inside))
    }
  }
  return newest
}

function vite(config) {
  const program = join('node_modules', 'vite', 'bin', 'vite.js')
  return [program, 'build', '--config', config, '--logLevel', 'warn']
}

const builds = [
  {
    name: 'the screens',
    stamp: 'dist/.ui-built',
    result: 'dist/ui/index.html',
    sources: ['ui', 'metadata/types.ts', 'vite.config.ts', 'package-lock.json'],
    command: vite('vite.config.ts'),
  },
  {
    name: 'the engine',
    stamp: 'dist/.engine-built',
    result: 'dist/engine/main.js',
    sources: ['engine', 'metadata/schema', 'vite.engine.config.ts', 'package-lock.json'],
    command: vite('vite.engine.config.ts'),
  },
  {
    name: 'the client',
    stamp: 'dist/.client-built',
    result: 'dist/client/index.js',
    sources: ['client', 'package-lock.json'],
    command: [join('node_modules', 'typescript', 'bin', 'tsc'), '-p', 'client'],
  },
]

function build() {
  for (const { name, stamp, result, sources, command } of builds) {
    const stampFile = join(home, stamp)
    const builtAt =
      existsSync(stampFile) && existsSync(join(home, result))
        ? Number(readFileSync(stampFile, 'utf8'))
        : 0
    const changedAt = newestChange(sources)
    // The stamp holds the age of what was built, so that a change during the build is not missed.
    if (builtAt === changedAt) continue
    say(`Building ${name} …`)
    if (!run(process.execPath, command)) fail(`Building ${name} failed.`)
    mkdirSync(dirname(stampFile), { recursive: true })
    writeFileSync(stampFile, String(changedAt))
  }
}

/** Finds a Chromium for the browser tests, or gets one. */
function browser() {
  if (findChromium() !== undefined) return
  say('Getting Chromium for the browser tests …')
  const tool = join('node_modules', 'playwright-core', 'cli.js')
  const isRoot = process.getuid?.() === 0
  if (run(process.execPath, [tool, 'install', ...(isRoot ? ['--with-deps'] : []), 'chromium'])) {
    if (findChromium() !== undefined) return
  }
  if (
    isRoot &&
    run('apt-get', ['update', '-q']) &&
    run('apt-get', ['install', '-qy', 'chromium'])
  ) {
    if (findChromium() !== undefined) return
  }
  fail('No Chromium was found. Install one, or name its program in CHROMIUM_PATH.')
}

const steps = new Set(process.argv.slice(2))
install()
if (steps.has('build')) build()
if (steps.has('browser')) browser()
