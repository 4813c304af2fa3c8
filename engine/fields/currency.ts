/** Currency: an exact amount of money. */
import { mayLose } from './casts.ts'
import { decimalType } from './decimal-field.ts'

export const currency = decimalType({
  name: 'Currency',
  purpose: 'An amount of money, kept exactly and shown with its currency.',
  scale: 2,
  mayBeUnique: false,
  use: 'currency',
  hint: { type: 'currency', editor: 'currency' },
  casts: {
    ...mayLose('same', 'Number', 'Percent'),
    ...mayLose('text', 'Text', 'TextArea', 'LongTextArea'),
  },
})
