/** Requests of one who may not see everything, over every door: names that he may know and names that he may not, in all places. */
import fc from 'fast-check'
import { openWords, secretWords, type TwinIds } from './twin-world.ts'

export interface TwinRequest {
  readonly method: string
  readonly path: string
  readonly body?: unknown
}

const data = '/services/data/v67.0'
const own = '/services/fieldstone/v1'

const objects = ['Vault__c', 'Leaf__c', 'Loose__c'] as const
const fields: Readonly<Record<(typeof objects)[number], readonly string[]>> = {
  Vault__c: [
    'Id',
    'Name',
    'OwnerId',
    'Owner.Name',
    'LastModifiedDate',
    'Open__c',
    'Told__c',
    'Secret__c',
    'Weight__c',
    'Day__c',
    'Kind__c',
    'Twice__c',
    'Mark__c',
    'Sum__c',
  ],
  Leaf__c: [
    'Id',
    'Name',
    'Open__c',
    'Amount__c',
    'Vault__c',
    'Vault__r.Name',
    'Vault__r.Secret__c',
  ],
  Loose__c: [
    'Id',
    'Name',
    'Open__c',
    'Vault__c',
    'Of__c',
    'Heavy__c',
    'Vault__r.Name',
    'Vault__r.Open__c',
    'Vault__r.Weight__c',
    'Vault__r.Owner.Name',
  ],
}

const word = fc.constantFrom(...openWords, ...secretWords[0], ...secretWords[1], 'Mine', 'Theirs')
const literal = fc.oneof(
  word.map((one) => `'${one}'`),
  fc.integer({ min: 0, max: 20 }).map(String),
  fc.constantFrom('null', 'TODAY', '2020-02-01', 'true', "'yes'", "'A'"),
)

export function twinRequests(ids: TwinIds): fc.Arbitrary<TwinRequest> {
  const anyId = fc.constantFrom(
    ...ids.mine,
    ...ids.theirs,
    ...ids.leaves,
    ...ids.foreignLeaves,
    ...ids.loose,
    ids.nowhere,
  )
  const object = fc.constantFrom(...objects)
  const soql = object.chain((from) => query(from, anyId))
  const get = (path: fc.Arbitrary<string>): fc.Arbitrary<TwinRequest> =>
    path.map((one) => ({ method: 'GET', path: one }))
  const field = (from: (typeof objects)[number]) => fc.constantFrom(...fields[from])
  const place = fc.tuple(object, anyId)
  const recordBody = object.chain((from) =>
    fc.dictionary(
      fc.constantFrom(...fields[from].filter((name) => !name.includes('.') && name !== 'Id')),
      fc.oneof<fc.Arbitrary<unknown>[]>(
        word,
        anyId,
        fc.integer({ min: 0, max: 9 }),
        fc.constant(null),
      ),
      { maxKeys: 3, noNullPrototype: true },
    ),
  )
  const reads = [
    get(soql.map((text) => `${data}/query?q=${encodeURIComponent(text)}`)),
    get(soql.map((text) => `${data}/queryAll?q=${encodeURIComponent(text)}`)),
    get(soql.map((text) => `${data}/query?explain=${encodeURIComponent(text)}`)),
    get(soql.map((text) => `${own}/export?q=${encodeURIComponent(text)}&name=x`)),
    get(sosl().map((text) => `${data}/search?q=${encodeURIComponent(text)}`)),
    get(word.map((one) => `${own}/ui/search?q=${one}&each=5`)),
    get(word.map((one) => `${data}/search/suggestions?q=${one}&sobject=Vault__c`)),
    get(place.map(([from, id]) => `${data}/sobjects/${from}/${id}`)),
    get(
      fc
        .tuple(place, object.chain(field))
        .map(([[from, id], name]) => `${data}/sobjects/${from}/${id}?fields=${name}`),
    ),
    get(
      fc
        .tuple(anyId, fc.constantFrom('Leaves__r', 'Loose__r', 'Histories', 'Vault__r', 'Shares'))
        .map(([id, name]) => `${data}/sobjects/Vault__c/${id}/${name}`),
    ),
    get(anyId.map((id) => `${data}/sobjects/Loose__c/${id}/Vault__r`)),
    get(
      fc
        .array(anyId, { minLength: 1, maxLength: 4 })
        .map(
          (some) => `${data}/composite/sobjects/Vault__c?ids=${some.join()}&fields=Name,Open__c`,
        ),
    ),
    get(anyId.map((id) => `${own}/ui/records/${id}`)),
    get(anyId.map((id) => `${own}/sharing/${id}`)),
    get(anyId.map((id) => `${own}/sharing/${id}/shares`)),
    get(object.map((from) => `${data}/sobjects/${from}`)),
    get(object.map((from) => `${data}/sobjects/${from}/describe`)),
    get(object.map((from) => `${data}/sobjects/${from}/describe/layouts`)),
    get(object.map((from) => `${data}/sobjects/${from}/listviews`)),
    get(object.map((from) => `${own}/ui/objects/${from}`)),
    get(
      object.map(
        (from) =>
          `${data}/sobjects/${from}/updated?start=2020-01-01T00:00:00Z&end=2020-01-20T00:00:00Z`,
      ),
    ),
    get(
      object.map(
        (from) =>
          `${data}/sobjects/${from}/deleted?start=2020-01-01T00:00:00Z&end=2020-01-20T00:00:00Z`,
      ),
    ),
    get(
      fc.constantFrom(
        `${data}/recent`,
        `${data}/limits`,
        `${data}/limits/recordCount?sObjects=Vault__c,Leaf__c`,
        `${own}/ui/app`,
        `${data}/sobjects`,
        `${own}/change-events?objects=Vault__c&after=-2`,
        `${data}/query?q=${encodeURIComponent('SELECT Field, OldValue, NewValue FROM Vault__History ORDER BY Id')}`,
        `${data}/tooling/query?q=${encodeURIComponent("SELECT DeveloperName FROM CustomField WHERE TableEnumOrId = 'Vault__c'")}`,
      ),
    ),
  ]
  const asks: readonly fc.Arbitrary<TwinRequest>[] = [
    soql.map((q) => ({ method: 'POST', path: `${own}/query`, body: { q } })),
    fc.tuple(soql, anyId).map(([q, id]) => ({
      method: 'POST',
      path: `${own}/ui/lookups/Loose__c/Vault__c`,
      body: { q, id, values: {} },
    })),
    word.map((q) => ({
      method: 'POST',
      path: `${data}/parameterizedSearch`,
      body: { q, sobjects: [{ name: 'Vault__c' }, { name: 'Leaf__c' }] },
    })),
  ]
  const writes: readonly fc.Arbitrary<TwinRequest>[] = [
    fc.tuple(object, recordBody).map(([from, body]) => ({
      method: 'POST',
      path: `${data}/sobjects/${from}`,
      body: { Name: 'new', ...body },
    })),
    fc.tuple(place, recordBody).map(([[from, id], body]) => ({
      method: 'PATCH',
      path: `${data}/sobjects/${from}/${id}`,
      body,
    })),
    fc
      .tuple(object, fc.constantFrom(...ids.theirs, ...ids.foreignLeaves, ids.nowhere))
      .map(([from, id]) => ({
        method: 'DELETE',
        path: `${data}/sobjects/${from}/${id}`,
      })),
    fc
      .tuple(fc.array(place, { minLength: 1, maxLength: 3 }), recordBody, fc.boolean())
      .map(([places, body, allOrNone]) => ({
        method: 'PATCH',
        path: `${data}/composite/sobjects`,
        body: {
          allOrNone,
          records: places.map(([type, id]) => ({ ...body, id, attributes: { type } })),
        },
      })),
    fc.constantFrom(...ids.theirs, ids.nowhere).map((id) => ({
      method: 'POST',
      path: `${own}/recycle-bin/${id}/undelete`,
      body: {},
    })),
  ]
  return fc.oneof(
    { weight: 8, arbitrary: fc.oneof(...reads) },
    { weight: 2, arbitrary: fc.oneof(...asks) },
    { weight: 2, arbitrary: fc.oneof(...writes) },
  )
}

function query(from: (typeof objects)[number], anyId: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const field = fc.constantFrom(...fields[from])
  const plain = fc.constantFrom(...fields[from].filter((name) => !name.includes('.')))
  const operator = fc.constantFrom('=', '!=', '<', '>=', 'LIKE')
  const compared = fc
    .tuple(field, operator, literal)
    .map(([name, sign, value]) => `${name} ${sign} ${value}`)
  const byId = anyId.map((id) => `${from === 'Vault__c' ? 'Id' : 'Vault__c'} = '${id}'`)
  const within = fc
    .tuple(fc.constantFrom('IN', 'NOT IN'), literal)
    .map(([sign, value]) =>
      from === 'Vault__c'
        ? `Id ${sign} (SELECT Vault__c FROM Loose__c WHERE Open__c != ${value})`
        : `Vault__c ${sign} (SELECT Id FROM Vault__c WHERE Open__c != ${value})`,
    )
  const condition = fc.oneof(compared, byId, within)
  const where = fc.oneof(
    fc.constant(''),
    condition.map((one) => ` WHERE ${one}`),
    fc
      .tuple(condition, fc.constantFrom('AND', 'OR'), condition)
      .map(([one, sign, other]) => ` WHERE (${one}) ${sign} (NOT ${other})`),
  )
  const order = fc.oneof(
    fc.constant(''),
    field.map((name) => ` ORDER BY ${name}, Id`),
    fc.constant(' ORDER BY Id LIMIT 2 OFFSET 1'),
  )
  const child =
    from === 'Vault__c'
      ? [
          ', (SELECT Name, Open__c FROM Leaves__r ORDER BY Id)',
          ', (SELECT Name FROM Loose__r ORDER BY Id)',
        ]
      : []
  const list = fc
    .tuple(
      fc.array(field, { minLength: 1, maxLength: 3 }),
      fc.constantFrom('', ...child),
      where,
      order,
    )
    .map(
      ([names, more, which, sorted]) =>
        `SELECT ${[...new Set(names)].join()}${more} FROM ${from}${which}${sorted}`,
    )
  const grouped = fc
    .tuple(
      plain,
      fc.constantFrom('COUNT(Id)', 'MIN(Name)', `MAX(${fields[from][5] ?? 'Name'})`),
      where,
    )
    .map(
      ([name, made, which]) =>
        `SELECT ${name}, ${made} n FROM ${from}${which} GROUP BY ${name} ORDER BY ${name}`,
    )
  const counted = where.map((which) => `SELECT COUNT() FROM ${from}${which}`)
  const aggregate = fc
    .tuple(fc.constantFrom('SUM', 'AVG', 'MAX', 'COUNT_DISTINCT'), plain, where)
    .map(([how, name, which]) => `SELECT ${how}(${name}) n FROM ${from}${which}`)
  return fc.oneof(
    { weight: 4, arbitrary: list },
    { weight: 2, arbitrary: grouped },
    counted,
    aggregate,
  )
}

function sosl(): fc.Arbitrary<string> {
  const groups = fc.constantFrom('ALL FIELDS', 'NAME FIELDS')
  const returning = fc.constantFrom(
    'Vault__c(Id, Name, Open__c)',
    'Vault__c(Id WHERE Secret__c != null)',
    'Leaf__c(Id, Name), Vault__c(Id ORDER BY Weight__c)',
    'Loose__c(Id, Name), Leaf__c',
  )
  return fc
    .tuple(word, fc.constantFrom('', '*'), groups, returning)
    .map(([one, star, within, which]) => `FIND {${one}${star}} IN ${within} RETURNING ${which}`)
}
