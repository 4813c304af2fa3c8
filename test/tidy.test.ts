/** Style is a test: what a reviewer should not have to say twice. */
import { describe, expect, it } from 'vitest'
import { readSources, type Source } from './support/sources.ts'

const engine = readSources('engine')
const screens = readSources('ui')
const client = readSources('client')
const generated = new Set(['metadata/types.ts'])
const all = [...client, ...engine, ...screens].filter((one) => !generated.has(one.path))

/** The only files that may look at the clock, chance or the environment themselves. */
const shell = /^engine\/(?:main|settings|.*\/settings|cli\/.*)\.ts$/

function linesWith(pattern: RegExp, sources: readonly Source[] = all): readonly string[] {
  return sources.flatMap((one) =>
    one.lines.flatMap((line, index) =>
      pattern.test(line) ? [`${one.path}:${index + 1} ${line.trim().slice(0, 80)}`] : [],
    ),
  )
}

describe('files', () => {
  it('begin with a comment that says what they are for', () => {
    const bare = all.filter((one) => !/^(?:#!.*\n)?\/\*\*/.test(one.text))
    expect(bare.map((one) => one.path)).toEqual([])
  })

  it('have kebab-case names', () => {
    const odd = all.filter(
      (one) =>
        !/\/?[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z]+)?(?:\.d)?\.ts$/.test(
          one.path.split('/').at(-1) ?? '',
        ),
    )
    expect(odd.map((one) => one.path)).toEqual([])
  })

  it('have at most 350 lines', () => {
    const long = all.filter((one) => one.lines.length > 350)
    expect(long.map((one) => `${one.path} ${one.lines.length}`)).toEqual([])
  })
})

describe('lines', () => {
  it('hold no leftover markers', () => {
    expect(linesWith(/\b(?:TODO|FIXME|HACK)\b/)).toEqual([])
  })

  it('silence no checker', () => {
    expect(linesWith(/@ts-(?:ignore|nocheck|expect-error)|eslint-disable|oxlint-disable/)).toEqual(
      [],
    )
  })

  it('use no any', () => {
    expect(
      linesWith(/(?::|<|\bas)\s*any\b(?!\w)/).filter((line) => !/ \*|\/\//.test(line)),
    ).toEqual([])
  })

  it('write nothing to the console outside the command line', () => {
    expect(
      linesWith(/\bconsole\./).filter((line) => !shell.test(line.split(':')[0] ?? '')),
    ).toEqual([])
  })

  it('take clock, chance and environment as arguments', () => {
    const found = linesWith(/\bDate\.now\(|\bMath\.random\(|\bprocess\.env\b/, engine)
    expect(found.filter((line) => !shell.test(line.split(':')[0] ?? ''))).toEqual([])
  })

  it('make no SQL out of strings', () => {
    expect(
      linesWith(/kind:\s*'sql'/, engine).filter((line) => !line.startsWith('engine/sql/sql.ts')),
    ).toEqual([])
  })

  it('have no empty catch', () => {
    expect(linesWith(/catch\s*(?:\([^)]*\))?\s*\{\s*\}/)).toEqual([])
  })
})
