/**
 * The fields of a form in the sections of the layout. A new layout is merged in while the user types: cells are
 * keyed by field, so controls stay, and the focus and caret are put back should their control have moved.
 */
import { html, nothing } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { isRequired } from '../../base/check-value.ts'
import { caretOf, deepActiveElement, setCaret } from '../../base/deep-focus.ts'
import type { Caret } from '../../base/deep-focus.ts'
import { FsElement } from '../../base/element.ts'
import { fieldOf, isEditable, partsOf, valueOf } from '../../base/form-state.ts'
import type { FormState } from '../../base/form-state.ts'
import type { FieldInfo, LayoutCell, LayoutSection } from '../../base/wire.ts'
import type { EditorContext } from '../../editors/editor-element.ts'
import { editorFor } from '../../editors/index.ts'
import '../field-editor/field-editor.ts'
import type { FsFieldEditor } from '../field-editor/field-editor.ts'
import { renderValue } from '../field-value/render-value.ts'
import { formSectionsStyles } from './form-sections.styles.ts'

interface Place {
  readonly key: string
  readonly cell: LayoutCell | undefined
  readonly field: FieldInfo | undefined
  readonly wide: boolean
}

@customElement('fs-form-sections')
export class FsFormSections extends FsElement {
  static override styles = formSectionsStyles

  @property({ attribute: false }) sections: readonly LayoutSection[] = []
  @property({ attribute: false }) state: FormState | undefined
  @property({ attribute: false }) context: EditorContext | undefined
  /** Fields that have just been added; they are marked for a while. */
  @property({ attribute: false }) added: ReadonlySet<string> = new Set()
  #held: { readonly field: string; readonly caret: Caret | undefined } | undefined

  /** Moves the focus to a field's control; to its part's for a part of a compound. */
  focusField(name: string): void {
    this.#editorOf(name)?.focus()
  }

  /** Moves the focus to the first control of the form. */
  focusFirst(): void {
    this.renderRoot.querySelector('fs-field-editor')?.focus()
  }

  #editorOf(name: string): FsFieldEditor | undefined {
    const direct = [...this.renderRoot.querySelectorAll('fs-field-editor')]
    const found = direct.find((editor) => editor.field?.name === name)
    if (found) return found
    const describe = this.context?.object
    const compound = describe ? fieldOf(describe, name)?.compoundFieldName : undefined
    const holder = direct.find((editor) => editor.field?.name === compound)
    const inner = holder?.renderRoot.querySelector('fs-compound-editor')?.shadowRoot
    const parts = [...(inner?.querySelectorAll('fs-field-editor') ?? [])]
    return parts.find((editor) => editor.field?.name === name) ?? holder
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#held = undefined
    if (!changed.has('sections')) return
    const focused = this.shadowRoot?.activeElement?.closest('fs-field-editor')
    const field = focused?.field?.name
    if (field !== undefined) this.#held = { field, caret: caretOf(deepActiveElement()) }
  }

  protected override updated(): void {
    const held = this.#held
    if (!held || this.shadowRoot?.activeElement) return
    const editor = this.#editorOf(held.field)
    if (editor) void this.#putBack(editor, held.caret)
  }

  async #putBack(editor: FsFieldEditor, caret: Caret | undefined): Promise<void> {
    await editor.updateComplete
    editor.focus()
    if (caret) setCaret(deepActiveElement(), caret)
  }

  protected override render(): unknown {
    return repeat(
      this.sections,
      // Not by its heading: a change of language must not make the editors anew under the user's hands.
      (section, index) => firstField(section) ?? `section ${index}`,
      (section) => this.#section(section),
    )
  }

  #section(section: LayoutSection): unknown {
    const places = this.#places(section)
    if (!places.some((place) => place.field)) return nothing
    return html`<section>
      ${section.heading ? html`<h2>${section.label}</h2>` : nothing}
      <div class="grid ${section.columns === 2 ? 'two' : ''}">
        ${repeat(
          places,
          (place) => place.key,
          (place) => this.#place(place),
        )}
      </div>
    </section>`
  }

  #places(section: LayoutSection): readonly Place[] {
    const rows = this.context?.isNew === true ? this.#packed(section) : section.rows
    return rows.flatMap((row, rowIndex) =>
      row.map((cell, columnIndex): Place => {
        const field = cell ? this.#shownField(cell) : undefined
        const alone = row.every((other, index) => index === columnIndex || other === null)
        const wide = editorFor(field?.fieldstone?.editor).wide === true && alone
        return {
          key: field ? field.name : `gap ${rowIndex} ${columnIndex}`,
          cell: cell ?? undefined,
          field,
          wide,
        }
      }),
    )
  }

  // A new record shows no read-only fields: what is below them in their column moves up.
  #packed(section: LayoutSection): LayoutSection['rows'] {
    const columns = Array.from({ length: section.columns }, (_, column) =>
      section.rows.flatMap((row) => {
        const cell = row[column]
        return cell && this.#shownField(cell) ? [cell] : []
      }),
    )
    const height = Math.max(...columns.map((column) => column.length))
    return Array.from({ length: height }, (_, row) => columns.map((column) => column[row] ?? null))
  }

  // What cannot be entered has no place in the form of a new record.
  #shownField(cell: LayoutCell): FieldInfo | undefined {
    const context = this.context
    const field = context ? fieldOf(context.object, cell.field) : undefined
    if (!field || !context) return undefined
    return context.isNew && !this.#mayEdit(field, cell) ? undefined : field
  }

  #mayEdit(field: FieldInfo, cell: LayoutCell): boolean {
    const context = this.context
    if (!context || cell.behavior === 'Readonly') return false
    const parts = partsOf(context.object, field.name)
    return [field, ...parts].some((one) => isEditable(one, context.isNew))
  }

  #place(place: Place): unknown {
    const { field, cell } = place
    const { context, state } = this
    if (!field || !cell || !context || !state) return html`<div class="gap"></div>`
    const mark = `cell ${place.wide ? 'wide' : ''} ${this.added.has(field.name) ? 'added' : ''}`
    if (!this.#mayEdit(field, cell)) return html`<div class=${mark}>${this.#readOnly(field)}</div>`
    return html`<div class=${mark}>
      <fs-field-editor
        data-field=${field.name}
        .field=${field}
        .context=${context}
        .required=${isRequired(field, cell.behavior)}
        .value=${valueOf(state, field.name)}
        .error=${state.errors.get(field.name) ?? state.unreadable.get(field.name) ?? ''}
      ></fs-field-editor>
    </div>`
  }

  #readOnly(field: FieldInfo): unknown {
    const context = this.context
    if (!context?.record) return nothing
    return html`<dl>
      <dt>${field.label}</dt>
      <dd>${renderValue(field, context.record, context)}</dd>
    </dl>`
  }
}

function firstField(section: LayoutSection): string | undefined {
  return section.rows.flat().find((cell) => cell !== null)?.field
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-form-sections': FsFormSections
  }
}
