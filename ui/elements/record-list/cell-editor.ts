/** The editor of one cell, over it: Enter takes the value, Tab goes on to the next cell, Escape leaves it as it was. */
import { css, html, nothing } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { isRequired } from '../../base/check-value.ts'
import { deepActiveElement } from '../../base/deep-focus.ts'
import { FsElement } from '../../base/element.ts'
import { setValue, valueOf } from '../../base/form-state.ts'
import type { Edit, FormState } from '../../base/form-state.ts'
import { recordName } from '../../base/record-names.ts'
import type { RowForm } from '../../base/row-forms.ts'
import { t } from '../../base/text.ts'
import type { FieldInfo } from '../../base/wire.ts'
import { formContext } from '../../editors/form-context.ts'
import '../field-editor/field-editor.ts'
import type { ValueContext } from '../field-value/render-value.ts'

export interface OpenCell {
  readonly row: RowForm
  readonly field: FieldInfo
  /** Where the cell stands. */
  readonly anchor: Element
}

export interface CellDone {
  /** Undefined when the value stays as it was. */
  readonly edit: Edit | undefined
  readonly next: 'stay' | 'forward' | 'back'
}

/** Fires `cell-done`. */
@customElement('fs-cell-editor')
export class FsCellEditor extends FsElement {
  static override styles = css`
    .panel {
      position: fixed;
      inset: auto;
      width: max-content;
      min-width: 240px;
      max-width: min(420px, calc(100vw - 16px));
      margin: 0;
      padding: 10px 12px 12px;
      border: 1px solid var(--fs-accent);
      border-radius: var(--fs-radius-m);
      background: var(--fs-surface-raised);
      color: var(--fs-text);
      box-shadow: var(--fs-shadow-m);
      overflow: visible;
    }
  `

  @property({ attribute: false }) cell: OpenCell | undefined
  @property({ attribute: false }) context: ValueContext | undefined
  @state() private form: FormState | undefined
  #edit: Edit | undefined
  #closing = false

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('cell')) return
    this.form = this.cell?.row.form
    this.#edit = undefined
    this.#closing = false
  }

  protected override updated(changed: PropertyValues<this>): void {
    const panel = this.renderRoot.querySelector<HTMLElement>('.panel')
    if (!changed.has('cell') || !panel || !this.cell) return
    panel.showPopover()
    place(panel, this.cell.anchor.getBoundingClientRect())
    this.renderRoot.querySelector('fs-field-editor')?.focus()
  }

  protected override render(): unknown {
    const { cell, context, form } = this
    if (!cell || !context || !form) return nothing
    const { field, row } = cell
    const { describe } = row.screen
    const name = recordName(describe, row.record)
    const shown = describe.fields.find((one) => one.name === field.name) ?? field
    return html`<div
      class="panel"
      popover="manual"
      role="dialog"
      aria-label=${t('Edit {field} of {name}', { field: field.label, name })}
      @keydown=${{ handleEvent: (event: KeyboardEvent) => this.#escape(event), capture: true }}
      @focusout=${(event: FocusEvent) => this.#left(event)}
    >
      <div @keydown=${(event: KeyboardEvent) => this.#key(event)}>
        <fs-field-editor
          .field=${shown}
          .context=${formContext(describe, form, { ...context, record: row.record })}
          .required=${isRequired(field, 'Edit')}
          .value=${valueOf(form, field.name)}
          .error=${form.unreadable.get(field.name) ?? form.errors.get(field.name) ?? ''}
          @value-changed=${(event: CustomEvent<Edit>) => this.#changed(event)}
        ></fs-field-editor>
      </div>
    </div>`
  }

  #changed(event: CustomEvent<Edit>): void {
    event.stopPropagation()
    this.#edit = event.detail
    if (this.form) this.form = setValue(this.form, event.detail)
  }

  /** Before the editor itself: its own Escape would empty it. A list that is open keeps the key. */
  #escape(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || isListOpen(event)) return
    event.preventDefault()
    event.stopPropagation()
    this.#done({ edit: undefined, next: 'stay' })
  }

  #key(event: KeyboardEvent): void {
    event.stopPropagation()
    if (event.defaultPrevented || isListOpen(event)) return
    const writesLines = event.composedPath().some((node) => isManyLined(node))
    const takes = event.key === 'Enter' && (!writesLines || event.ctrlKey || event.metaKey)
    if (!takes && event.key !== 'Tab') return
    event.preventDefault()
    void this.#take(takes ? 'stay' : event.shiftKey ? 'back' : 'forward')
  }

  /** The focus went elsewhere: what was entered counts. */
  #left(event: FocusEvent): void {
    const to = event.relatedTarget
    // Nowhere, within the editor, or into a dialog that the editor has opened.
    if (!(to instanceof Element) || this.renderRoot.contains(to)) return
    if (to.closest('fs-lookup-dialog, fs-new-record-dialog')) return
    void this.#take('stay')
  }

  async #take(next: CellDone['next']): Promise<void> {
    // A control that keeps its input until it is left (dates) hands it over now.
    const active = deepActiveElement()
    if (active instanceof HTMLElement) active.blur()
    await this.updateComplete
    this.#done({ edit: this.#edit, next })
  }

  #done(done: CellDone): void {
    if (this.#closing) return
    this.#closing = true
    this.emit<CellDone>('cell-done', done)
  }
}

function isManyLined(node: EventTarget): boolean {
  return (
    node instanceof HTMLTextAreaElement || (node instanceof HTMLElement && node.isContentEditable)
  )
}

/** A list of choices or a calendar stands open. */
function isListOpen(event: Event): boolean {
  return event
    .composedPath()
    .some((node) => node instanceof HTMLElement && 'opened' in node && node.opened === true)
}

/** Over the cell, and within the window. */
function place(panel: HTMLElement, at: DOMRect): void {
  const { width, height } = panel.getBoundingClientRect()
  panel.style.minWidth = `${Math.max(240, at.width)}px`
  panel.style.left = `${Math.max(8, Math.min(at.left, innerWidth - width - 8))}px`
  panel.style.top = `${Math.max(8, Math.min(at.top, innerHeight - Math.max(height, 110) - 8))}px`
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-cell-editor': FsCellEditor
  }
}
