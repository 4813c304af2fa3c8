/** Queries and searches of the twin worlds: names that he may know and names that he may not, in all places. */
import fc from 'fast-check'
import { openWords, secretWords } from './twin-world.ts'

export const objects = ['Vault__c', 'Leaf__c', 'Loose__c'] as const
export const fields: Readonly<Record<(typeof objects)[number], readonly string[]>> = {
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

export const word = fc.constantFrom(
  ...openWords,
  ...secretWords[0],
  ...secretWords[1],
  'Mine',
  'Theirs',
)
const literal = fc.oneof(
  word.map((one) => `'${one}'`),
  fc.integer({ min: 0, max: 20 }).map(String),
  fc.constantFrom('null', 'TODAY', '2020-02-01', 'true', "'yes'", "'A'"),
)

export function query(
  from: (typeof objects)[number],
  anyId: fc.Arbitrary<string>,
): fc.Arbitrary<string> {
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

export function sosl(): fc.Arbitrary<string> {
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
