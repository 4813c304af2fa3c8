/** What the screens get in one request, as far as the user may see it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openApi, type Api, type Json } from '../support/api.ts'
import { databases } from '../support/databases.ts'

const ui = '/services/fieldstone/v1/ui'

describe.each(databases)('screens on $name', (database) => {
  let api: Api
  beforeAll(async () => {
    api = await openApi(database)
  })
  afterAll(() => api.close())

  const names = (list: Json | undefined): readonly string[] =>
    (list as unknown as { name: string }[]).map(({ name }) => name)

  it('the shell: user, organisation, applications, objects', async () => {
    const { json } = await api.ask('GET', `${ui}/app`, { as: 'admin' })
    expect(json).toMatchObject({
      user: { username: 'admin@example.com', timeZone: 'UTC', isAdministrator: true },
      organization: { name: 'Fieldstone' },
      modelVersion: expect.any(Number),
    })
    expect(names(json['apps'])).toContain('Collections')
    expect(names(json['objects'])).toContain('CollectionPlan')
  })

  it('the shell of somebody with few rights names nothing else', async () => {
    const { json, text } = await api.ask('GET', `${ui}/app`, { as: 'rep' })
    // Whoever reads accounts may share those that are his.
    expect(names(json['objects'])).toEqual(['Account', 'AccountShare', 'Organization', 'User'])
    expect(json['user']?.['isAdministrator']).toBe(false)
    expect(json['apps']).toContainEqual(
      expect.objectContaining({ name: 'Collections', tabs: ['Account'] }),
    )
    expect(text).not.toContain('CollectionPlan')
  })

  it('an object: describe, layout in rows, compact layout, list views', async () => {
    const { json } = await api.ask('GET', `${ui}/objects/collectionplan`, { as: 'admin' })
    expect(json['describe']?.['name']).toBe('CollectionPlan')
    expect(json['layout']?.['sections']?.[0]).toMatchObject({
      columns: 2,
      heading: true,
      rows: expect.arrayContaining([[{ field: 'AccountId', behavior: 'Edit' }, expect.anything()]]),
    })
    const lists = json['layout']?.['relatedLists'] as unknown as { object: string }[]
    expect(lists[0]).toMatchObject({
      object: 'CollectionPlanItem',
      field: 'CollectionPlanId',
      relationshipName: 'CollectionPlanItems',
      label: 'Collection Plan Items',
    })
    expect(lists).toContainEqual(expect.objectContaining({ object: 'Task', field: 'WhatId' }))
    expect(json['compactLayout']).toContain('Name')
    expect(json['lookupColumns']?.[0]).toBe('Name')
    const views = json['listViews'] as unknown as { name: string; where: string | null }[]
    expect(views.find(({ name }) => name === 'High_Due_Amount')?.where).toBe(
      'IsClosed = FALSE AND CurrentDueAmount >= 5000',
    )
  })

  it('hidden fields leave no trace in layout, columns and list views', async () => {
    const { json, text } = await api.ask('GET', `${ui}/objects/Account`, { as: 'rep' })
    expect(text).not.toContain('Industry')
    expect(text).not.toContain('CollectionPlan')
    const sections = json['layout']?.['sections'] as unknown as { rows: unknown[][] }[]
    const cells = sections.flatMap(({ rows }) => rows.flat())
    expect(cells).toContainEqual({ field: 'Phone', behavior: 'Edit' })
    // Filtered by Type, which is hidden from this user.
    expect(names(json['listViews'])).not.toContain('Households')
    expect((await api.ask('GET', `${ui}/objects/CollectionPlan`, { as: 'rep' })).status).toBe(404)
    expect((await api.ask('GET', `${ui}/objects/Nope`, { as: 'admin' })).status).toBe(404)
  })

  it('every list view of every object is a query that runs', async () => {
    const shell = await api.ask('GET', `${ui}/app`, { as: 'admin' })
    for (const object of names(shell.json['objects'])) {
      const { json } = await api.ask('GET', `${ui}/objects/${object}`, { as: 'admin' })
      const views = json['listViews'] as unknown as {
        columns: string[]
        where: string | null
        orderBy: { field: string; direction: string }[]
      }[]
      expect(views.length).toBeGreaterThan(0)
      for (const { columns, where, orderBy } of views) {
        const order = orderBy.map(({ field, direction }) => `${field} ${direction}`).join(', ')
        const soql = `SELECT ${columns.join(', ')} FROM ${object}${where === null ? '' : ` WHERE ${where}`} ORDER BY ${order}`
        const path = `/services/data/v67.0/query?q=${encodeURIComponent(soql)}`
        const { status, text } = await api.ask('GET', path, { as: 'admin' })
        expect(status, `${soql} ${text}`).toBe(200)
      }
    }
  })

  it("a record: values with the parents' names, tag and rights", async () => {
    const create = async (object: string, body: object) => {
      const path = `/services/data/v67.0/sobjects/${object}`
      return String((await api.ask('POST', path, { as: 'admin', body })).json['id'])
    }
    const account = await create('Account', { Name: 'Parent' })
    const contact = await create('Contact', { LastName: 'Child', AccountId: account })
    const { json } = await api.ask('GET', `${ui}/records/${contact}`, { as: 'admin' })
    expect(json).toMatchObject({
      record: { Id: contact, LastName: 'Child', Account: { Name: 'Parent' } },
      etag: '"1"',
      editable: true,
      deletable: true,
    })
    const reps = await api.ask('GET', `${ui}/records/${account}`, { as: 'rep' })
    expect(reps.json['record']).not.toHaveProperty('Industry')
    expect((await api.ask('GET', `${ui}/records/${contact}`, { as: 'rep' })).status).toBe(404)
    for (const id of ['nonsense', '001000000000001AAA', 'zzz000000000001AAA']) {
      expect((await api.ask('GET', `${ui}/records/${id}`, { as: 'admin' })).status).toBe(404)
    }
  })
})
