/** Text: one line of words. */
import { keeps, mayLose } from './casts.ts'
import { lengthOption, optionsSchema, uniqueOptions } from './options-schema.ts'
import { textLikeType } from './text-like.ts'

export const text = textLikeType({
  name: 'Text',
  purpose: 'A line of words, such as a title or a code. Take it when no other type fits better.',
  options: optionsSchema({
    required: ['length'],
    properties: { length: lengthOption(1, 1333), ...uniqueOptions },
  }),
  charsMax: 255,
  hint: { type: 'string', editor: 'text' },
  casts: {
    ...keeps('same', 'LongTextArea'),
    ...mayLose('same', 'TextArea', 'Email', 'Phone', 'Url', 'Picklist', 'EncryptedText'),
    ...mayLose('same', 'MultiselectPicklist', 'Lookup', 'Date', 'DateTime', 'Time'),
    ...mayLose('same', 'AutoNumber'),
    ...mayLose('markup', 'Html'),
    ...mayLose('decimal', 'Number', 'Currency', 'Percent'),
    ...mayLose('truth', 'Checkbox'),
  },
})
