/** Units of work: all or nothing, alone or together, and nothing after their end. */
import { beforeAll, describe, expect, test } from 'vitest'
import { sql } from '../../engine/sql/sql.ts'
import type { GroupedWrite, Storage, Transaction } from '../../engine/storage/storage.ts'
import { errorOf, insertNote, kindOf, note, noteGroup, noteIds, pauseMs } from './storage-notes.ts'

export function storageUnits(storageNow: () => Storage): void {
  let storage: Storage
  beforeAll(() => {
    storage = storageNow()
  })

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
      const failed = ids.filter((_, index) => outcomes[index]?.status === 'rejected')
      // Which of the two comes first is nobody's promise where several connections write.
      expect(failed).toEqual(['b'])
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
}
