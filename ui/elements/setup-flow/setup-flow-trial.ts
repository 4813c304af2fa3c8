/** Tries a flow on a chosen record or with inputs, and shows each step; nothing of it is kept. */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { flows } from '../../automation-api.ts'
import { errorText } from '../../base/api-error.ts'
import { FsElement } from '../../base/element.ts'
import type { FormatContext } from '../../base/formats.ts'
import { t } from '../../base/text.ts'
import type { FlowInfo, FlowTrialInfo } from '../../base/wire-automation.ts'
import { findRecords, type Choice } from '../../editors/find-records.ts'
import { selectControl, textControl } from '../../setup/form-controls.ts'
import { formStyles } from '../../setup/form-styles.ts'
import { partStyles } from '../../setup/setup-styles.ts'
import { renderSteps, renderValues } from './flow-steps.ts'
import { setupFlowStyles } from './setup-flow.styles.ts'
import { problemNotice } from '../../setup/problem-notice.ts'

const offeredMax = 20

@customElement('fs-setup-flow-trial')
export class FsSetupFlowTrial extends FsElement {
  static override styles = [formStyles, partStyles, setupFlowStyles]

  @property({ attribute: false }) flow!: FlowInfo
  @property({ attribute: false }) format!: FormatContext
  @state() private words = ''
  @state() private found: readonly Choice[] = []
  @state() private recordId = ''
  @state() private path = ''
  @state() private inputs: Readonly<Record<string, string>> = {}
  @state() private outcome: FlowTrialInfo | undefined
  @state() private problem = ''

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#find('')
  }

  async #find(words: string): Promise<void> {
    const { object } = this.flow
    if (object === null) return
    this.words = words
    try {
      const search = { object, text: words, offset: 0, limit: offeredMax, format: this.format }
      const found = await findRecords(search)
      // An answer to what was typed before must not replace a later one.
      if (words !== this.words) return
      this.found = found
      if (!found.some(({ id }) => id === this.recordId)) this.recordId = found[0]?.id ?? ''
    } catch (error) {
      this.problem = errorText(error)
    }
  }

  protected override render(): unknown {
    const { flow } = this
    const isReady = flow.runs && (flow.object === null || this.recordId !== '')
    return html`<p class="soft">
        ${t('The flow runs on the record as it is now, and everything is taken back.')}
      </p>
      <div class="fields">
        ${flow.object === null ? nothing : this.#record()} ${this.#paths()}
        ${flow.inputs.map(({ name, kind, isList }) =>
          textControl({
            name: `input-${name}`,
            label: name,
            hint: isList ? t('A list, as JSON.') : kind,
            value: this.inputs[name] ?? '',
            onInput: (value) => (this.inputs = { ...this.inputs, [name]: value }),
          }),
        )}
      </div>
      <div class="actions">
        <button class="button primary" ?disabled=${!isReady} @click=${() => void this.#try()}>
          ${t('Try it')}
        </button>
      </div>
      <div role="status">${this.#result()}</div>`
  }

  #record(): unknown {
    return html`${textControl({
      name: 'find',
      label: t('Find a record'),
      value: this.words,
      onInput: (value) => void this.#find(value),
    })}
    ${selectControl({
      name: 'record',
      label: t('Record'),
      value: this.recordId,
      choices: this.found.map(({ id, name, second }) => ({
        value: id,
        label: second === '' ? name : `${name} (${second})`,
      })),
      onInput: (value) => (this.recordId = value),
    })}`
  }

  #paths(): unknown {
    const { paths } = this.flow
    if (paths.length === 0) return nothing
    const begin = { value: '', label: t('From the beginning') }
    return selectControl({
      name: 'path',
      label: t('Path'),
      value: this.path,
      choices: [begin, ...paths.map((name) => ({ value: name, label: name }))],
      onInput: (value) => (this.path = value),
    })
  }

  async #try(): Promise<void> {
    const { recordId, path, flow } = this
    this.problem = ''
    this.outcome = undefined
    try {
      const given = flow.inputs.filter(({ name }) => (this.inputs[name] ?? '') !== '')
      const inputs = Object.fromEntries(
        given.map(({ name }) => [name, inputValue(this.inputs[name] ?? '')]),
      )
      this.outcome = await flows.test(flow.name, { recordId, path, inputs })
    } catch (error) {
      this.problem = errorText(error)
    }
  }

  #result(): unknown {
    if (this.problem !== '') return problemNotice(this.problem)
    const { outcome } = this
    if (outcome === undefined) return nothing
    const { failure, errors, changes, outputs, steps } = outcome
    return html`${
      failure === null
        ? html`<p class="notice">${t('It came to its end. Nothing of it was kept.')}</p>`
        : problemNotice(failure)
    }
    ${errors.map(
      ({ message, field }) =>
        html`<p class="notice warning">
          ${field === null ? message : t('{field}: {message}', { field, message })}
        </p>`,
    )}
    ${renderSteps(steps)} ${this.#named(t('The record would get'), changes)}
    ${this.#named(t('It gave'), outputs)}`
  }

  #named(heading: string, values: Readonly<Record<string, unknown>>): unknown {
    if (Object.keys(values).length === 0) return nothing
    return html`<h3>${heading}</h3>
      ${renderValues(values)}`
  }
}

/** Numbers, lists and records are written as JSON; everything else is a text. */
function inputValue(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-flow-trial': FsSetupFlowTrial
  }
}
