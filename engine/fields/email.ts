/** Email: an address that mail can be sent to. */
import { message } from '../base/message.ts'
import { keeps, mayLose } from './casts.ts'
import type { ValueProblem } from './field-type.ts'
import { lengthOption, optionsSchema, uniqueOptions } from './options-schema.ts'
import { textLikeType } from './text-like.ts'
import { problem } from './value-problem.ts'

const localPattern = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+$/
const labelPattern = /^[A-Za-z0-9-]+$/
const topLevelPattern = /^[A-Za-z][A-Za-z0-9-]+$/
const localCharsMax = 64

function isDomainLabel(label: string): boolean {
  return labelPattern.test(label) && !label.startsWith('-') && !label.endsWith('-')
}

export function isEmailAddress(text: string): boolean {
  const at = text.lastIndexOf('@')
  const local = text.slice(0, Math.max(at, 0))
  const labels = text.slice(at + 1).split('.')
  return (
    local.length <= localCharsMax &&
    local.split('.').every((atom) => localPattern.test(atom)) &&
    labels.length > 1 &&
    labels.every(isDomainLabel) &&
    topLevelPattern.test(labels.at(-1) ?? '')
  )
}

function form(text: string): ValueProblem | undefined {
  if (isEmailAddress(text)) return undefined
  return problem(
    'INVALID_EMAIL_ADDRESS',
    message('Invalid email address: expected one like ana@example.com.'),
  )
}

export const email = textLikeType({
  name: 'Email',
  purpose: 'An email address. Its form is checked, and it opens a new message.',
  options: optionsSchema({ properties: { length: lengthOption(6, 255), ...uniqueOptions } }),
  charsMax: 80,
  form,
  hint: { type: 'email', editor: 'email' },
  casts: {
    ...keeps('same', 'LongTextArea', 'TextArea'),
    ...mayLose('same', 'Text', 'Phone', 'Url', 'Picklist'),
    ...mayLose('same', 'EncryptedText'),
    ...mayLose('markup', 'Html'),
  },
})
