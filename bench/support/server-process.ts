/** A server as a process of its own: started on a free port, waited for, measured, stopped. */
import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

export interface ServerCommand {
  /** A JavaScript file and its arguments. */
  readonly args: readonly string[]
  readonly settings: Readonly<Record<string, string>>
  /** Where its output goes. */
  readonly log: string
  readonly port: number
}

export interface ServerProcess {
  readonly url: string
  readonly pid: number
  /** From the start of the process to the first good answer. */
  readonly startMs: number
  stop(): Promise<void>
}

const startMsMax = 300_000
const stopMsMax = 20_000
const pollMs = 4

/** What runs now; a bench that ends early takes its servers with it. */
const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) child.kill('SIGTERM')
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port is free')
  return address.port
}

export async function startServer(command: ServerCommand): Promise<ServerProcess> {
  const log = openSync(command.log, 'a')
  const startedAt = performance.now()
  const child = spawn(process.execPath, command.args, {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...command.settings },
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  running.add(child)
  child.once('exit', () => running.delete(child))
  const url = `http://127.0.0.1:${command.port}`
  try {
    await untilHealthy(child, url, command.log)
  } catch (error) {
    child.kill('SIGKILL')
    throw error
  }
  const startMs = performance.now() - startedAt
  const { pid } = child
  if (pid === undefined) throw new Error('the server has no process id')
  return { url, pid, startMs, stop: () => stopProcess(child) }
}

async function untilHealthy(child: ChildProcess, url: string, log: string): Promise<void> {
  const giveUpAt = performance.now() + startMsMax
  while (performance.now() < giveUpAt) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`the server ended at once:\n${readFileSync(log, 'utf8').slice(-4_000)}`)
    }
    if ((await statusOf(`${url}/healthz`)) === 200) return
    await sleep(pollMs)
  }
  throw new Error(`the server did not answer in ${startMsMax} ms`)
}

/** 0 while nobody listens. */
function statusOf(url: string): Promise<number> {
  return new Promise((resolve) => {
    const call = request(url, { agent: false }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    call.on('error', () => resolve(0))
    call.end()
  })
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), stopMsMax)
  await ended
  clearTimeout(timer)
}

/**
 * Memory of the process and of those it started, in megabytes: what each has for itself, and once what they share (the
 * program's own code). Linux alone tells it this way.
 */
export function residentMegabytes(pid: number): number {
  const shared: number[] = []
  const own = sumOverTree(pid, (one) => {
    const text = readFileSync(`/proc/${one}/smaps_rollup`, 'utf8')
    shared.push(kilobytesIn(text, 'Shared'))
    return kilobytesIn(text, 'Private')
  })
  return (own + Math.max(...shared)) / 1024
}

/** Clean and dirty pages of the kind. */
function kilobytesIn(text: string, kind: 'Private' | 'Shared'): number {
  const found = [...text.matchAll(new RegExp(`^${kind}_(?:Clean|Dirty):\\s+(\\d+) kB$`, 'gm'))]
  if (found.length !== 2) throw new Error('the memory of the process is not told')
  return found.reduce((sum, [, kilobytes]) => sum + Number(kilobytes), 0)
}

const msPerTick = 10

/** Processor time that the process and those it started have used, in milliseconds. */
export function processorMs(pid: number): number {
  return sumOverTree(pid, (one) => {
    const stat = readFileSync(`/proc/${one}/stat`, 'utf8')
    // Behind the name in brackets: state, then ten more, then user and system time.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) * msPerTick
  })
}

function sumOverTree(pid: number, measure: (pid: number) => number): number {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()
  const children = text === '' ? [] : text.split(/\s+/).map(Number)
  return children.reduce((sum, child) => sum + sumOverTree(child, measure), measure(pid))
}
