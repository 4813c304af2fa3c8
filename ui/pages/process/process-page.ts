/** A guided process from its start to its closing page; its address leads back to it. */
import { css, html } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { setPageTitle, paths } from '../../base/navigation.ts'
import { objectOfId } from '../../base/app-context.ts'
import { PageElement } from '../../base/page-element.ts'
import { router } from '../../base/router.ts'
import { t } from '../../base/text.ts'
import { Turns } from '../../base/turns.ts'
import type { OpenRun, ProcessDoor, ProcessRun, SubmittedRun } from '../../base/wire-processes.ts'
import { askToLeave } from '../../elements/dialog/ask-to-leave.ts'
import '../../elements/page-header/page-header.ts'
import '../../elements/problem/problem.ts'
import '../../elements/process-runner/process-runner.ts'
import { renderMade } from '../../elements/process-runner/made-records.ts'
import { processRunnerStyles } from '../../elements/process-runner/process-runner.styles.ts'
import '../../elements/skeleton/skeleton.ts'
import { showToast } from '../../elements/toast/toast.ts'
import { processes } from '../../process-api.ts'

@customElement('fs-process-page')
export class FsProcessPage extends PageElement {
  static override styles = [
    processRunnerStyles,
    css`
      fs-page-header {
        width: 100%;
        max-width: 1080px;
        padding: var(--fs-space-4) var(--fs-gutter) 0;
        margin: 0 auto;
      }
    `,
  ]

  @state() private run: ProcessRun | undefined
  @state() private failure: unknown
  #door: ProcessDoor | undefined
  #release: (() => void) | undefined
  readonly #turns = new Turns()

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#hold(false)
  }

  /** What was entered and is not kept by the server yet must not get lost. */
  #hold(isDirty: boolean): void {
    if (isDirty) this.#release ??= router.guard(askToLeave)
    else {
      this.#release?.()
      this.#release = undefined
    }
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('location') || !this.location) return
    if (this.run && this.run.id === this.param('id')) return
    void this.#load()
  }

  async #load(): Promise<void> {
    const isLatest = this.#turns.next()
    this.failure = undefined
    this.run = undefined
    try {
      const id = this.param('id')
      const run = id === '' ? await this.#start() : await processes.run(id)
      if (!isLatest()) return
      this.#door = processes.door(run.id)
      this.run = run
      setPageTitle(run.process.label, this.app?.label ?? '')
      // A reload goes on with the run, and does not begin another.
      if (id === '') await router.navigate(paths.processRun(run.id), { replace: true })
    } catch (error) {
      if (isLatest()) this.failure = error
    }
  }

  #start(): Promise<OpenRun> {
    return processes.start(this.param('process'), this.location?.query.get('recordId') ?? undefined)
  }

  protected override render(): unknown {
    const { run, screen } = this
    if (this.failure !== undefined) {
      return html`<fs-problem
        .error=${this.failure}
        @retry=${() => void this.#load()}
      ></fs-problem>`
    }
    if (!run || !screen) {
      return html`<div class="body"><fs-skeleton lines="8"></fs-skeleton></div>`
    }
    const around = { screen, app: this.appName, format: this.format }
    return html`<fs-page-header
        .heading=${run.process.label}
        .above=${t('Guided process')}
        icon="list"
      ></fs-page-header>
      ${
        run.state === 'Submitted'
          ? html`<div class="body">
              <div class="card" @run-left=${() => this.#leave(run)}>
                ${renderMade(run, around, this)}
              </div>
            </div>`
          : html`<fs-process-runner
              .run=${run}
              .door=${this.#door}
              .around=${around}
              @run-dirty=${(event: CustomEvent<boolean>) => this.#hold(event.detail)}
              @run-kept=${() => this.#kept()}
              @run-left=${() => this.#leave(undefined)}
              @run-submitted=${(event: CustomEvent<SubmittedRun>) => (this.#submitted = event.detail)}
            ></fs-process-runner>`
      }`
  }

  #submitted: SubmittedRun | undefined

  #kept(): void {
    showToast({ kind: 'success', text: t('Saved for later. You find it on the home page.') })
    void router.navigate(paths.home(this.appName))
  }

  /** To the record that matters most: the first that was made. */
  #leave(shown: SubmittedRun | undefined): void {
    const first = (shown ?? this.#submitted)?.records.find(({ isNew }) => isNew)
    const known = first && objectOfId(this.screen, first.id)
    const path = first && known ? paths.record(this.appName, known.name, first.id) : undefined
    void router.navigate(path ?? paths.home(this.appName))
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-process-page': FsProcessPage
  }
}
