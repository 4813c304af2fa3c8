/** The table of acceptance cases tells the truth: every case is in it, every test that it names exists. */
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

interface NamedTest {
  readonly file: string
  readonly title: string
}

interface AcceptanceCase {
  readonly about: string
  readonly tests?: readonly NamedTest[]
  /** What is not shown yet, and why. */
  readonly waits?: string
}

const { cases } = JSON.parse(readFileSync('docs/acceptance.json', 'utf8')) as {
  readonly cases: Readonly<Record<string, AcceptanceCase>>
}

/** Numbers of the catalogue by class; R are the failures of rivals. */
const catalogue: Readonly<Record<string, readonly number[]>> = {
  A: [1, 2, 5, 6, 9, 11, 13],
  B: [1, 2, 3, 4, 6, 8, 10, 11, 16, 17, 19],
  C: [1, 2, 3, 5, 8, 9, 13],
  D: [1, 2, 5, 6, 7],
  E: [1, 2, 4, 5, 6, 9, 13, 16],
  F: [1, 2, 7],
  G: [1, 2, 3, 5, 8],
  H: [1, 2, 3, 7, 9, 10, 11],
  I: [1, 2, 3, 5, 8, 11],
  J: [1, 2, 3, 4, 7, 10, 14, 15],
  K: [1, 2, 3, 4, 5, 8, 10, 13, 16, 20],
  L: [1, 2, 3, 4, 5, 6, 9, 10, 13, 17, 18],
  M: [1, 2, 4, 5, 6, 9, 12],
  N: [1, 2, 4, 6, 7, 10],
  O: [1, 2, 5, 7, 8],
  R: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24],
}

/** True when the file has a test of this title, in whatever kind of quotes. */
function hasTitle({ file, title }: NamedTest): boolean {
  if (!existsSync(file)) return false
  const source = readFileSync(file, 'utf8')
  return [`'${title}'`, `"${title}"`, `\`${title}\``].some((quoted) => source.includes(quoted))
}

describe('docs/acceptance.json', () => {
  it('has every case of the catalogue, and no other', () => {
    const expected = Object.entries(catalogue).flatMap(([letter, numbers]) =>
      numbers.map((number) => `${letter}${number}`),
    )
    expect(Object.keys(cases).sort()).toEqual(expected.sort())
  })

  it.each(Object.entries(cases))(
    '%s is shown by tests that exist, or says why it waits',
    (_id, entry) => {
      const { about, tests = [], waits } = entry
      expect(about).not.toBe('')
      expect(tests.filter((test) => !hasTitle(test))).toEqual([])
      if (tests.length === 0) expect(waits ?? '').toMatch(/^[A-Z].*\.$/)
    },
  )

  it('no case waits whose test is there', () => {
    const files = new Set(
      Object.values(cases).flatMap(({ tests = [] }) => tests.map((test) => test.file)),
    )
    const titled = /['"`]([A-O]\d{1,2}): [^\n]*['"`]/g
    const forgotten = [...files].flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(titled)]
        .map(([, id = '']) => id)
        .filter((id) => cases[id] !== undefined && cases[id].tests === undefined)
        .map((id) => `${id} in ${file}`),
    )
    expect(forgotten).toEqual([])
  })
})
