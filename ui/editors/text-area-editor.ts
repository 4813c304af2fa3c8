/** Several lines of text; grows with its content. */
import '@vaadin/text-area'
import { html } from 'lit'
import { customElement } from 'lit/decorators.js'
import { EditorElement, inputText } from './editor-element.ts'
import { editorStyles } from './editor.styles.ts'

@customElement('fs-text-area-editor')
export class FsTextAreaEditor extends EditorElement {
  static override styles = editorStyles

  protected override render(): unknown {
    return html`<vaadin-text-area
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
    ></vaadin-text-area>`
  }
}
