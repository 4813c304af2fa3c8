/** What a row shows of a field: the name leads to the record, or picks it. */
import { html, nothing } from 'lit'
import { paths } from '../../base/navigation.ts'
import { recordName } from '../../base/record-names.ts'
import { t } from '../../base/text.ts'
import type { FieldInfo, ObjectScreen, WireRecord } from '../../base/wire.ts'
import { plainValue, renderValue } from '../field-value/render-value.ts'
import type { ValueContext } from '../field-value/render-value.ts'
import '../icon/icon.ts'

export interface CellContext {
  readonly object: ObjectScreen
  readonly context: ValueContext
  /** Rows are picked, not opened: nothing in them leads away. */
  readonly picks: boolean
}

export function renderCell(field: FieldInfo, row: WireRecord, cell: CellContext): unknown {
  if (cell.picks) return plainValue(field, row, cell.context)
  if (field.nameField === true) return renderName(row, cell)
  return renderValue(field, row, { ...cell.context, dense: true })
}

export function renderName(row: WireRecord, { object, context }: CellContext): unknown {
  const path = paths.record(context.app, object.describe.name, row.Id ?? '')
  return html`<a class="name" href=${path}>${recordName(object.describe, row)}</a>`
}

export interface DraftCell {
  readonly field: FieldInfo
  /** With what was changed and is not saved. */
  readonly row: WireRecord
  readonly cell: CellContext
  readonly isDrafted: boolean
  readonly error: string | undefined
  readonly isEditable: boolean
  edit(): void
}

/** A cell that can be edited in place, marked where it was. */
export function renderDraftCell(draft: DraftCell): unknown {
  const { field, row, cell, isDrafted, error } = draft
  const state = error === undefined ? (isDrafted ? 'drafted' : '') : 'drafted refused'
  return html`<div
    class="cell ${state}"
    data-row=${row.Id ?? ''}
    data-of=${field.name}
    title=${error ?? nothing}
  >
    <span class="value">${renderCell(field, row, cell)}</span>
    ${state === '' ? nothing : html`<span class="visually-hidden">${error ?? t('changed, not saved')}</span>`}
    ${draft.isEditable ? pencil(draft) : nothing}
  </div>`
}

function pencil({ field, row, cell, edit }: DraftCell): unknown {
  const name = recordName(cell.object.describe, row)
  return html`<button
    class="pencil"
    tabindex="-1"
    aria-label=${t('Edit {field} of {name}', { field: field.label, name })}
    @click=${edit}
  >
    <fs-icon name="pencil"></fs-icon>
  </button>`
}

export interface RowBox {
  readonly name: string
  readonly checked: boolean
  readonly toggle: (event: Event) => void
}

/** The box that chooses a row. */
export function renderRowBox({ name, checked, toggle }: RowBox): unknown {
  return html`<label class="box"
    ><input
      type="checkbox"
      aria-label=${t('Select {name}', { name })}
      .checked=${checked}
      @click=${toggle}
  /></label>`
}

export interface AllBox {
  readonly chosen: 'all' | 'some' | 'none'
  readonly label: unknown
  readonly toggle: () => void
}

/** The box that chooses all rows that are loaded. */
export function renderAllBox({ chosen, label, toggle }: AllBox): unknown {
  return html`<label class="box"
    ><input
      type="checkbox"
      aria-label=${t('Select all loaded rows')}
      .checked=${chosen === 'all'}
      .indeterminate=${chosen === 'some'}
      @change=${toggle}
    />${label ?? nothing}</label
  >`
}
