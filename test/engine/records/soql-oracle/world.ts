/** A small world of records: what the naive evaluator reads, and what is written to the databases. */

export type Value = string | number | boolean | null

export interface Row {
  readonly object: string
  readonly values: Map<string, Value>
  /** By the name of the relationship; null where the lookup is empty. */
  readonly parents: Map<string, Row | null>
  /** By the name of the relationship. */
  readonly children: Map<string, Row[]>
}

export type World = ReadonlyMap<string, readonly Row[]>

export const choices = ['Red', 'Green', 'Blue']
const texts = ['a', 'A', 'ä', 'b', 'ab', 'a b', '50%', 'a_b', 'ß', 'ss', '10', '9']
const chosen = ['A', 'B', 'A;B', 'A;C', 'A;B;C']
const amounts = [0, 1, -1, 2.5, 10, 0.25, -7.75]
const days = ['2026-11-22', '2026-11-21', '2025-12-31', '2026-02-28', '2024-02-29', '2026-10-25']
/** Around midnights and changes of the clock in Berlin, and around the present of the tests. */
const moments = [
  '2026-11-21T22:59:59.000Z',
  '2026-11-21T23:00:00.000Z',
  '2026-11-22T09:30:00.000Z',
  '2026-03-29T00:59:00.000Z',
  '2026-10-25T01:30:00.000Z',
  '2025-12-31T23:30:00.000Z',
  '2026-06-30T22:00:00.000Z',
]

/** Every value and the absence of one turn up beside those of other fields. */
function pick<Item extends Value>(items: readonly Item[], index: number): Item | null {
  return items[index % (items.length + 1)] ?? null
}

/** Values by which rows are made, with lookups as the place of the other row in its list. */
interface Draft {
  readonly object: string
  readonly values: Readonly<Record<string, Value>>
  readonly lookups: Readonly<Record<string, readonly [object: string, index: number] | null>>
}

const accounts: readonly Draft[] = Array.from({ length: 6 }, (_, index) => ({
  object: 'Account',
  values: {
    Name: `Account ${index}`,
    Revenue: pick(amounts, index * 3),
    Website: pick(['https://a.example', 'https://b.example'], index),
  },
  lookups: { ParentId: index < 3 ? null : ['Account', index - 3] },
}))

const contacts: readonly Draft[] = Array.from({ length: 7 }, (_, index) => ({
  object: 'Contact',
  values: { LastName: `Person ${index}`, Email: pick(['x@a.org', 'y@b.org'], index) },
  lookups: { AccountId: index % 3 === 2 ? null : ['Account', index % 5] },
}))

const samples: readonly Draft[] = Array.from({ length: 48 }, (_, index) => ({
  object: 'Sample__c',
  values: {
    Name: `Row ${String((index * 29) % 48).padStart(2, '0')}`,
    Text__c: pick(texts, index * 7),
    Number__c: pick(amounts, index * 5),
    Money__c: pick(amounts, index * 3 + 1),
    Day__c: pick(days, index * 3),
    At__c: pick(moments, index * 5),
    Flag__c: index % 3 === 0,
    Choice__c: pick(choices, index),
    Many__c: pick(chosen, index * 5),
  },
  lookups: {
    Account__c: index % 4 === 3 ? null : ['Account', index % 5],
    Above__c: index % 3 === 0 ? null : ['Sample__c', index - 1],
  },
}))

const remarks: readonly Draft[] = Array.from({ length: 9 }, (_, index) => ({
  object: 'Remark__c',
  values: { Name: `Remark ${index}` },
  lookups: {
    About__c:
      [['Account', index % 6] as const, ['Contact', index % 7] as const, null][index % 3] ?? null,
  },
}))

const relationships: Readonly<Record<string, readonly [parent: string, children: string]>> = {
  'Account.ParentId': ['Parent', 'Subsidiaries'],
  'Contact.AccountId': ['Account', 'Contacts'],
  'Sample__c.Account__c': ['Account__r', 'Samples__r'],
  'Sample__c.Above__c': ['Above__r', 'Below__r'],
  'Remark__c.About__c': ['About__r', 'Remarks__r'],
}

/** Writes the records one after the other; gives them in the order of their ids, which breaks ties. */
export async function buildWorld(
  create: (object: string, values: Record<string, Value>) => Promise<string>,
): Promise<World> {
  const world = new Map<string, Row[]>()
  for (const draft of [...accounts, ...contacts, ...samples, ...remarks]) {
    const rows = world.get(draft.object) ?? []
    const links = Object.entries(draft.lookups).map(([field, place]) => {
      const row = place === null ? null : (world.get(place[0])?.[place[1]] ?? null)
      return { field, row, id: row?.values.get('Id') ?? null }
    })
    const written = { ...draft.values }
    for (const { field, id } of links) written[field] = id
    const id = await create(draft.object, written)
    const row: Row = {
      object: draft.object,
      values: new Map(Object.entries({ ...written, Id: id })),
      parents: new Map(),
      children: new Map(),
    }
    if (draft.object === 'Contact') row.values.set('Name', draft.values['LastName'] ?? null)
    for (const link of links) connect(row, link)
    world.set(draft.object, [...rows, row])
  }
  const inOrder = (rows: readonly Row[]): Row[] =>
    rows.toSorted((one, other) => (idOf(one) < idOf(other) ? -1 : 1))
  for (const [object, rows] of world) {
    for (const { children } of rows)
      for (const [name, below] of children) children.set(name, inOrder(below))
    world.set(object, inOrder(rows))
  }
  return world
}

function idOf(row: Row): string {
  return String(row.values.get('Id'))
}

function connect(row: Row, { field, row: parent }: { field: string; row: Row | null }): void {
  const [up = '', down = ''] = relationships[`${row.object}.${field}`] ?? []
  row.parents.set(up, parent)
  if (parent !== null) parent.children.set(down, [...(parent.children.get(down) ?? []), row])
}
