/** TextArea: a short text of several lines. */
import { keeps, mayLose } from './casts.ts'
import { lengthOption, optionsSchema } from './options-schema.ts'
import { textLikeType } from './text-like.ts'

export const textArea = textLikeType({
  name: 'TextArea',
  purpose: 'A short text of several lines, such as a street. It can be filtered and sorted.',
  options: optionsSchema({ properties: { length: lengthOption(1, 4000) } }),
  charsMax: 255,
  hint: { type: 'textarea', editor: 'text-area' },
  casts: {
    ...keeps('same', 'LongTextArea'),
    ...mayLose('same', 'Text', 'Email', 'Phone', 'Url', 'EncryptedText', 'Picklist'),
    ...mayLose('same', 'MultiselectPicklist', 'Date', 'DateTime', 'Time'),
    ...mayLose('markup', 'Html'),
    ...mayLose('decimal', 'Number', 'Currency', 'Percent'),
    ...mayLose('truth', 'Checkbox'),
  },
})
