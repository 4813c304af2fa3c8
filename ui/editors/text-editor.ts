/** One line of text; e-mail, phone and web address bring their keyboard. */
import '@vaadin/text-field'
import { html } from 'lit'
import { customElement } from 'lit/decorators.js'
import { EditorElement, inputText } from './editor-element.ts'
import { editorStyles } from './editor.styles.ts'

const keyboards: ReadonlyMap<string, string> = new Map([
  ['email', 'email'],
  ['phone', 'tel'],
  ['url', 'url'],
])

@customElement('fs-text-editor')
export class FsTextEditor extends EditorElement {
  static override styles = editorStyles

  protected override render(): unknown {
    return html`<vaadin-text-field
      data-control
      manual-validation
      autocomplete="off"
      .label=${this.label}
      .helperText=${this.help}
      .required=${this.required}
      .disabled=${this.disabled}
      .invalid=${this.error !== ''}
      .errorMessage=${this.error}
      .value=${String(this.value ?? '')}
      @input=${(event: Event) => this.change(inputText(event))}
    ></vaadin-text-field>`
  }

  protected override updated(): void {
    const input = this.renderRoot.querySelector('input')
    input?.setAttribute('inputmode', keyboards.get(this.describe?.type ?? '') ?? 'text')
  }
}
