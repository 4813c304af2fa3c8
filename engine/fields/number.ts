/** Number: an exact decimal. */
import { mayLose } from './casts.ts'
import { decimalType } from './decimal-field.ts'

export const number = decimalType({
  name: 'Number',
  purpose: 'A quantity with a fixed number of decimal places, kept exactly.',
  scale: 0,
  mayBeUnique: true,
  use: 'number',
  hint: { type: 'double', editor: 'number' },
  casts: {
    ...mayLose('same', 'Currency', 'Percent'),
    // The declared length of the text decides whether every number fits.
    ...mayLose('text', 'Text', 'TextArea', 'LongTextArea', 'Picklist', 'AutoNumber'),
    ...mayLose('truth', 'Checkbox'),
  },
})
