/** The steps of a process and what they ask, edited in place. Fires `body-changed`. */
import { css, html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { ServiceProcessAttribute, ServiceProcessScreen } from '../../metadata/types.ts'
import { FsElement } from '../base/element.ts'
import { t } from '../base/text.ts'
import type { ObjectSummary } from '../base/wire.ts'
import '../elements/icon/icon.ts'
import { checkControl, selectControl, textControl } from './form-controls.ts'
import type { Choice } from './form-controls.ts'
import { formStyles } from './form-styles.ts'
import { objectChoices } from './object-choices.ts'
import {
  changedQuestion,
  withoutQuestion,
  withoutStep,
  withQuestion,
  withStep,
  type ProcessBody,
} from './process-draft.ts'
import { setupPageStyles } from './setup-styles.ts'

type DataType = NonNullable<ServiceProcessAttribute['dataType']>

@customElement('fs-setup-process-questions')
export class FsSetupProcessQuestions extends FsElement {
  static override styles = [
    formStyles,
    setupPageStyles,
    css`
      :host {
        display: grid;
        gap: var(--fs-space-4);
      }
      .question {
        display: grid;
        gap: var(--fs-space-3);
        padding: var(--fs-space-4);
        border-top: 1px solid var(--fs-line);
      }
      .add {
        display: flex;
        flex-wrap: wrap;
        gap: var(--fs-space-3);
        align-items: end;
        padding: var(--fs-space-4);
        border-top: 1px solid var(--fs-line);
      }
      .add > .field {
        flex: 1 1 200px;
      }
    `,
  ]

  @property({ attribute: false }) body: ProcessBody | undefined
  @property({ attribute: false }) objects: readonly ObjectSummary[] = []
  @state() private stepLabel = ''
  @state() private labels: ReadonlyMap<string, string> = new Map()

  protected override render(): unknown {
    const { body } = this
    if (!body) return nothing
    return html`${(body.screens ?? []).map((screen) => this.#step(body, screen))}
      <section class="panel">
        <div class="add">
          ${textControl({
            name: 'new-step',
            label: t('Name of the new step'),
            value: this.stepLabel,
            onInput: (value) => (this.stepLabel = value),
          })}
          <button class="button" type="button" @click=${() => this.#addStep(body)}>
            <fs-icon name="plus"></fs-icon>${t('Add step')}
          </button>
        </div>
      </section>`
  }

  #change(body: ProcessBody): void {
    this.emit('body-changed', body)
  }

  #addStep(body: ProcessBody): void {
    const label = this.stepLabel.trim()
    if (label === '') return
    this.stepLabel = ''
    this.#change(withStep(body, label))
  }

  #step(body: ProcessBody, screen: Readonly<ServiceProcessScreen>): unknown {
    const questions = (screen.groups ?? []).flatMap((group) =>
      (body.serviceProcessAttributes ?? []).filter((one) => one.groupApiName === group),
    )
    const [group = screen.name] = screen.groups ?? []
    const typed = this.labels.get(group) ?? ''
    return html`<section class="panel">
      <header>
        <h2>${screen.label}</h2>
        <button
          class="button"
          type="button"
          aria-label=${t('Remove {entry}', { entry: screen.label })}
          @click=${() => this.#change(withoutStep(body, screen))}
        >
          ${t('Remove')}
        </button>
      </header>
      ${questions.map((question) => this.#question(body, question))}
      <div class="add">
        ${textControl({
          name: `new-${group}`,
          label: t('New question of “{step}”', { step: screen.label }),
          value: typed,
          onInput: (value) => (this.labels = new Map(this.labels).set(group, value)),
        })}
        <button
          class="button"
          type="button"
          aria-label=${t('Add question to “{step}”', { step: screen.label })}
          @click=${() => {
            if (typed.trim() === '') return
            this.labels = new Map(this.labels).set(group, '')
            this.#change(withQuestion(body, group, { label: typed.trim() }))
          }}
        >
          <fs-icon name="plus"></fs-icon>${t('Add question')}
        </button>
      </div>
    </section>`
  }

  #question(body: ProcessBody, question: Readonly<ServiceProcessAttribute>): unknown {
    const { developerName: name, label, dataType = 'Text', isRequired = false } = question
    const set = (change: Partial<ServiceProcessAttribute>): void =>
      this.#change(changedQuestion(body, question, change))
    return html`<div class="question" role="group" aria-label=${label}>
      <div class="fields">
        ${textControl({
          name: `label-${name}`,
          label: t('Question'),
          value: label,
          onInput: (value) => set({ label: value }),
        })}
        ${
          question.objectField === undefined
            ? selectControl({
                name: `type-${name}`,
                label: t('Kind of answer to “{question}”', { question: label }),
                value: dataType,
                choices: kinds(),
                onInput: (value) => set({ dataType: value as DataType }),
              })
            : html`<p class="soft">${question.objectField}</p>`
        }
        ${this.#details(question, set)}
      </div>
      <div>
        ${checkControl({
          name: `required-${name}`,
          label: t('“{question}” must be answered', { question: label }),
          checked: isRequired,
          onInput: (checked) => set({ isRequired: checked }),
        })}
        <button
          class="button link"
          type="button"
          aria-label=${t('Remove {entry}', { entry: label })}
          @click=${() => this.#change(withoutQuestion(body, question))}
        >
          ${t('Remove')}
        </button>
      </div>
    </div>`
  }

  #details(
    question: Readonly<ServiceProcessAttribute>,
    set: (change: Partial<ServiceProcessAttribute>) => void,
  ): unknown {
    const { developerName: name, dataType, values = [], referenceTo = [], label } = question
    if (dataType === 'Picklist' || dataType === 'RadioButton') {
      return textControl({
        name: `values-${name}`,
        label: t('Answers to choose from for “{question}”', { question: label }),
        hint: t('One in each line.'),
        lines: 3,
        value: values.map((one) => one.label).join('\n'),
        onInput: (text) =>
          set({ values: linesOf(text).map((one) => ({ fullName: one, label: one })) }),
      })
    }
    if (dataType !== 'Lookup') return nothing
    return selectControl({
      name: `target-${name}`,
      label: t('Records of which object for “{question}”', { question: label }),
      value: referenceTo[0] ?? '',
      choices: [{ value: '', label: t('Choose …') }, ...objectChoices(this.objects)],
      onInput: (value) => set({ referenceTo: value === '' ? [] : [value] }),
    })
  }
}

/** The last line stays as it is typed, empty too. */
function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((line, at, all) => line.trim() !== '' || at === all.length - 1)
}

function kinds(): readonly Choice[] {
  const kind = (value: DataType, label: string): Choice => ({ value, label })
  return [
    kind('Text', t('Text')),
    kind('MultilineText', t('Long text')),
    kind('Picklist', t('Choice')),
    kind('Checkbox', t('Yes or no')),
    kind('Date', t('Date')),
    kind('Datetime', t('Date and time')),
    kind('Number', t('Number')),
    kind('Currency', t('Amount of money')),
    kind('Percentage', t('Percent')),
    kind('Email', t('E-mail address')),
    kind('Url', t('Web address')),
    kind('Lookup', t('Record')),
    kind('DisplayText', t('Text to read, no question')),
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-process-questions': FsSetupProcessQuestions
  }
}
