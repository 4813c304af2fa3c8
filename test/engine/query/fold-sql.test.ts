/** Texts that a database folds against those folded before they were stored. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { foldText } from '../../../engine/base/fold-text.ts'
import { foldSql } from '../../../engine/query/fold-sql.ts'
import { sql } from '../../../engine/sql/sql.ts'
import { databases, type OpenDatabase } from '../../support/databases.ts'

/** Of every script something: letters with case, with marks, of several parts, beyond the first plane. */
const letters = [
  ...['ÄÖÜäöüßẞÉéÑñÅØøŁłŒœÆæİıŞşĞğǅﬁﬃ½²№™…\u00a0', 'ΑΒΣσςΆώ', 'ЖжЙйЁёЇї', 'אבגּ', 'عربيّﷺ', 'कक़'],
  ...[
    '漢字',
    'がパｶﾞ',
    '한국어각힣가',
    'ＡｂＣ％＿',
    '𝐀𐐀😀',
    '\u1e9b\u0323',
    'e\u0301',
    'aZ0 -/%_\\\n',
  ],
].flatMap((some) => [...some])

const texts = fc.array(fc.constantFrom(...letters), { maxLength: 12 }).map((some) => some.join(''))

describe.each(databases)('texts folded on $name', ({ open }) => {
  let database: OpenDatabase

  const folded = async (...given: readonly string[]): Promise<unknown[]> => {
    const { storage } = database
    const { dialect } = storage
    const rows = given.map(
      (one) => sql`select ${foldSql(dialect.bound({ kind: 'text' }, one), dialect)} as folded`,
    )
    const found: unknown[] = []
    for (const row of rows) found.push((await storage.read(row))[0]?.['folded'])
    return found
  }

  beforeAll(async () => {
    database = await open()
  })
  afterAll(() => database.close())

  it('every letter becomes what it is in stored columns', async () => {
    const text = letters.join('')
    expect(await folded(text, 'STRAẞE', 'Plain ÄSCII', '')).toEqual([
      foldText(text),
      'strasse',
      'plain ascii',
      '',
    ])
  })

  it('any text becomes what it is in stored columns', async () => {
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        expect(await folded(text)).toEqual([foldText(text)])
      }),
      { numRuns: 60 },
    )
  })

  it('nothing stays nothing', async () => {
    const { dialect } = database.storage
    const none = foldSql(dialect.bound({ kind: 'text' }, null), dialect)
    expect(await database.storage.read(sql`select ${none} as folded`)).toEqual([{ folded: null }])
  })
})
