import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareDecimals, parseDecimal, type Decimal } from '../../../engine/fields/decimal.ts'
import type {
  AdjustedFilter,
  ComparingOperator,
  FieldOptions,
} from '../../../engine/fields/field-type.ts'
import { number } from '../../../engine/fields/number.ts'
import { isProblem } from '../../../engine/fields/value-problem.ts'

const options: FieldOptions = { fullName: 'Amount__c', type: 'Number', precision: 4, scale: 2 }
const operators: readonly ComparingOperator[] = ['=', '!=', '<', '<=', '>', '>=']

function decimal(text: string): Decimal {
  const found = parseDecimal(text)
  if (found === undefined) throw new Error(`not a decimal: ${text}`)
  return found
}

const holds: Readonly<Record<ComparingOperator, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '!=': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
}

/** Whether a stored value fulfils the condition that the column is asked. */
function fulfils(stored: string, adjusted: AdjustedFilter | undefined): boolean {
  if (adjusted === 'always') return true
  if (adjusted === 'never' || adjusted === undefined || isProblem(adjusted)) return false
  return holds[adjusted.operator](compareDecimals(decimal(stored), decimal(String(adjusted.value))))
}

const stored = fc.integer({ min: -9999, max: 9999 }).map((units) => {
  const digits = String(Math.abs(units)).padStart(3, '0')
  return `${units < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
})
const filters = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.integer({ min: 0, max: 120 }),
    fc.integer({ min: 0, max: 9999 }),
  )
  .map(([sign, whole, fraction]) => `${sign}${whole}.${String(fraction).padStart(4, '0')}`)

test('compares stored values with filters of any scale as mathematics does', () => {
  const adjust = number.comparison?.(options).adjust
  fc.assert(
    fc.property(stored, filters, fc.constantFrom(...operators), (value, filter, operator) => {
      const wanted = holds[operator](compareDecimals(decimal(value), decimal(filter)))
      expect(fulfils(value, adjust?.(operator, filter))).toBe(wanted)
    }),
    { numRuns: 2000 },
  )
})

test.each([
  ['=', '1.005', 'never'],
  ['!=', '1.005', 'always'],
  ['=', '1e3', 'problem'],
  ['>', '1000', { operator: '>', value: '99.99' }],
  ['<', '1000', { operator: '<=', value: '99.99' }],
  ['>', '-1000', { operator: '>=', value: '-99.99' }],
  ['<=', '-1000', { operator: '<', value: '-99.99' }],
  ['>=', '1.005', { operator: '>', value: '1.00' }],
  ['<', '-1.005', { operator: '<=', value: '-1.01' }],
  ['=', '1.5000', { operator: '=', value: '1.50' }],
] as const)('asks the column for %s %s as %s', (operator, filter, wanted) => {
  const adjusted = number.comparison?.(options).adjust?.(operator, filter)
  if (wanted === 'problem') expect(isProblem(adjusted)).toBe(true)
  else expect(adjusted).toEqual(wanted)
})
