/** How wide a column starts: by its type, and never narrower than its heading. */
import type { FieldInfo } from '../../base/wire.ts'

const widthsPx: ReadonlyMap<string, number> = new Map([
  ['boolean', 110],
  ['date', 140],
  ['datetime', 190],
  ['time', 110],
  ['int', 120],
  ['double', 130],
  ['currency', 150],
  ['percent', 110],
  ['phone', 150],
])

const otherWidthPx = 180
const nameWidthPx = 240
// Labels are never cut off: a column is at least as wide as its heading with the sort mark.
const letterPx = 7.6
const headingExtraPx = 52

export function columnWidth(field: FieldInfo): string {
  const heading = Math.ceil(field.label.length * letterPx) + headingExtraPx
  const usual = field.nameField === true ? nameWidthPx : (widthsPx.get(field.type) ?? otherWidthPx)
  return `${Math.max(heading, usual)}px`
}
