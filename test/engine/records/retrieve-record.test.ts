/** One record: fields as asked, and nothing kept from one caller that another may not see. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databases, type OpenDatabase } from '../../support/databases.ts'
import { openOrganisation, type Organisation } from '../../support/organisation.ts'
import { everyTypeMetadata } from '../query/every-type.ts'
import { deskOf, refusal } from './records-support.ts'

describe.each(databases)('retrieve on $name', ({ open }) => {
  let database: OpenDatabase
  let org: Organisation
  let id = ''
  const desk = deskOf(() => org)

  beforeAll(async () => {
    database = await open()
    org = await openOrganisation(database.storage, everyTypeMetadata)
    const parent = await desk.create('Account', { Name: 'Parent' })
    id = await desk.create('Account', { Name: 'Child', ParentId: parent, CreditScore: 5 })
  })
  afterAll(() => database.close())

  it('gives the asked fields in their order, over parents too', async () => {
    const { text } = await org.records.retrieve(org.admin, 'account', id, ['Parent.Name', 'Name'])
    expect(text).toMatch(/^\{"attributes":\{.*\},"Parent":\{.*"Name":"Parent"\},"Name":"Child"\}$/)
  })

  it('gives all that the caller may see, whoever asked before', async () => {
    const all = await desk.read('Account', id)
    const seen = await desk.read('Account', id, undefined, org.rep)
    expect(all).toHaveProperty('CreditScore', 5)
    expect(seen).not.toHaveProperty('CreditScore')
    expect(await desk.read('Account', id)).toEqual(all)
  })

  it('a list of names and one name with a comma are two things', async () => {
    await desk.read('Account', id, ['Id', 'Name'])
    expect((await refusal(desk.read('Account', id, ['Id,Name']))).code).toBe('INVALID_FIELD')
  })

  it('repeats the version of the API in its addresses', async () => {
    const caller = { ...org.admin, apiVersion: '58.0' }
    const { text } = await org.records.retrieve(caller, 'Account', id, ['Id'])
    expect(text).toContain(`"/services/data/v58.0/sobjects/Account/${id}"`)
  })

  it('knows version and last change', async () => {
    const { version, lastModified } = await org.records.retrieve(org.admin, 'Account', id)
    expect([version, lastModified]).toEqual([1, org.clock.now])
  })
})
