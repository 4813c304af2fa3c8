/** The house stands as it was drawn: layers, cycles, places of libraries, generated files. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { findCycle, importsOf, readSources, type Import } from './support/sources.ts'

interface Layers {
  readonly layers: readonly string[]
  readonly pure: readonly string[]
  readonly knowsNothingOf: Readonly<Record<string, readonly string[]>>
}

const { layers, pure, knowsNothingOf } = JSON.parse(
  readFileSync('engine/layers.json', 'utf8'),
) as Layers
const sources = readSources('engine', 'ui', 'metadata')
const imports = sources.flatMap(importsOf)
const local = imports.filter((one) => !one.isPackage)

function layerOf(path: string): string | undefined {
  return layers.find((layer) => path === layer || path.startsWith(`${layer}/`))
}

function show(found: readonly Import[]): readonly string[] {
  return found.map((one) => `${one.from} → ${one.target}`)
}

describe('layers', () => {
  it('every engine file lies in a layer', () => {
    const homeless = sources.filter(
      (one) => one.path.startsWith('engine/') && layerOf(one.path) === undefined,
    )
    expect(homeless.map((one) => one.path)).toEqual([])
  })

  it('each layer imports only from those before it', () => {
    const upward = local.filter((one) => {
      const from = layerOf(one.from)
      const target = layerOf(one.target)
      return (
        from !== undefined && target !== undefined && layers.indexOf(target) > layers.indexOf(from)
      )
    })
    expect(show(upward)).toEqual([])
  })

  it('storage knows nothing of model and permissions', () => {
    const knowing = local.filter((one) => {
      const forbidden = knowsNothingOf[layerOf(one.from) ?? ''] ?? []
      return forbidden.includes(layerOf(one.target) ?? '')
    })
    expect(show(knowing)).toEqual([])
  })

  it('the screens import types only, from metadata; formulas alone are run as they are on the server', () => {
    const outside = local.filter(
      (one) => one.from.startsWith('ui/') && !one.target.startsWith('ui/'),
    )
    const isFormula = (one: Import): boolean =>
      one.from.startsWith('ui/rules/') && one.target.startsWith('engine/formula/')
    const isType = (one: Import): boolean => one.typeOnly && one.target.startsWith('metadata/')
    const wrong = outside.filter((one) => !isType(one) && !isFormula(one))
    expect(show(wrong)).toEqual([])
    const inward = local.filter(
      (one) => !one.from.startsWith('ui/') && one.target.startsWith('ui/'),
    )
    expect(show(inward)).toEqual([])
    // Nobody pays for the library who opens no form with rules.
    const eager = local.filter(
      (one) => one.target.startsWith('ui/rules/') && !one.from.startsWith('ui/rules/') && !one.lazy,
    )
    expect(show(eager)).toEqual([])
  })

  it('the client of the package stands alone', () => {
    const outside = readSources('client')
      .flatMap(importsOf)
      .filter((one) => one.isPackage || !one.target.startsWith('client/'))
    expect(show(outside)).toEqual([])
  })

  it('there is no import cycle', () => {
    const graph = new Map<string, string[]>(sources.map((one) => [one.path, []]))
    for (const one of local) if (!one.typeOnly && !one.lazy) graph.get(one.from)?.push(one.target)
    expect(findCycle(graph)).toBeUndefined()
  })

  it('every import of our own leads to a file', () => {
    expect(show(local.filter((one) => !existsSync(one.target)))).toEqual([])
  })

  it('pure layers have no clock, chance, environment or waiting', () => {
    const banned =
      /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bprocess\.|\bawait\b|\bsetTimeout\(/
    const found = sources
      .filter((one) => pure.includes(layerOf(one.path) ?? ''))
      .flatMap((one) =>
        one.lines
          .map((line, index) => ({ line, at: `${one.path}:${index + 1}` }))
          .filter(({ line }) => banned.test(line) && !/^\s*(?:\*|\/\/|\/\*)/.test(line))
          .map(({ at }) => at),
      )
    expect(found).toEqual([])
  })
})

describe('libraries', () => {
  it('a database driver is imported by one file each', () => {
    for (const driver of ['sqlite3', 'pg']) {
      const importers = new Set(
        imports.filter((one) => one.target === driver && !one.typeOnly).map((one) => one.from),
      )
      expect([...importers], driver).toHaveLength(1)
    }
  })

  it('every package that is imported stands in the table of the architecture page', () => {
    const page = readFileSync('docs/ARCHITECTURE.md', 'utf8')
    const named = new Set([...page.matchAll(/`([^`]+)`/g)].map((match) => match[1]))
    const packages = new Set(
      imports
        .filter((one) => one.isPackage && !one.target.startsWith('node:'))
        .map((one) => one.target),
    )
    const missing = [...packages].filter((name) => !named.has(name) && !name.startsWith('@vaadin/'))
    expect(missing).toEqual([])
  })
})

describe('generated files', () => {
  it('metadata/types.ts is what the schemas say', () => {
    const run = (): string =>
      execFileSync('npx', ['tsx', 'engine/cli/generate-types.ts', '--check'], {
        encoding: 'utf8',
        stdio: 'pipe',
      })
    expect(run).not.toThrow()
  })
})
