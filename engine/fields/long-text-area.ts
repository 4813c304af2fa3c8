/** LongTextArea: a plain text of many lines. */
import { message } from '../base/message.ts'
import { mayLose } from './casts.ts'
import type { FieldType } from './field-type.ts'
import { lengthOption, optionsSchema, visibleLinesOption } from './options-schema.ts'
import { textProblem } from './text-column.ts'
import { charsMaxOf, longTextBase, notInFields } from './text-like.ts'

const charsMax = 32_768

export const longTextArea: FieldType = {
  ...longTextBase,
  name: 'LongTextArea',
  purpose: 'A long plain text, such as notes. It can be searched, but not filtered or sorted.',
  options: optionsSchema({
    required: ['length'],
    properties: { length: lengthOption(1, 131_072), visibleLines: visibleLinesOption },
  }),
  check: (value, options) => textProblem(value, charsMaxOf(options, charsMax)),
  describe: (options) => ({
    type: 'textarea',
    soapType: 'xsd:string',
    length: charsMaxOf(options, charsMax),
    extraTypeInfo: 'plaintextarea',
    editor: 'long-text-area',
  }),
  formulaUse: () => ({ kind: 'text', kindLabel: message('a long text'), contexts: notInFields }),
  // Not to Html: plain text may hold "<" that cleaning would take for markup.
  casts: {
    ...mayLose('same', 'Text', 'TextArea', 'Email', 'Phone', 'Url', 'EncryptedText', 'Picklist'),
    ...mayLose('same', 'MultiselectPicklist', 'Date', 'DateTime', 'Time'),
    ...mayLose('markup', 'Html'),
    ...mayLose('decimal', 'Number', 'Currency', 'Percent'),
    ...mayLose('truth', 'Checkbox'),
  },
}
