/** One step of a process: its groups with their questions, as far as they are asked at present. */
import { html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { FsElement } from '../../base/element.ts'
import { valueOf } from '../../base/form-state.ts'
import type {
  ProcessChoice,
  ProcessField,
  ProcessGroup,
  ProcessScreen,
} from '../../base/wire-processes.ts'
import type { EditorContext } from '../../editors/editor-element.ts'
import '../form-sections/form-sections.ts'
import '../process-entries/process-entries.ts'
import { sectionOf, type Around } from '../process-entries/process-entries.ts'
import { askedFields, askedGroups, isAsked, type Asked } from './asked.ts'
import { processRunnerStyles } from './process-runner.styles.ts'
import { askedObject, type EntryState } from './run-state.ts'
import { answerText, asChoice } from './shown-answers.ts'

export interface GroupEntries {
  readonly group: string
  readonly entries: readonly EntryState[]
}

/** Lets `value-changed` of its questions through; fires `group-entries` with the entries of a repeated group. */
@customElement('fs-process-step')
export class FsProcessStep extends FsElement {
  static override styles = processRunnerStyles

  @property({ attribute: false }) asked: Asked | undefined
  @property({ attribute: false }) screen: ProcessScreen | undefined
  @property({ attribute: false }) around: Around | undefined
  /** Records to choose from, by attribute or group. */
  @property({ attribute: false }) offered: ReadonlyMap<string, readonly ProcessChoice[]> = new Map()
  @property({ attribute: false }) names: ReadonlyMap<string, string> = new Map()

  focusHeading(): void {
    this.renderRoot.querySelector<HTMLElement>('h2')?.focus()
  }

  /** Moves the focus to the first question with a message; false where there is none to move to. */
  focusProblem(): boolean {
    const errors = this.asked?.state.form.errors
    for (const one of this.renderRoot.querySelectorAll('fs-form-sections')) {
      const wrong = one.context?.object.fields.find(({ name }) => errors?.has(name))
      if (wrong === undefined) continue
      one.focusField(wrong.name)
      return true
    }
    return false
  }

  protected override render(): unknown {
    const { asked, screen, around } = this
    if (!asked || !screen || !around) return nothing
    return html`<form
      class="card step"
      novalidate
      @submit=${(event: Event) => event.preventDefault()}
    >
      <div>
        <h2 tabindex="-1">${screen.label}</h2>
        ${screen.description ? html`<p class="soft">${screen.description}</p>` : nothing}
      </div>
      ${askedGroups(asked, screen).map((group) => this.#group(asked, group, { around, screen }))}
    </form>`
  }

  #group(
    asked: Asked,
    group: ProcessGroup,
    { around, screen }: { readonly around: Around; readonly screen: ProcessScreen },
  ): unknown {
    const problem = asked.state.groupErrors.get(group.name)
    // A group that is called like its step needs no heading of its own.
    const heading = group.label === screen.label ? '' : group.label
    return html`<div class="group">
      ${group.repeated && heading !== '' ? html`<h3>${heading}</h3>` : nothing}
      ${group.description ? html`<p class="soft">${group.description}</p>` : nothing}
      ${problem === undefined ? nothing : html`<p class="wrong" role="alert">${problem}</p>`}
      ${
        group.repeated
          ? this.#entries(asked, group, around)
          : this.#questions(asked, group, { around, heading })
      }
    </div>`
  }

  #questions(
    asked: Asked,
    group: ProcessGroup,
    { around, heading }: { readonly around: Around; readonly heading: string },
  ): unknown {
    const fields = askedFields(asked, group)
    const entered = fields.filter(({ createable }) => createable)
    const filled = fields.filter(({ createable }) => !createable)
    const shown = { ...around, names: this.names }
    const texts = group.attributes.filter((one) => 'text' in one && isAsked(asked, one))
    return html`${texts.map((one) => ('text' in one ? html`<p>${one.text}</p>` : nothing))}
    ${
      entered.length === 0
        ? nothing
        : html`<fs-form-sections
            .sections=${[sectionOf(entered, heading)]}
            .state=${asked.state.form}
            .context=${this.#context(asked, entered, around)}
          ></fs-form-sections>`
    }
    ${
      filled.length === 0
        ? nothing
        : html`<dl>
            ${filled.map(
              (field) =>
                html`<div>
                  <dt>${field.label}</dt>
                  <dd>${answerText(field, valueOf(asked.state.form, field.name), shown)}</dd>
                </div>`,
            )}
          </dl>`
    }`
  }

  #context(asked: Asked, entered: readonly ProcessField[], around: Around): EditorContext {
    const { values, errors } = asked.state.form
    const fields = entered.map((field) =>
      field.choiceColumns === null
        ? field
        : asChoice(field, this.offered.get(field.name) ?? [], around.format),
    )
    const object = { ...askedObject([]), fields }
    return { ...around, object, record: undefined, values, errors, isNew: true }
  }

  #entries(asked: Asked, group: ProcessGroup, around: Around): unknown {
    const { name } = group
    return html`<fs-process-entries
      .group=${group}
      .entries=${asked.state.entries.get(name) ?? []}
      .offered=${this.offered.get(name)}
      .choices=${this.offered}
      .around=${around}
      .asks=${(entry: EntryState) => askedFields(asked, group, entry.form.values)}
      @entries-changed=${(event: CustomEvent<readonly EntryState[]>) =>
        this.emit<GroupEntries>('group-entries', { group: name, entries: event.detail })}
    ></fs-process-entries>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-process-step': FsProcessStep
  }
}
