/** Moments in the language of the screens. */
import { textLanguage } from '../base/text.ts'

function moments(): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(textLanguage(), { dateStyle: 'medium', timeStyle: 'short' })
}

/** A moment of the wire (`+0000` or `Z`); as it stands when it is none. */
export function formatMoment(text: string): string {
  const moment = new Date(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'))
  return Number.isNaN(moment.getTime()) ? text : moments().format(moment)
}
