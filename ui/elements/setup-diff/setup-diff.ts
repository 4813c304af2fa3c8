/** One file of a plan, before and after, as a unified comparison of lines. */
import { html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import type { PlanFile } from '../../base/wire-metadata.ts'
import { diffCounts, diffFile } from '../../setup/plan-view.ts'
import type { DiffHunk, DiffLine } from '../../setup/plan-view.ts'
import '../icon/icon.ts'
import { setupDiffStyles } from './setup-diff.styles.ts'

@customElement('fs-setup-diff')
export class FsSetupDiff extends FsElement {
  static override styles = setupDiffStyles

  @property({ attribute: false }) file: PlanFile | undefined
  @property({ type: Boolean }) open = false

  protected override render(): unknown {
    if (this.file === undefined) return nothing
    const hunks = diffFile(this.file)
    return html`<details ?open=${this.open}>
      <summary>
        <fs-icon name="chevron-right"></fs-icon>
        <span class="mono path">${this.file.path}</span>
        <span class="small soft">${stateText(this.file)}</span>
        ${hunks === undefined ? nothing : this.#counts(hunks)}
      </summary>
      ${hunks === undefined ? this.#whole(this.file) : this.#lines(hunks)}
    </details>`
  }

  #counts(hunks: readonly DiffHunk[]): unknown {
    const { added, removed } = diffCounts(hunks)
    return html`<span class="counts small">
      <span class="visually-hidden">
        ${t('{added} lines added, {removed} lines removed', { added, removed })}
      </span>
      <span class="plus" aria-hidden="true">+${added}</span>
      <span class="minus" aria-hidden="true">−${removed}</span>
    </span>`
  }

  #lines(hunks: readonly DiffHunk[]): unknown {
    return html`<div class="lines mono" tabindex="0" role="group" aria-label=${t('Changed lines')}>
      ${hunks.map(
        (hunk) =>
          html`${
            hunk.skipped === 0
              ? nothing
              : html`<div class="gap">
                  ${t('{count, plural, one {# unchanged line} other {# unchanged lines}}', {
                    count: hunk.skipped,
                  })}
                </div>`
          }
          ${hunk.lines.map((line) => this.#line(line))}`,
      )}
    </div>`
  }

  #line(line: DiffLine): unknown {
    const mark = { same: ' ', added: '+', removed: '−' }[line.kind]
    return html`<div class="line ${line.kind}">
      <span class="at" aria-hidden="true">${line.before ?? ''}</span
      ><span class="at" aria-hidden="true">${line.after ?? ''}</span
      ><span class="mark">${mark}</span><span class="text">${line.text}</span>
    </div>`
  }

  #whole(file: PlanFile): unknown {
    return html`<p class="note soft">
        ${t('The file changes too much for a comparison of lines; this is how it will be.')}
      </p>
      <pre class="whole mono" tabindex="0">${file.after ?? ''}</pre>`
  }
}

function stateText(file: PlanFile): string {
  if (file.before === null) return t('new file')
  return file.after === null ? t('file removed') : ''
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-diff': FsSetupDiff
  }
}
