/** An instant, entered on the clock of the user's time zone, which is named under it. */
import '@vaadin/date-time-picker'
import { html } from 'lit'
import { customElement } from 'lit/decorators.js'
import { dayPattern } from '../base/date-input.ts'
import { t, textLanguage } from '../base/text.ts'
import { fromZoneClock, toZoneClock } from '../base/zone-time.ts'
import { dateWords } from './date-words.ts'
import { EditorElement, inputText } from './editor-element.ts'
import { editorStyles } from './editor.styles.ts'
import { timeWords } from './time-words.ts'

@customElement('fs-date-time-editor')
export class FsDateTimeEditor extends EditorElement {
  static override styles = editorStyles

  protected override render(): unknown {
    const locale = this.context?.format.locale ?? 'en-US'
    const zone = t('Time zone: {zone}', { zone: this.#zone })
    return html`<vaadin-date-time-picker
      data-control
      manual-validation
      auto-open-disabled
      .i18n=${wordsOf(locale)}
      .datePlaceholder=${dayPattern(locale)}
      .label=${this.label}
      .helperText=${this.help === '' ? zone : `${this.help} ${zone}`}
      .required=${this.required}
      .disabled=${this.disabled}
      .invalid=${this.error !== ''}
      .errorMessage=${this.error}
      .value=${toZoneClock(String(this.value ?? ''), this.#zone)}
      @change=${(event: Event) => this.#changed(event)}
      @unparsable-change=${(event: Event) => this.#unparsable(event)}
    ></vaadin-date-time-picker>`
  }

  protected override updated(): void {
    void this.#unmarkGroup()
  }

  /** That something is needed is said by both inputs; their group has no such attribute. */
  async #unmarkGroup(): Promise<void> {
    const picker = this.renderRoot.querySelector('vaadin-date-time-picker')
    // Set by the element itself, a moment after it was told.
    await (picker && Reflect.get(picker, 'updateComplete'))
    picker?.removeAttribute('aria-required')
  }

  get #zone(): string {
    return this.context?.format.timeZone ?? 'UTC'
  }

  #changed(event: Event): void {
    const clock = inputText(event)
    if (clock === '') this.change(null, this.#half())
    else this.change(fromZoneClock(clock, this.#zone) ?? null)
  }

  #unparsable(event: Event): void {
    event.stopPropagation()
    this.change(null, this.#half())
  }

  // One of the two inputs holds something: then this is no empty value but an unfinished one.
  #half(): string | undefined {
    const inputs = [...this.renderRoot.querySelectorAll('input')]
    return inputs.some((input) => input.value !== '') ? t('Enter a date and a time.') : undefined
  }
}

const words = new Map<string, ReturnType<typeof bothWords>>()

function bothWords(locale: string): ReturnType<typeof dateWords> & ReturnType<typeof timeWords> {
  return { ...dateWords(locale), ...timeWords(locale) }
}

function wordsOf(locale: string): ReturnType<typeof bothWords> {
  const key = `${textLanguage()} ${locale}`
  const known = words.get(key) ?? bothWords(locale)
  words.set(key, known)
  return known
}
