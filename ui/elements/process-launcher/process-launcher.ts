/** What a user can start, and what was kept for later: a card of the start page. */
import { css, html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { errorText } from '../../base/api-error.ts'
import { FsElement } from '../../base/element.ts'
import { formatDateTime } from '../../base/formats.ts'
import type { FormatContext } from '../../base/formats.ts'
import { paths } from '../../base/navigation.ts'
import { startableProcesses } from '../../base/process-list.ts'
import { t } from '../../base/text.ts'
import type { KeptRun, ProcessSummary } from '../../base/wire-processes.ts'
import { processes } from '../../process-api.ts'
import { confirm } from '../dialog/confirm.ts'
import '../icon/icon.ts'
import { showToast } from '../toast/toast.ts'

@customElement('fs-process-launcher')
export class FsProcessLauncher extends FsElement {
  static override styles = css`
    :host {
      display: contents;
    }
    header {
      display: flex;
      align-items: center;
      min-height: 44px;
      padding: 4px 16px;
    }
    h2 {
      font-size: var(--fs-text-m);
    }
    h3 {
      padding: 8px 16px 4px;
      border-top: 1px solid var(--fs-line);
      color: var(--fs-text-soft);
    }
    li {
      display: flex;
      gap: var(--fs-space-3);
      align-items: center;
      justify-content: space-between;
      padding: 7px 16px;
      border-top: 1px solid var(--fs-line);
    }
    li > span {
      display: grid;
      min-width: 0;
    }
  `

  @property({ attribute: false }) format: FormatContext | undefined
  @state() private all: readonly ProcessSummary[] = []
  @state() private kept: readonly KeptRun[] = []

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#load()
  }

  async #load(): Promise<void> {
    // A start page without them is still one.
    const [all, kept] = await Promise.allSettled([startableProcesses(), processes.kept()])
    if (all.status === 'fulfilled') this.all = all.value
    if (kept.status === 'fulfilled') this.kept = kept.value
  }

  protected override render(): unknown {
    if (this.all.length + this.kept.length === 0) return nothing
    return html`<section class="card">
      <header><h2>${t('Guided processes')}</h2></header>
      <ul role="list">
        ${this.all.map(
          ({ name, label, description }) =>
            html`<li>
              <span>
                <a href=${paths.process(name)}>${label}</a>
                ${description ? html`<span class="soft small">${description}</span>` : nothing}
              </span>
            </li>`,
        )}
      </ul>
      ${this.kept.length === 0 ? nothing : this.#keptList()}
    </section>`
  }

  #keptList(): unknown {
    return html`<h3>${t('Saved for later')}</h3>
      <ul role="list">
        ${this.kept.map((run) => {
          const when = this.format ? formatDateTime(run.modifiedAt, this.format) : ''
          return html`<li>
            <span>
              <a href=${paths.processRun(run.id)}>${run.label}</a>
              <span class="soft small">${when}</span>
            </span>
            <button
              class="icon-button small"
              type="button"
              aria-label=${t('Give up {process}', { process: `${run.label}, ${when}` })}
              title=${t('Give up')}
              @click=${() => void this.#giveUp(run)}
            >
              <fs-icon name="trash"></fs-icon>
            </button>
          </li>`
        })}
      </ul>`
  }

  async #giveUp(run: KeptRun): Promise<void> {
    const isSure = await confirm({
      heading: t('Give up {process}?', { process: run.label }),
      text: t('What you entered will be lost.'),
      confirmLabel: t('Give up'),
      danger: true,
    })
    if (!isSure) return
    try {
      await processes.giveUp(run.id)
      this.kept = this.kept.filter((one) => one !== run)
    } catch (error) {
      showToast({ kind: 'error', text: errorText(error) })
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-process-launcher': FsProcessLauncher
  }
}
