/**
 * Two organisations that differ only in what the representative may not read: values of fields that are hidden from him, records
 * of others with all that hangs on them, and whether such records are there at all.
 */
import { identifier, sql } from '../../engine/sql/sql.ts'
import { openTwins, type Api } from './api.ts'
import type { TestDatabase } from './databases.ts'

const data = '/services/data/v67.0'
const own = '/services/fieldstone/v1'

type Json = Readonly<Record<string, unknown>>

const text = (fullName: string, more: Json = {}): Json => ({
  fullName,
  label: fullName.replace(/__c$/, ''),
  type: 'Text',
  length: 80,
  trackHistory: true,
  ...more,
})
const number = (fullName: string, more: Json = {}): Json => ({
  fullName,
  label: fullName.replace(/__c$/, ''),
  type: 'Number',
  precision: 9,
  scale: 0,
  ...more,
})
const values = (names: readonly string[]): Json => ({
  restricted: true,
  valueSetDefinition: {
    sorted: false,
    value: names.map((name) => ({ fullName: name, label: name, default: false })),
  },
})

const vault: readonly Json[] = [
  text('Open__c'),
  text('Secret__c'),
  number('Weight__c', { trackHistory: true }),
  { fullName: 'Day__c', label: 'Day', type: 'Date' },
  { fullName: 'Kind__c', label: 'Kind', type: 'Picklist', valueSet: values(['A', 'B']) },
  number('Twice__c', { formula: 'Weight__c * 2', precision: 18 }),
  text('Told__c', { formula: 'Open__c & "!"', length: undefined, trackHistory: undefined }),
  text('Mark__c', {
    formula: 'IF(Secret__c = "ruby", "yes", "no")',
    length: undefined,
    trackHistory: undefined,
  }),
  {
    fullName: 'Sum__c',
    label: 'Sum',
    type: 'Summary',
    summarizedField: 'Leaf__c.Amount__c',
    summaryForeignKey: 'Leaf__c.Vault__c',
    summaryOperation: 'sum',
  },
]

const objects: readonly Json[] = [
  {
    fullName: 'Vault__c',
    label: 'Vault',
    pluralLabel: 'Vaults',
    nameField: { label: 'Name', type: 'Text' },
    sharingModel: 'Private',
    enableSearch: true,
    enableHistory: true,
    fields: vault,
  },
  {
    fullName: 'Leaf__c',
    label: 'Leaf',
    pluralLabel: 'Leaves',
    nameField: { label: 'Name', type: 'Text' },
    sharingModel: 'ControlledByParent',
    enableSearch: true,
    fields: [
      {
        fullName: 'Vault__c',
        label: 'Vault',
        type: 'MasterDetail',
        referenceTo: ['Vault__c'],
        relationshipName: 'Leaves',
      },
      number('Amount__c'),
      text('Open__c'),
    ],
  },
  {
    fullName: 'Loose__c',
    label: 'Loose',
    pluralLabel: 'Loose ones',
    nameField: { label: 'Name', type: 'Text' },
    sharingModel: 'ReadWrite',
    enableSearch: true,
    fields: [
      {
        fullName: 'Vault__c',
        label: 'Vault',
        type: 'Lookup',
        referenceTo: ['Vault__c'],
        relationshipName: 'Loose',
        deleteConstraint: 'SetNull',
      },
      text('Of__c', { formula: 'Vault__r.Open__c', length: undefined, trackHistory: undefined }),
      number('Heavy__c', { formula: 'Vault__r.Weight__c + 1', precision: 18 }),
      text('Open__c'),
    ],
  },
]

/** What he may read and write; the formulas and the sum are given to him too, and hidden by what they are made of. */
export const openFields = [
  'Vault__c.Open__c',
  'Vault__c.Told__c',
  'Vault__c.Twice__c',
  'Vault__c.Mark__c',
  'Vault__c.Sum__c',
  'Leaf__c.Open__c',
  'Loose__c.Vault__c',
  'Loose__c.Of__c',
  'Loose__c.Heavy__c',
  'Loose__c.Open__c',
]
const computed = /Told|Twice|Mark|Sum|Of__|Heavy/

const rights = {
  fullName: 'Twin',
  label: 'Twin',
  objectPermissions: objects.map(({ fullName }) => ({
    object: fullName,
    allowCreate: true,
    allowRead: true,
    allowEdit: true,
    allowDelete: true,
    viewAllRecords: false,
    modifyAllRecords: false,
  })),
  fieldPermissions: openFields.map((field) => ({
    field,
    readable: true,
    editable: !computed.test(field),
  })),
}

export const openWords = ['amber', 'basalt', 'cobalt'] as const
/** Words that stand in hidden places, of the one world and of the other. */
export const secretWords = [
  ['onyx', 'opal'],
  ['ruby', 'topaz'],
] as const

export interface TwinIds {
  readonly mine: readonly string[]
  readonly theirs: readonly string[]
  readonly leaves: readonly string[]
  readonly foreignLeaves: readonly string[]
  readonly loose: readonly string[]
  /** Nothing has this id. */
  readonly nowhere: string
}

export interface Twins {
  readonly worlds: readonly [Api, Api]
  readonly ids: TwinIds
  close(): Promise<void>
}

export async function openTwinWorld(database: TestDatabase): Promise<Twins> {
  let ids: TwinIds | undefined
  const worlds = await openTwins(database, async (api) => {
    ids = await furnish(api)
  })
  if (ids === undefined) throw new Error('the worlds were not furnished')
  for (const [index, world] of worlds.entries()) await makeDiffer(world, ids, index)
  const [one, other] = worlds
  return { worlds, ids, close: async () => void (await Promise.all([one.close(), other.close()])) }
}

async function furnish(api: Api): Promise<TwinIds> {
  const ask = async (method: string, path: string, body: unknown, as: 'admin' | 'rep') => {
    const { status, json, text: said } = await api.ask(method, path, { as, body })
    if (status >= 300) throw new Error(`${path}: ${said}`)
    return json
  }
  const changes = [
    ...objects.map((body) => ({ type: 'CustomObject', fullName: body['fullName'], body })),
    { type: 'PermissionSet', fullName: 'Twin', body: rights },
  ]
  const plan = await ask('POST', `${own}/plans`, { changes }, 'admin')
  await ask('POST', `${own}/plans/${String(plan['id'])}/apply`, { consent: true }, 'admin')
  const find = encodeURIComponent("SELECT Id FROM PermissionSet WHERE Name = 'Twin'")
  const sets = await api.ask('GET', `${data}/query?q=${find}`, { as: 'admin' })
  const PermissionSetId = String(sets.json['records']?.[0]?.['Id'])
  const assignment = { AssigneeId: api.repId, PermissionSetId }
  await ask('POST', `${data}/sobjects/PermissionSetAssignment`, assignment, 'admin')
  const make = async (object: string, body: Json, as: 'admin' | 'rep'): Promise<string> =>
    String((await ask('POST', `${data}/sobjects/${object}`, body, as))['id'])
  const made = { mine: [], theirs: [], leaves: [], foreignLeaves: [], loose: [] } as Record<
    Exclude<keyof TwinIds, 'nowhere'>,
    string[]
  >
  for (const [index, word] of openWords.entries()) {
    const mine = await make('Vault__c', { Name: `Mine ${word}`, Open__c: word }, 'rep')
    const theirs = await make('Vault__c', { Name: `Theirs ${index}`, Open__c: word }, 'admin')
    made.mine.push(mine)
    made.theirs.push(theirs)
    made.leaves.push(await make('Leaf__c', { Name: `leaf ${word}`, Vault__c: mine }, 'admin'))
    made.foreignLeaves.push(await make('Leaf__c', { Name: 'foreign', Vault__c: theirs }, 'admin'))
    for (const [name, Vault__c] of [
      ['to mine', mine],
      ['to theirs', theirs],
    ] as const) {
      made.loose.push(
        await make('Loose__c', { Name: `${word} ${name}`, Vault__c, Open__c: word }, 'admin'),
      )
    }
  }
  const nowhere = `${made.mine[0]?.slice(0, 10)}ZZZZZ`
  return { ...made, nowhere }
}

/** The same steps in both worlds, with other values: stamps, numbers and ids stay alike. */
async function makeDiffer(world: Api, ids: TwinIds, index: number): Promise<void> {
  const secrets = secretWords[index] ?? ['', '']
  const admin = await world.engine.auth.userById(await adminId(world))
  const caller = admin?.caller('api', '67.0')
  if (caller === undefined) throw new Error('no administrator')
  const set = (object: string, id: string, values_: Json): Promise<unknown> =>
    world.engine.records.update(caller, object, id, new Map(Object.entries(values_)))
  for (const [at, id] of [...ids.mine, ...ids.theirs].entries()) {
    await set('Vault__c', id, {
      Secret__c: secrets[at % 2],
      Weight__c: (at + 1) * (index + 1),
      Day__c: `202${index}-0${at + 1}-01`,
      Kind__c: (at + index) % 2 === 0 ? 'A' : 'B',
    })
  }
  for (const [at, id] of ids.theirs.entries()) {
    await set('Vault__c', id, { Name: `Theirs ${secrets[at % 2]}`, Open__c: secrets[at % 2] })
  }
  for (const id of [...ids.leaves, ...ids.foreignLeaves]) {
    await set('Leaf__c', id, { Amount__c: 10 * (index + 1) })
  }
  for (const id of ids.foreignLeaves)
    await set('Leaf__c', id, { Name: secrets[0], Open__c: secrets[1] })
  if (index === 0) return
  // In the other world one of the foreign records was never there; what the loose one leads to is then nothing.
  const [gone, goneLeaf] = [ids.theirs[2] ?? '', ids.foreignLeaves[2] ?? '']
  await world.engine.storage.write(async (tx) => {
    for (const [object, id] of [
      ['Leaf__c', goneLeaf],
      ['Vault__c', gone],
    ] as const) {
      const table = world.engine.deployer.store.current().object(object)?.table
      if (table !== undefined)
        await tx.run(sql`delete from ${table} where ${identifier('Id')} = ${id}`)
    }
  })
}

async function adminId(world: Api): Promise<string> {
  const { json } = await world.ask('GET', '/services/oauth2/userinfo', { as: 'admin' })
  return String(json['user_id'])
}
