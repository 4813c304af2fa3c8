/** The sources of the product as texts, for tests that read them. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'

export interface Source {
  /** From the repository's root, with forward slashes. */
  readonly path: string
  readonly text: string
  readonly lines: readonly string[]
}

export interface Import {
  readonly from: string
  /** A path of the repository, or the name of a package. */
  readonly target: string
  readonly isPackage: boolean
  readonly typeOnly: boolean
  /** Loaded when it is needed, by `import(…)`. */
  readonly lazy: boolean
}

/** All TypeScript files below the folders. */
export function readSources(...folders: readonly string[]): readonly Source[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => join(entry.parentPath, entry.name).replaceAll('\\', '/'))
      .sort()
      .map((path) => {
        const text = readFileSync(path, 'utf8')
        return { path, text, lines: text.split('\n') }
      }),
  )
}

const statement =
  /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g

/** What a file imports, dynamic imports included. */
export function importsOf(source: Source): readonly Import[] {
  return [...source.text.matchAll(statement)].map((match) => {
    const name = match[2] ?? match[3] ?? ''
    const isPackage = !name.startsWith('.')
    const target = isPackage
      ? packageName(name)
      : normalize(join(dirname(source.path), name)).replaceAll('\\', '/')
    return {
      from: source.path,
      target,
      isPackage,
      typeOnly: match[1] !== undefined,
      lazy: match[2] === undefined,
    }
  })
}

function packageName(name: string): string {
  const parts = name.split('/')
  return name.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? name)
}

/** One cycle of the graph, or undefined. */
export function findCycle(
  graph: ReadonlyMap<string, readonly string[]>,
): readonly string[] | undefined {
  const state = new Map<string, 'open' | 'done'>()
  const path: string[] = []
  const visit = (node: string): readonly string[] | undefined => {
    if (state.get(node) === 'done') return undefined
    if (state.get(node) === 'open') return [...path.slice(path.indexOf(node)), node]
    state.set(node, 'open')
    path.push(node)
    for (const next of graph.get(node) ?? []) {
      const found = visit(next)
      if (found !== undefined) return found
    }
    path.pop()
    state.set(node, 'done')
    return undefined
  }
  for (const node of graph.keys()) {
    const found = visit(node)
    if (found !== undefined) return found
  }
  return undefined
}
