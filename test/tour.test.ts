/** The tour tells of what is there: every picture that it shows exists, is small enough to be looked at, and is of use. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'

const bytesMax = 120_000
const text = readFileSync('docs/tour.md', 'utf8')
const named = (pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map((match) => match[1] ?? '')

describe('docs/tour.md', () => {
  it('shows pictures that are there, each of at most 120 kB, and leaves none out', () => {
    const pictures = named(/!\[[^\]]+\]\(([^)]+)\)/g)
    const wrong = pictures.filter((path) => {
      const file = join('docs', path)
      return !existsSync(file) || statSync(file).size > bytesMax
    })
    expect(wrong).toEqual([])
    const shown = new Set(pictures.map((path) => basename(path)))
    expect(readdirSync('docs/tour').filter((file) => !shown.has(file))).toEqual([])
  })

  it('has the seven scenes, and names files that exist', () => {
    expect(named(/^## (\d)\. /gm)).toEqual(['1', '2', '3', '4', '5', '6', '7'])
    const tests = named(/`(test\/[^`]+)`/g)
    const metadata = named(/`((?:flows|objects|serviceProcesses)\/[^`]+\.json)`/g)
    const files = [...tests, ...metadata.map((path) => join('metadata', path))]
    expect(files.filter((file) => !existsSync(file))).toEqual([])
  })
})
