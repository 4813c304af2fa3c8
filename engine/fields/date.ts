/** Date: a calendar day, the same everywhere. */
import { keeps } from './casts.ts'
import { readDay } from './calendar.ts'
import { temporalType } from './temporal-field.ts'

export const date = temporalType({
  name: 'Date',
  purpose: 'A calendar day. It is the same day in every time zone.',
  kind: { kind: 'date' },
  use: 'date',
  expected: 'a date as YYYY-MM-DD',
  read: (text) => {
    const day = readDay(text)
    return typeof day === 'number' ? text : day
  },
  hint: { type: 'date', soapType: 'xsd:date', editor: 'date' },
  casts: { ...keeps('midnight', 'DateTime'), ...keeps('text', 'Text', 'TextArea', 'LongTextArea') },
})
