/** One step of a template: what it is, when it is due, who does it, and what comes before. */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { errorText } from '../../base/api-error.ts'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import { checkControl, selectControl, textControl } from '../../setup/form-controls.ts'
import { saveStep, takesDays, type OwnerKind, type TemplateStep } from '../../templates-api.ts'
import { formDialog, formDialogStyles } from '../dialog/form-dialog.ts'
import { openDialog } from '../dialog/open-dialog.ts'

export interface StepQuestion {
  readonly versionId: string
  readonly step: TemplateStep
  readonly others: readonly TemplateStep[]
}

/** True when the step was saved. */
export function editStep(question: StepQuestion): Promise<boolean> {
  return openDialog<boolean>(
    (answer) =>
      html`<fs-step-dialog
        .question=${question}
        .step=${question.step}
        @step-done=${(event: CustomEvent<boolean>) => answer(event.detail)}
      ></fs-step-dialog>`,
  )
}

@customElement('fs-step-dialog')
export class FsStepDialog extends FsElement {
  static override styles = formDialogStyles

  @property({ attribute: false }) question: StepQuestion | undefined
  @property({ attribute: false }) step: TemplateStep | undefined
  @state() private error = ''
  @state() private nameError: string | undefined
  #saving = false

  protected override render(): unknown {
    const { question, step } = this
    if (!question || !step) return nothing
    return formDialog({
      size: 'medium',
      heading: step.id === undefined ? t('Add step') : t('Edit step'),
      confirmLabel: t('Save'),
      content: html`${this.#what(step)} ${this.#when(step)} ${this.#who(step)}
      ${this.#before(question, step)}`,
      error: this.error,
      onConfirm: () => void this.#save(question),
      onClose: () => this.#done(false),
    })
  }

  #what(step: TemplateStep): unknown {
    return html`${textControl({
      name: 'name',
      label: t('What is to be done'),
      value: step.name,
      required: true,
      lengthMax: 255,
      error: this.nameError,
      onInput: (name) => this.#set({ name }),
    })}
    ${selectControl({
      name: 'kind',
      label: t('Kind'),
      value: step.object,
      disabled: step.id !== undefined,
      choices: [
        { value: 'Task', label: t('Task') },
        { value: 'DocumentChecklistItem', label: t('Document') },
        { value: 'Event', label: t('Event') },
      ],
      onInput: (object) => this.#set({ object }),
    })}
    ${textControl({
      name: 'notes',
      label: t('Notes for whoever does it'),
      value: step.notes,
      lines: 3,
      onInput: (notes) => this.#set({ notes }),
    })}
    ${checkControl({
      name: 'required',
      label: t('The plan is not complete without it'),
      checked: step.required,
      onInput: (required) => this.#set({ required }),
    })}`
  }

  #when(step: TemplateStep): unknown {
    if (!takesDays(step.object)) return nothing
    return html`${textControl({
      name: 'days',
      label: t('Days after the start'),
      hint: t('Of a step that waits for others: days after it is made.'),
      value: step.days,
      numeric: true,
      lengthMax: 4,
      onInput: (days) => this.#set({ days: days.replaceAll(/\D/g, '') }),
    })}
    ${
      step.object === 'Task'
        ? selectControl({
            name: 'priority',
            label: t('Priority'),
            value: step.priority,
            choices: [
              { value: '', label: t('As usual') },
              { value: 'High', label: t('High') },
              { value: 'Normal', label: t('Normal') },
              { value: 'Low', label: t('Low') },
            ],
            onInput: (priority) => this.#set({ priority }),
          })
        : nothing
    }`
  }

  #who(step: TemplateStep): unknown {
    const isNamed = step.ownerKind === 'named' || step.ownerKind === 'role'
    return html`${selectControl({
      name: 'owner-kind',
      label: t('Who does it'),
      value: step.ownerKind,
      choices: [
        { value: 'owner', label: t('The owner of the plan') },
        { value: 'creator', label: t('Whoever starts the plan') },
        { value: 'named', label: t('A person or a queue') },
        { value: 'role', label: t('A role in the team of the record') },
      ],
      // The choices above are all there are.
      onInput: (kind) => this.#set({ ownerKind: kind as OwnerKind }),
    })}
    ${
      isNamed
        ? textControl({
            name: 'owner-name',
            label: step.ownerKind === 'role' ? t('Role') : t('User name or name of the queue'),
            value: step.ownerName,
            lengthMax: 255,
            onInput: (ownerName) => this.#set({ ownerName }),
          })
        : nothing
    }`
  }

  #before({ others }: StepQuestion, step: TemplateStep): unknown {
    if (others.length === 0) return nothing
    return html`<fieldset class="field">
      <legend>${t('Waits for')}</legend>
      ${others.map(({ id = '', name }) =>
        checkControl({
          name: `after-${id}`,
          label: name,
          checked: step.after.includes(id),
          onInput: (checked) =>
            this.#set({
              after: checked ? [...step.after, id] : step.after.filter((one) => one !== id),
            }),
        }),
      )}
    </fieldset>`
  }

  #set(changes: Partial<TemplateStep>): void {
    if (this.step) this.step = { ...this.step, ...changes }
    this.nameError = undefined
  }

  async #save({ versionId }: StepQuestion): Promise<void> {
    const { step } = this
    if (!step || this.#saving) return
    if (step.name.trim() === '') {
      this.nameError = t('Enter what is to be done.')
      return
    }
    this.#saving = true
    try {
      await saveStep(versionId, step)
      this.#done(true)
    } catch (error) {
      this.error = errorText(error)
    } finally {
      this.#saving = false
    }
  }

  #done(isSaved: boolean): void {
    this.emit<boolean>('step-done', isSaved)
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-step-dialog': FsStepDialog
  }
}
