/** A time of day. */
import '@vaadin/time-picker'
import { html } from 'lit'
import { customElement } from 'lit/decorators.js'
import { t } from '../base/text.ts'
import { EditorElement, inputText } from './editor-element.ts'
import { editorStyles } from './editor.styles.ts'
import { timeWords } from './time-words.ts'

@customElement('fs-time-editor')
export class FsTimeEditor extends EditorElement {
  static override styles = editorStyles

  protected override render(): unknown {
    const locale = this.context?.format.locale ?? 'en-US'
    return html`<vaadin-time-picker
      data-control
      manual-validation
      clear-button-visible
      auto-open-disabled
      .i18n=${wordsOf(locale)}
      .label=${this.label}
      .helperText=${this.help}
      .required=${this.required}
      .disabled=${this.disabled}
      .invalid=${this.error !== ''}
      .errorMessage=${this.error}
      .value=${String(this.value ?? '').slice(0, 5)}
      @change=${(event: Event) => this.#changed(inputText(event))}
      @unparsable-change=${(event: Event) => {
        event.stopPropagation()
        this.#changed('')
      }}
    ></vaadin-time-picker>`
  }

  #changed(clock: string): void {
    const typed = this.renderRoot.querySelector('input')?.value ?? ''
    if (clock === '' && typed !== '') this.change(null, t('Enter a time such as 9:30.'))
    else this.change(clock === '' ? null : `${clock.slice(0, 5)}:00.000Z`)
  }
}

const words = new Map<string, ReturnType<typeof timeWords>>()

function wordsOf(locale: string): ReturnType<typeof timeWords> {
  const known = words.get(locale) ?? timeWords(locale)
  words.set(locale, known)
  return known
}
