/** The metadata files: what is wrong in them, the plan that waits for consent, and all components. */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { metadata } from '../api.ts'
import { errorText } from '../base/api-error.ts'
import { FsElement } from '../base/element.ts'
import { live } from '../base/live.ts'
import { setPageTitle } from '../base/navigation.ts'
import { t } from '../base/text.ts'
import { Turns } from '../base/turns.ts'
import type { ComponentSummary, FileProblem, Plan } from '../base/wire-metadata.ts'
import '../elements/page-header/page-header.ts'
import '../elements/setup-review/setup-review.ts'
import '../elements/setup-table/setup-table.ts'
import type { Column } from '../elements/setup-table/setup-table.ts'
import '../elements/skeleton/skeleton.ts'
import { showToast } from '../elements/toast/toast.ts'
import { breakable } from './breakable.ts'
import { searchControl } from './form-controls.ts'
import { formStyles } from './form-styles.ts'
import { readPending } from './pending-files.ts'
import type { FileConflict, PendingFiles } from './pending-files.ts'
import { setupPath } from './setup-route.ts'
import type { SetupRoute } from './setup-route.ts'
import { setupPageStyles } from './setup-styles.ts'
import { problemNotice } from './problem-notice.ts'

const shownMax = 200

@customElement('fs-setup-files-page')
export class FsSetupFilesPage extends FsElement {
  static override styles = [formStyles, setupPageStyles]

  @property({ attribute: false }) route: SetupRoute | undefined
  @state() private problems: readonly FileProblem[] | undefined
  @state() private pending: PendingFiles = { plan: undefined, conflicts: [] }
  @state() private makePlan: (() => Promise<Plan>) | undefined
  @state() private components: readonly ComponentSummary[] = []
  @state() private search = ''
  @state() private problem = ''
  #stop: (() => void) | undefined
  readonly #turns = new Turns()

  override connectedCallback(): void {
    super.connectedCallback()
    setPageTitle(t('Metadata files'), t('Setup'))
    this.#stop = live.onModel(() => void this.#load())
    void this.#load()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stop?.()
  }

  async #load(): Promise<void> {
    const isLatest = this.#turns.next()
    try {
      const [problems, pending, components] = await Promise.all([
        metadata.problems(),
        metadata.pending(),
        metadata.list(),
      ])
      if (!isLatest()) return
      this.problems = problems
      this.components = components
      this.pending = readPending(pending)
      const { plan } = this.pending
      this.makePlan = plan === undefined ? undefined : () => Promise.resolve(plan)
      this.problem = ''
    } catch (error) {
      if (isLatest()) this.problem = errorText(error)
    }
  }

  protected override render(): unknown {
    return html`
      <fs-page-header .heading=${t('Metadata files')} .above=${t('Setup')} icon="document">
        <div slot="actions">
          <button class="button" @click=${() => void this.#load()}>
            <fs-icon name="refresh"></fs-icon>${t('Refresh')}
          </button>
        </div>
      </fs-page-header>
      ${problemNotice(this.problem)}
      ${
        this.problems === undefined && this.problem === ''
          ? html`<fs-skeleton lines="8"></fs-skeleton>`
          : this.#content(this.problems ?? [])
      }
    `
  }

  #content(problems: readonly FileProblem[]): unknown {
    return html`
      ${this.#pendingPlan()} ${this.#conflicts()}
      <section class="panel">
        <header><h2>${t('Problems')}</h2></header>
        ${
          problems.length === 0
            ? html`<p class="padded soft">${t('All files are understood.')}</p>`
            : html`<fs-setup-table
                .caption=${t('Problems')}
                .columns=${problemColumns()}
                .rows=${problems}
              ></fs-setup-table>`
        }
      </section>
      ${this.#allComponents()}
    `
  }

  #pendingPlan(): unknown {
    if (this.makePlan === undefined) return nothing
    return html`<section class="panel">
      <header><h2>${t('The files wait for your consent')}</h2></header>
      <div class="padded">
        <fs-setup-review
          .load=${this.makePlan}
          .applyLabel=${t('Apply the files')}
          @plan-applied=${() => void this.#applied()}
        ></fs-setup-review>
      </div>
    </section>`
  }

  async #applied(): Promise<void> {
    showToast({ kind: 'success', text: t('The files were applied.') })
    await this.#load()
  }

  #conflicts(): unknown {
    const { conflicts } = this.pending
    if (conflicts.length === 0) return nothing
    return html`<section class="panel">
      <header><h2>${t('Changed in the files and here')}</h2></header>
      <p class="padded soft">
        ${t('Nothing was overwritten. Write the value that is right into the file.')}
      </p>
      <fs-setup-table
        .caption=${t('Conflicts')}
        .columns=${conflictColumns()}
        .rows=${conflicts}
      ></fs-setup-table>
    </section>`
  }

  #allComponents(): unknown {
    const wanted = this.search.trim().toLowerCase()
    const found = this.components.filter(({ type, fullName, label }) =>
      `${type} ${fullName} ${label ?? ''}`.toLowerCase().includes(wanted),
    )
    return html`<section class="panel">
      <header>
        <h2>${t('All components')}</h2>
        <span class="soft small" role="status">
          ${t('{count, plural, one {# component} other {# components}}', { count: found.length })}
        </span>
        ${searchControl({
          label: t('Find a component'),
          value: this.search,
          onInput: (search) => (this.search = search),
        })}
      </header>
      <fs-setup-table
        .caption=${t('All components')}
        .columns=${componentColumns()}
        .rows=${found.slice(0, shownMax)}
        .rowKey=${(row: ComponentSummary) => `${row.type} ${row.fullName}`}
      ></fs-setup-table>
      ${
        found.length <= shownMax
          ? nothing
          : html`<p class="padded soft">
              ${t('The first {count} are shown. Find narrows the list.', { count: shownMax })}
            </p>`
      }
    </section>`
  }
}

function problemColumns(): readonly Column<FileProblem>[] {
  return [
    {
      key: 'file',
      label: t('File'),
      sortValue: (row) => row.file,
      cell: (row) => html`<span class="mono">${row.file}</span>`,
    },
    { key: 'line', label: t('Line'), numeric: true, cell: (row) => `${row.line}:${row.column}` },
    { key: 'reason', label: t('Reason'), cell: (row) => row.reason },
    {
      key: 'suggestion',
      label: t('Suggestion'),
      cell: (row) => row.suggestion ?? html`<span class="soft">—</span>`,
    },
  ]
}

function conflictColumns(): readonly Column<FileConflict>[] {
  const value = (text: string | undefined) =>
    text === undefined ? html`<span class="soft">—</span>` : html`<span class="mono">${text}</span>`
  return [
    {
      key: 'path',
      label: t('Component'),
      cell: (row) => html`<span class="mono">${breakable(row.path)}</span>`,
    },
    { key: 'file', label: t('File'), cell: (row) => html`<span class="mono">${row.file}</span>` },
    { key: 'inFile', label: t('In the file'), cell: (row) => value(row.inFile) },
    { key: 'here', label: t('Here'), cell: (row) => value(row.here) },
    { key: 'before', label: t('Before'), cell: (row) => value(row.before) },
  ]
}

function componentColumns(): readonly Column<ComponentSummary>[] {
  return [
    {
      key: 'name',
      label: t('Name'),
      sortValue: (row) => row.fullName,
      cell: (row) =>
        html`<a
          class="mono"
          href=${setupPath({ page: 'component', type: row.type, fullName: row.fullName })}
          >${row.fullName}</a
        >`,
    },
    {
      key: 'label',
      label: t('Label'),
      sortValue: (row) => row.label ?? '',
      cell: (row) => row.label ?? '',
    },
    { key: 'type', label: t('Type'), sortValue: (row) => row.type, cell: (row) => row.type },
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-files-page': FsSetupFilesPage
  }
}
