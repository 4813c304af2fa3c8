/** What every storage must do; run on both databases and on the failing one. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Refusal } from '../../engine/base/refusal.ts'
import { hole, identifier, render, sql } from '../../engine/sql/sql.ts'
import { StorageError } from '../../engine/storage/storage-error.ts'
import type { GroupedWrite, Storage, Transaction } from '../../engine/storage/storage.ts'
import type { DatabaseOptions, OpenDatabase } from '../support/databases.ts'
import { storageInterleavings } from './storage-interleavings.ts'

export interface StorageUnderTest {
  readonly name: string
  open(options?: DatabaseOptions): Promise<OpenDatabase>
}

/** The error that a promise ends with. */
async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => {
      throw new Error(`no error but ${JSON.stringify(value)}`)
    },
    (error: unknown) => error,
  )
}

async function kindOf(promise: Promise<unknown>): Promise<string> {
  const error = await errorOf(promise)
  if (error instanceof StorageError) return error.kind
  if (error instanceof Refusal) return error.code
  throw error
}

function pauseMs(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

const note = identifier('note')

async function createTables(storage: Storage): Promise<void> {
  const { dialect } = storage
  const text = dialect.columnType({ kind: 'text' })
  const integer = dialect.columnType({ kind: 'integer' })
  const strict = dialect.name === 'sqlite' ? sql` strict` : sql``
  await storage.write(async (tx) => {
    await tx.run(
      sql`create table ${note} (id ${text} primary key, body ${text}, size ${integer})${strict}`,
    )
    await tx.run(
      sql`create table rule (id ${integer} primary key, code ${text}, kind ${text}, need ${text} not null, amount ${integer} check (amount < 10), note ${text} references ${note} (id))${strict}`,
    )
    await tx.run(sql`create unique index rule_code on rule (code, kind) where amount > 0`)
  })
}

function insertNote(tx: Transaction, id: string, body = 'x'): Promise<number> {
  return tx.run(sql`insert into ${note} (id, body) values (${id}, ${body})`)
}

async function noteIds(storage: Storage): Promise<unknown[]> {
  const rows = await storage.read(sql`select id from ${note} order by id`)
  return rows.map((row) => row['id'])
}

/** Inserts notes; one statement for all that wait. Remembers how many came at once. */
function noteGroup(storage: Storage): GroupedWrite<string, string> & { sizes: number[] } {
  const columns = [{ name: identifier('id'), kind: { kind: 'text' } as const }]
  const rows = storage.dialect.rows(sql`${hole('rows')}`, columns)
  const insert = render(sql`insert into ${note} (id) select id from ${rows} as r`, storage.dialect)
  const sizes: number[] = []
  return {
    sizes,
    run: async (tx, inputs) => {
      sizes.push(inputs.length)
      await tx.run(insert, { rows: JSON.stringify(inputs.map((id) => [id])) })
      return inputs.map((id) => `made ${id}`)
    },
  }
}

/** Never ends within a test. */
const endless = sql`with recursive c(x) as (select 1 union all select x + 1 from c where x < 2000000000) select count(*) as n from c`

export function storageContract({ name, open }: StorageUnderTest): void {
  describe(`a storage on ${name}`, () => {
    let opened: OpenDatabase
    let storage: Storage

    beforeAll(async () => {
      opened = await open()
      storage = opened.storage
      await createTables(storage)
    })
    afterAll(() => opened.close())
    beforeEach(() =>
      storage.write(async (tx) => {
        await tx.run(sql`delete from rule`)
        await tx.run(sql`delete from ${note}`)
      }),
    )

    describe('a unit of work', () => {
      test('gives its result when its changes can be read', async () => {
        const changed = await storage.write(async (tx) => {
          await insertNote(tx, 'a')
          await insertNote(tx, 'b')
          return tx.run(sql`update ${note} set size = 2`)
        })
        expect(changed).toBe(2)
        expect(await storage.read(sql`select id, body, size from ${note} order by id`)).toEqual([
          { id: 'a', body: 'x', size: 2 },
          { id: 'b', body: 'x', size: 2 },
        ])
      })

      test('reads its own changes, which nobody else sees before the commit', async () => {
        const seen = await storage.write(async (tx) => {
          await insertNote(tx, 'a')
          const inside = await tx.read(sql`select id from ${note}`)
          return { inside, outside: await storage.read(sql`select id from ${note}`) }
        })
        expect(seen).toEqual({ inside: [{ id: 'a' }], outside: [] })
      })

      test('that throws leaves no trace, and the error reaches its caller unchanged', async () => {
        const error = new Error('late')
        const failing = storage.write(async (tx) => {
          await insertNote(tx, 'a')
          throw error
        })
        expect(await errorOf(failing)).toBe(error)
        expect(await noteIds(storage)).toEqual([])
      })

      test('whose statement failed is refused even where the error was caught', async () => {
        const failing = storage.write(async (tx) => {
          await insertNote(tx, 'a')
          await errorOf(insertNote(tx, 'a'))
          await errorOf(insertNote(tx, 'b'))
        })
        expect(await kindOf(failing)).toBe('unique')
        expect(await noteIds(storage)).toEqual([])
      })

      test('fails alone: those beside it are saved', async () => {
        const outcomes = await Promise.allSettled(
          Array.from({ length: 20 }, (_, index) =>
            storage.write(async (tx) => {
              await insertNote(tx, `n${index}`)
              if (index % 3 === 0) await insertNote(tx, `n${index}`)
              if (index % 5 === 0) throw new Error('late')
              return index
            }),
          ),
        )
        const good = outcomes.flatMap((outcome) =>
          outcome.status === 'fulfilled' ? [`n${outcome.value}`] : [],
        )
        expect(good).toHaveLength(11)
        expect(await noteIds(storage)).toEqual(good.sort())
      })

      test('changes tables or, when it throws, does not', async () => {
        const failing = storage.write(async (tx) => {
          await tx.run(sql`create table gone (a integer)`)
          throw new Error('late')
        })
        await errorOf(failing)
        expect((await storage.tables()).map((table) => table.name)).toEqual(['note', 'rule'])
      })

      test('may send statements without awaiting each; they run in order', async () => {
        await storage.write(async (tx) => {
          const sent = Array.from({ length: 20 }, (_, index) =>
            tx.run(
              index === 0
                ? sql`insert into ${note} (id, body) values ('a', '')`
                : sql`update ${note} set body = concat(body, cast(${String(index % 10)} as text))`,
            ),
          )
          await Promise.all(sent)
        })
        const [row] = await storage.read(sql`select body from ${note}`)
        expect(row?.['body']).toBe('1234567890123456789')
      })
    })

    describe('a transaction after the end of its unit', () => {
      test('throws at every use', async () => {
        const kept: Transaction[] = []
        await storage.write(async (tx) => kept.push(tx))
        await errorOf(
          storage.write(async (tx) => {
            kept.push(tx)
            throw new Error('late')
          }),
        )
        for (const tx of kept) {
          await expect(insertNote(tx, 'a')).rejects.toThrow('ended')
          await expect(tx.read(sql`select 1 as one`)).rejects.toThrow('ended')
          expect(() => tx.afterCommit(() => undefined)).toThrow('ended')
        }
        expect(await noteIds(storage)).toEqual([])
      })

      test('does not take statements into the next unit', async () => {
        let straggler: Promise<unknown> = Promise.resolve()
        const first = storage.write(async (tx) => {
          await insertNote(tx, 'a')
          straggler = pauseMs(1).then(() => insertNote(tx, 'straggler'))
          straggler.catch(() => undefined)
        })
        const second = storage.write(async (tx) => {
          await insertNote(tx, 'b')
          await pauseMs(20)
          await insertNote(tx, 'c')
        })
        await Promise.all([first, second])
        await expect(straggler).rejects.toThrow('ended')
        expect(await noteIds(storage)).toEqual(['a', 'b', 'c'])
      })
    })

    describe('grouped writes', () => {
      test('that wait together are one call, and each caller gets its own result', async () => {
        const group = noteGroup(storage)
        const ids = Array.from({ length: 40 }, (_, index) => `g${String(index).padStart(2, '0')}`)
        const results = await Promise.all(ids.map((id) => storage.writeGrouped(group, id)))
        expect(results).toEqual(ids.map((id) => `made ${id}`))
        expect(Math.max(...group.sizes)).toBeGreaterThan(10)
        expect(await noteIds(storage)).toEqual(ids)
      })

      test('lose only the bad one', async () => {
        const group = noteGroup(storage)
        const ids = ['a', 'b', 'c', 'b', 'd']
        const outcomes = await Promise.allSettled(ids.map((id) => storage.writeGrouped(group, id)))
        expect(outcomes.map((outcome) => outcome.status)).toEqual([
          'fulfilled',
          'fulfilled',
          'fulfilled',
          'rejected',
          'fulfilled',
        ])
        expect(await noteIds(storage)).toEqual(['a', 'b', 'c', 'd'])
      })

      test('share a commit with other groups and with single units', async () => {
        const groups = [noteGroup(storage), noteGroup(storage)] as const
        await Promise.all([
          ...['a', 'b'].map((id) => storage.writeGrouped(groups[0], id)),
          storage.write((tx) => insertNote(tx, 'c')),
          ...['d', 'e'].map((id) => storage.writeGrouped(groups[1], id)),
        ])
        expect(await noteIds(storage)).toEqual(['a', 'b', 'c', 'd', 'e'])
      })

      test('with fewer results than inputs are undone', async () => {
        const broken: GroupedWrite<string, string> = {
          run: async (tx, inputs) => {
            for (const id of inputs) await insertNote(tx, id)
            return []
          },
        }
        await expect(storage.writeGrouped(broken, 'a')).rejects.toThrow('results')
        expect(await noteIds(storage)).toEqual([])
      })
    })

    describe('actions after the commit', () => {
      test('run before the caller is answered, and never after a failure', async () => {
        const told: string[] = []
        const say = (tx: Transaction, what: string): void => tx.afterCommit(() => told.push(what))
        await storage.write(async (tx) => {
          say(tx, 'first')
          say(tx, 'second')
        })
        expect(told).toEqual(['first', 'second'])
        await errorOf(
          storage.write(async (tx) => {
            say(tx, 'never')
            throw new Error('late')
          }),
        )
        expect(told).toEqual(['first', 'second'])
      })

      test('see what was committed', async () => {
        let seen: Promise<unknown[]> = Promise.resolve([])
        await storage.write(async (tx) => {
          await insertNote(tx, 'a')
          tx.afterCommit(() => {
            seen = noteIds(storage)
          })
        })
        expect(await seen).toEqual(['a'])
      })
    })

    storageInterleavings(() => storage)

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

    describe('reads', () => {
      test('fill holes of a kept statement', async () => {
        await storage.write((tx) => insertNote(tx, 'a', 'one'))
        const kept = render(
          sql`select body from ${note} where id = ${hole('id')} or body = ${hole('id')}`,
          storage.dialect,
        )
        expect(await storage.read(kept, { holes: { id: 'a' } })).toEqual([{ body: 'one' }])
        expect(await storage.read(kept, { holes: { id: 'one' } })).toEqual([{ body: 'one' }])
        expect(await storage.read(kept, { holes: { id: 'b' } })).toEqual([])
      })

      test('end at their deadline, and the connection serves on', async () => {
        const late = Array.from({ length: 6 }, () =>
          kindOf(storage.read(endless, { deadlineMs: 300 })),
        )
        expect(new Set(await Promise.all(late))).toEqual(new Set(['QUERY_TIMEOUT']))
        for (let index = 0; index < 10; index++) {
          expect(await storage.read(sql`select 1 as one`)).toEqual([{ one: 1 }])
        }
      })

      test('that are quick are not kept waiting by slow ones', async () => {
        const slow = Array.from({ length: 12 }, () =>
          kindOf(storage.read(endless, { deadlineMs: 2_500 })),
        )
        await pauseMs(800)
        const startedAt = performance.now()
        for (let index = 0; index < 20; index++) await storage.read(sql`select 1 as one`)
        expect(performance.now() - startedAt).toBeLessThan(1_000)
        await storage.write((tx) => insertNote(tx, 'a'))
        await Promise.all(slow)
      })

      test('go on while columns are added and dropped', async () => {
        await storage.write((tx) => insertNote(tx, 'a'))
        const read = sql`select * from ${note}`
        for (let round = 0; round < 3; round++) {
          await storage.write((tx) => tx.run(sql`alter table ${note} add column extra integer`))
          expect(await storage.read(read)).toEqual([
            { id: 'a', body: 'x', size: null, extra: null },
          ])
          await storage.write((tx) => tx.run(sql`alter table ${note} drop column extra`))
          expect(await storage.read(read)).toEqual([{ id: 'a', body: 'x', size: null }])
        }
      })
    })

    test('tells the tables with their columns and indexes', async () => {
      const tables = await storage.tables()
      expect(tables.map((table) => table.name)).toEqual(['note', 'rule'])
      const rule = tables[1]
      expect(rule?.columns.map((column) => column.name)).toEqual([
        'id',
        'code',
        'kind',
        'need',
        'amount',
        'note',
      ])
      expect(rule?.columns[3]).toMatchObject({ name: 'need', notNull: true })
      expect(rule?.columns[1]?.type.toLowerCase()).toBe('text')
      expect(rule?.indexes).toEqual([{ name: 'rule_code', unique: true }])
    })

    test('runs a statement outside of transactions', async () => {
      const online = storage.dialect.onlineIndexBuild ? sql` concurrently` : sql``
      await storage.runAlone(sql`create index${online} note_size on ${note} (size)`)
      const [table] = await storage.tables()
      expect(table?.indexes).toEqual([{ name: 'note_size', unique: false }])
      await storage.runAlone(sql`drop index note_size`)
    })

    describe('an exclusive name', () => {
      test('has one holder at a time', async () => {
        let holders = 0
        const hold = (): Promise<number> =>
          storage.exclusive('deploy', async () => {
            holders++
            await pauseMs(10)
            return holders--
          })
        expect(await Promise.all([hold(), hold(), hold()])).toEqual([1, 1, 1])
      })

      test('is free again after a failure, and names do not hold up each other', async () => {
        await errorOf(storage.exclusive('a', () => Promise.reject(new Error('late'))))
        const nested = storage.exclusive('a', () => storage.exclusive('b', async () => 'both'))
        expect(await nested).toBe('both')
      })
    })

    test('brings messages to those who listen, until they stop', async () => {
      const heard: string[] = []
      const stop = storage.listen('model', (payload) => heard.push(payload))
      storage.listen('other', (payload) => heard.push(`other ${payload}`))
      await storage.notify('model', 'one "quoted"')
      await expect.poll(() => heard).toEqual(['one "quoted"'])
      stop()
      await storage.notify('model', 'two')
      await storage.notify('other', 'three')
      await expect.poll(() => heard).toEqual(['one "quoted"', 'other three'])
      await expect(storage.notify('model', 'x'.repeat(8_000))).rejects.toThrow('bytes')
    })

    test('keeps everything over a restart', async () => {
      await storage.write((tx) => insertNote(tx, 'a'))
      storage = await opened.reopen()
      expect(await noteIds(storage)).toEqual(['a'])
      expect(storage.health()).toEqual({ writable: true, waitingWrites: 0 })
    })
  })

  describe(`the limits of a storage on ${name}`, () => {
    const limits = { writeUnitMs: 300, writeQueueUnitsMax: 10, writeGroupUnitsMax: 4 }
    let opened: OpenDatabase
    let storage: Storage
    beforeAll(async () => {
      opened = await open({ limits })
      storage = opened.storage
      await createTables(storage)
    })
    afterAll(() => opened.close())

    test('a unit that takes too long is undone, and others are saved', async () => {
      let release = (): void => undefined
      const hanging = storage.write(async (tx) => {
        await insertNote(tx, 'hanging')
        await new Promise<void>((resolve) => {
          release = resolve
        })
        await insertNote(tx, 'later')
      })
      const beside = storage.write((tx) => insertNote(tx, 'beside'))
      expect(await kindOf(hanging)).toBe('SERVER_UNAVAILABLE')
      release()
      await beside
      expect(await noteIds(storage)).toEqual(['beside'])
    })

    test('a unit whose statement takes too long is undone, and others are saved', async () => {
      const hanging = storage.write(async (tx) => {
        await insertNote(tx, 'hanging')
        await tx.run(sql`insert into ${note} (id) select cast(n as text) from (${endless}) as e`)
      })
      const beside = storage.write((tx) => insertNote(tx, 'beside 2'))
      const kind = await kindOf(hanging)
      expect(['SERVER_UNAVAILABLE', 'interrupted']).toContain(kind)
      await beside
      expect(await noteIds(storage)).toEqual(['beside', 'beside 2'])
    })

    test('more units than the queue takes are refused at once, the others saved', async () => {
      const outcomes = await Promise.allSettled(
        Array.from({ length: 60 }, (_, index) =>
          storage.write((tx) => insertNote(tx, `queue ${index}`)),
        ),
      )
      const saved = outcomes.filter((outcome) => outcome.status === 'fulfilled').length
      expect(saved).toBeGreaterThanOrEqual(10)
      expect(saved).toBeLessThan(60)
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected')
          expect(outcome.reason).toMatchObject({ code: 'SERVER_UNAVAILABLE' })
      }
      const [row] = await storage.read(
        sql`select count(*) as n from ${note} where id like 'queue %'`,
      )
      expect(row?.['n']).toBe(saved)
    })

    test('after close nothing is taken any more, and what waited was saved', async () => {
      const waiting = Array.from({ length: 5 }, (_, index) =>
        storage.write((tx) => insertNote(tx, `last ${index}`)),
      )
      const closing = storage.close()
      expect(await kindOf(storage.write((tx) => insertNote(tx, 'no')))).toBe('SERVER_UNAVAILABLE')
      await Promise.all(waiting)
      await closing
      storage = await opened.reopen()
      const [row] = await storage.read(
        sql`select count(*) as n from ${note} where id like 'last %'`,
      )
      expect(row?.['n']).toBe(5)
    })
  })
}
