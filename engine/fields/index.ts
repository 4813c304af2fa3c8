/** The list of field types. A new type is one file, one line here and one test file. */
import { address } from './address.ts'
import { autoNumber } from './auto-number.ts'
import { checkbox } from './checkbox.ts'
import { currency } from './currency.ts'
import { dateTime } from './date-time.ts'
import { date } from './date.ts'
import { email } from './email.ts'
import { encryptedText } from './encrypted-text.ts'
import type { FieldType } from './field-type.ts'
import { file } from './file.ts'
import { hierarchy } from './hierarchy.ts'
import { html } from './html.ts'
import { location } from './location.ts'
import { longTextArea } from './long-text-area.ts'
import { lookup } from './lookup.ts'
import { masterDetail } from './master-detail.ts'
import { metadataRelationship } from './metadata-relationship.ts'
import { multiselectPicklist } from './multiselect-picklist.ts'
import { number } from './number.ts'
import { percent } from './percent.ts'
import { personName } from './person-name.ts'
import { phone } from './phone.ts'
import { picklist } from './picklist.ts'
import { summary } from './summary.ts'
import { textArea } from './text-area.ts'
import { text } from './text.ts'
import { time } from './time.ts'
import { url } from './url.ts'

export const fieldTypes: readonly FieldType[] = [
  text,
  textArea,
  longTextArea,
  html,
  encryptedText,
  email,
  phone,
  url,
  number,
  currency,
  percent,
  checkbox,
  date,
  dateTime,
  time,
  picklist,
  multiselectPicklist,
  lookup,
  masterDetail,
  hierarchy,
  metadataRelationship,
  autoNumber,
  file,
  summary,
  location,
  personName,
  address,
]

const byName = new Map(fieldTypes.map((type) => [type.name, type]))

/** The type of this name as metadata files write it, or undefined when there is none. */
export function fieldType(name: string): FieldType | undefined {
  return byName.get(name)
}
