/** What can be done with the chosen rows, and how many they are; stands below the list while some are chosen. */
import { css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { FsElement } from '../../base/element.ts'
import { fieldOf } from '../../base/form-state.ts'
import { fieldsForMany, isEditableInRow } from '../../base/row-forms.ts'
import { noSelection, selectedRowsMax } from '../../base/selection.ts'
import type { Selection } from '../../base/selection.ts'
import { t } from '../../base/text.ts'
import type { FieldInfo, ObjectScreen, WireRecord } from '../../base/wire.ts'
import type { ValueContext } from '../field-value/render-value.ts'
import '../icon/icon.ts'
import { canMerge } from '../merge-rows/can-merge.ts'
import type { RowsLeft } from '../many-rows/rows-left.ts'

/** Fires `selection-change`, and `rows-worked` after rows were changed or deleted. */
@customElement('fs-selection-bar')
export class FsSelectionBar extends FsElement {
  static override styles = css`
    :host {
      display: block;
      position: sticky;
      bottom: 0;
      z-index: 4;
    }
    .bar {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--fs-space-2);
      padding: 8px 12px;
      border-top: 1px solid var(--fs-line);
      border-end-start-radius: inherit;
      background: var(--fs-selected);
    }
    p {
      flex: 1;
      min-width: 120px;
    }
    strong {
      font-weight: var(--fs-weight-strong);
    }
    @media (max-width: 720px) {
      .clear {
        order: 1;
      }
      .act {
        flex: 1;
        order: 2;
        padding: 0 8px;
      }
      .act fs-icon {
        display: none;
      }
      p {
        flex: 1 0 50%;
      }
    }
  `

  @property({ attribute: false }) object: ObjectScreen | undefined
  @property({ attribute: false }) context: ValueContext | undefined
  @property({ attribute: false }) selection: Selection = noSelection
  /** The rows that are on screen, or would be after scrolling. */
  @property({ attribute: false }) loaded: readonly WireRecord[] = []

  protected override render(): unknown {
    const { object } = this
    if (!object) return nothing
    const owner = ownerField(object)
    return html`<div class="bar" role="group" aria-label=${t('Chosen rows')}>
      <p role="status">
        <strong>${t('{count} selected', { count: this.selection.size })}</strong>
        <span class="small">${this.#note()}</span>
      </p>
      ${
        fieldsForMany(object).length > 0
          ? html`<button class="button act" @click=${() => void this.#edit(object)}>
              <fs-icon name="pencil"></fs-icon>${t('Edit field…')}
            </button>`
          : nothing
      }
      ${
        owner
          ? html`<button class="button act" @click=${() => void this.#edit(object, owner)}>
              <fs-icon name="user"></fs-icon>${t('Change owner…')}
            </button>`
          : nothing
      }
      ${
        canMerge(object, this.selection.size)
          ? html`<button class="button act" @click=${() => void this.#merge(object)}>
              <fs-icon name="merge"></fs-icon>${t('Merge…')}
            </button>`
          : nothing
      }
      ${
        object.describe.deletable
          ? html`<button class="button act" @click=${() => void this.#delete(object)}>
              <fs-icon name="trash"></fs-icon>${t('Delete…')}
            </button>`
          : nothing
      }
      <button class="button quiet clear" @click=${() => this.#select(noSelection)}>
        ${t('Clear selection')}
      </button>
    </div>`
  }

  /** What the number alone would not say. */
  #note(): string {
    if (this.selection.size >= selectedRowsMax) {
      return t('No more than {count} at a time.', { count: selectedRowsMax })
    }
    const loaded = new Set(this.loaded.map((row) => row.Id))
    const count = [...this.selection.keys()].filter((id) => !loaded.has(id)).length
    return count === 0 ? '' : t('{count} of them further down, not loaded now.', { count })
  }

  async #edit(object: ObjectScreen, field?: FieldInfo): Promise<void> {
    const { context, selection } = this
    if (!context) return
    const { editRows } = await import('../many-rows/edit-rows.ts')
    const rows = [...selection.values()]
    this.#worked(await editRows({ object, rows, context, ...(field && { field }) }))
  }

  async #merge(object: ObjectScreen): Promise<void> {
    const { context, selection } = this
    if (!context) return
    const { mergeRows } = await import('../merge-rows/merge-rows.ts')
    if (!(await mergeRows({ object, rows: [...selection.values()], context }))) return
    this.#select(noSelection)
    this.emit('rows-worked')
  }

  async #delete(object: ObjectScreen): Promise<void> {
    const { context, selection } = this
    if (!context) return
    const { deleteRows } = await import('../many-rows/delete-rows.ts')
    const changed = (): void => void this.emit('rows-worked')
    const rows = [...selection.values()]
    this.#worked(await deleteRows({ object, rows, context, changed }))
  }

  /** What was done is chosen no more; what was refused stays, for another try. */
  #worked(left: RowsLeft | undefined): void {
    if (left === undefined) return
    this.#select(new Map([...this.selection].filter(([id]) => left.has(id))))
    this.emit('rows-worked')
  }

  #select(selection: Selection): void {
    this.emit<Selection>('selection-change', selection)
  }
}

function ownerField(object: ObjectScreen): FieldInfo | undefined {
  const field = fieldOf(object.describe, 'OwnerId')
  return field && isEditableInRow(object, field) ? field : undefined
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-selection-bar': FsSelectionBar
  }
}
