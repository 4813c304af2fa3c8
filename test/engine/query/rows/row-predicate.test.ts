/** The predicate over rows against a plain evaluation, person by person, in random firms. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Access } from '../../../../engine/access/access.ts'
import { createRowRights } from '../../../../engine/records/row-rights.ts'
import { rowPredicate } from '../../../../engine/query/rows/row-predicate.ts'
import { identifier, render, sql } from '../../../../engine/sql/sql.ts'
import { sqliteDialect } from '../../../../engine/sql/sqlite-dialect.ts'
import { databases, type OpenDatabase } from '../../../support/databases.ts'
import { naiveRank, type DealPlan } from '../../../support/naive-sharing.ts'
import { body, type Organisation } from '../../../support/organisation.ts'
import { createRandom, rounds, type Random } from '../../../support/random.ts'
import {
  beginFirm,
  openFirms,
  rightRanks,
  type Firm,
  type FirmPlan,
  type RulePlan,
} from '../../../support/sharing-world.ts'
import { accountObject, admin, rep } from '../planning.ts'

it('costs nothing where the organisation-wide default or the caller’s rights open all rows', () => {
  const place = { alias: identifier('t0'), dialect: sqliteDialect, object: accountObject }
  for (const right of ['read', 'edit'] as const) {
    expect(rowPredicate({ ...place, access: rep, right })).toBeUndefined()
  }
  expect(rowPredicate({ ...place, access: rep, right: 'all' })).toBeDefined()
  expect(rowPredicate({ ...place, access: admin, right: 'all' })).toBeUndefined()
})

it('is kept for callers of equal rights, and stands under the alias of each mention', () => {
  const place = { dialect: sqliteDialect, object: accountObject, right: 'all' } as const
  const text = (access: Access, alias: string): string =>
    render(rowPredicate({ ...place, access, alias: identifier(alias) }) ?? sql``, sqliteDialect)
      .text
  expect(text(rep, 't0')).toContain('`t0`.')
  expect(text(rep, 't7')).toBe(text(rep, 't0').replaceAll('`t0`', '`t7`'))
  const unbound = { ...rep, signature: `${rep.signature}+`, rows: () => undefined }
  expect(rowPredicate({ ...place, access: unbound, alias: identifier('t0') })).toBeUndefined()
})

const some = <Item>(random: Random, items: readonly Item[], share: number): Item[] =>
  items.filter(() => random.next() < share)

function randomPlan(random: Random): FirmPlan {
  const roles = new Map<string, string | undefined>()
  for (let index = 0; index < 5; index++) {
    const above = [...roles.keys()]
    const [first, ...rest] = above
    const isRoot = first === undefined || random.next() < 0.15
    roles.set(`R${index}`, isRoot ? undefined : random.pick([first, ...rest]))
  }
  const names = [...roles.keys()]
  const users = new Map<string, string | undefined>()
  for (let index = 0; index < 6; index++) {
    users.set(`U${index}`, random.next() < 0.15 ? undefined : names[random.below(names.length)])
  }
  const groups = new Map<string, { bosses: boolean; members: string[] }>()
  for (let index = 0; index < 3; index++) {
    const members = [
      ...some(random, [...users.keys()], 0.2),
      ...some(random, [...groups.keys()], 0.4),
      ...some(random, names, 0.12).map((name) => `role:${name}`),
      ...some(random, names, 0.08).map((name) => `branch:${name}`),
    ]
    groups.set(`G${index}`, { bosses: random.next() < 0.5, members })
  }
  const people = (): Record<string, unknown> => ({
    role: some(random, names, 0.2),
    roleAndSubordinates: some(random, names, 0.1),
    group: some(random, [...groups.keys()], 0.3),
    ...(random.next() < 0.05 && { allInternalUsers: true }),
  })
  const rules = Array.from({ length: random.below(4) }, (): RulePlan => {
    const byOwner = random.next() < 0.5
    const level = random.pick<RulePlan['level']>(['Read', 'Edit'])
    return {
      level,
      to: people(),
      from: byOwner ? people() : undefined,
      kind: byOwner ? undefined : random.pick(['a', 'b']),
    }
  })
  return { roles, users, groups, rules, hierarchy: random.next() < 0.75 }
}

function randomDeals(random: Random, plan: FirmPlan): readonly DealPlan[] {
  const users = [...plan.users.keys()]
  const receivers = [
    ...users,
    ...plan.groups.keys(),
    ...[...plan.roles.keys()].flatMap((role) => [`role:${role}`, `branch:${role}`]),
  ]
  return Array.from({ length: 10 }, () => ({
    owner: users[random.below(users.length)] ?? '',
    kind: random.pick(['a', 'b', 'c']),
    shares: Array.from({ length: random.below(3) }, () => ({
      to: receivers[random.below(receivers.length)] ?? '',
      level: random.pick(['Read', 'Edit', 'All', 'None']),
      on: random.next() < 0.8,
    })),
  }))
}

async function makeDeals(firm: Firm, deals: readonly DealPlan[]): Promise<readonly string[]> {
  const idOf = (name: string): string | undefined => firm.ids.get(name)
  const all = async (object: string, bodies: Record<string, unknown>[]): Promise<string[]> => {
    const made = await firm.records.createMany(firm.admin, object, bodies.map(body), {
      allOrNone: true,
    })
    return made.map((one) => ('id' in one ? one.id : ''))
  }
  const ids = await all(
    'Deal__c',
    deals.map(({ owner, kind }) => ({ Name: 'd', OwnerId: idOf(owner), Kind__c: kind })),
  )
  await all(
    'Item__c',
    ids.map((id) => ({ Name: id, Deal__c: id })),
  )
  const shares = deals.flatMap((deal, index) => deal.shares.map((share) => ({ share, index })))
  const badges = await all(
    'Badge__c',
    shares.map(({ share }) => ({ Name: 'b', Level__c: share.level, On__c: share.on })),
  )
  const rows = shares.map(({ share, index }, at) => ({
    Name: 's',
    Deal__c: ids[index],
    Who__c: idOf(share.to),
    Badge__c: badges[at],
  }))
  if (rows.length > 0) await all('DealShare__c', rows)
  return ids
}

describe.each(databases)('the predicate of rows on $name', ({ open }) => {
  let database: OpenDatabase
  let org: Organisation
  beforeAll(async () => {
    database = await open()
    org = await openFirms(database.storage)
  })
  afterAll(() => database.close())

  it('gives every person just what a plain evaluation gives', { timeout: 300_000 }, async () => {
    const random = createRandom()
    const seen = new Set<number>()
    for (let round = 0; round < rounds(5); round++) {
      const plan = randomPlan(random)
      const firm = await beginFirm(org, plan)
      const deals = randomDeals(random, plan)
      const ids = await makeDeals(firm, deals)
      const rights = createRowRights(firm.context)
      const object = firm.model.object('Deal__c')
      if (object === undefined) throw new Error('there are deals')
      for (const name of plan.users.keys()) {
        const caller = firm.user(name)
        const ranks = deals.map((deal) => naiveRank(plan, name, deal))
        for (const rank of ranks) seen.add(rank)
        const told = `seed ${random.seed}, round ${round}, ${name}: ${JSON.stringify([...plan.users])}`
        const listed = await namesIn(firm, caller, 'SELECT Id FROM Deal__c', 'Id')
        expect(listed.sort(), told).toEqual(ids.filter((_, at) => (ranks[at] ?? 0) >= 1).sort())
        const items = await namesIn(firm, caller, 'SELECT Name FROM Item__c', 'Name')
        expect(items.sort(), told).toEqual(listed)
        const found = await Promise.all(
          ids.map((id) =>
            rights.find(caller, { model: firm.model, object, id }, [
              'read',
              'edit',
              'transfer',
              'all',
            ]),
          ),
        )
        const given = found.map((one) =>
          Math.max(0, ...[...(one?.rights ?? [])].map((right) => rightRanks[right])),
        )
        expect(given, told).toEqual(ranks)
      }
    }
    expect([...seen].sort()).toEqual([0, 1, 2, 4])
  })
})

async function namesIn(
  firm: Firm,
  caller: Firm['admin'],
  soql: string,
  field: string,
): Promise<string[]> {
  const { text } = await firm.records.query(caller, soql)
  const { records } = JSON.parse(text) as { records: Record<string, string>[] }
  return records.map((record) => record[field] ?? '')
}
