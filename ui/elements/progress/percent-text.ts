/** A part of a whole as percent, in the language of the screens. */
import { textLanguage } from '../../base/text.ts'

export function percentText(part: number): string {
  const format = new Intl.NumberFormat(textLanguage(), {
    style: 'percent',
    maximumFractionDigits: 0,
  })
  return format.format(part)
}
