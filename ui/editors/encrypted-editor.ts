/** A value that is masked for whom it must be: the mask is never edited, only replaced as a whole. */
import '@vaadin/text-field'
import { css, html } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { t } from '../base/text.ts'
import { EditorElement, inputText } from './editor-element.ts'
import { editorStyles } from './editor.styles.ts'

@customElement('fs-encrypted-editor')
export class FsEncryptedEditor extends EditorElement {
  static override styles = [
    editorStyles,
    css`
      .row {
        display: flex;
        align-items: end;
        gap: var(--fs-space-2);
      }
      vaadin-text-field {
        flex: 1;
      }
    `,
  ]

  @state() private replacing = false

  protected override render(): unknown {
    const stored = String(this.value ?? '')
    const masked = !this.replacing && /[*X•]{3,}/.test(stored)
    return html`<div class="row">
      <vaadin-text-field
        data-control
        manual-validation
        autocomplete="off"
        .label=${this.label}
        .helperText=${this.help}
        .required=${this.required}
        .disabled=${this.disabled}
        .readonly=${masked}
        .invalid=${this.error !== ''}
        .errorMessage=${this.error}
        .value=${stored}
        @input=${(event: Event) => this.change(inputText(event))}
      ></vaadin-text-field>
      ${
        masked
          ? html`<button class="button" type="button" @click=${() => this.#replace()}>
              ${t('Replace')}
            </button>`
          : ''
      }
    </div>`
  }

  #replace(): void {
    this.replacing = true
    this.change('')
    void this.updateComplete.then(() => this.focus())
  }
}
