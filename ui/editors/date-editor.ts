/** A calendar day: typed in the locale's order, or picked. */
import '@vaadin/date-picker'
import { html } from 'lit'
import { customElement } from 'lit/decorators.js'
import { dayPattern } from '../base/date-input.ts'
import { t, textLanguage } from '../base/text.ts'
import { dateWords } from './date-words.ts'
import { EditorElement, inputText } from './editor-element.ts'
import { editorStyles } from './editor.styles.ts'

@customElement('fs-date-editor')
export class FsDateEditor extends EditorElement {
  static override styles = editorStyles

  protected override render(): unknown {
    const locale = this.context?.format.locale ?? 'en-US'
    return html`<vaadin-date-picker
      data-control
      manual-validation
      clear-button-visible
      auto-open-disabled
      .i18n=${wordsOf(locale)}
      .placeholder=${dayPattern(locale)}
      .label=${this.label}
      .helperText=${this.help}
      .required=${this.required}
      .disabled=${this.disabled}
      .invalid=${this.error !== ''}
      .errorMessage=${this.error}
      .value=${String(this.value ?? '')}
      @change=${(event: Event) => this.#changed(event)}
      @unparsable-change=${(event: Event) => this.#unparsable(event)}
    ></vaadin-date-picker>`
  }

  #changed(event: Event): void {
    const text = inputText(event)
    const typed = this.renderRoot.querySelector('input')?.value ?? ''
    if (text === '' && typed !== '') this.change(null, t('Enter a date.'))
    else this.change(text === '' ? null : text)
  }

  #unparsable(event: Event): void {
    const typed = this.renderRoot.querySelector('input')?.value ?? ''
    event.stopPropagation()
    if (typed === '') this.change(null)
    else this.change(null, t('Enter a date.'))
  }
}

// The picker compares its words by identity: one object per language and locale keeps it from redrawing.
const words = new Map<string, ReturnType<typeof dateWords>>()

function wordsOf(locale: string): ReturnType<typeof dateWords> {
  const key = `${textLanguage()} ${locale}`
  const known = words.get(key) ?? dateWords(locale)
  words.set(key, known)
  return known
}
