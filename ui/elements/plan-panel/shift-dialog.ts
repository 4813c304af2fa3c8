/** Another start for a plan: shows which deadlines would move before anything does. */
import { css, html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { errorText } from '../../base/api-error.ts'
import { FsElement } from '../../base/element.ts'
import { formatDate, type FormatContext } from '../../base/formats.ts'
import { t } from '../../base/text.ts'
import { plans, type MovedDeadline } from '../../plans-api.ts'
import { checkControl, valueOf } from '../../setup/form-controls.ts'
import { formDialog, formDialogStyles } from '../dialog/form-dialog.ts'
import { openDialog } from '../dialog/open-dialog.ts'

export interface ShiftQuestion {
  readonly planId: string
  readonly startDate: string
  readonly format: FormatContext
}

/** True when the plan starts on another day. */
export function shiftStart(question: ShiftQuestion): Promise<boolean> {
  return openDialog<boolean>(
    (answer) =>
      html`<fs-shift-dialog
        .question=${question}
        @shift-done=${(event: CustomEvent<boolean>) => answer(event.detail)}
      ></fs-shift-dialog>`,
  )
}

@customElement('fs-shift-dialog')
export class FsShiftDialog extends FsElement {
  static override styles = [
    ...formDialogStyles,
    css`
      li {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: 0 var(--fs-space-3);
        padding: var(--fs-space-1) 0;
        font-variant-numeric: tabular-nums;
      }
      ul {
        padding: 0;
        list-style: none;
      }
    `,
  ]

  @property({ attribute: false }) question: ShiftQuestion | undefined
  @state() private startDate = ''
  @state() private moves = true
  @state() private deadlines: readonly MovedDeadline[] | undefined
  @state() private error = ''

  protected override render(): unknown {
    const { question } = this
    if (!question) return nothing
    return formDialog({
      heading: t('Shift start'),
      confirmLabel: t('Shift start'),
      content: this.#content(question),
      error: this.error,
      onConfirm: () => void this.#save(question),
      onClose: () => this.#done(false),
    })
  }

  #content(question: ShiftQuestion): unknown {
    return html`<div class="field">
        <label for="start">${t('New start')}</label>
        <input
          id="start"
          type="date"
          .value=${this.startDate === '' ? question.startDate : this.startDate}
          aria-invalid=${this.error === '' ? 'false' : 'true'}
          @change=${(event: Event) => void this.#choose(question, valueOf(event))}
        />
      </div>
      ${this.deadlines === undefined ? nothing : this.#preview(question, this.deadlines)}`
  }

  #preview({ format }: ShiftQuestion, deadlines: readonly MovedDeadline[]): unknown {
    if (deadlines.length === 0) {
      return html`<p class="soft">${t('No open deadline counts from the start.')}</p>`
    }
    const day = (text: string): string => formatDate(text.slice(0, 10), format)
    return html`${checkControl({
        name: 'moves',
        label: t('Move the open deadlines too'),
        hint: t('Deadlines that were chosen by hand stay.'),
        checked: this.moves,
        onInput: (checked) => (this.moves = checked),
      })}
      <ul>
        ${deadlines.map(
          ({ name, from, to }) =>
            html`<li>
              <span>${name}</span>
              <span
                >${
                  from === to || !this.moves
                    ? t('stays on {day}', { day: day(from) })
                    : `${day(from)} → ${day(to)}`
                }</span
              >
            </li>`,
        )}
      </ul>`
  }

  async #choose({ planId }: ShiftQuestion, startDate: string): Promise<void> {
    this.startDate = startDate
    this.error = ''
    if (startDate === '') return
    const wish = { planId, startDate, moveDeadlines: true, previewOnly: true }
    await this.#try(async () => {
      const deadlines = await plans.shift(wish)
      if (this.startDate === startDate) this.deadlines = deadlines
    })
  }

  async #save({ planId }: ShiftQuestion): Promise<void> {
    if (this.startDate === '') {
      this.error = t('Choose the day on which the plan is to start.')
      return
    }
    const wish = { planId, startDate: this.startDate, previewOnly: false }
    await this.#try(async () => {
      await plans.shift({ ...wish, moveDeadlines: this.moves })
      this.#done(true)
    })
  }

  async #try(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      this.error = errorText(error)
    }
  }

  #done(isShifted: boolean): void {
    this.emit<boolean>('shift-done', isShifted)
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-shift-dialog': FsShiftDialog
  }
}
