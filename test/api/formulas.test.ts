/** Formulas over REST while they are written: what may stand in them, and what is wrong with one. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openApi, type Api } from '../support/api.ts'
import { databases } from '../support/databases.ts'

const own = '/services/fieldstone/v1/formulas'

describe.each(databases)('formulas on $name', (database) => {
  let api: Api
  beforeAll(async () => {
    api = await openApi(database)
  })
  afterAll(() => api.close())

  const check = (body: object) =>
    api.ask('POST', `${own}/check`, {
      as: 'admin',
      body: { object: 'CollectionPlan', context: 'field', ...body },
    })

  it('lists every function with its place and documentation, and the globals', async () => {
    const { json } = await api.ask('GET', `${own}/language`, { as: 'admin' })
    expect(json['functions']).toContainEqual({
      name: 'LEFT',
      signature: 'LEFT(text, num_chars)',
      group: 'text',
      doc: 'Gives so many characters from the beginning.',
      contexts: ['field', 'rule', 'default', 'flow'],
    })
    expect(json['globals']).toContainEqual({
      name: '$User',
      purpose: 'The record of the user who asks.',
    })
  })

  it('says the type and the fields of a formula that is right', async () => {
    const { json } = await check({ text: 'CurrentDueAmount * 2 + LEN(Account.Name)' })
    expect(json).toMatchObject({
      problem: null,
      type: 'number',
      mentions: ['CurrentDueAmount', 'Account.Name'],
    })
  })

  it('says what is wrong and where', async () => {
    const { json } = await check({ text: 'CurrentDueAmount\n + Nope' })
    expect(json['problem']).toMatchObject({ line: 2, column: 4, start: 20, end: 24 })
    const type = await check({ text: 'Account.Name', result: { type: 'Number', scale: 2 } })
    expect(String(type.json['problem']?.['message'])).toMatch(/must give a number/)
  })

  it('gives the default that a new record would get now, over globals alone', async () => {
    const ask = async (text: string, type = 'Text') =>
      (await check({ context: 'default', text, result: { type } })).json
    expect(await ask('$User.LastName & "!"')).toMatchObject({
      problem: null,
      sample: { value: 'Administrator!' },
    })
    expect((await ask('TODAY() + 7', 'Date'))['sample']?.['value']).toMatch(/^\d{4}-\d\d-\d\d$/)
    const over = (await ask('CurrentDueAmount'))['problem']?.['message']
    expect(String(over)).toMatch(/a new record has no values yet/)
  })

  it('says what is wrong with the filter of a lookup, condition by condition', async () => {
    const path = '/services/fieldstone/v1/lookup-filters/check'
    const ask = (body: object, as: 'admin' | 'rep' = 'admin') =>
      api.ask('POST', path, { as, body: { object: 'CollectionPlan', target: 'Contact', ...body } })
    const equal = (field: string, more: object) => ({ field, operation: 'equals', ...more })
    const fine = equal('Contact.AccountId', { valueField: '$Source.AccountId' })
    expect((await ask({ filterItems: [fine] })).json).toEqual({ problems: [] })
    const { json } = await ask({
      filterItems: [fine, equal('Contact.Nope', { value: 'x' }), equal('AccountId', {})],
      booleanFilter: '1 AND (2 OR 4)',
    })
    expect([...(json['problems'] ?? [])].map(({ item }) => item)).toEqual([1, 2, null])
    expect(String(json['problems']?.[0]?.['message'])).toContain('Nope')
    for (const filterItems of ['x', [5], [{ field: 'A', operation: 'magic' }], [{ field: 5 }]]) {
      expect((await ask({ filterItems })).code).toBe('INVALID_ARGUMENT')
    }
    expect((await ask({ filterItems: [] }, 'rep')).code).toBe('INSUFFICIENT_ACCESS')
  })

  it('gives the value on a record, and says why there is none', async () => {
    const data = '/services/data/v67.0/sobjects'
    const post = async (object: string, body: object): Promise<string> =>
      String((await api.ask('POST', `${data}/${object}`, { as: 'admin', body })).json['id'])
    const accountId = await post('Account', { Name: 'Lighthouse' })
    const body = { AccountId: accountId, CurrentDueAmount: 12.5 }
    const recordId = await post('CollectionPlan', body)
    const sample = async (text: string, more: object = {}) =>
      (await check({ text, recordId, ...more })).json['sample']
    const twice = { result: { type: 'Number', scale: 2 } }
    expect(await sample('CurrentDueAmount * 2', twice)).toEqual({ value: '25.00' })
    expect(await sample('LOWER(Account.Name) & $User.Username')).toEqual({
      value: 'lighthouseadmin@example.com',
    })
    expect(await sample('ISNEW()', { context: 'rule' })).toEqual({ value: false })
    expect(await sample('DATETIMEVALUE("2026-11-22 10:00:00")')).toEqual({
      value: '2026-11-22T10:00:00.000Z',
    })
    expect(await sample('1 / (CurrentDueAmount - 12.5)')).toEqual({
      failure: expect.stringMatching(/zero/),
    })
    expect((await check({ text: '1', recordId: accountId })).status).toBe(404)
  })

  it('says whether lists can be sorted by it, and that a circle would be closed', async () => {
    expect((await check({ text: 'LEN(Name)' })).json['computedInSql']).toBe(true)
    expect((await check({ text: 'UPPER(Name)' })).json['computedInSql']).toBe(false)
    const circle = await check({ text: 'LEN(Account.Name)', field: 'AccountId' })
    expect(String(circle.json['problem']?.['message'])).toMatch(/depend on itself/)
  })

  it('knows where the formula stands', async () => {
    const text = 'ISNEW()'
    expect((await check({ text })).json['problem']).not.toBeNull()
    expect((await check({ text, context: 'rule' })).json['problem']).toBeNull()
  })

  it.each([
    [{ context: 'nowhere', text: '1' }, 400],
    [{ result: { type: 'Lookup' }, text: '1' }, 400],
    [{ text: 1 }, 400],
    [{ object: 'Nope', text: '1' }, 404],
  ] as const)('refuses %j', async (body, status) => {
    expect((await check(body)).status).toBe(status)
  })

  it('is for those who may customise the application', async () => {
    const answer = await api.ask('GET', `${own}/language`, { as: 'rep' })
    expect(answer.status).toBe(403)
  })
})
