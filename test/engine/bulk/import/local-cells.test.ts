/** Cells of imports as people write them, and as nobody does. */
import { expect, it } from 'vitest'
import { apiCell } from '../../../../engine/bulk/import/local-cells.ts'
import { utc } from '../../../../engine/formula/zone.ts'
import { modelOf } from '../../../support/model.ts'
import { leastProcessorMs } from '../../../support/processor-ms.ts'

it('what is no number stays as it is, at once, however long it is', async () => {
  const object = {
    fullName: 'Coin__c',
    label: 'Coin',
    nameField: { label: 'Name', type: 'Text' },
    fields: [{ fullName: 'Worth__c', label: 'Worth', type: 'Currency', precision: 18, scale: 2 }],
  }
  const model = modelOf([['objects/Coin__c.json', object]])
  const field = model.object('Coin__c')?.fieldsByName.get('worth__c')
  if (field === undefined) throw new Error('no field')
  const form = { dates: 'dmy', decimal: ',', zone: utc } as const
  expect(apiCell(field, '1.234,50 €', form)).toBe('1234.50')
  const long = ['1'.repeat(100_000), ' '.repeat(100_000), '1.234'.repeat(20_000)]
  const cells = long.map((text) => `1${text}x`)
  const [read, ms] = await leastProcessorMs(() => cells.map((text) => apiCell(field, text, form)))
  expect(read).toEqual(cells)
  expect(ms).toBeLessThan(1_000)
})
