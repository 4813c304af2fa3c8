/** Starts an action plan on a record: which template, from when, in work days or not. */
import { html } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { errorText } from '../../base/api-error.ts'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import { plans, type PublishedTemplate } from '../../plans-api.ts'
import { checkControl, selectControl, textControl, valueOf } from '../../setup/form-controls.ts'
import { formDialog, formDialogStyles } from '../dialog/form-dialog.ts'
import { openDialog } from '../dialog/open-dialog.ts'

export interface StartQuestion {
  readonly object: string
  readonly targetId: string
  /** The day where the user is. */
  readonly today: string
}

/** The id of the new plan; undefined when the user thinks better of it. */
export function startPlan(question: StartQuestion): Promise<string | undefined> {
  return openDialog<string | undefined>(
    (answer) =>
      html`<fs-start-plan-dialog
        .question=${question}
        @start-done=${(event: CustomEvent<string | undefined>) => answer(event.detail ?? undefined)}
      ></fs-start-plan-dialog>`,
  )
}

@customElement('fs-start-plan-dialog')
export class FsStartPlanDialog extends FsElement {
  static override styles = formDialogStyles

  @property({ attribute: false }) question: StartQuestion | undefined
  @state() private templates: readonly PublishedTemplate[] | undefined
  @state() private versionId = ''
  @state() private name = ''
  @state() private startDate = ''
  @state() private skipsFreeDays = true
  @state() private error = ''
  #saving = false

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#load()
  }

  async #load(): Promise<void> {
    this.startDate = this.question?.today ?? ''
    try {
      this.templates = await plans.templates(this.question?.object ?? '')
      this.versionId = this.templates[0]?.versionId ?? ''
    } catch (error) {
      this.error = errorText(error)
    }
  }

  protected override render(): unknown {
    const { templates } = this
    return formDialog({
      heading: t('Start action plan'),
      confirmLabel: t('Start plan'),
      content:
        templates?.length === 0
          ? html`<p>${t('No template for such records is published.')}</p>`
          : templates && this.#form(templates),
      error: this.error,
      onConfirm: () => void this.#save(),
      onClose: () => this.#done(),
    })
  }

  #form(templates: readonly PublishedTemplate[]): unknown {
    return html`${selectControl({
        name: 'template',
        label: t('Template'),
        value: this.versionId,
        choices: templates.map(({ versionId, name }) => ({ value: versionId, label: name })),
        onInput: (value) => (this.versionId = value),
      })}
      ${textControl({
        name: 'name',
        label: t('Name of the plan'),
        hint: t('That of the template, if you leave it empty.'),
        value: this.name,
        lengthMax: 255,
        onInput: (value) => (this.name = value),
      })}
      <div class="field">
        <label for="start">${t('Start')}</label>
        <input
          id="start"
          type="date"
          .value=${this.startDate}
          @change=${(event: Event) => (this.startDate = valueOf(event))}
        />
      </div>
      ${checkControl({
        name: 'work-days',
        label: t('Count work days alone'),
        hint: t('Deadlines skip weekends and holidays.'),
        checked: this.skipsFreeDays,
        onInput: (checked) => (this.skipsFreeDays = checked),
      })}`
  }

  async #save(): Promise<void> {
    if (this.versionId === '' || this.startDate === '' || this.#saving) return
    this.#saving = true
    try {
      const { versionId, name, startDate, skipsFreeDays } = this
      const targetId = this.question?.targetId ?? ''
      this.#done(await plans.start({ versionId, targetId, name, startDate, skipsFreeDays }))
    } catch (error) {
      this.error = errorText(error)
    } finally {
      this.#saving = false
    }
  }

  #done(planId?: string): void {
    this.emit<string | undefined>('start-done', planId)
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-start-plan-dialog': FsStartPlanDialog
  }
}
