/** Pages of queries on both databases: complete, without repetition, at the same cost all the way. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { everyTypeMetadata } from '../query/every-type.ts'
import { databases, type OpenDatabase } from '../../support/databases.ts'
import {
  body,
  openOrganisation,
  reopenOrganisation,
  type Organisation,
} from '../../support/organisation.ts'
import { lastRead, rowsTouched } from './work-of-reads.ts'
import { deskOf, locatorOf, recordsOf, refusal, type Json } from './records-support.ts'

describe.each(databases)('queries on $name', ({ open }) => {
  let database: OpenDatabase
  let org: Organisation
  const desk = deskOf(() => org)

  beforeAll(async () => {
    database = await open()
    org = await openOrganisation(database.storage, everyTypeMetadata)
  })
  afterAll(() => database.close())

  beforeAll(async () => {
    // A hundred pages of ten; most of the names are one and the same.
    const rows = Array.from({ length: 1_050 }, (_, index) => ({ Name: `N${index % 50 === 0}` }))
    await createAll('Remark__c', rows)
  })

  const createAll = async (object: string, rows: readonly Json[]): Promise<void> => {
    for (let start = 0; start < rows.length; start += 200) {
      const bodies = rows.slice(start, start + 200).map(body)
      await org.records.createMany(org.admin, object, bodies, { allOrNone: true })
    }
  }

  describe('every order', () => {
    const texts = ['b', 'B', 'ä', 'a', null, 'a', null]
    const numbers = [1.5, null, -2, 1.5, null, 0, 10]
    const days = ['2026-01-01', null, '2026-01-01', '2025-12-31', null]
    const choices = ['Red', null, 'Blue']

    beforeAll(async () => {
      const rows = Array.from({ length: 30 }, (_, index): Json => ({
        Name: `Row ${index % 7}`,
        Text__c: texts[index % texts.length],
        Number__c: numbers[index % numbers.length],
        Money__c: index % 3 === 0 ? null : `${index % 4}.25`,
        Day__c: days[index % days.length],
        At__c: index % 4 === 0 ? null : `2026-01-0${(index % 4) + 1}T10:00:00.123Z`,
        Clock__c: index % 5 === 0 ? null : `0${index % 3}:30:00.000Z`,
        Choice__c: choices[index % choices.length],
        Flag__c: index % 2 === 0,
      }))
      await createAll('Sample__c', rows)
    })

    const orders = [
      'Text__c',
      'Text__c DESC',
      'Text__c NULLS LAST',
      'Text__c DESC NULLS FIRST',
      'Number__c, Text__c DESC',
      'Number__c DESC NULLS FIRST, Day__c NULLS LAST',
      'Money__c DESC, At__c',
      'Day__c DESC NULLS LAST, Number__c',
      'At__c NULLS LAST, Clock__c DESC NULLS FIRST',
      'Clock__c, Choice__c DESC, Flag__c',
      'Flag__c DESC, Name',
      'Name DESC, Id DESC',
      'CreatedDate DESC, Serial__c DESC',
      'Owner.Name, Account__r.Name NULLS LAST',
      'Id DESC',
    ]

    it.each(orders)('is the same in pages as in one piece: %s', async (order) => {
      const soql = `SELECT Id FROM Sample__c ORDER BY ${order}`
      const whole = await desk.query(soql)
      expect(whole).toHaveLength(30)
      for (const pageRows of [4, 29, 30]) {
        const pages = await desk.pages(soql, { pageRows })
        expect(pages.flat()).toEqual(whole)
        expect(pages).toHaveLength(Math.ceil(30 / pageRows))
      }
    })

    it('stays the same with a condition, a limit and an offset', async () => {
      const soql =
        "SELECT Id, Name FROM Sample__c WHERE Text__c != 'b' ORDER BY Number__c DESC LIMIT 15 OFFSET 4"
      const whole = await desk.query(soql)
      expect(whole).toHaveLength(15)
      for (const pageRows of [4, 14, 15]) {
        expect((await desk.pages(soql, { pageRows })).flat()).toEqual(whole)
      }
    })
  })

  describe('totals', () => {
    beforeAll(() =>
      createAll(
        'Payroll__c',
        Array.from({ length: 10 }, (_, index) => ({ Name: `P${index}` })),
      ),
    )

    it.each([
      ['', 3, 10, 3],
      ['', 10, 10, 10],
      ['', 20, 10, 10],
      ['LIMIT 7', 3, 7, 3],
      ['LIMIT 3', 3, 3, 3],
      ['LIMIT 2', 3, 2, 2],
      ['LIMIT 0', 3, 0, 0],
      ['OFFSET 8', 3, 2, 2],
      ['OFFSET 4', 3, 6, 3],
      ['LIMIT 5 OFFSET 4', 3, 5, 3],
      ['LIMIT 50 OFFSET 4', 3, 6, 3],
      ['OFFSET 100', 3, 0, 0],
    ])('%s in pages of %i: %i in all, %i at first', async (clause, pageRows, total, first) => {
      const soql = `SELECT Name FROM Payroll__c ORDER BY Name ${clause}`
      const { text } = await org.records.query(org.admin, soql, { pageRows })
      const page = JSON.parse(text) as Json
      expect(page['totalSize']).toBe(total)
      expect(page['done']).toBe(total === first)
      expect(recordsOf(text)).toHaveLength(first)
      expect((await desk.pages(soql, { pageRows })).flat()).toHaveLength(total)
    })

    it.each([
      ['', 10],
      ['LIMIT 4', 4],
      ['OFFSET 7', 3],
    ])('COUNT() %s', async (clause, total) => {
      const { text } = await org.records.query(
        org.admin,
        `SELECT COUNT() FROM Payroll__c ${clause}`,
      )
      expect(JSON.parse(text)).toEqual({ totalSize: total, done: true, records: [] })
    })
  })

  describe('paging while others write (J15)', () => {
    it('shows what is there all the time exactly once', async () => {
      const bodies = Array.from({ length: 200 }, (_, index) => ({
        Name: `J${String(index).padStart(3, '0')}`,
        Website: 'https://j15.example.com',
      }))
      await createAll('Account', bodies)
      const where = "Website = 'https://j15.example.com'"
      const all = await desk.query(`SELECT Id, Name FROM Account WHERE ${where} ORDER BY Name`)
      const doomed = all.filter((_, index) => index % 4 === 1)
      const staying = all.filter((_, index) => index % 4 !== 1)
      const pages = await desk.pages(`SELECT Id, Name FROM Account WHERE ${where} ORDER BY Name`, {
        pageRows: 17,
        between: async (page) => {
          for (const row of doomed.splice(0, 6)) {
            await org.records.remove(org.admin, 'Account', String(row['Id']))
          }
          // Before, within and behind the place that the paging has reached.
          for (const number of [0, page * 17, 199]) {
            const name = `J${String(number).padStart(3, '0')}+${page}`
            await desk.create('Account', { Name: name, Website: 'https://j15.example.com' })
          }
        },
      })
      const seen = pages.flat().map((row) => row['Id'])
      expect(new Set(seen).size).toBe(seen.length)
      expect(staying.filter((row) => !seen.includes(row['Id']))).toEqual([])
      const names = pages.flat().map((row) => String(row['Name']))
      expect(names).toEqual([...names].sort())
    })

    it('total and records of one answer come from one state', async () => {
      let writing = true
      const writer = (async () => {
        while (writing) await desk.create('Contact', { LastName: 'One state' })
      })()
      for (let round = 0; round < 20; round++) {
        const { text } = await org.records.query(
          org.admin,
          "SELECT Id FROM Contact WHERE Name = 'One state'",
          { pageRows: 2_000 },
        )
        expect((JSON.parse(text) as Json)['totalSize']).toBe(recordsOf(text).length)
      }
      writing = false
      await writer
    })
  })

  describe('locators', () => {
    const firstPage = async (soql: string): Promise<string> => {
      const { text } = await org.records.query(org.admin, soql, { pageRows: 2 })
      return locatorOf(text) ?? ''
    }
    const refused = async (locator: string, as = org.admin): Promise<string> =>
      (await refusal(org.records.queryMore(as, locator))).code

    it('are known to their user alone', async () => {
      const locator = await firstPage('SELECT Id FROM Payroll__c')
      expect(await refused(locator, org.rep)).toBe('INVALID_QUERY_LOCATOR')
      expect(recordsOf((await org.records.queryMore(org.admin, locator)).text)).toHaveLength(2)
    })

    it('may be asked for again when an answer was lost', async () => {
      const locator = await firstPage('SELECT Id FROM Payroll__c')
      const [once, again] = await Promise.all([
        org.records.queryMore(org.admin, locator),
        org.records.queryMore(org.admin, locator),
      ])
      expect(once.text).toBe(again.text)
    })

    it.each(['', 'x', '01g-3', '01g000000000000AAA-2', '-', '../x', '01g-99999999999999999999'])(
      'that nobody gave are refused: %j',
      async (locator) => {
        expect(await refused(locator)).toBe('INVALID_QUERY_LOCATOR')
      },
    )

    it('do not leap to places that no page ended at', async () => {
      const locator = await firstPage('SELECT Id FROM Payroll__c')
      expect(await refused(locator.replace(/-\d+$/, '-3'))).toBe('INVALID_QUERY_LOCATOR')
    })

    it('keep the meaning of date literals from the first page to the last', async () => {
      const days = Array.from({ length: 6 }, (_, index) => ({
        Name: `Day ${index}`,
        Day__c: '2026-11-22',
      }))
      await createAll('Sample__c', days)
      const soql =
        "SELECT Name FROM Sample__c WHERE Day__c = TODAY AND Name LIKE 'Day %' ORDER BY Name"
      const { now } = org.clock
      const pages = await desk.pages(soql, {
        pageRows: 2,
        between: async () => {
          org.clock.now = now + 86_400_000
        },
      })
      org.clock.now = now
      expect(pages.flat()).toHaveLength(6)
    })
  })

  it.each(['Id', 'Id DESC', 'Name', 'Name DESC, Id DESC'])(
    'page 100 costs the work of page 2, however many names are equal: ORDER BY %s',
    async (order) => {
      const { storage } = database
      const read = lastRead(storage)
      const { records, admin } = await reopenOrganisation(read.storage, everyTypeMetadata)
      const soql = `SELECT Id FROM Remark__c WHERE Name >= 'N' ORDER BY ${order}`
      let { text } = await records.query(admin, soql, { pageRows: 10 })
      const works: number[] = []
      for (let page = 2; page <= 100; page++) {
        text = (await records.queryMore(admin, locatorOf(text) ?? '')).text
        if (page === 2 || page === 100) works.push(await rowsTouched(storage, read.take()))
      }
      const [early = 0, late = 0] = works
      expect(early).toBeGreaterThan(0)
      expect(late).toBeLessThanOrEqual(early * 2)
    },
  )
})
