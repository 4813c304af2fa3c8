/** Phone: a number to call, kept as it was written. */
import { keeps, mayLose } from './casts.ts'
import type { ValueProblem } from './field-type.ts'
import { lengthOption, optionsSchema } from './options-schema.ts'
import { textLikeType } from './text-like.ts'
import { wrongType } from './value-problem.ts'

// The platform takes any writing ("ask for Ana, ext. 12"); only what would break a dialled link is
// refused.
const controlPattern = /\p{Cc}/u

function form(text: string): ValueProblem | undefined {
  return controlPattern.test(text) ? wrongType('a phone number on one line') : undefined
}

export const phone = textLikeType({
  name: 'Phone',
  purpose: 'A phone number as people write it. It can be dialled with one click.',
  options: optionsSchema({ properties: { length: lengthOption(1, 255) } }),
  charsMax: 40,
  form,
  hint: { type: 'phone', editor: 'phone' },
  casts: {
    ...keeps('same', 'LongTextArea', 'TextArea'),
    ...mayLose('same', 'Text', 'Email', 'Url', 'Picklist'),
    ...mayLose('same', 'EncryptedText'),
    ...mayLose('markup', 'Html'),
  },
})
