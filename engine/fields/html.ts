/** Html: formatted text, cleaned when it is written. */
import { message } from '../base/message.ts'
import { mayLose } from './casts.ts'
import type { FieldType } from './field-type.ts'
import { lengthOption, optionsSchema, visibleLinesOption } from './options-schema.ts'
import { textProblem } from './text-column.ts'
import { charsMaxOf, longTextBase, notInFields } from './text-like.ts'
import { checkedText } from './value-problem.ts'

const charsMax = 32_768

export const html: FieldType = {
  ...longTextBase,
  name: 'Html',
  purpose: 'A long text with formatting, links and lists.',
  options: optionsSchema({
    required: ['length'],
    properties: { length: lengthOption(1, 131_072), visibleLines: visibleLinesOption },
  }),
  check: (value, options) => textProblem(value, charsMaxOf(options, charsMax)),
  toColumns: (value, _options, services) => {
    const raw = checkedText(value)
    const cleaned = raw === null ? '' : services.cleanHtml(raw)
    return { '': cleaned === '' ? null : cleaned }
  },
  describe: (options) => ({
    type: 'textarea',
    soapType: 'xsd:string',
    length: charsMaxOf(options, charsMax),
    htmlFormatted: true,
    extraTypeInfo: 'richtextarea',
    editor: 'html',
  }),
  formulaUse: () => ({ kind: 'text', kindLabel: message('a rich text'), contexts: notInFields }),
  casts: mayLose('plain', 'LongTextArea', 'TextArea', 'Text', 'EncryptedText'),
}
