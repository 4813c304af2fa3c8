/**
 * Leads through a guided process: one step at a time, conditions decided live, problems at the questions, a review, and
 * what was made. Everything goes through its door, so that a preview runs as the process itself does.
 */
import { html, nothing } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { ApiError, errorText } from '../../base/api-error.ts'
import { FsElement } from '../../base/element.ts'
import { setValue } from '../../base/form-state.ts'
import type { Edit } from '../../base/form-state.ts'
import { t } from '../../base/text.ts'
import { Turns } from '../../base/turns.ts'
import type {
  Decide,
  OpenRun,
  ProcessChoice,
  ProcessDoor,
  ProcessField,
  ProcessScreen,
  SubmittedRun,
} from '../../base/wire-processes.ts'
import type { Around } from '../process-entries/process-entries.ts'
import '../setup-steps/setup-steps.ts'
import { askedScreens, checkedScreen, problemsIn, type Asked } from './asked.ts'
import { renderMade } from './made-records.ts'
import { processRunnerStyles } from './process-runner.styles.ts'
import { loadNames, renderReview } from './review.ts'
import {
  answersOf,
  fieldsOf,
  placeRefusal,
  stateOf,
  withEntries,
  type RunState,
} from './run-state.ts'
import './process-step.ts'
import type { GroupEntries } from './process-step.ts'
import { asChoice } from './shown-answers.ts'

/** Of what was asked for choices. */
const changesChoices: ReadonlySet<string> = new Set(['reference', 'picklist', 'boolean', 'date'])

/** Fires `run-dirty`, `run-kept` when it was kept for later, `run-submitted`, `run-left` when its user is done with it. */
@customElement('fs-process-runner')
export class FsProcessRunner extends FsElement {
  static override styles = processRunnerStyles

  @property({ attribute: false }) run: OpenRun | undefined
  @property({ attribute: false }) door: ProcessDoor | undefined
  @property({ attribute: false }) around: Around | undefined
  @state() private answers: RunState | undefined
  /** Null: the review. */
  @state() private screen: string | null = null
  @state() private offered: ReadonlyMap<string, readonly ProcessChoice[]> = new Map()
  @state() private names: ReadonlyMap<string, string> = new Map()
  @state() private messages: readonly string[] = []
  @state() private busy = false
  @state() private done: SubmittedRun | undefined
  @state() private decide: Decide | undefined
  #clockAheadMs = 0
  readonly #turns = new Turns()

  /** Something was entered that is not kept yet. */
  #dirty = false

  #mark(isDirty: boolean): void {
    if (this.#dirty === isDirty) return
    this.#dirty = isDirty
    this.emit('run-dirty', isDirty)
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('run') || !this.run) return
    this.#take(this.run)
    void this.#prepare()
  }

  async #prepare(): Promise<void> {
    this.decide ??= (await import('../../rules/process-conditions.ts')).decided
    await this.#loadChoices()
    if (this.screen === null) await this.#nameRecords()
  }

  #take(run: OpenRun): void {
    this.answers = stateOf(run)
    this.screen = run.screen
    this.messages = []
    this.done = undefined
    this.#mark(false)
    this.#clockAheadMs = run.process.now - Date.now()
  }

  get #asked(): Asked | undefined {
    const { run, answers, decide } = this
    if (!run || !answers || !decide) return undefined
    return { process: run.process, state: answers, decide, now: Date.now() + this.#clockAheadMs }
  }

  protected override render(): unknown {
    const asked = this.#asked
    if (this.done && this.around) return this.#card(renderMade(this.done, this.around, this))
    if (!asked || !this.around) return nothing
    const screens = askedScreens(asked)
    const at = screens.findIndex(({ name }) => name === this.screen)
    const screen = screens[at]
    const steps = [...screens.map(({ label }) => label), t('Review')]
    const current = screen === undefined ? screens.length : at
    return html`<div class="body">
        <fs-setup-steps
          .steps=${steps}
          .current=${current}
          @step-select=${(event: CustomEvent<{ step: number }>) =>
            void this.#go(screens[event.detail.step]?.name ?? null)}
        ></fs-setup-steps>
        ${
          this.messages.length === 0
            ? nothing
            : html`<div role="alert" class="wrong">
                ${this.messages.map((message) => html`<p>${message}</p>`)}
              </div>`
        }
        ${
          screen === undefined
            ? renderReview(asked, {
                ...this.around,
                names: this.#allNames(),
                go: (name) => void this.#go(name),
              })
            : html`<fs-process-step
                .asked=${asked}
                .screen=${screen}
                .around=${this.around}
                .offered=${this.offered}
                .names=${this.#allNames()}
                @value-changed=${(event: CustomEvent<Edit>) => this.#edit(event)}
                @group-entries=${(event: CustomEvent<GroupEntries>) => this.#setEntries(event.detail)}
              ></fs-process-step>`
        }
      </div>
      ${this.#footer(screens, at)}`
  }

  #card(content: unknown): unknown {
    return html`<div class="body"><div class="card">${content}</div></div>`
  }

  #footer(screens: readonly ProcessScreen[], at: number): unknown {
    const before = at < 0 ? screens.at(-1) : screens[at - 1]
    return html`<div class="footer">
      <div class="buttons">
        ${
          this.door?.keep
            ? html`<button class="button" type="button" @click=${() => void this.#keep()}>
                ${t('Save for later')}
              </button>`
            : nothing
        }
        <span class="rest"></span>
        <button
          class="button"
          type="button"
          ?disabled=${before === undefined}
          @click=${() => void this.#go(before?.name ?? null)}
        >
          ${t('Back')}
        </button>
        <button
          class="button primary"
          type="button"
          ?disabled=${this.busy}
          @click=${() => void (at < 0 ? this.#submit() : this.#next(screens[at]))}
        >
          ${at < 0 ? t('Submit') : t('Next')}
        </button>
      </div>
    </div>`
  }

  #edit(event: CustomEvent<Edit>): void {
    const { answers } = this
    if (!answers) return
    this.#mark(true)
    this.answers = { ...answers, form: setValue(answers.form, event.detail) }
    const field = this.#field(event.detail.field)
    if (field && changesChoices.has(field.type)) void this.#loadChoices()
  }

  #setEntries({ group, entries }: GroupEntries): void {
    this.#mark(true)
    if (this.answers) this.answers = withEntries(this.answers, group, entries)
  }

  #field(name: string): ProcessField | undefined {
    const groups = this.run?.process.screens.flatMap((screen) => screen.groups) ?? []
    return fieldsOf(groups).find((field) => field.name === name)
  }

  /** Back and forth keeps what was entered; nothing is checked on the way back. */
  async #go(name: string | null): Promise<void> {
    this.screen = name
    this.messages = []
    await this.#arrive()
  }

  async #arrive(): Promise<void> {
    await this.updateComplete
    const step = this.renderRoot.querySelector('fs-process-step')
    if (step) step.focusHeading()
    else this.renderRoot.querySelector<HTMLElement>('h2')?.focus()
    if (this.screen === null) await this.#nameRecords()
    else await this.#loadChoices()
  }

  async #next(screen: ProcessScreen | undefined): Promise<void> {
    const { door, answers } = this
    const asked = this.#asked
    if (!door || !answers || !asked || !screen || this.busy) return
    const checked = checkedScreen(asked, screen)
    this.answers = checked
    if (problemsIn(checked, screen) > 0) return this.#showProblems()
    await this.#send(async () => {
      const next = await door.answer(screen.name, answersOf(checked))
      this.#take(next)
      await this.#arrive()
    })
  }

  async #keep(): Promise<void> {
    const { door, answers } = this
    if (!door?.keep || !answers) return
    await this.#send(async () => {
      const kept = await door.keep?.(this.screen, answersOf(answers))
      if (!kept) return
      this.#mark(false)
      this.emit('run-kept', kept)
    })
  }

  async #submit(): Promise<void> {
    const { door, answers } = this
    if (!door || !answers) return
    await this.#send(async () => {
      const done = await door.submit(answersOf(answers))
      this.#mark(false)
      this.done = done
      this.emit('run-submitted', done)
      await this.updateComplete
      this.renderRoot.querySelector<HTMLElement>('h2')?.focus()
    })
  }

  async #send(work: () => Promise<unknown>): Promise<void> {
    if (this.busy) return
    this.busy = true
    this.messages = []
    try {
      await work()
    } catch (error) {
      await this.#refused(error)
    } finally {
      this.busy = false
    }
  }

  async #refused(error: unknown): Promise<void> {
    const { run, answers } = this
    if (!(error instanceof ApiError) || !run || !answers) {
      this.messages = [errorText(error)]
      return
    }
    const placed = placeRefusal(answers, error, run.process)
    this.answers = placed.state
    this.messages = placed.messages
    if (placed.screen !== undefined && placed.screen !== this.screen) {
      this.screen = placed.screen
      await this.#arrive()
    }
    await this.#showProblems()
  }

  async #showProblems(): Promise<void> {
    await this.updateComplete
    if (this.renderRoot.querySelector('fs-process-step')?.focusProblem() === true) return
    this.renderRoot.querySelector('[role="alert"]')?.scrollIntoView({ block: 'center' })
  }

  /** For the step that is shown; what was asked for before is dropped. */
  async #loadChoices(): Promise<void> {
    const { door, run, answers, screen: name } = this
    const screen = run?.process.screens.find((one) => one.name === name)
    if (!door || !answers || !screen) return
    const wanted = screen.groups.flatMap((group) => {
      const own = group.choiceColumns === null ? [] : [group.name]
      const fields = fieldsOf([group]).filter(({ choiceColumns }) => choiceColumns !== null)
      return [...own, ...fields.map((field) => field.name)]
    })
    if (wanted.length === 0) return
    const isLatest = this.#turns.next()
    try {
      const sent = answersOf(answers)
      const lists = await Promise.all(wanted.map((of) => door.choices(of, sent)))
      if (!isLatest()) return
      this.offered = new Map([
        ...this.offered,
        ...wanted.map((of, at) => [of, lists[at] ?? []] as const),
      ])
    } catch (error) {
      if (isLatest()) this.messages = [errorText(error)]
    }
  }

  /** Of records that were chosen, for the review. */
  async #nameRecords(): Promise<void> {
    const { run, answers, around } = this
    if (run && answers && around) this.names = await loadNames(run.process, answers, around.screen)
  }

  #allNames(): ReadonlyMap<string, string> {
    const { around, run } = this
    if (!around || !run) return this.names
    const offered = fieldsOf(run.process.screens.flatMap(({ groups }) => groups)).flatMap((field) =>
      (asChoice(field, this.offered.get(field.name) ?? [], around.format).picklistValues ?? []).map(
        ({ value, label }) => [value, label] as const,
      ),
    )
    return new Map([...this.names, ...offered])
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-process-runner': FsProcessRunner
  }
}
