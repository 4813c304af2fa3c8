/** Values as they show on record pages and in lists: formatted, linked, never as markup from the server. */
import { html, nothing } from 'lit'
import { objectOfId } from '../../base/app-context.ts'
import {
  addressLines,
  emptyMark,
  formatValue,
  isEmpty,
  multipicklistLabels,
} from '../../base/formats.ts'
import type { FormatContext } from '../../base/formats.ts'
import { paths } from '../../base/navigation.ts'
import { parentOf } from '../../base/record-names.ts'
import { safeLink } from '../../base/safe-link.ts'
import { t } from '../../base/text.ts'
import type { AppScreen, FieldInfo, Value, WireRecord } from '../../base/wire.ts'

export interface ValueContext {
  readonly screen: AppScreen
  readonly app: string
  readonly format: FormatContext
  /** In lists everything stays on one line. */
  readonly dense?: boolean
}

/** What a renderer gets; the value is there, emptiness was dealt with before. */
interface Shown {
  readonly value: Value
  readonly field: FieldInfo
  readonly record: WireRecord
  readonly context: ValueContext
}

type Renderer = (shown: Shown) => unknown

const renderers: ReadonlyMap<string, Renderer> = new Map<string, Renderer>([
  ['boolean', renderBoolean],
  ['email', ({ value }) => html`<a href=${`mailto:${String(value)}`}>${String(value)}</a>`],
  ['phone', ({ value }) => html`<span class="phone">${String(value)}</span>`],
  ['url', renderUrl],
  ['reference', renderReference],
  ['multipicklist', renderChips],
  ['textarea', renderLongText],
  ['string', renderText],
  ['address', renderAddress],
])

/** The value of a field of a record. */
export function renderValue(field: FieldInfo, record: WireRecord, context: ValueContext): unknown {
  const value = record[field.name]
  if (value === undefined || value === null || isEmpty(value)) {
    return html`<span class="empty" aria-label=${t('No value')}>${emptyMark}</span>`
  }
  const renderer = renderers.get(field.type)
  return renderer
    ? renderer({ value, field, record, context })
    : formatValue(value, field, context.format)
}

/** The value as bare text, for where it stands in a link of its own. */
export function plainValue(field: FieldInfo, record: WireRecord, context: ValueContext): string {
  if (field.type === 'reference') return parentOf(field, record)?.name ?? emptyMark
  return formatValue(record[field.name], field, context.format)
}

function renderBoolean({ value }: Shown): unknown {
  const words = value === true ? t('Yes') : t('No')
  return html`<span class=${value === true ? 'yes' : 'no'}>${words}</span>`
}

function renderUrl({ value }: Shown): unknown {
  const text = String(value)
  const link = safeLink(text)
  if (link === undefined) return text
  return html`<a href=${link} target="_blank" rel="noopener noreferrer">${text}</a>`
}

function renderReference({ field, record, context }: Shown): unknown {
  const parent = parentOf(field, record)
  if (!parent) return nothing
  const object = parent.object ?? objectOfId(context.screen, parent.id)?.name
  const known = context.screen.objects.some((one) => one.name === object)
  // Without a right to read the object there is nothing to go to.
  if (object === undefined || !known) return parent.name
  return html`<a href=${paths.record(context.app, object, parent.id)}>${parent.name}</a>`
}

function renderChips({ value, field, context }: Shown): unknown {
  const labels = multipicklistLabels(String(value), field)
  if (context.dense) return labels.join(', ')
  return html`<span class="chips"
    >${labels.map((label) => html`<span class="chip">${label}</span>`)}</span
  >`
}

/** Plain text, but for formulas that give links and images. */
function renderText({ value, field, context }: Shown): unknown {
  if (field.htmlFormatted !== true) return formatValue(value, field, context.format)
  void import('../html-value/html-value.ts')
  return html`<fs-html-value computed .value=${String(value)}></fs-html-value>`
}

function renderLongText({ value, field, context }: Shown): unknown {
  const text = String(value)
  if (field.htmlFormatted !== true) {
    return context.dense ? text : html`<span class="long">${text}</span>`
  }
  if (context.dense) return plainOf(text)
  void import('../html-value/html-value.ts')
  return html`<fs-html-value .value=${text}></fs-html-value>`
}

function plainOf(markup: string): string {
  return new DOMParser().parseFromString(markup, 'text/html').body.textContent ?? ''
}

function renderAddress({ value, context }: Shown): unknown {
  const lines = addressLines(value)
  if (lines.length === 0) return emptyMark
  if (context.dense) return lines.join(', ')
  return html`<span class="long">${lines.join('\n')}</span>`
}
