/** Values that every text field must keep exactly or refuse, for the tables of the text types. */
import fc from 'fast-check'
import { foldText } from '../../../engine/base/fold-text.ts'
import type { ApiValue } from '../../../engine/fields/field-type.ts'
import type { BadValue, GoodValue } from '../../contract/field-type-contract.ts'

export function goodText(value: string): GoodValue {
  return { value, stored: { '': value, folded: foldText(value) }, json: JSON.stringify(value) }
}

/** Emoji, combining forms, quotes, wildcards and what looks like SQL, JSON or templates. */
export const oddTexts: readonly string[] = [
  'Ärger mit Straße',
  'e\u0301 is not \u00e9',
  '👩‍👩‍👧‍👦 🇦🇹',
  'ΟΔΟΣ',
  'it\'s "quoted" `back` \\ slash',
  '%s {{x}} ${y} ?1 $1 :x -- /* */',
  "'; drop table x; --",
  '50% of a_b',
  ' blanks around ',
  '<b onclick=x>&amp;</b>',
]

/** Texts of several lines; control characters but NUL are kept. */
export const lineTexts: readonly string[] = ['one\ntwo\r\nthree\ttabbed', '\u0001\u001f']

export const emptyText: GoodValue = { value: '', stored: { '': null, folded: null }, json: 'null' }

export const badTexts: readonly BadValue[] = [
  { value: 'a\0b', code: 'INVALID_TYPE_ON_FIELD_IN_RECORD' },
  { value: '\ud83d', code: 'INVALID_TYPE_ON_FIELD_IN_RECORD' },
  { value: 'x\udc00y', code: 'INVALID_TYPE_ON_FIELD_IN_RECORD' },
]

/** Well-formed texts without NUL, of so many UTF-16 units at most. */
export function texts(charsMax: number): fc.Arbitrary<ApiValue> {
  return fc
    .string({ unit: 'binary', maxLength: Math.floor(charsMax / 2) })
    .map((text) => text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, ''))
}

export function readBackText(value: ApiValue): ApiValue {
  return value === '' ? null : value
}
