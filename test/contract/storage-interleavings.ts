/**
 * Ten thousand units at random, many at once, some failing early, late or by a constraint: nothing
 * mixes.
 */
import { describe, expect, test } from 'vitest'
import { hole, identifier, render, sql } from '../../engine/sql/sql.ts'
import type { GroupedWrite, Storage, Transaction } from '../../engine/storage/storage.ts'

const unitsMax = 10_000
const seed = 20_240_607

/** The same numbers for the same seed (mulberry32). */
function numbersFrom(start: number): (below: number) => number {
  let state = start
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

type Draw = ReturnType<typeof numbersFrom>

/** Gives up the turn, sometimes for longer than a statement takes. */
async function stepAside(draw: Draw): Promise<void> {
  const choice = draw(8)
  if (choice < 4) return
  if (choice < 6) return Promise.resolve()
  if (choice === 6) return new Promise((resolve) => setImmediate(resolve))
  return new Promise((resolve) => setTimeout(resolve, draw(3)))
}

function insert(tx: Transaction, unit: number, part: number): Promise<number> {
  return tx.run(sql`insert into mixed (unit, part) values (${unit}, ${part})`)
}

interface World {
  readonly storage: Storage
  readonly group: GroupedWrite<number, number>
  readonly draw: Draw
  /** Units that were answered as saved, with their number of parts. */
  readonly saved: Map<number, number>
  readonly problems: unknown[]
}

type Action = (world: World, unit: number) => Promise<void>

class Expected extends Error {}

async function createSeveral({ storage, draw, saved }: World, unit: number): Promise<void> {
  const parts = 1 + draw(3)
  await storage.write(async (tx) => {
    for (let part = 0; part < parts; part++) {
      await stepAside(draw)
      await insert(tx, unit, part)
    }
  })
  saved.set(unit, parts)
}

async function failLate({ storage, draw }: World, unit: number): Promise<void> {
  await storage.write(async (tx) => {
    await insert(tx, unit, 0)
    await stepAside(draw)
    throw new Expected()
  })
}

async function breakConstraint({ storage, draw }: World, unit: number): Promise<void> {
  await storage.write(async (tx) => {
    await insert(tx, unit, 0)
    await stepAside(draw)
    await insert(tx, unit, 0)
  })
}

async function createGrouped({ storage, group, saved }: World, unit: number): Promise<void> {
  expect(await storage.writeGrouped(group, unit)).toBe(unit)
  saved.set(unit, 1)
}

async function failGrouped({ storage, group }: World, unit: number): Promise<void> {
  await storage.writeGrouped(group, -1 - unit)
}

/** A statement after the end of its unit must not reach the database. */
async function straggle({ storage, draw, saved }: World, unit: number): Promise<void> {
  const kept: Transaction[] = []
  await storage.write(async (tx) => {
    kept.push(tx)
    await insert(tx, unit, 0)
  })
  saved.set(unit, 1)
  await stepAside(draw)
  const late = await Promise.allSettled(kept.map((tx) => insert(tx, unit, 99)))
  expect(late[0]?.status).toBe('rejected')
}

async function readSaved({ storage, draw, saved }: World): Promise<void> {
  const units = [...saved.keys()]
  const unit = units[draw(Math.max(1, units.length))]
  if (unit === undefined) return
  const [row] = await storage.read(sql`select count(*) as n from mixed where unit = ${unit}`)
  expect(row?.['n']).toBe(saved.get(unit))
}

const actions: readonly Action[] = [
  createSeveral,
  createSeveral,
  failLate,
  breakConstraint,
  createGrouped,
  createGrouped,
  createGrouped,
  failGrouped,
  straggle,
  readSaved,
]
const failing: ReadonlySet<Action> = new Set([failLate, breakConstraint, failGrouped])

async function act(world: World, unit: number): Promise<void> {
  const action = actions[world.draw(actions.length)]
  if (action === undefined) return
  try {
    await action(world, unit)
    if (failing.has(action)) world.problems.push(`${action.name} ${unit} was answered as saved`)
  } catch (error) {
    if (!failing.has(action)) world.problems.push(error)
  }
}

function groupOf(storage: Storage): GroupedWrite<number, number> {
  const columns = [{ name: identifier('unit'), kind: { kind: 'integer' } as const }]
  const rows = storage.dialect.rows(sql`${hole('rows')}`, columns)
  const statement = render(
    sql`insert into mixed (unit, part) select unit, 0 from ${rows} as r`,
    storage.dialect,
  )
  return {
    run: async (tx, units) => {
      await tx.run(statement, { rows: JSON.stringify(units.map((unit) => [unit])) })
      return units
    },
  }
}

export function storageInterleavings(storageNow: () => Storage): void {
  describe('ten thousand units at random', () => {
    test('leave exactly what was answered as saved', { timeout: 240_000 }, async () => {
      const storage = storageNow()
      await storage.write((tx) =>
        tx.run(
          sql`create table mixed (unit integer not null check (unit >= 0), part integer not null, primary key (unit, part))`,
        ),
      )
      const world: World = {
        storage,
        group: groupOf(storage),
        draw: numbersFrom(seed),
        saved: new Map(),
        problems: [],
      }
      let next = 0
      const worker = async (): Promise<void> => {
        while (next < unitsMax) await act(world, next++)
      }
      await Promise.all(Array.from({ length: 60 }, worker))
      const rows = await storage.read(
        sql`select unit, count(*) as n, max(part) as last from mixed group by unit order by unit`,
      )
      await storage.write((tx) => tx.run(sql`drop table mixed`))
      expect(world.problems).toEqual([])
      const expected = [...world.saved].sort(([a], [b]) => a - b)
      expect(rows).toEqual(expected.map(([unit, n]) => ({ unit, n, last: n - 1 })))
    })
  })
}
