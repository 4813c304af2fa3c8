/** Shows the editor of a field: looks it up in the table, loads it once, hands it its properties. */
import { css } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { isEditable, partsOf } from '../../base/form-state.ts'
import { FsElement } from '../../base/element.ts'
import type { FieldInfo, Value } from '../../base/wire.ts'
import { editorFor } from '../../editors/index.ts'
import type { EditorContext, EditorElement } from '../../editors/editor-element.ts'

@customElement('fs-field-editor')
export class FsFieldEditor extends FsElement {
  static override styles = css`
    :host {
      display: block;
      min-width: 0;
      min-height: 54px;
    }
  `

  @property({ attribute: false }) field: FieldInfo | undefined
  @property({ attribute: false }) value: Value = null
  @property({ type: Boolean }) required = false
  @property({ type: Boolean }) disabled = false
  @property() error = ''
  @property({ attribute: false }) context: EditorContext | undefined
  #editor: EditorElement | undefined
  #tag = ''
  #wantsFocus = false

  override focus(): void {
    if (this.#editor) this.#editor.focus()
    else this.#wantsFocus = true
  }

  protected override updated(changed: PropertyValues<this>): void {
    const entry = editorFor(this.field?.fieldstone?.editor)
    if (changed.has('field') && entry.tag !== this.#tag) {
      this.#tag = entry.tag
      void entry.load().then(() => this.#place(entry.tag))
    }
    this.#hand()
  }

  #place(tag: string): void {
    if (tag !== this.#tag) return
    // Every element named in the table of editors is an EditorElement.
    const editor = document.createElement(tag) as EditorElement
    this.#editor?.remove()
    this.#editor = editor
    this.#hand()
    this.renderRoot.append(editor)
    if (this.#wantsFocus) void editor.updateComplete.then(() => editor.focus())
    this.#wantsFocus = false
  }

  // A compound is edited through its parts, each of which knows its own right.
  #mayEdit(field: FieldInfo): boolean {
    const context = this.context
    if (context && partsOf(context.object, field.name).length > 0) return true
    return isEditable(field, context?.isNew === true)
  }

  #hand(): void {
    const { field, context } = this
    if (!this.#editor || !field) return
    Object.assign(this.#editor, {
      value: this.value,
      label: field.label,
      help: field.inlineHelpText ?? '',
      required: this.required,
      disabled: this.disabled || !this.#mayEdit(field),
      error: this.error,
      describe: field,
      context,
    })
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-field-editor': FsFieldEditor
  }
}
