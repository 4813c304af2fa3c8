/** Whatever is sent, the answer is a result or a refusal, and the same on both databases. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Refusal } from '../../engine/base/refusal.ts'
import type { Caller } from '../../engine/records/records.ts'
import { everyTypeMetadata } from '../engine/query/every-type.ts'
import { databases, type OpenDatabase } from '../support/databases.ts'
import { openOrganisation, type Organisation } from '../support/organisation.ts'
import { anyBody, anyName, anyText, grammarQuery, mutatedQuery } from './hostile.ts'

interface Side {
  readonly database: OpenDatabase
  readonly org: Organisation
}

/** Ids and moments differ between two databases; everything else must not. */
function comparable(text: string): string {
  return text
    .replaceAll(/[0-9A-Za-z]{15}[A-Z0-5]{3}/g, '<id>')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+\+0000/g, '<moment>')
}

/** The outcome in words; anything but a result or a refusal fails at once. */
async function outcome(work: () => Promise<string>): Promise<string> {
  try {
    return comparable(await work())
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    expect(error.problems.length).toBeGreaterThan(0)
    const said = JSON.stringify([error.problems, error.details ?? null])
    // Nothing of the inside gets out (INV9); names that the caller sent may be quoted.
    expect(said).not.toMatch(/SQLITE_[A-Z]|syntax error|constraint|relation "|node_modules|\.ts:\d/)
    return comparable(said)
  }
}

describe('fuzz', () => {
  let sides: readonly Side[] = []

  beforeAll(async () => {
    sides = await Promise.all(
      databases.map(async ({ open }) => {
        const database = await open()
        return { database, org: await openOrganisation(database.storage, everyTypeMetadata) }
      }),
    )
  })
  afterAll(() => Promise.all(sides.map((side) => side.database.close())))

  /** Runs the same on both sides and holds the outcomes against each other. */
  const same = async (work: (side: Side) => Promise<string>): Promise<string> => {
    const [one, two] = await Promise.all(sides.map((side) => outcome(() => work(side))))
    expect(one).toBe(two)
    return one ?? ''
  }
  const callerOf = (side: Side, who: 'admin' | 'rep'): Caller => side.org[who]

  it('bodies: created or refused alike, read back as they were taken', async () => {
    await fc.assert(
      fc.asyncProperty(anyBody, async (body) => {
        const ids = new Map<Side, string>()
        const saved = await same(async (side) => {
          const { id } = await side.org.records.create(side.org.admin, 'Sample__c', body)
          ids.set(side, id)
          return 'created'
        })
        if (saved !== 'created') return
        const read = await same(async (side) => {
          const id = ids.get(side) ?? ''
          return (await side.org.records.retrieve(side.org.admin, 'Sample__c', id)).text
        })
        JSON.parse(read)
        await same(async (side) => {
          const id = ids.get(side) ?? ''
          await side.org.records.update(side.org.admin, 'Sample__c', id, body)
          await side.org.records.remove(side.org.admin, 'Sample__c', id)
          return 'updated and removed'
        })
      }),
      { numRuns: 500 },
    )
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })

  it('queries by the grammar: answered or refused alike', async () => {
    await seed()
    await fc.assert(
      fc.asyncProperty(
        grammarQuery,
        fc.constantFrom('admin' as const, 'rep' as const),
        async (soql, who) => {
          const text = await same(
            async (side) => (await side.org.records.query(callerOf(side, who), soql)).text,
          )
          JSON.parse(text)
        },
      ),
      { numRuns: 2_000 },
    )
  })

  it('queries out of shape: answered or refused alike', async () => {
    await fc.assert(
      fc.asyncProperty(mutatedQuery, async (soql) => {
        await same(async (side) => (await side.org.records.query(side.org.admin, soql)).text)
      }),
      { numRuns: 2_000 },
    )
  })

  it('names, keys and locators of addresses: answered or refused alike', async () => {
    const part = fc.oneof(anyName, anyText)
    await fc.assert(
      fc.asyncProperty(part, part, part, async (object, field, value) => {
        const works: ((side: Side) => Promise<unknown>)[] = [
          ({ org }) => org.records.retrieve(org.admin, object, value, [field]),
          ({ org }) => org.records.retrieve(org.admin, 'Sample__c', value),
          ({ org }) => org.records.retrieveByExternalId(org.admin, 'Sample__c', field, value),
          ({ org }) => org.records.upsert(org.rep, object, field, value, new Map()),
          ({ org }) => org.records.upsert(org.admin, 'Account', field, value, new Map()),
          ({ org }) => org.records.update(org.admin, object, value, new Map([[field, value]])),
          ({ org }) => org.records.remove(org.admin, object, value),
          ({ org }) => org.records.undelete(org.admin, value),
          ({ org }) => org.records.purge(org.admin, value),
          ({ org }) => org.records.queryMore(org.admin, value),
          async ({ org }) => org.records.describe(org.admin, object),
        ]
        for (const work of works) await same(async (side) => JSON.stringify(await work(side)))
      }),
      { numRuns: 200 },
    )
  })

  const seed = async (): Promise<void> => {
    for (const { org } of sides) {
      for (let index = 0; index < 8; index++) {
        const values = new Map<string, unknown>([
          ['Name', `Seed ${index}`],
          ['Text__c', ['a', 'Ä', '50%', null][index % 4]],
          ['Number__c', index % 3 === 0 ? null : index - 2.5],
          ['Many__c', index % 2 === 0 ? 'A;B' : null],
          ['Secret__c', `secret ${index}`],
        ])
        await org.records.create(org.admin, 'Sample__c', values)
      }
    }
  }
})
