#!/usr/bin/env node
/** Runs the built command line, with room for its databases as in `start.cjs`; builds it where nobody has yet. */
const { spawnSync } = require('node:child_process')
const { existsSync } = require('node:fs')
const { join } = require('node:path')

process.env.UV_THREADPOOL_SIZE ??= '16'
const program = join(__dirname, '../../dist/engine/fieldstone.js')
if (!existsSync(program)) {
  const prepare = join(__dirname, 'prepare.mjs')
  // What is built is told on the error stream: the output belongs to the command.
  const built = spawnSync(process.execPath, [prepare, 'build'], { stdio: ['ignore', 2, 2] })
  if (built.status !== 0) process.exit(3)
}
import('../../dist/engine/fieldstone.js')
