/** Ids as the reference types take, give and refuse them. */
import { checksum } from '../../../engine/base/record-id.ts'
import type { BadValue, GoodValue } from '../../contract/field-type-contract.ts'

const id15 = '001AbCdEfGhIjKl'
export const id18 = id15 + checksum(id15)

export const goodIds: readonly GoodValue[] = [
  { value: '', stored: { '': null }, json: 'null' },
  { value: id18, stored: { '': id18 }, json: `"${id18}"` },
  { value: id15, stored: { '': id18 }, json: `"${id18}"` },
]

const wrong = [
  '001',
  `${id15}x`,
  `${id15}AAA`,
  id18.toLowerCase(),
  ` ${id18}`,
  `${id18}\n`,
  "001' or 1=1 --x",
  '001AbCdEfGhIjÄl',
  'x'.repeat(1000),
]

export const badIds: readonly BadValue[] = wrong.map((value) => ({ value, code: 'MALFORMED_ID' }))
