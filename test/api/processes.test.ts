/** Guided processes: answered step by step, checked on the server, kept for their user alone, submitted exactly once. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openApi, type Api, type Ask, type Json, type Told } from '../support/api.ts'
import { databases } from '../support/databases.ts'

const data = '/services/data/v67.0'
const own = '/services/fieldstone/v1'

describe.each(databases)('guided processes on $name', (database) => {
  let api: Api
  let client: string
  let account: string
  let stranger: string
  const payments: string[] = []

  const ask = async (method: string, path: string, body?: unknown, as: Ask['as'] = 'admin') =>
    api.ask(method, path, { as, ...(body === undefined ? {} : { body }) })
  const admin = async (method: string, path: string, body?: unknown): Promise<Json> => {
    const told = await ask(method, path, body)
    expect(told.status, `${method} ${path}: ${told.text}`).toBeLessThan(300)
    return told.json
  }
  const create = async (object: string, body: object): Promise<string> =>
    String((await admin('POST', `${data}/sobjects/${object}`, body))['id'])
  const rows = async (soql: string): Promise<readonly Json[]> =>
    (await admin('GET', `${data}/query?q=${encodeURIComponent(soql)}`))['records'] ?? []
  const step = (run: string, screen: string, answers: object, as: Ask['as'] = 'admin') =>
    ask('POST', `${own}/process-runs/${run}/steps`, { screen, answers }, as)
  const start = async (recordId?: string): Promise<Json> =>
    admin('POST', `${own}/process-runs`, { process: 'Transaction_Dispute', recordId })
  const faults = (told: Told): readonly string[] =>
    told.json.flatMap((one) => (one['fields'] ?? []).map(String))

  beforeAll(async () => {
    api = await openApi(database)
    client = await create('Account', { Name: 'Ada Client' })
    stranger = await create('Account', { Name: 'Some Stranger' })
    const card = { Type: 'Credit Card', FinancialAccountNumber: '4711' }
    account = await create('FinancialAccount', { Name: 'Card of Ada', ...card })
    const other = await create('FinancialAccount', { Name: 'Other card', ...card })
    const party = { FinancialAccountId: account, AccountId: client, Role: 'Owner' }
    await create('FinancialAccountParty', party)
    for (const [at, Amount] of [12.5, 99.99, 7, 5].entries()) {
      const id = await create('FinancialAccountTransaction', {
        FinancialAccountId: at === 3 ? other : account,
        TransactionDate: `2026-01-0${at + 1}T23:30:00Z`,
        DebitCreditIndicator: 'Debit',
        Description: `Shop ${at}`,
        Amount,
      })
      payments.push(id)
    }
  })
  afterAll(() => api.close())

  const firstStep = { Origin: 'Phone', ReceivedDate: '2026-02-01' }
  const reason = {
    DisputeType: 'Fraud',
    DisputeSubtype: 'Fraudulent Transaction',
    Description: 'Not me.',
    IsCardCancellationRequested: true,
  }

  /** A run with all steps answered: the first two payments, 10 of the first one disputed. */
  const answered = async (): Promise<string> => {
    const id = String((await start(client))['id'])
    const chosen = [{ $id: payments[0], DisputedAmount: 10 }, { $id: payments[1] }]
    for (const [screen, answers] of [
      ['Client', { ...firstStep, AccountId: client, FinancialAccountId: account }],
      ['Transactions', { Transactions: chosen }],
      ['Reason', reason],
    ] as const) {
      const told = await step(id, screen, answers)
      expect(told.status, told.text).toBe(200)
    }
    return id
  }

  it('takes a dispute of two payments from the account to case, dispute, items and request', async () => {
    const begun = await start(client)
    const id = String(begun['id'])
    expect(begun['answers']?.['AccountId']).toBe(client)
    expect(begun['screen']).toBe('Client')
    const accounts = await admin('POST', `${own}/process-runs/${id}/choices`, {
      of: 'FinancialAccountId',
    })
    expect(accounts['choices']?.map((one) => one['id'])).toEqual([account])

    const second = await step(id, 'Client', { ...firstStep, FinancialAccountId: account })
    expect(second.json['screen'], second.text).toBe('Transactions')
    const offered = await admin('POST', `${own}/process-runs/${id}/choices`, { of: 'Transactions' })
    // The newest first; not those of the other account.
    const ids = [payments[2], payments[1], payments[0]]
    expect(offered['choices']?.map((one) => one['id'])).toEqual(ids)

    const foreign = await step(id, 'Transactions', { Transactions: [{ $id: payments[3] }] })
    expect([foreign.status, faults(foreign)]).toEqual([400, ['Transactions[0]']])
    const tooMuch = await step(id, 'Transactions', {
      Transactions: [{ $id: payments[0], DisputedAmount: 12.51 }],
    })
    expect(faults(tooMuch)).toEqual(['Transactions[0].DisputedAmount'])
    const none = await step(id, 'Transactions', { Transactions: [] })
    expect(faults(none)).toEqual(['Transactions'])

    const third = await step(id, 'Transactions', {
      Transactions: [
        // What was paid comes from the payment, whatever is sent.
        {
          $id: payments[0],
          DisputedAmount: 10,
          TransactionAmount: 5000,
          TransactionDate: '1999-01-01',
        },
        { $id: payments[1] },
      ],
    })
    expect(third.json['screen'], third.text).toBe('Reason')
    const last = await step(id, 'Reason', reason)
    expect(last.json['screen'], last.text).toBeNull()

    const done = await admin('POST', `${own}/process-runs/${id}/submit`)
    const made = (done['records'] ?? []).filter((one) => String(one['isNew']) === 'true')
    expect(made.map((one) => one['object'])).toEqual([
      'Case',
      'Dispute',
      'DisputeItem',
      'DisputeItem',
      'DocumentChecklistItem',
      'DocumentChecklistItem',
      'SvcCatalogRequest',
    ])
    const [dispute] = await rows(
      `SELECT Id, CaseId, Case.SourceId, Case.Subject, Case.RecordType.DeveloperName, DisputedAmount, ActualAmount, ItemCount, IsCardCancellationRequested FROM Dispute WHERE Id = '${String(made[1]?.['id'])}'`,
    )
    expect(dispute?.['DisputedAmount']).toBe(109.99)
    expect(dispute?.['ActualAmount']).toBe(112.49)
    expect(dispute?.['ItemCount']).toBe(2)
    expect(dispute?.['IsCardCancellationRequested']).toBe(true)
    expect(dispute?.['Case']?.['SourceId']).toBe(dispute?.['Id'])
    expect(dispute?.['Case']?.['Subject']).toBe('Dispute of 2 payments')
    expect(dispute?.['Case']?.['RecordType']?.['DeveloperName']).toBe('Dispute')
    const items = await rows(
      `SELECT DisputedAmount, TransactionAmount, TransactionDate, MerchantName, FinancialAccountTransactionId FROM DisputeItem WHERE DisputeId = '${String(dispute?.['Id'])}' ORDER BY TransactionAmount`,
    )
    expect(
      items.map((one) => [one['DisputedAmount'], one['TransactionAmount'], one['MerchantName']]),
    ).toEqual([
      [10, 12.5, 'Shop 0'],
      [99.99, 99.99, 'Shop 1'],
    ])
    expect(items[0]?.['FinancialAccountTransactionId']).toBe(payments[0])
    const requestId = String(made.at(-1)?.['id'])
    const [request] = await rows(
      `SELECT CaseId, SvcCatalogItemDefinition.DeveloperName, ReferenceObjectId, (SELECT GroupNumber, SvcCtlgItemAttrDeveloperName, CurrencyValue FROM ExtendedAttributeValues WHERE SvcCtlgItemAttrDeveloperName = 'DisputedAmount' ORDER BY GroupNumber) FROM SvcCatalogRequest WHERE Id = '${requestId}'`,
    )
    expect(request?.['CaseId']).toBe(made[0]?.['id'])
    expect(request?.['SvcCatalogItemDefinition']?.['DeveloperName']).toBe('Transaction_Dispute')
    expect(request?.['ReferenceObjectId']).toBe(client)
  })

  it('is submitted once by two clicks at once, and by whoever asks again later', async () => {
    const id = await answered()
    const before = (await rows('SELECT Id FROM Dispute')).length
    const submit = () => ask('POST', `${own}/process-runs/${id}/submit`)
    const both = await Promise.all([submit(), submit()])
    expect(both.map((one) => one.status)).toEqual([200, 200])
    expect(both[0]?.json['records']).toEqual(both[1]?.json['records'])
    expect((await submit()).json['records']).toEqual(both[0]?.json['records'])
    expect((await rows('SELECT Id FROM Dispute')).length).toBe(before + 1)
    const late = await step(id, 'Reason', { Description: 'Another story' })
    expect([late.status, late.code]).toEqual([409, 'CONFLICT'])
  })

  it('leaves nothing where one record of many is refused', async () => {
    const id = await answered()
    const gone = `${data}/sobjects/FinancialAccountTransaction/${payments[1]}`
    const before = await rows('SELECT Id FROM Case')
    await admin('PATCH', gone, { DebitCreditIndicator: 'Credit' })
    const told = await ask('POST', `${own}/process-runs/${id}/submit`)
    expect([told.status, faults(told)]).toEqual([400, ['Transactions[1]']])
    expect(await rows('SELECT Id FROM Case')).toEqual(before)
    await admin('PATCH', gone, { DebitCreditIndicator: 'Debit' })
    expect((await ask('POST', `${own}/process-runs/${id}/submit`)).status).toBe(200)
  })

  it('is kept for later as it is, and belongs to its user alone', async () => {
    const id = String((await start(client))['id'])
    const kept = await admin('PATCH', `${own}/process-runs/${id}`, {
      screen: 'Reason',
      answers: { Description: 'Half a story' },
    })
    expect(kept['state']).toBe('Saved')
    const [mine] = await admin('GET', `${own}/process-runs`)
    expect(mine).toMatchObject({ id, label: 'Transaction dispute', recordId: client })
    const again = await admin('GET', `${own}/process-runs/${id}`)
    expect(again['answers']).toMatchObject({ Description: 'Half a story', AccountId: client })
    expect(again['screen']).toBe('Reason')
    const early = await ask('POST', `${own}/process-runs/${id}/submit`)
    expect(early.status).toBe(400)
    expect(faults(early)).toContain('Transactions')

    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['PATCH', '', { answers: {} }],
      ['POST', '/steps', { screen: 'Client', answers: {} }],
      ['POST', '/choices', { of: 'Transactions' }],
      ['POST', '/submit', undefined],
      ['DELETE', '', undefined],
    ] as const) {
      const told = await ask(method, `${own}/process-runs/${id}${path}`, body, 'rep')
      expect([told.status, told.code], `${method} ${path}`).toEqual([404, 'NOT_FOUND'])
    }
    expect((await ask('GET', `${own}/process-runs`, undefined, 'rep')).json).toEqual([])
    expect((await ask('DELETE', `${own}/process-runs/${id}`)).status).toBe(204)
    expect((await ask('GET', `${own}/process-runs/${id}`)).status).toBe(404)
  })

  it('does not exist for whoever may not make its records or see what it asks', async () => {
    const list = await ask('GET', `${own}/processes`, undefined, 'rep')
    expect([list.status, list.json]).toEqual([200, []])
    const body = { process: 'Transaction_Dispute' }
    const told = await ask('POST', `${own}/process-runs`, body, 'rep')
    const nothing = await ask('POST', `${own}/process-runs`, { process: 'Nothing' }, 'rep')
    expect([told.status, told.text]).toEqual([404, nothing.text])
    const offered = await admin('GET', `${own}/processes?recordId=${client}`)
    expect(offered.map((one) => one['name'])).toContain('Transaction_Dispute')
    const fromContact = await create('Contact', { LastName: 'Nobody' })
    expect(await admin('GET', `${own}/processes?recordId=${fromContact}`)).not.toContainEqual(
      expect.objectContaining({ name: 'Transaction_Dispute' }),
    )
    const wrong = await ask('POST', `${own}/process-runs`, { ...body, recordId: fromContact })
    expect([wrong.status, faults(wrong)]).toEqual([400, ['recordId']])
  })

  it.each([
    ['an unknown attribute', { Nonsense: 1 }, 'Nonsense'],
    ['a prototype', JSON.parse('{"__proto__":{"x":1}}') as object, '__proto__'],
    ['a list for a text', { Description: ['a'] }, 'Description'],
    ['a number for a date', { ReceivedDate: 20260101 }, 'ReceivedDate'],
    ['a day that is none', { ReceivedDate: '2026-02-31' }, 'ReceivedDate'],
    ['a text that is too long', { Description: 'x'.repeat(40_000) }, 'Description'],
    ['an object for a group', { Transactions: {} }, 'Transactions'],
    ['texts as entries', { Transactions: ['x'] }, 'Transactions[0]'],
    ['too many entries', { Transactions: Array.from({ length: 101 }, () => ({})) }, 'Transactions'],
    [
      'an attribute of another group',
      { Transactions: [{ Origin: 'Web' }] },
      'Transactions[0].Origin',
    ],
    ['a value that is none of the picklist', { DisputeType: 'Nonsense' }, 'DisputeType'],
  ])('refuses %s, and says where', async (_what, answers, field) => {
    const id = String((await start())['id'])
    for (const [method, path] of [
      ['PATCH', ''],
      ['POST', '/steps'],
    ] as const) {
      const body = { screen: 'Reason', answers }
      const told = await ask(method, `${own}/process-runs/${id}${path}`, body)
      expect(told.status, told.text).toBe(400)
      expect(faults(told)).toContain(field)
    }
  })

  it('refuses records that are not offered, whoever they belong to', async () => {
    const id = String((await start(client))['id'])
    const foreign = { ...firstStep, AccountId: stranger, FinancialAccountId: account }
    const told = await step(id, 'Client', foreign)
    expect([told.status, faults(told)]).toEqual([400, ['FinancialAccountId']])
    const wrongKind = await step(id, 'Client', { ...firstStep, AccountId: account })
    expect(faults(wrongKind)).toContain('AccountId')
    const late = await step(id, 'Client', { ...firstStep, ReceivedDate: '2999-01-01' })
    expect(faults(late)).toContain('ReceivedDate')
  })
})
