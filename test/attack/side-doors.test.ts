/** Sums beyond 64 bits, leftovers of child lists, and the doors beside queries: forms, lookups, formulas, roll-ups, plans. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { limits } from '../../engine/base/limits.ts'
import { openApi, type Api, type Told } from '../support/api.ts'
import { databases } from '../support/databases.ts'

const data = '/services/data/v67.0'
const own = '/services/fieldstone/v1'

const tray = {
  fullName: 'Tray__c',
  label: 'Tray',
  pluralLabel: 'Trays',
  keyPrefix: 'a0P',
  nameField: { label: 'Tray', type: 'Text' },
  sharingModel: 'ReadWrite',
  fields: [
    { fullName: 'Secret__c', label: 'Secret', type: 'Number', precision: 10, scale: 0 },
    {
      fullName: 'Doubled__c',
      label: 'Doubled',
      type: 'Number',
      precision: 12,
      scale: 0,
      formula: 'Secret__c * 2',
    },
  ],
}

const coin = {
  fullName: 'Coin__c',
  label: 'Coin',
  pluralLabel: 'Coins',
  keyPrefix: 'a0I',
  nameField: { label: 'Coin', type: 'Text' },
  sharingModel: 'ReadWrite',
  fields: [
    {
      fullName: 'Tray__c',
      label: 'Tray',
      type: 'Lookup',
      referenceTo: ['Tray__c'],
      relationshipName: 'Coins',
      lookupFilter: {
        active: true,
        isOptional: false,
        filterItems: [
          {
            field: 'Tray__c.Secret__c',
            operation: 'notEqual',
            valueField: '$Source.Hidden__c',
          },
        ],
      },
    },
    { fullName: 'Worth__c', label: 'Worth', type: 'Number', precision: 18, scale: 0 },
    { fullName: 'Cents__c', label: 'Cents', type: 'Currency', precision: 18, scale: 2 },
    {
      fullName: 'Hidden__c',
      label: 'Shrouded',
      type: 'Number',
      precision: 18,
      scale: 0,
      defaultValue: '4 + 4',
    },
    {
      fullName: 'Veiled__c',
      label: 'Veiled',
      type: 'Lookup',
      referenceTo: ['Tray__c'],
      relationshipName: 'VeiledCoins',
      lookupFilter: {
        active: true,
        isOptional: false,
        filterItems: [{ field: 'Tray__c.Name', operation: 'equals', value: 'x' }],
      },
    },
  ],
  validationRules: [
    {
      fullName: 'Over_hidden',
      active: true,
      errorConditionFormula: 'Hidden__c > 50 && Worth__c > 3',
      errorMessage: 'Too much of both',
    },
    {
      fullName: 'At_hidden',
      active: true,
      errorConditionFormula: 'Worth__c = 13',
      errorMessage: 'Unlucky',
      errorDisplayField: 'Hidden__c',
    },
  ],
}

const right = (field: string): object => ({ field, readable: true, editable: true })

const rights = {
  fullName: 'Rep',
  label: 'Rep',
  objectPermissions: ['Account', 'Tray__c', 'Coin__c'].map((object) => ({
    object,
    allowRead: true,
    allowCreate: true,
    allowEdit: true,
    allowDelete: true,
  })),
  fieldPermissions: [
    right('Coin__c.Tray__c'),
    right('Coin__c.Worth__c'),
    { ...right('Tray__c.Doubled__c'), editable: false },
  ],
}

describe.each(databases)('side doors on $name', (database) => {
  let api: Api
  let full: string

  beforeAll(async () => {
    api = await openApi(database, {
      prepare: async (dir) => {
        writeFileSync(join(dir, 'objects', 'Tray__c.json'), JSON.stringify(tray))
        writeFileSync(join(dir, 'objects', 'Coin__c.json'), JSON.stringify(coin))
        writeFileSync(join(dir, 'permissionsets', 'Rep.json'), JSON.stringify(rights))
      },
    })
    full = await create('Tray__c', { Name: 'full', Secret__c: 21 })
  })
  afterAll(() => api.close())

  type Who = 'rep' | 'admin'
  const post = (path: string, body: unknown, as: Who = 'admin'): Promise<Told> =>
    api.ask('POST', path, { as, body })
  const query = (soql: string, as: Who = 'admin', headers = {}): Promise<Told> =>
    api.ask('GET', `${data}/query?q=${encodeURIComponent(soql)}`, { as, headers })
  const create = async (object: string, body: object): Promise<string> => {
    const told = await post(`${data}/sobjects/${object}`, body)
    expect(told.status, told.text).toBe(201)
    return String(told.json['id'])
  }
  const createAll = async (object: string, bodies: readonly object[]): Promise<void> => {
    const records = bodies.map((body) => ({ attributes: { type: object }, ...body }))
    const told = await post(`${data}/composite/sobjects`, { allOrNone: true, records })
    expect(told.text).not.toContain('"success":false')
  }
  /** Texts: numbers of JavaScript would lose digits. */
  const coins = (worth: string, count: number, cents = '0'): Promise<void> =>
    createAll(
      'Coin__c',
      Array.from({ length: count }, () => ({
        Name: worth,
        Tray__c: full,
        Worth__c: worth,
        Cents__c: cents,
      })),
    )

  describe('numbers at the edge', () => {
    it('averages are exact however large their values are, and are compared and sorted so', async () => {
      await coins('999999999999999999', 2, '9999999999999999.99')
      await coins('999999999999999998', 1, '-9999999999999999.99')
      const { text } = await query('SELECT AVG(Worth__c) a, AVG(Cents__c) c FROM Coin__c')
      expect(text).toContain('"a":999999999999999998.666667,"c":3333333333333333.33')
      const grouped = await query(
        'SELECT Name, AVG(Cents__c) a FROM Coin__c GROUP BY Name HAVING AVG(Cents__c) < 5 ORDER BY AVG(Cents__c)',
      )
      expect(grouped.text).toContain('"Name":"999999999999999998","a":-9999999999999999.99')
      expect(grouped.json['totalSize']).toBe(1)
    })

    it.each([
      ['0.01', '-0.02', '0.04', '0.01'],
      ['0.01', '0.01', '0.03', '0.01666667'],
      ['-0.01', '-0.01', '-0.03', '-0.01666667'],
    ])('the average of %s, %s and %s is %s', async (first, second, third, expected) => {
      const tag = `mean ${expected} ${first}`
      const rows = [first, second, third].map((cents) => ({ Name: tag, Cents__c: cents }))
      await createAll('Coin__c', rows)
      const { text } = await query(`SELECT AVG(Cents__c) a FROM Coin__c WHERE Name = '${tag}'`)
      expect(text).toContain(`"a":${expected}}`)
    })

    it('a sum of more than 64 bits is exact or refused with what to do', async () => {
      await coins('999999999999999999', 9)
      for (const soql of [
        'SELECT SUM(Worth__c) s FROM Coin__c',
        'SELECT Tray__c, SUM(Worth__c) s FROM Coin__c WHERE Tray__c != null GROUP BY Tray__c HAVING SUM(Worth__c) > 5',
      ]) {
        const told = await query(soql)
        if (told.status === 200) expect(told.text).toContain('"s":11999999999999999987')
        else expect([told.status, told.code]).toEqual([400, 'NUMBER_OUTSIDE_VALID_RANGE'])
        if (told.status !== 200) expect(told.text).toContain('take fewer records')
      }
    })

    it('a new roll-up whose total is too long is refused and leaves nothing', async () => {
      const body = {
        fullName: 'Total__c',
        label: 'Total',
        type: 'Summary',
        summaryOperation: 'sum',
        summarizedField: 'Coin__c.Worth__c',
        summaryForeignKey: 'Coin__c.Tray__c',
      }
      const changes = [{ type: 'CustomField', fullName: 'Tray__c.Total__c', body }]
      const plan = await post(`${own}/plans`, { changes })
      const told = await post(`${own}/plans/${String(plan.json['id'])}/apply`, { consent: true })
      expect([told.status, told.code]).toEqual([400, 'NUMBER_OUTSIDE_VALID_RANGE'])
      expect((await query('SELECT Total__c FROM Tray__c')).code).toBe('INVALID_FIELD')
      expect((await api.ask('GET', `${own}/roll-ups/wrong`, { as: 'admin' })).text).toBe('[]')
    })
  })

  it('what a limit of a child list left out is not fetched by a locator made up', async () => {
    const trays = Array.from({ length: 200 }, (_, number) => ({ Name: `t${number}` }))
    await createAll('Tray__c', trays)
    const soql = 'SELECT Id, (SELECT Id FROM Coins__r LIMIT 5) FROM Tray__c'
    const page = await query(soql, 'admin', { 'sforce-query-options': 'batchSize=200' })
    const [locator] = String(page.json['nextRecordsUrl']).split('/').at(-1)?.split('-') ?? []
    const more = (suffix: string, as: Who = 'admin'): Promise<Told> =>
      api.ask('GET', `${data}/query/${locator}-${suffix}`, { as })
    expect((await more('200')).status).toBe(200)
    for (const suffix of [`0-${full}`, `999-${full}`, `-1-${full}`, `0-${'0'.repeat(18)}`, '0']) {
      expect((await more(suffix)).code, suffix).toBe('INVALID_QUERY_LOCATOR')
    }
    expect((await more('200', 'rep')).code).toBe('INVALID_QUERY_LOCATOR')
  })

  describe('nothing is told of hidden fields', () => {
    it('by the facts of a form: rules, defaults, labels', async () => {
      const told = await api.ask('GET', `${own}/ui/objects/Coin__c/form`, { as: 'rep' })
      const rules = [...(told.json['rules'] ?? [])]
      expect(rules.map(({ name, field }) => [name, field])).toEqual([['At_hidden', null]])
      expect(told.json['defaults']).toEqual({})
      expect(told.text).not.toMatch(/Hidden__c|Shrouded/)
    })

    it('by a rule’s refusal: its field is not named', async () => {
      const told = await post(`${data}/sobjects/Coin__c`, { Name: 'r', Worth__c: 13 }, 'rep')
      expect(told.json[0]).toEqual({
        errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
        message: 'Unlucky',
        fields: [],
      })
    })

    it('by a formula over them, not even to whom the formula is open', async () => {
      for (const soql of [
        'SELECT Doubled__c FROM Tray__c',
        'SELECT Id FROM Tray__c WHERE Doubled__c > 1',
        'SELECT Id FROM Coin__c ORDER BY Tray__r.Doubled__c',
        'SELECT MAX(Doubled__c) FROM Tray__c',
      ]) {
        const told = await query(soql, 'rep')
        expect(told.code).toBe('INVALID_FIELD')
        expect(told.text).not.toContain('Secret')
      }
      const record = await api.ask('GET', `${data}/sobjects/Tray__c/${full}`, { as: 'rep' })
      expect(record.json['Name']).toBe('full')
      expect(record.text).not.toMatch(/Doubled|Secret/)
    })

    it('by the search of a lookup: a hidden lookup is none, hidden values of the form are none', async () => {
      const search = (field: string, body: unknown, as: Who = 'rep'): Promise<Told> =>
        post(`${own}/ui/lookups/Coin__c/${field}`, body, as)
      const q = 'SELECT Id FROM Tray__c LIMIT 5'
      const [veiled, unknown] = [await search('Veiled__c', { q }), await search('Vailed__c', { q })]
      expect(veiled.status).toBe(unknown.status)
      expect(veiled.text.replaceAll('Veiled', '?')).toBe(unknown.text.replaceAll('Vailed', '?'))
      const filtered = { q: "SELECT Id FROM Tray__c WHERE Name = 'full' LIMIT 5" }
      const offers = async (values: object, as: Who): Promise<unknown> =>
        (await search('Tray__c', { ...filtered, values }, as)).json['totalSize']
      expect(await offers({ Hidden__c: 21 }, 'admin')).toBe(0)
      expect(await offers({ Hidden__c: 21 }, 'rep')).toBe(1)
      expect(await offers({ Hiden__c: 21 }, 'rep')).toBe(1)
      expect((await search('Tray__c', { q: 'SELECT Secret__c FROM Tray__c LIMIT 5' })).code).toBe(
        'INVALID_FIELD',
      )
    })

    it('by the tools of Setup, which are closed', async () => {
      for (const [method, path] of [
        ['POST', `${own}/formulas/check`],
        ['GET', `${own}/formulas/language`],
        ['GET', `${own}/roll-ups/wrong`],
        ['GET', `${own}/ledger/faults`],
        ['POST', `${own}/roll-ups/repair`],
        ['POST', `${own}/plans`],
      ] as const) {
        const body = method === 'POST' ? { object: 'Tray__c' } : undefined
        const told = await api.ask(method, path, { as: 'rep', body })
        expect([path, told.code]).toEqual([path, 'INSUFFICIENT_ACCESS'])
      }
    })
  })

  const bodies = [
    '[]',
    'null',
    '"x"',
    '{"__proto__":{"x":1}}',
    '{"values":[],"q":""}',
    '{"q":5}',
    '{"q":"SELECT Id FROM Tray__c LIMIT 5","all":"x"}',
    '{"q":"SELECT Id, (SELECT Id FROM Coins__r) FROM Tray__c LIMIT 5"}',
    '{"changes":5}',
    '{"changes":[null]}',
    '{"changes":[[]]}',
    '{"changes":[{"type":"CustomField","fullName":"Coin__c.Tray__c","replaceValue":5}]}',
    '{"changes":[{"type":"CustomField","fullName":"Coin__c.Tray__c","replaceValue":{"from":"A","to":5}}]}',
    '{"object":"Tray__c","context":"field","text":"1","result":{"type":"Number","scale":[3]}}',
    '{"object":"Tray__c","context":"field","text":"1","result":{"type":"__proto__"}}',
    '{"object":"Tray__c","context":"magic","text":"1"}',
    '{"object":"constructor","context":"field","text":"1"}',
  ]

  it.each([`${own}/ui/lookups/Coin__c/Tray__c`, `${own}/formulas/check`, `${own}/plans`])(
    '%s refuses bodies of the wrong shape',
    async (path) => {
      for (const body of bodies) {
        const told = await post(path, body)
        expect(told.status, `${body}: ${told.text}`).toBeGreaterThanOrEqual(400)
        expect(told.status, `${body}: ${told.text}`).toBeLessThan(500)
      }
    },
  )

  it('a formula under edit that cannot be computed says why, whatever its numbers', async () => {
    for (const text of [
      `${'-'.repeat(limits.formulaDepthMax + 1)}1`,
      '10^400',
      '2^999999999',
      'NOW() - 99999999',
      'ADDMONTHS(TODAY(), 9999999999)',
      'LPAD("x", 999999999, "y")',
      'ROUND(1, 99999999)',
      'CHR(55296)',
      '$User.__proto__',
      'toString()',
    ]) {
      const body = { object: 'Tray__c', context: 'field', text, recordId: full }
      const { status, json } = await post(`${own}/formulas/check`, body)
      expect(status, text).toBe(200)
      const reason = json['problem']?.['message'] ?? json['sample']?.['failure']
      expect(reason, text).toEqual(expect.any(String))
    }
  })
})
