/** Flows in Setup: the list, and one of them with its outline, a tester, what became of its runs, and its JSON. */
import { consume } from '@lit/context'
import { html, nothing } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { Flow } from '../../metadata/types.ts'
import { metadata } from '../api.ts'
import { flows } from '../automation-api.ts'
import { appContext } from '../base/app-context.ts'
import { errorText } from '../base/api-error.ts'
import { chipStyles } from '../base/base-styles.ts'
import { FsElement } from '../base/element.ts'
import { setPageTitle } from '../base/navigation.ts'
import { formatOf } from '../base/page-element.ts'
import { t } from '../base/text.ts'
import { Turns } from '../base/turns.ts'
import type { FlowInfo } from '../base/wire-automation.ts'
import type { ComponentBody, Plan } from '../base/wire-metadata.ts'
import type { AppScreen } from '../base/wire.ts'
import '../elements/icon/icon.ts'
import '../elements/page-header/page-header.ts'
import { kindLabel, listLabel, statusChip } from '../elements/setup-flow/flow-words.ts'
import { setupFlowStyles } from '../elements/setup-flow/setup-flow.styles.ts'
import '../elements/setup-plan-dialog/setup-plan-dialog.ts'
import '../elements/setup-table/setup-table.ts'
import type { Column } from '../elements/setup-table/setup-table.ts'
import '../elements/skeleton/skeleton.ts'
import '../elements/tabs/tabs.ts'
import { crumbs } from './crumbs.ts'
import { flowOutline, type OutlineElement } from './flow-outline.ts'
import { formStyles } from './form-styles.ts'
import { momentCell } from './job-columns.ts'
import { planComponent } from './plan-component.ts'
import { setupPath, type SetupRoute } from './setup-route.ts'
import { setupPageStyles } from './setup-styles.ts'
import { problemNotice } from './problem-notice.ts'

type Part = 'outline' | 'trial' | 'runs' | 'json'

/** Only the part that is looked at is fetched. */
const loads: Readonly<Record<Part, () => Promise<unknown>>> = {
  outline: () => Promise.resolve(),
  trial: () => import('../elements/setup-flow/setup-flow-trial.ts'),
  runs: () => import('../elements/setup-flow/setup-flow-runs.ts'),
  json: () => import('./component-json.ts'),
}

@customElement('fs-setup-flows-page')
export class FsSetupFlowsPage extends FsElement {
  static override styles = [formStyles, chipStyles, setupFlowStyles, setupPageStyles]

  @property({ attribute: false }) route: SetupRoute | undefined
  @consume({ context: appContext, subscribe: true })
  @state()
  private screen: AppScreen | undefined
  @state() private all: readonly FlowInfo[] | undefined
  @state() private body: ComponentBody | undefined
  @state() private tab: Part = 'outline'
  @state() private problem = ''
  @state() private makePlan: (() => Promise<Plan>) | undefined
  readonly #turns = new Turns()

  get #name(): string | undefined {
    return this.route?.page === 'flows' ? this.route.name : undefined
  }

  get #flow(): FlowInfo | undefined {
    return this.all?.find(({ name }) => name === this.#name)
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('route')) return
    this.tab = 'outline'
    this.body = undefined
    void this.#load()
  }

  async #load(): Promise<void> {
    const name = this.#name
    const isLatest = this.#turns.next()
    setPageTitle(...(name === undefined ? [] : [name]), t('Flows'), t('Setup'))
    try {
      const [all, body] = await Promise.all([
        flows.list(),
        name === undefined ? undefined : metadata.get('Flow', name),
      ])
      if (!isLatest()) return
      this.all = all
      this.body = body?.body
      this.problem = ''
    } catch (error) {
      if (isLatest()) this.problem = errorText(error)
    }
  }

  protected override render(): unknown {
    return html`${this.#name === undefined ? this.#head() : this.#flowHead(this.#name)}
      ${problemNotice(this.problem)} ${this.#content()}
      <fs-setup-plan-dialog
        .load=${this.makePlan}
        @plan-closed=${() => (this.makePlan = undefined)}
        @plan-applied=${() => {
          this.makePlan = undefined
          void this.#load()
        }}
      ></fs-setup-plan-dialog>`
  }

  #head(): unknown {
    return html`<fs-page-header .heading=${t('Flows')} .above=${t('Setup')} icon="list">
    </fs-page-header>`
  }

  #flowHead(name: string): unknown {
    const flow = this.#flow
    const isActive = flow?.status === 'Active'
    return html`<fs-page-header .heading=${flow?.label ?? name} icon="list">
      ${crumbs([{ label: t('Flows'), route: { page: 'flows' } }])}
      ${flow === undefined ? nothing : html`<span slot="meta">${statusChip(flow)}</span>`}
      ${
        this.body === undefined
          ? nothing
          : html`<div slot="actions">
              <button class="button" @click=${() => this.#setStatus(isActive ? 'Draft' : 'Active')}>
                ${isActive ? t('Deactivate') : t('Activate')}
              </button>
            </div>`
      }
    </fs-page-header>`
  }

  #content(): unknown {
    const { all, body } = this
    if (all === undefined) {
      return this.problem === '' ? html`<fs-skeleton lines="6"></fs-skeleton>` : nothing
    }
    if (this.#name === undefined) return this.#list(all)
    const flow = this.#flow
    if (flow === undefined || body === undefined) return nothing
    const tabs = [
      { id: 'outline', label: t('Outline') },
      { id: 'trial', label: t('Try it') },
      { id: 'runs', label: t('Runs') },
      { id: 'json', label: t('JSON') },
    ]
    return html`${this.#inert(flow)}
      <fs-tabs
        .tabs=${tabs}
        .selected=${this.tab}
        .label=${t('Parts of the flow')}
        @tab-change=${(event: CustomEvent<Part>) => void this.#show(event.detail)}
      ></fs-tabs>
      <section class="panel"><div class="padded stack">${this.#shown(flow, body)}</div></section>`
  }

  async #show(part: Part): Promise<void> {
    try {
      await loads[part]()
      this.tab = part
    } catch (error) {
      this.problem = errorText(error)
    }
  }

  #inert({ notActedOn }: FlowInfo): unknown {
    if (notActedOn.length === 0) return nothing
    return html`<div class="notice warning">
      <fs-icon name="warning"></fs-icon>
      <div>
        ${t('It is kept as it is, but does not run here:')}
        <ul>
          ${notActedOn.map((reason) => html`<li>${reason}</li>`)}
        </ul>
      </div>
    </div>`
  }

  #shown(flow: FlowInfo, body: ComponentBody): unknown {
    const { screen } = this
    switch (this.tab) {
      case 'outline':
        // The server checked the body against the schema that the type was written from.
        return this.#outline(flowOutline(body as unknown as Flow))
      case 'trial':
        return screen === undefined
          ? nothing
          : html`<fs-setup-flow-trial
              .flow=${flow}
              .format=${formatOf(screen)}
            ></fs-setup-flow-trial>`
      case 'runs':
        return html`<fs-setup-flow-runs .flow=${flow}></fs-setup-flow-runs>`
      case 'json':
        return html`<fs-setup-component-json
          .type=${'Flow'}
          .fullName=${flow.name}
          @object-changed=${() => void this.#load()}
        ></fs-setup-component-json>`
    }
  }

  #outline(elements: readonly OutlineElement[]): unknown {
    if (elements.length === 0) return html`<p class="soft">${t('It has no elements yet.')}</p>`
    return html`<ol>
      ${elements.map(
        (one) =>
          html`<li>
            <strong>${one.label}</strong> <span class="soft small">${listLabel(one.list)}</span>
            ${
              one.isAlone
                ? html`<span class="chip warning">${t('Nothing leads here')}</span>`
                : nothing
            }
            <ul>
              ${one.says.map((line) => html`<li class="mono small">${line}</li>`)}
              ${one.ways.map(({ label, to }) => html`<li class="soft small">${label} → ${to}</li>`)}
            </ul>
          </li>`,
      )}
    </ol>`
  }

  #setStatus(status: 'Active' | 'Draft'): void {
    const name = this.#name
    const from = this.body
    if (name === undefined || from === undefined) return
    const body = { ...from, status }
    this.makePlan = () => planComponent({ type: 'Flow', fullName: name, from, body })
  }

  #list(all: readonly FlowInfo[]): unknown {
    if (all.length === 0) {
      return html`<section class="panel">
        <p class="padded soft">${t('There are no flows. They are files in the folder flows.')}</p>
      </section>`
    }
    return html`<section class="panel">
      <fs-setup-table
        .caption=${t('Flows')}
        .columns=${columns()}
        .rows=${all}
        .rowKey=${(row: FlowInfo) => row.name}
      ></fs-setup-table>
    </section>`
  }
}

function columns(): readonly Column<FlowInfo>[] {
  return [
    {
      key: 'label',
      label: t('Name'),
      sortValue: (row) => row.label,
      cell: ({ name, label }) => html`<a href=${setupPath({ page: 'flows', name })}>${label}</a>`,
    },
    {
      key: 'kind',
      label: t('Runs'),
      sortValue: (row) => kindLabel(row),
      cell: (row) => kindLabel(row),
    },
    {
      key: 'object',
      label: t('Object'),
      sortValue: (row) => row.object ?? '',
      cell: (row) => html`<span class="mono">${row.object ?? ''}</span>`,
    },
    {
      key: 'status',
      label: t('State'),
      sortValue: (row) => row.status,
      cell: (row) => statusChip(row),
    },
    {
      key: 'last',
      label: t('Last run'),
      sortValue: (row) => row.lastRunAt ?? '',
      cell: (row) => momentCell(row.lastRunAt),
    },
    {
      key: 'count',
      label: t('Number of runs'),
      numeric: true,
      sortValue: (row) => row.runCount,
      cell: (row) => row.runCount,
    },
    {
      key: 'failures',
      label: t('Failures'),
      numeric: true,
      sortValue: (row) => row.failureCount,
      cell: (row) => row.failureCount,
    },
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-flows-page': FsSetupFlowsPage
  }
}
