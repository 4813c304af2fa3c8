/** What comes in comes out unchanged, or is refused; broken constraints are told apart. */
import { beforeAll, describe, expect, test } from 'vitest'
import { hole, identifier, render, sql } from '../../engine/sql/sql.ts'
import { StorageError } from '../../engine/storage/storage-error.ts'
import type { Storage } from '../../engine/storage/storage.ts'
import { errorOf, insertNote, kindOf, note, noteIds } from './storage-notes.ts'

export function storageValues(storageNow: () => Storage): void {
  let storage: Storage
  beforeAll(() => {
    storage = storageNow()
  })

  describe('values', () => {
    const bent: readonly (readonly [string, unknown])[] = [
      ['a BigInt', 1n],
      ['NaN', Number.NaN],
      ['infinity', Number.POSITIVE_INFINITY],
      ['an integer beyond 2^53', 2 ** 53],
      ['an object', { a: 1 }],
      ['a Date', new Date(0)],
      ['a Buffer', Buffer.from('x')],
      ['a lone surrogate', 'a\ud800b'],
      ['a NUL', 'a\0b'],
    ]
    test.each(bent)('%s is refused, never bent', async (_name, value) => {
      const insert = render(
        sql`insert into ${note} (id, body) values ('a', ${hole('value')})`,
        storage.dialect,
      )
      // Such values come from callers that the types could not stop.
      const holes = { value: value as string }
      expect(await kindOf(storage.write((tx) => tx.run(insert, holes)))).toBe('INVALID_ARGUMENT')
      const select = render(sql`select cast(${hole('value')} as text) as v`, storage.dialect)
      expect(await kindOf(storage.read(select, { holes }))).toBe('INVALID_ARGUMENT')
      expect(await noteIds(storage)).toEqual([])
    })

    test('texts come back exactly', async () => {
      const texts = [
        '',
        ' ',
        "O'Neill",
        '"',
        '\\',
        '%_',
        '👩‍👩‍👧',
        'e\u0301',
        'ß',
        '\n\r\t',
        '\u0001',
        '\u{10FFFF}',
      ]
      for (const [index, text] of texts.entries()) {
        await storage.write((tx) => insertNote(tx, `t${index}`, text))
        const read = sql`select body from ${note} where id = ${`t${index}`}`
        expect(await storage.read(read)).toEqual([{ body: text }])
      }
    })

    test('whole numbers come back exactly, negative and large ones too', async () => {
      const numbers = [
        0,
        -1,
        2 ** 31,
        -(2 ** 31) - 1,
        2 ** 53 - 1,
        -(2 ** 53) + 1,
        1_700_000_000_123,
      ]
      for (const [index, number] of numbers.entries()) {
        const id = `n${index}`
        await storage.write((tx) =>
          tx.run(sql`insert into ${note} (id, size) values (${id}, ${number})`),
        )
        const read = sql`select size from ${note} where size = ${number}`
        expect(await storage.read(read)).toEqual([{ size: number }])
      }
    })

    test('a comparison gives 1 or 0, an aggregate over nothing null', async () => {
      const rows = await storage.read(
        sql`select 1 = 1 as yes, 1 = 2 as no, (select max(size) from ${note}) as none, count(*) as n from ${note}`,
      )
      expect(rows).toEqual([{ yes: 1, no: 0, none: null, n: 0 }])
    })
  })

  describe('broken constraints', () => {
    const insertRule = (
      id: number,
      rest: { code?: string; need?: string | null; amount?: number; note?: string },
    ) =>
      storage.write((tx) =>
        tx.run(
          sql`insert into rule (id, code, kind, need, amount, note) values (${id}, ${rest.code ?? 'c'}, ${'k'}, ${rest.need === undefined ? 'x' : rest.need}, ${rest.amount ?? 1}, ${rest.note ?? null})`,
        ),
      )

    test('a unique index tells table and columns', async () => {
      await insertRule(1, {})
      const error = await errorOf(insertRule(2, {}))
      if (!(error instanceof StorageError)) throw error
      expect(error.kind).toBe('unique')
      expect(error.place).toMatchObject({ table: 'rule', columns: ['code', 'kind'] })
    })

    test('a primary key counts as unique', async () => {
      await insertRule(1, { code: 'a' })
      const error = await errorOf(insertRule(1, { code: 'b' }))
      if (!(error instanceof StorageError)) throw error
      expect(error.kind).toBe('unique')
      expect(error.place).toMatchObject({ table: 'rule', columns: ['id'] })
    })

    test('each kind is told apart', async () => {
      expect(await kindOf(insertRule(1, { need: null }))).toBe('not-null')
      expect(await kindOf(insertRule(1, { amount: 10 }))).toBe('check')
      expect(await kindOf(insertRule(1, { note: 'nobody' }))).toBe('foreign-key')
    })

    test('an unknown column or table is an error, not a text', async () => {
      const unknown = identifier('nosuch')
      expect(await kindOf(storage.read(sql`select ${unknown} from ${note}`))).toBe('other')
      expect(await kindOf(storage.read(sql`select 1 as a from ${unknown}`))).toBe('other')
    })

    test('text in a column of numbers is refused', async () => {
      const wrong = sql`insert into ${note} (id, size) values ('a', ${'many'})`
      expect(await kindOf(storage.write((tx) => tx.run(wrong)))).toBe('check')
    })
  })
}
