/** Runs every suite; the last line says how many tests passed and failed. */
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const home = join(dirname(fileURLToPath(import.meta.url)), '..')
const vitest = join(home, 'node_modules', 'vitest', 'vitest.mjs')
const names = process.argv.slice(2)
const reporters = ['--reporter=default', `--reporter=${join(home, 'test', 'report.mjs')}`]
const configs = ['vitest.config.ts', 'vitest.browser.config.ts']

function runSuites(config, reportFile) {
  // Names of files given on the command line fit one of the runs, not both.
  const args = [vitest, 'run', '--config', config, '--passWithNoTests', ...reporters, ...names]
  // Some tests are about a disk's own ways.
  const scratch = { TMPDIR: folder, DISK_TMPDIR: tmpdir(), TEST_REPORT: reportFile }
  const env = { ...process.env, ...scratch }
  const { status } = spawnSync(process.execPath, args, { cwd: home, stdio: 'inherit', env })
  return count(config, reportFile, status === 0)
}

/** A run that broke off counts as a failure too. */
function count(config, reportFile, succeeded) {
  const { passed, failures } = existsSync(reportFile)
    ? JSON.parse(readFileSync(reportFile, 'utf8'))
    : { passed: 0, failures: [] }
  const isUntold = failures.length === 0 && !succeeded
  return { passed, failures: isUntold ? [`${config} broke off`] : failures }
}

/** Databases of tests lie in memory where there is room: no test cuts the power, and the disk is slow. */
function scratchPlace() {
  const memory = '/dev/shm'
  if (!existsSync(memory)) return tmpdir()
  const { bavail, bsize } = statfsSync(memory)
  return bavail * bsize > 4e9 ? memory : tmpdir()
}

const folder = mkdtempSync(join(scratchPlace(), 'test-run-'))
// PostgreSQL runs as a user of its own and must find its way.
chmodSync(folder, 0o755)
const totals = { passed: 0, failures: [] }
for (const config of configs.filter((file) => existsSync(join(home, file)))) {
  const { passed, failures } = runSuites(config, join(folder, `${config}.json`))
  totals.passed += passed
  totals.failures.push(...failures)
}
rmSync(folder, { recursive: true, force: true })
for (const failure of totals.failures) process.stdout.write(`\nFailed: ${failure}\n`)
const failed = totals.failures.length
process.stdout.write(`${totals.passed} passed, ${failed} failed\n`)
process.exit(failed === 0 && totals.passed > 0 ? 0 : 1)
