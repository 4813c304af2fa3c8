/** A formula that changes under readers who never rest: each sees the old value or the new one, and none keeps it waiting. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openApi, type Api } from '../../support/api.ts'
import { databases } from '../../support/databases.ts'

const data = '/services/data/v67.0'
const readers = 4
const changes = 3

describe.each(databases)('formulas on $name', (kind) => {
  let api: Api
  let path: string

  const put = async (factor: number): Promise<number> => {
    const field = {
      ...{ fullName: 'Times__c', label: 'Times', type: 'Number', precision: 18, scale: 0 },
      formula: `NumberOfEmployees * ${factor}`,
    }
    const address = '/services/fieldstone/v1/metadata/CustomField/Account.Times__c'
    return (await api.ask('PUT', address, { as: 'admin', body: field })).status
  }

  beforeAll(async () => {
    api = await openApi(kind)
    const values = { Name: 'Busy', NumberOfEmployees: 10 }
    for (let index = 0; index < 50; index++) {
      await api.ask('POST', `${data}/sobjects/Account`, { as: 'admin', body: values })
    }
    expect(await put(1)).toBeLessThan(300)
    const soql = "SELECT Times__c FROM Account WHERE Name = 'Busy' AND Times__c > 0"
    path = `${data}/query?q=${encodeURIComponent(soql)}`
  })
  afterAll(() => api.close())

  it('R20: readers see the old or the new formula, and the new one from its answer on', async () => {
    let isBusy = true
    let reads = 0
    const seen: number[][] = []
    const work = async (): Promise<void> => {
      while (isBusy) {
        const { status, json, text } = await api.ask('GET', path, { as: 'admin' })
        expect(status, text).toBe(200)
        const values = json['records']?.map((record) => Number(record['Times__c'])) ?? []
        expect(values.length).toBe(50)
        seen.push([...new Set(values)])
        reads++
      }
    }
    const busy = Promise.all(Array.from({ length: readers }, work))
    for (let factor = 2; factor < 2 + changes; factor++) {
      const before = reads
      expect(await put(factor)).toBeLessThan(300)
      const { json } = await api.ask('GET', path, { as: 'admin' })
      expect(json['records']?.[0]?.['Times__c']).toBe(factor * 10)
      expect(reads).toBeGreaterThan(before)
    }
    isBusy = false
    await busy
    // One answer never mixes two formulas.
    expect(seen.filter((values) => values.length !== 1)).toEqual([])
    expect(new Set(seen.flat()).size).toBeGreaterThan(1)
  })
})
