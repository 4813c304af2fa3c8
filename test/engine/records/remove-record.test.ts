/** Delete on both databases: what goes along, what stays, and what forbids it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { limits } from '../../../engine/base/limits.ts'
import type { RecordChange } from '../../../engine/records/records.ts'
import { logStatements, type StatementLog } from '../../attack/attack-support.ts'
import { databases, type OpenDatabase } from '../../support/databases.ts'
import { body, openOrganisation, type Organisation } from '../../support/organisation.ts'
import type { MetadataFile } from '../../support/test-objects.ts'
import { everyTypeMetadata } from '../query/every-type.ts'
import { deskOf, refusal } from './records-support.ts'

/** Lookups among nodes and leaves, with each of the three things that a delete can mean. */
const relation = (
  fullName: string,
  target: string,
  deleteConstraint: string,
): Readonly<Record<string, unknown>> => ({
  fullName,
  label: fullName,
  type: 'Lookup',
  referenceTo: [target],
  relationshipName: `By_${fullName.replace('__c', '')}`,
  deleteConstraint,
})

const tree: readonly MetadataFile[] = [
  [
    'objects/Node__c.json',
    {
      fullName: 'Node__c',
      label: 'Node',
      pluralLabel: 'Nodes',
      nameField: { label: 'Node', type: 'Text' },
      sharingModel: 'ReadWrite',
      fields: [
        relation('Up__c', 'Node__c', 'Cascade'),
        relation('Beside__c', 'Node__c', 'SetNull'),
        relation('Holds__c', 'Node__c', 'Restrict'),
      ],
    },
  ],
  [
    'objects/Leaf__c.json',
    {
      fullName: 'Leaf__c',
      label: 'Leaf',
      pluralLabel: 'Leaves',
      nameField: { label: 'Leaf', type: 'Text' },
      sharingModel: 'ReadWrite',
      fields: [
        { ...relation('Needs__c', 'Node__c', 'Restrict'), required: true },
        relation('Likes__c', 'Node__c', 'SetNull'),
      ],
    },
  ],
]

describe.each(databases)('delete on $name', ({ open }) => {
  let database: OpenDatabase
  let org: Organisation
  let log: StatementLog
  const desk = deskOf(() => org)

  beforeAll(async () => {
    database = await open()
    log = logStatements(database.storage)
    org = await openOrganisation(log, [...everyTypeMetadata, ...tree])
  })
  afterAll(() => database.close())

  const node = (values: Record<string, unknown> = {}): Promise<string> =>
    desk.create('Node__c', { Name: 'N', ...values })
  const remove = (id: string, object = 'Node__c', as = org.admin): Promise<void> =>
    org.records.remove(as, object, id)
  const living = async (ids: readonly string[], object = 'Node__c'): Promise<readonly string[]> => {
    const list = ids.map((id) => `'${id}'`).join(',')
    return (await desk.column(`SELECT Id FROM ${object} WHERE Id IN (${list})`, 'Id')) as string[]
  }

  it('goes down a chain of its own object, and comes back', async () => {
    const top = await node()
    const middle = await node({ Up__c: top })
    const low = await node({ Up__c: middle })
    await remove(top)
    expect(await living([top, middle, low])).toEqual([])
    await org.records.undelete(org.admin, top)
    expect(await living([top, middle, low])).toHaveLength(3)
    expect(await desk.read('Node__c', low, ['Up__c'])).toEqual({ Up__c: middle })
  })

  it('ends in a circle', async () => {
    const one = await node()
    const two = await node({ Up__c: one })
    await desk.update('Node__c', one, { Up__c: two })
    const self = await node()
    await desk.update('Node__c', self, { Up__c: self, Beside__c: self, Holds__c: self })
    await remove(two)
    await remove(self)
    expect(await living([one, two, self])).toEqual([])
    await org.records.undelete(org.admin, two)
    await org.records.undelete(org.admin, self)
    expect(await living([one, two, self])).toHaveLength(3)
    expect(await desk.read('Node__c', self, ['Beside__c'])).toEqual({ Beside__c: self })
  })

  it('a detail of two masters goes once, whichever master goes', async () => {
    const invoice = await desk.create('Invoice', {})
    const sample = await desk.create('Sample__c', { Name: 'M' })
    const detail = await desk.create('Junction__c', { Left__c: invoice, Right__c: sample })
    await remove(sample, 'Sample__c')
    expect((await refusal(desk.read('Junction__c', detail))).code).toBe('ENTITY_IS_DELETED')
    await remove(invoice, 'Invoice')
    const error = await refusal(org.records.undelete(org.admin, sample))
    expect([error.code, error.problems[0]?.fields]).toEqual(['UNDELETE_FAILED', ['Left__c']])
    await org.records.undelete(org.admin, invoice)
    await org.records.undelete(org.admin, sample)
    expect(await living([detail], 'Junction__c')).toEqual([detail])
  })

  it('a record that is found over two ways goes once', async () => {
    const top = await node()
    const left = await node({ Up__c: top })
    const bottom = await node({ Up__c: left, Beside__c: top, Holds__c: top })
    await remove(top)
    expect(await living([top, left, bottom])).toEqual([])
  })

  it('empties lookups, with a new version and an event each', async () => {
    const target = await node()
    const leaf = await desk.create('Leaf__c', {
      Name: 'L',
      Needs__c: await node(),
      Likes__c: target,
    })
    const beside = await node({ Beside__c: target })
    const changes: RecordChange[] = []
    const stop = org.records.onChange((change) => changes.push(change))
    await remove(target)
    await org.records.undelete(org.admin, target)
    stop()
    const updated = changes
      .filter((change) => change.change === 'update')
      .map((change) => change.id)
    expect(updated.sort()).toEqual([leaf, leaf, beside, beside].sort())
    expect((await org.records.retrieve(org.admin, 'Leaf__c', leaf)).version).toBe(3)
    expect(await desk.read('Leaf__c', leaf, ['Likes__c'])).toEqual({ Likes__c: target })
  })

  it('a lookup that was filled again meanwhile keeps its new value', async () => {
    const [old, other] = [await node(), await node()]
    const beside = await node({ Beside__c: old })
    await remove(old)
    await desk.update('Node__c', beside, { Beside__c: other })
    await org.records.undelete(org.admin, old)
    expect(await desk.read('Node__c', beside, ['Beside__c'])).toEqual({ Beside__c: other })
  })

  it('a required lookup holds its target: refused, named, nothing changed', async () => {
    const target = await node()
    const child = await node({ Up__c: target })
    const leaf = await desk.create('Leaf__c', { Name: 'L', Needs__c: child })
    const error = await refusal(remove(target))
    expect([error.code, error.details]).toEqual(['DELETE_FAILED', { references: [leaf] }])
    expect(await living([target, child])).toHaveLength(2)
  })

  it('what goes along itself does not forbid', async () => {
    const target = await node()
    const child = await node({ Up__c: target, Holds__c: target })
    await remove(target)
    expect(await living([target, child])).toEqual([])
  })

  it('whoever may not know the children learns nothing of them, and takes them along', async () => {
    const access = {
      ...org.rep.access,
      mayObject: (object: string) => object === 'Invoice',
      mayField: (object: string) => object === 'Invoice',
    }
    const invoice = await desk.create('Invoice', { OwnerId: org.rep.userId })
    const line = await desk.create('InvoiceLine', { Name: 'L', InvoiceId: invoice })
    await remove(invoice, 'Invoice', org.as(access))
    expect((await refusal(desk.read('InvoiceLine', line))).code).toBe('ENTITY_IS_DELETED')

    const blind = {
      ...org.rep.access,
      mayObject: (object: string) => object === 'Account',
      mayField: (object: string) => object === 'Account',
    }
    const account = await desk.create('Account', { Name: 'Held', OwnerId: org.rep.userId })
    await desk.create('Invoice', { AccountId: account })
    const error = await refusal(remove(account, 'Account', org.as(blind)))
    expect([error.message, error.details]).toEqual(['Other records refer to this one.', undefined])
  })

  it('needs the right to delete, and the version that was seen', async () => {
    const id = await node()
    const reader = {
      ...org.admin.access,
      mayObject: (_: string, right: string) => right === 'read',
    }
    expect((await refusal(remove(id, 'Node__c', org.as(reader)))).code).toBe(
      'INSUFFICIENT_ACCESS_OR_READONLY',
    )
    const stale = org.records.remove(org.admin, 'Node__c', id, { ifVersion: 7 })
    expect((await refusal(stale)).code).toBe('ENTITY_FAILED_IFMATCH')
    await org.records.remove(org.admin, 'Node__c', id, { ifVersion: 1 })
    expect((await refusal(remove(id))).code).toBe('ENTITY_IS_DELETED')
  })

  it('of one record by ten at once happens once', async () => {
    const id = await node()
    const child = await node({ Up__c: id })
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => remove(id)))
    expect(results.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
    for (const one of results) {
      if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'ENTITY_IS_DELETED' })
    }
    await org.records.undelete(org.admin, id)
    expect(await living([id, child])).toHaveLength(2)
  })

  it('of many at once: what nothing refers to goes together, the others with what belongs to them', async () => {
    const many = async (count: number): Promise<string[]> => {
      const bodies = Array.from({ length: count }, () => body({ Name: 'Many' }))
      const options = { allOrNone: true }
      const made = await org.records.createMany(org.admin, 'Node__c', bodies, options)
      return made.map((one) => ('id' in one ? one.id : ''))
    }
    const cost = async (ids: readonly string[]): Promise<number> => {
      log.take()
      const refusals = await org.records.removeMany(org.admin, 'Node__c', ids)
      expect(refusals.filter(Boolean)).toEqual([])
      return log.take()
    }
    const few = await many(2)
    const alone = await many(150)
    expect(await cost(alone)).toBe(await cost(few))
    expect(await living([...few, ...alone])).toEqual([])
    await org.records.undelete(org.admin, alone[7] ?? '')
    expect(await living(alone)).toEqual([alone[7]])

    const [top, middle, other] = [await node(), await node(), await node()]
    const low = await node({ Up__c: middle })
    const beside = await node({ Beside__c: top })
    await cost([other, top, middle])
    expect(await living([other, top, middle, low, beside])).toEqual([beside])
    expect(await desk.read('Node__c', beside, ['Beside__c'])).toEqual({ Beside__c: null })
    await org.records.undelete(org.admin, middle)
    expect([...(await living([other, top, middle, low]))].sort()).toEqual([middle, low].sort())
    await org.records.undelete(org.admin, top)
    expect(await desk.read('Node__c', beside, ['Beside__c'])).toEqual({ Beside__c: top })
  })

  it('of many at once takes those with something of their own in the order that was asked for', async () => {
    const top = await node()
    const middle = await node({ Up__c: top })
    const low = await node({ Up__c: middle })
    const refusals = await org.records.removeMany(org.admin, 'Node__c', [middle, top])
    expect(refusals).toEqual([undefined, undefined])
    await org.records.undelete(org.admin, top)
    expect(await living([top, middle, low])).toEqual([top])
  })

  it('of many at once refuses each that is not there in its place, and all for one that is held', async () => {
    const [good, gone, holding, held] = [await node(), await node(), await node(), await node()]
    await remove(gone)
    await desk.update('Node__c', holding, { Holds__c: held })
    const codes = async (ids: readonly string[], as = org.admin) =>
      (await org.records.removeMany(as, 'Node__c', ids)).map((refused) => refused?.code)
    expect((await refusal(codes([good, held]))).code).toBe('DELETE_FAILED')
    expect(await living([good, held])).toHaveLength(2)
    const account = await desk.create('Account', { Name: 'No node' })
    const asked = [gone, good, 'nonsense', account, good, held.slice(0, 15), holding]
    expect(await codes(asked.slice(0, 5))).toEqual([
      'ENTITY_IS_DELETED',
      undefined,
      'NOT_FOUND',
      'NOT_FOUND',
      'ENTITY_IS_DELETED',
    ])
    // What holds it goes first, since nothing refers to that.
    expect(await codes(asked.slice(5))).toEqual([undefined, undefined])
    expect(await living([good, held, holding])).toEqual([])
    expect(await codes([])).toEqual([])
    const foreign = await desk.create('Account', { Name: 'Of the administrator' })
    const own = await desk.create('Account', { Name: 'Own', OwnerId: org.rep.userId })
    const outcome = await org.records.removeMany(org.rep, 'Account', [foreign, own])
    expect(outcome.map((one) => one?.code)).toEqual(['INSUFFICIENT_ACCESS_OR_READONLY', undefined])
  })

  it('of more than so many is refused by the limit’s name, nothing changed', async () => {
    const above = await node()
    const beside = await node()
    const count = limits.cascadeRecordsMax + 1
    for (let made = 0; made < count; made += 200) {
      const size = Math.min(200, count - made)
      const values = { Name: 'Many', Up__c: above, Beside__c: beside }
      const bodies = Array.from({ length: size }, () => body(values))
      await org.records.createMany(org.admin, 'Node__c', bodies, { allOrNone: true })
    }
    for (const top of [above, beside]) {
      const error = await refusal(remove(top))
      expect(error.code).toBe('DELETE_FAILED')
      expect(error.message).toContain('cascadeRecordsMax')
    }
    const where = `Up__c = '${above}' AND Beside__c = '${beside}'`
    const { text } = await org.records.query(
      org.admin,
      `SELECT COUNT() FROM Node__c WHERE ${where}`,
    )
    expect(JSON.parse(text)).toMatchObject({ totalSize: count })
    expect(await living([above, beside])).toHaveLength(2)
  })
})
