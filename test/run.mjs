/** Runs every suite; the last line says how many tests passed and failed. */
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const home = join(dirname(fileURLToPath(import.meta.url)), '..')
const vitest = join(home, 'node_modules', 'vitest', 'vitest.mjs')
const names = process.argv.slice(2)
const configs = ['vitest.config.ts', 'vitest.browser.config.ts']

function runSuites(config, reportFile) {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`]
  // Names of files given on the command line fit one of the runs, not both.
  const args = [vitest, 'run', '--config', config, '--passWithNoTests', ...reporters, ...names]
  // Some tests are about a disk's own ways.
  const env = { ...process.env, TMPDIR: folder, DISK_TMPDIR: tmpdir() }
  const { status } = spawnSync(process.execPath, args, { cwd: home, stdio: 'inherit', env })
  return count(config, reportFile, status === 0)
}

/** A run that broke off, or a file that could not even be loaded, counts as a failure too. */
function count(config, reportFile, succeeded) {
  if (!existsSync(reportFile)) {
    return { passed: 0, failed: succeeded ? 0 : 1, told: succeeded ? [] : [`${config} broke off`] }
  }
  const report = JSON.parse(readFileSync(reportFile, 'utf8'))
  const unloaded = report.testResults.filter(
    (file) =>
      file.status === 'failed' && file.assertionResults.every(({ status }) => status !== 'failed'),
  ).length
  const failed = report.numFailedTests + unloaded
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && !succeeded ? 1 : failed,
    told: report.testResults.flatMap(failuresOf),
  }
}

/** What failed in a file, short: a log may be kept by its end alone. */
function failuresOf({ name, status, message, assertionResults }) {
  if (status !== 'failed') return []
  const file = relative(home, name)
  const tests = assertionResults.filter((test) => test.status === 'failed')
  const told = tests.map(({ fullName, failureMessages }) => [fullName, failureMessages[0]])
  return (told.length === 0 ? [['', message]] : told).map(
    ([test, why]) => `${file} ${test}\n${String(why).slice(0, 5000)}`,
  )
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
const totals = { passed: 0, failed: 0, told: [] }
for (const config of configs.filter((file) => existsSync(join(home, file)))) {
  const { passed, failed, told } = runSuites(config, join(folder, `${config}.json`))
  totals.passed += passed
  totals.failed += failed
  totals.told.push(...told)
}
rmSync(folder, { recursive: true, force: true })
for (const failure of totals.told) process.stdout.write(`\nFailed: ${failure}\n`)
process.stdout.write(`${totals.passed} passed, ${totals.failed} failed\n`)
process.exit(totals.failed === 0 && totals.passed > 0 ? 0 : 1)
