/** Time: a time of day, without a date. */
import { keeps } from './casts.ts'
import { readTime } from './calendar.ts'
import { temporalType } from './temporal-field.ts'

export const time = temporalType({
  name: 'Time',
  purpose: 'A time of day without a date, such as an opening hour.',
  kind: { kind: 'time' },
  use: 'time',
  expected: 'a time of day as HH:MM:SS.mmmZ',
  read: readTime,
  hint: { type: 'time', soapType: 'xsd:time', editor: 'time' },
  casts: keeps('text', 'Text', 'TextArea', 'LongTextArea'),
})
