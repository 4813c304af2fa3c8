/** Percent: an exact decimal shown with a percent sign; 12.5 means 12.5 %. */
import { mayLose } from './casts.ts'
import { decimalType } from './decimal-field.ts'

export const percent = decimalType({
  name: 'Percent',
  purpose: 'A share of a hundred: 12.5 is shown as 12.5%.',
  scale: 0,
  mayBeUnique: false,
  use: 'percent',
  hint: { type: 'percent', editor: 'percent' },
  casts: {
    ...mayLose('same', 'Number', 'Currency'),
    ...mayLose('text', 'Text', 'TextArea', 'LongTextArea'),
  },
})
