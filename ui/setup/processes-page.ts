/** Guided processes in Setup: the list, and the studio in which one is built, tried and published. */
import { consume } from '@lit/context'
import { html, nothing } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { metadata } from '../api.ts'
import { appContext } from '../base/app-context.ts'
import { errorText } from '../base/api-error.ts'
import { FsElement } from '../base/element.ts'
import { setPageTitle } from '../base/navigation.ts'
import { formatOf } from '../base/page-element.ts'
import { router } from '../base/router.ts'
import { t } from '../base/text.ts'
import type { ComponentBody, ComponentSummary, Plan } from '../base/wire-metadata.ts'
import type { OpenRun, ProcessDoor } from '../base/wire-processes.ts'
import type { AppScreen } from '../base/wire.ts'
import { askToLeave } from '../elements/dialog/ask-to-leave.ts'
import '../elements/icon/icon.ts'
import '../elements/page-header/page-header.ts'
import '../elements/process-runner/process-runner.ts'
import '../elements/setup-plan-dialog/setup-plan-dialog.ts'
import '../elements/setup-steps/setup-steps.ts'
import '../elements/setup-table/setup-table.ts'
import type { Column } from '../elements/setup-table/setup-table.ts'
import '../elements/skeleton/skeleton.ts'
import { previewDoor, startPreview } from '../process-api.ts'
import { checkControl, textControl } from './form-controls.ts'
import { formStyles } from './form-styles.ts'
import { planComponent } from './plan-component.ts'
import { named, newProcess, type ProcessBody } from './process-draft.ts'
import './process-questions.ts'
import './process-records.ts'
import { setupPath, type SetupRoute } from './setup-route.ts'
import { setupPageStyles } from './setup-styles.ts'
import { problemNotice } from './problem-notice.ts'

const newName = 'new'
const lastStep = 3

@customElement('fs-setup-processes-page')
export class FsSetupProcessesPage extends FsElement {
  static override styles = [formStyles, setupPageStyles]

  @property({ attribute: false }) route: SetupRoute | undefined
  @consume({ context: appContext, subscribe: true })
  @state()
  private screen: AppScreen | undefined
  @state() private all: readonly ComponentSummary[] | undefined
  @state() private body: ProcessBody | undefined
  @state() private step = 0
  @state() private problem = ''
  @state() private makePlan: (() => Promise<Plan>) | undefined
  @state() private run: OpenRun | undefined
  #from: unknown
  #door: ProcessDoor | undefined
  #release: (() => void) | undefined

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#release?.()
  }

  get #name(): string | undefined {
    return this.route?.page === 'processes' ? this.route.name : undefined
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('route')) void this.#load()
  }

  async #load(): Promise<void> {
    const name = this.#name
    setPageTitle(t('Guided processes'), t('Setup'))
    this.body = undefined
    this.run = undefined
    this.step = 0
    this.problem = ''
    this.#settle()
    try {
      if (name === undefined) this.all = await metadata.list('ServiceProcess')
      else if (name === newName) this.body = newProcess()
      else {
        const { body } = await metadata.get('ServiceProcess', name)
        this.#from = body
        // The server checked the body against the schema that the type was written from.
        this.body = body as unknown as ProcessBody
      }
    } catch (error) {
      this.problem = errorText(error)
    }
  }

  protected override render(): unknown {
    const { body } = this
    const heading = this.#name === undefined ? t('Guided processes') : body?.processLabel
    return html`<fs-page-header
        .heading=${heading || t('New process')}
        .above=${t('Setup')}
        icon="list"
      >
        <div slot="actions">
          ${
            this.#name === undefined
              ? html`<a class="button primary" href=${pathOf(newName)}
                  ><fs-icon name="plus"></fs-icon>${t('New process')}</a
                >`
              : html`<a class="button" href=${pathOf()}>${t('All processes')}</a>`
          }
        </div>
      </fs-page-header>
      ${problemNotice(this.problem)}
      ${this.#name === undefined ? this.#list() : body ? this.#studio(body) : nothing}
      <fs-setup-plan-dialog
        .load=${this.makePlan}
        @plan-closed=${() => (this.makePlan = undefined)}
        @plan-applied=${() => this.#saved()}
      ></fs-setup-plan-dialog>`
  }

  #list(): unknown {
    if (this.all === undefined) return html`<fs-skeleton lines="6"></fs-skeleton>`
    return html`<section class="panel">
      <fs-setup-table
        .caption=${t('Guided processes')}
        .columns=${columns()}
        .rows=${this.all}
      ></fs-setup-table>
    </section>`
  }

  #studio(body: ProcessBody): unknown {
    const steps = [t('Details'), t('Steps and questions'), t('Records'), t('Preview')]
    return html`<fs-setup-steps
        .steps=${steps}
        .current=${this.step}
        @step-select=${(event: CustomEvent<{ step: number }>) => void this.#go(event.detail.step)}
      ></fs-setup-steps>
      <div @body-changed=${(event: CustomEvent<ProcessBody>) => this.#edit(event.detail)}>
        ${this.#part(body)}
      </div>
      <p>
        ${
          this.step < lastStep
            ? html`<button
                class="button"
                type="button"
                ?disabled=${body.fullName === ''}
                @click=${() => void this.#go(this.step + 1)}
              >
                ${t('Next')}
              </button>`
            : nothing
        }
        <button
          class="button"
          type="button"
          ?disabled=${body.fullName === ''}
          @click=${() => this.#save(body, body.status === 'Published' ? 'Published' : 'Draft')}
        >
          ${t('Save')}
        </button>
        ${
          body.status === 'Published'
            ? html`<button
                class="button"
                type="button"
                @click=${() => this.#save(body, 'Deprecated')}
              >
                ${t('Take out of use')}
              </button>`
            : html`<button
                class="button primary"
                type="button"
                ?disabled=${body.fullName === ''}
                @click=${() => this.#save(body, 'Published')}
              >
                ${t('Save and publish')}
              </button>`
        }
      </p>`
  }

  #part(body: ProcessBody): unknown {
    const objects = this.screen?.objects ?? []
    if (this.step === 0) return this.#details(body)
    if (this.step === 1) {
      return html`<fs-setup-process-questions
        .body=${body}
        .objects=${objects}
      ></fs-setup-process-questions>`
    }
    if (this.step === 2) {
      return html`<fs-setup-process-records
        .body=${body}
        .objects=${objects}
      ></fs-setup-process-records>`
    }
    const { screen } = this
    if (!screen || !this.run) return nothing
    const around = { screen, app: 'all', format: formatOf(screen) }
    return html`<p class="soft">${t('Nothing of this is kept.')}</p>
      <section class="panel">
        <fs-process-runner
          .run=${this.run}
          .door=${this.#door}
          .around=${around}
          @run-left=${() => void this.#go(lastStep)}
        ></fs-process-runner>
      </section>`
  }

  #details(body: ProcessBody): unknown {
    const contexts = body.contextObjects ?? []
    const offered = ['Account', 'Contact', 'FinancialAccount', 'IssuedCard', 'Case']
    const objects = (this.screen?.objects ?? []).filter(({ name }) => offered.includes(name))
    return html`<section class="panel">
      <div class="padded fields">
        ${textControl({
          name: 'label',
          label: t('Name'),
          required: true,
          value: body.processLabel,
          onInput: (value) =>
            this.#edit(
              this.#name === newName ? named(body, value) : { ...body, processLabel: value },
            ),
        })}
        ${textControl({
          name: 'short',
          label: t('In one sentence'),
          lengthMax: 255,
          value: body.shortDescription ?? '',
          onInput: (shortDescription) => this.#edit({ ...body, shortDescription }),
        })}
        ${textControl({
          name: 'closing',
          label: t('Said at the end'),
          value: body.closingMessage ?? '',
          onInput: (closingMessage) => this.#edit({ ...body, closingMessage }),
        })}
        <fieldset class="field">
          <legend>${t('Can be started from records of')}</legend>
          ${objects.map(({ name, label }) =>
            checkControl({
              name: `from-${name}`,
              label,
              checked: contexts.some(({ object }) => object === name),
              onInput: (checked) => {
                const others = contexts.filter(({ object }) => object !== name)
                const contextObjects = checked ? [...others, { object: name }] : others
                this.#edit({ ...body, contextObjects })
              },
            }),
          )}
        </fieldset>
      </div>
    </section>`
  }

  #edit(body: ProcessBody): void {
    this.body = body
    this.#release ??= router.guard(askToLeave)
  }

  #settle(): void {
    this.#release?.()
    this.#release = undefined
  }

  async #go(step: number): Promise<void> {
    this.step = step
    this.run = undefined
    this.problem = ''
    if (step !== lastStep || !this.body) return
    try {
      this.#door = previewDoor(this.body)
      this.run = await startPreview(this.body)
    } catch (error) {
      this.problem = errorText(error)
    }
  }

  #save(draft: ProcessBody, status: NonNullable<ProcessBody['status']>): void {
    const body = { ...draft, status } as unknown as ComponentBody
    const { fullName } = draft
    this.makePlan = () =>
      this.#name === newName
        ? metadata.plan([{ type: 'ServiceProcess', fullName, body }])
        : planComponent({ type: 'ServiceProcess', fullName, from: this.#from, body })
  }

  #saved(): void {
    this.makePlan = undefined
    this.#settle()
    void router.navigate(pathOf())
  }
}

function pathOf(name?: string): string {
  return setupPath(name === undefined ? { page: 'processes' } : { page: 'processes', name })
}

function columns(): readonly Column<ComponentSummary>[] {
  return [
    {
      key: 'label',
      label: t('Name'),
      sortValue: (row) => row.label ?? row.fullName,
      cell: (row) => html`<a href=${pathOf(row.fullName)}>${row.label ?? row.fullName}</a>`,
    },
    {
      key: 'name',
      label: t('API name'),
      sortValue: (row) => row.fullName,
      cell: (row) => html`<span class="mono">${row.fullName}</span>`,
    },
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-processes-page': FsSetupProcessesPage
  }
}
