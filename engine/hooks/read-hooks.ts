/** The folder of hooks as programs: one for each `<Object>.ts`, made of it and all that it imports. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { build, type Message } from 'esbuild'
import type { SourceProblem } from '../model/declaration.ts'
import { isMissing } from '../deploy/folder.ts'
import type { HookModule } from './hook-messages.ts'

export interface HookFiles {
  /** Of files that could be read; names as the files have them. */
  readonly modules: readonly HookModule[]
  readonly problems: readonly HookProblem[]
}

export interface HookProblem extends SourceProblem {
  /** Whose hooks are wrong. */
  readonly object: string
}

const hookFile = /^([A-Za-z]\w*)\.ts$/

/** Nothing where there is no folder. */
export async function readHooks(folder: string): Promise<HookFiles> {
  const names = (await listFiles(folder)).flatMap((file) => hookFile.exec(file)?.[1] ?? [])
  const read = await Promise.all(names.map((object) => compileHooks(folder, object)))
  return {
    modules: read.filter((one): one is HookModule => 'program' in one),
    problems: read.filter((one): one is HookProblem => 'reason' in one),
  }
}

async function listFiles(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((file) => !file.endsWith('.d.ts')).sort()
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

/** How messages name a file of the folder. */
export function shownFile(object: string): string {
  return `hooks/${object}.ts`
}

async function compileHooks(folder: string, object: string): Promise<HookModule | HookProblem> {
  const file = join(folder, `${object}.ts`)
  try {
    return { object, file, program: await compileFile(file, folder) }
  } catch (error) {
    const [first] = messagesOf(error)
    if (first === undefined) throw error
    const { location, text } = first
    const place = { line: location?.line ?? 1, column: (location?.column ?? 0) + 1 }
    const isOwn = location === null || location.file === `${object}.ts`
    const name = isOwn ? shownFile(object) : `hooks/${location.file}`
    return { object, file: name, ...place, reason: text }
  }
}

/** A program on its own, with positions of its sources in it. */
export async function compileFile(file: string, folder: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [file],
    absWorkingDir: folder,
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    sourcemap: 'inline',
    sourcesContent: false,
    logLevel: 'silent',
    // The compiler settings of whatever folder lies above say nothing about hooks.
    tsconfigRaw: {},
  })
  const [output] = outputFiles
  if (output === undefined) throw new Error('a build gives one file')
  return output.text
}

function messagesOf(error: unknown): readonly Message[] {
  if (!(error instanceof Error) || !('errors' in error) || !Array.isArray(error.errors)) return []
  return error.errors
}
