/** What is wrong with JSON text, in words. */
import { t } from '../base/text.ts'
import type { JsonFault } from './json-check.ts'

export function faultText(fault: JsonFault): string {
  const texts = new Map([
    ['CommaExpected', t('A comma is missing.')],
    ['ColonExpected', t('A colon is missing.')],
    ['PropertyNameExpected', t('A name in double quotes is expected.')],
    ['ValueExpected', t('A value is expected.')],
    ['CloseBraceExpected', t('A closing brace is missing.')],
    ['CloseBracketExpected', t('A closing bracket is missing.')],
    ['EndOfFileExpected', t('There is something after the end.')],
    ['InvalidCommentToken', t('JSON has no comments.')],
    ['UnexpectedEndOfString', t('A closing quote is missing.')],
    ['DuplicateKey', t('The name {name} is given twice.', { name: fault.key ?? '' })],
  ])
  return texts.get(fault.code) ?? t('This is not JSON.')
}
