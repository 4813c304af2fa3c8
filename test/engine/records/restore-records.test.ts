/** The recycle bin on both databases: back as it was, or gone for good. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databases, type OpenDatabase } from '../../support/databases.ts'
import { openOrganisation, type Organisation } from '../../support/organisation.ts'
import { everyTypeMetadata } from '../query/every-type.ts'
import { deskOf, refusal } from './records-support.ts'

describe.each(databases)('the recycle bin on $name', ({ open }) => {
  let database: OpenDatabase
  let org: Organisation
  const desk = deskOf(() => org)

  beforeAll(async () => {
    database = await open()
    org = await openOrganisation(database.storage, everyTypeMetadata)
  })
  afterAll(() => database.close())

  const bin = async (object: string, values: Record<string, unknown>): Promise<string> => {
    const id = await desk.create(object, values)
    await org.records.remove(org.admin, object, id)
    return id
  }

  it('gives a record back with all its values and a new version', async () => {
    const values = { Name: 'Back', Website: 'https://example.com', CreditScore: 5 }
    const id = await bin('Account', values)
    await org.records.undelete(org.admin, id)
    expect(await desk.read('Account', id, Object.keys(values))).toEqual(values)
    expect((await org.records.retrieve(org.admin, 'Account', id)).version).toBe(3)
  })

  it('takes the 15-character form of an id', async () => {
    const id = await bin('Account', { Name: 'Fifteen' })
    await org.records.undelete(org.admin, id.slice(0, 15))
    expect(await desk.read('Account', id, ['Name'])).toEqual({ Name: 'Fifteen' })
  })

  it.each(['x', '', '001000000000009AAA', '003000000000009AAA', 'zzz000000000001AAA', '__proto__'])(
    'knows nothing of %j',
    async (id) => {
      expect((await refusal(org.records.undelete(org.admin, id))).code).toBe('NOT_FOUND')
      expect((await refusal(org.records.purge(org.admin, id))).code).toBe('NOT_FOUND')
    },
  )

  it('holds nothing that is there', async () => {
    const id = await desk.create('Account', { Name: 'Living' })
    expect((await refusal(org.records.undelete(org.admin, id))).code).toBe('NOT_FOUND')
    expect((await refusal(org.records.purge(org.admin, id))).code).toBe('NOT_FOUND')
    expect(await desk.read('Account', id, ['Name'])).toEqual({ Name: 'Living' })
  })

  it('is closed to whoever may not delete the records of the object', async () => {
    const id = await bin('Account', { Name: 'Closed' })
    const reader = { ...org.rep.access, mayObject: (_: string, right: string) => right === 'read' }
    for (const work of [org.records.undelete, org.records.purge]) {
      expect((await refusal(work(org.as(reader), id))).code).toBe('INSUFFICIENT_ACCESS_OR_READONLY')
    }
    const payroll = await bin('Payroll__c', { Name: 'Hidden' })
    expect((await refusal(org.records.undelete(org.rep, payroll))).code).toBe('NOT_FOUND')
  })

  it('an undelete that would collide names the field, never the other record', async () => {
    const id = await bin('Account', { Name: 'First', Code: 'COLLIDE' })
    const rival = await desk.create('Account', { Name: 'Second', Code: 'collide' })
    const error = await refusal(org.records.undelete(org.admin, id))
    expect([error.code, error.problems[0]?.fields]).toEqual(['DUPLICATE_VALUE', ['Code']])
    expect(JSON.stringify([error.problems, error.details])).not.toContain(rival)
  })

  it('a collision of what went along names its own field', async () => {
    const account = await desk.create('Account', { Name: 'Holder' })
    const sample = await desk.create('Sample__c', {
      Name: 'S',
      Whole__c: 4711,
      Account__c: account,
    })
    const top = await desk.create('Sample__c', { Name: 'Top' })
    await desk.update('Sample__c', sample, { Above__c: top })
    await org.records.remove(org.admin, 'Sample__c', sample)
    await desk.create('Sample__c', { Name: 'S2', Whole__c: 4711 })
    const error = await refusal(org.records.undelete(org.admin, sample))
    expect(error.problems[0]?.fields).toEqual(['Whole__c'])
  })

  it('links to what is gone are emptied, unless they must be filled', async () => {
    const account = await desk.create('Account', { Name: 'Parent' })
    const contact = await desk.create('Contact', { LastName: 'Child', AccountId: account })
    await org.records.remove(org.admin, 'Contact', contact)
    await org.records.remove(org.admin, 'Account', account)
    await org.records.undelete(org.admin, contact)
    expect(await desk.read('Contact', contact, ['AccountId'])).toEqual({ AccountId: null })

    const invoice = await desk.create('Invoice', {})
    const line = await desk.create('InvoiceLine', { Name: 'L', InvoiceId: invoice })
    await org.records.remove(org.admin, 'InvoiceLine', line)
    await org.records.remove(org.admin, 'Invoice', invoice)
    const error = await refusal(org.records.undelete(org.admin, line))
    expect([error.code, error.problems[0]?.fields]).toEqual(['UNDELETE_FAILED', ['InvoiceId']])
  })

  it('a purge takes the whole tree and leaves nothing to restore', async () => {
    const invoice = await desk.create('Invoice', {})
    const line = await desk.create('InvoiceLine', { Name: 'L', InvoiceId: invoice })
    await org.records.remove(org.admin, 'Invoice', invoice)
    expect((await refusal(org.records.purge(org.admin, line))).code).toBe('UNDELETE_FAILED')
    await org.records.purge(org.admin, invoice)
    for (const [object, id] of [
      ['Invoice', invoice],
      ['InvoiceLine', line],
    ] as const) {
      expect((await refusal(desk.read(object, id))).code).toBe('NOT_FOUND')
      expect((await refusal(org.records.undelete(org.admin, id))).code).toBe('NOT_FOUND')
    }
  })

  it('can be filled and emptied again and again', async () => {
    const id = await desk.create('Account', { Name: 'Again' })
    for (let round = 0; round < 3; round++) {
      await org.records.remove(org.admin, 'Account', id)
      await org.records.undelete(org.admin, id)
    }
    expect((await org.records.retrieve(org.admin, 'Account', id)).version).toBe(7)
  })
})
