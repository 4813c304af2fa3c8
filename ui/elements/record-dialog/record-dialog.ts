/**
 * A form of a record in a dialog: the sections of a layout, checked and saved as on a page of its own. Those who build on
 * it say what is loaded, what heads it and where it is saved.
 */
import { css, html, nothing } from 'lit'
import { property, query, state } from 'lit/decorators.js'
import { ApiError, errorText } from '../../base/api-error.ts'
import { deepActiveElement, fieldOfEvent } from '../../base/deep-focus.ts'
import { FsElement } from '../../base/element.ts'
import {
  applyEdit,
  checkAll,
  checkField,
  layoutProblems,
  noteRefusal,
} from '../../base/form-checks.ts'
import { isDirty } from '../../base/form-state.ts'
import type { Edit, FormState } from '../../base/form-state.ts'
import { checkRules } from '../../base/form-rules.ts'
import { isSaveKey } from '../../base/save-key.ts'
import { t } from '../../base/text.ts'
import type { ObjectScreen, WireRecord } from '../../base/wire.ts'
import type { EditorContext } from '../../editors/editor-element.ts'
import { formContext } from '../../editors/form-context.ts'
import { askToLeave } from '../dialog/ask-to-leave.ts'
import '../dialog/dialog.ts'
import '../error-summary/error-summary.ts'
import { focusSummary } from '../error-summary/focus-summary.ts'
import '../form-sections/form-sections.ts'
import '../problem/problem.ts'
import '../skeleton/skeleton.ts'

/** Where the form stands. */
export type FormPlace = Pick<EditorContext, 'screen' | 'app' | 'format'>

/** Fires `cancel-dialog` when the user goes back. */
export abstract class RecordDialog extends FsElement {
  static override styles = css`
    .legend {
      margin-bottom: var(--fs-space-3);
    }
    fs-error-summary {
      margin-bottom: var(--fs-space-3);
    }
  `

  @property({ attribute: false }) place: FormPlace | undefined
  @state() protected object: ObjectScreen | undefined
  @state() protected form: FormState | undefined
  @state() private messages: readonly string[] = []
  @state() private summaryShown = false
  @state() private saving = false
  @state() private failure: unknown
  @query('fs-form-sections') private sections!: HTMLElementTagNameMap['fs-form-sections'] | null

  protected abstract heading(): string
  /** Sets the object and the form. */
  protected abstract load(): Promise<void>
  /** What is refused is noted in the form. */
  protected abstract store(form: FormState, object: ObjectScreen): Promise<void>

  override connectedCallback(): void {
    super.connectedCallback()
    void this.updateComplete.then(() => this.#load())
  }

  async #load(): Promise<void> {
    this.failure = undefined
    try {
      await this.load()
    } catch (error) {
      this.failure = error
    }
  }

  /** The record whose values stand where nothing can be entered. */
  protected shownRecord(): WireRecord | undefined {
    return undefined
  }

  protected async focusForm(): Promise<void> {
    await this.updateComplete
    await this.sections?.updateComplete
    this.sections?.focusFirst()
  }

  protected override render(): unknown {
    return html`<fs-dialog
      size="large"
      .heading=${this.heading()}
      .open=${true}
      @dialog-close=${(event: Event) => this.#closing(event)}
      @keydown=${(event: KeyboardEvent) => this.#key(event)}
    >
      ${
        this.failure === undefined
          ? this.content()
          : html`<fs-problem .error=${this.failure} @retry=${() => void this.#load()}></fs-problem>`
      }
      <div slot="footer">
        <button class="button" type="button" @click=${() => void this.#cancel()}>
          ${t('Cancel')}
        </button>
        ${this.confirmButton()}
      </div>
    </fs-dialog>`
  }

  protected confirmButton(): unknown {
    return html`<button
      class="button primary"
      type="button"
      ?disabled=${this.saving || this.form === undefined}
      @click=${() => void this.#save()}
    >
      ${this.saving ? t('Saving…') : t('Save')}
    </button>`
  }

  protected content(): unknown {
    const { object, form, place } = this
    if (!object || !form || !place) return html`<fs-skeleton lines="6"></fs-skeleton>`
    return html`
      ${
        this.summaryShown
          ? html`<fs-error-summary
              .problems=${layoutProblems(form, object.describe)}
              .messages=${this.messages}
              @focus-field=${(event: CustomEvent<string>) => this.sections?.focusField(event.detail)}
            ></fs-error-summary>`
          : nothing
      }
      <p class="legend soft small">${t('* A value is required')}</p>
      <fs-form-sections
        .sections=${object.layout.sections}
        .state=${form}
        .context=${formContext(object.describe, form, { ...place, record: this.shownRecord() })}
        @value-changed=${(event: CustomEvent<Edit>) => this.#edit(event)}
        @focusout=${(event: FocusEvent) => this.#left(event)}
      ></fs-form-sections>
    `
  }

  #edit(event: CustomEvent<Edit>): void {
    if (this.form && this.object)
      this.form = applyEdit(this.form, event.detail, this.object.describe)
  }

  #left(event: FocusEvent): void {
    const field = fieldOfEvent(event)
    if (!this.form || !this.object || field === undefined || !this.form.values.has(field)) return
    this.form = checkField(this.form, field, this.object)
  }

  #key(event: KeyboardEvent): void {
    if (!isSaveKey(event)) return
    event.preventDefault()
    void this.#save()
  }

  #closing(event: Event): void {
    event.preventDefault()
    event.stopPropagation()
    void this.#cancel()
  }

  async #cancel(): Promise<void> {
    const dirty = this.form && this.object ? isDirty(this.form, this.object.describe) : false
    if (!dirty || (await askToLeave())) this.emit('cancel-dialog')
  }

  async #save(): Promise<void> {
    if (this.saving || !this.form || !this.object) return
    // A control that keeps its input until it is left (dates) hands it over now.
    const active = deepActiveElement()
    if (active instanceof HTMLElement) active.blur()
    this.messages = []
    this.form = checkAll(this.form, this.object)
    const { describe } = this.object
    if (layoutProblems(this.form, describe).length > 0) return this.#showSummary()
    this.saving = true
    try {
      await checkRules(this.form, describe)
      await this.store(this.form, this.object)
    } catch (error) {
      this.#refused(error)
    } finally {
      this.saving = false
    }
  }

  #refused(error: unknown): void {
    const { object, form } = this
    if (!(error instanceof ApiError) || !object || !form) {
      this.messages = [errorText(error)]
    } else {
      const noted = noteRefusal(form, error, object)
      this.form = noted.form
      this.messages = noted.messages
    }
    this.#showSummary()
  }

  #showSummary(): void {
    this.summaryShown = true
    void focusSummary(this)
  }
}
