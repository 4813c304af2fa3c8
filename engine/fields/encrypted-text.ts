/** EncryptedText: a short secret, encrypted at rest and masked for whom it must be. */
import { message } from '../base/message.ts'
import type { ApiValue, FieldType } from './field-type.ts'
import { lengthOption, optionsSchema } from './options-schema.ts'
import { maskText } from './mask.ts'
import { textProblem } from './text-column.ts'
import { charsMaxOf, longTextBase } from './text-like.ts'
import { checkedText } from './value-problem.ts'

const charsMax = 175

export const encryptedText: FieldType = {
  ...longTextBase,
  name: 'EncryptedText',
  purpose: 'A secret such as a card number: encrypted in the database, masked on the screen.',
  options: optionsSchema({
    required: ['length', 'maskType', 'maskChar'],
    properties: {
      length: lengthOption(1, charsMax),
      maskType: { enum: ['all', 'lastFour', 'creditCard', 'ssn', 'sin', 'nino'] },
      maskChar: { enum: ['asterisk', 'X'] },
    },
  }),
  check: (value, options) => textProblem(value, charsMaxOf(options, charsMax)),
  toColumns: (value, _options, services) => {
    const plain = checkedText(value)
    return { '': plain === null ? null : services.encrypt(plain) }
  },
  afterRead: (value: ApiValue, options, { services, viewEncrypted }) => {
    const stored = checkedText(value)
    if (stored === null) return null
    const plain = services.decrypt(stored)
    return viewEncrypted ? plain : maskText(plain, options)
  },
  describe: (options) => ({
    type: 'encryptedstring',
    soapType: 'xsd:string',
    length: charsMaxOf(options, charsMax),
    editor: 'encrypted-text',
  }),
  formulaUse: () => ({ kind: 'unusable', kindLabel: message('an encrypted text') }),
  // Nothing it may become: another type would lay the secret bare.
}
