/** DateTime: an instant, shown in the time zone of who looks at it. */
import { keeps, mayLose } from './casts.ts'
import { readInstant } from './calendar.ts'
import { temporalType } from './temporal-field.ts'

export const dateTime = temporalType({
  name: 'DateTime',
  purpose: 'A date and time. Everybody sees it in their own time zone.',
  kind: { kind: 'instant' },
  use: 'datetime',
  expected: 'a date and time with its offset',
  read: readInstant,
  hint: { type: 'datetime', soapType: 'xsd:dateTime', editor: 'date-time' },
  casts: {
    ...mayLose('day', 'Date'),
    ...mayLose('clock', 'Time'),
    ...keeps('text', 'Text', 'TextArea', 'LongTextArea'),
  },
})
