/** Yes or no. */
import '@vaadin/checkbox'
import { css, html } from 'lit'
import { customElement } from 'lit/decorators.js'
import { EditorElement } from './editor-element.ts'
import { editorStyles } from './editor.styles.ts'

@customElement('fs-checkbox-editor')
export class FsCheckboxEditor extends EditorElement {
  static override styles = [
    editorStyles,
    css`
      vaadin-checkbox {
        margin-top: 18px;
        min-height: var(--fs-control-height);
        align-items: center;
        --vaadin-checkbox-label-color: var(--fs-text);
        --vaadin-checkbox-label-font-size: var(--fs-text-m);
      }
      vaadin-checkbox[checked]::part(checkbox) {
        border-color: var(--fs-accent);
        background: var(--fs-accent);
        color: var(--fs-on-accent);
      }
      @media (max-width: 640px) {
        vaadin-checkbox {
          margin-top: 0;
        }
      }
    `,
  ]

  protected override render(): unknown {
    return html`<vaadin-checkbox
      data-control
      manual-validation
      .label=${this.label}
      .helperText=${this.help}
      .disabled=${this.disabled}
      .invalid=${this.error !== ''}
      .errorMessage=${this.error}
      .checked=${this.value === true}
      @change=${(event: Event) => this.change(isChecked(event.target))}
    ></vaadin-checkbox>`
  }
}

function isChecked(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && 'checked' in target && target.checked === true
}
