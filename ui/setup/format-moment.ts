/** Moments as the browser's language writes them. */
const moments = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })

/** A moment of the wire (`+0000` or `Z`); as it stands when it is none. */
export function formatMoment(text: string): string {
  const moment = new Date(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'))
  return Number.isNaN(moment.getTime()) ? text : moments.format(moment)
}
