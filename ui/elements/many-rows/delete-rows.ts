/** Deletes many rows after asking; the message that says so can take them back. */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { records } from '../../api.ts'
import { ApiError, errorText } from '../../base/api-error.ts'
import { FsElement } from '../../base/element.ts'
import { recordName } from '../../base/record-names.ts'
import { removeRows } from '../../base/save-rows.ts'
import { t } from '../../base/text.ts'
import type { ObjectScreen, WireRecord } from '../../base/wire.ts'
import '../dialog/dialog.ts'
import '../dialog/dialog-buttons.ts'
import { openDialog } from '../dialog/open-dialog.ts'
import type { ValueContext } from '../field-value/render-value.ts'
import { showToast } from '../toast/toast.ts'
import './outcome.ts'
import { renderProgress } from './outcome.ts'
import { rowsLeft, type RowsLeft } from './rows-left.ts'

export interface DeletedRows {
  readonly object: ObjectScreen
  readonly rows: readonly WireRecord[]
  readonly context: ValueContext
  /** Called after rows were taken back. */
  changed(): void
}

/** What is left of the rows; undefined when the user went back before anything was done. */
export function deleteRows(wanted: DeletedRows): Promise<RowsLeft | undefined> {
  return openDialog<RowsLeft | undefined>(
    (answer) =>
      html`<fs-delete-rows
        .wanted=${wanted}
        @rows-done=${(event: CustomEvent<RowsLeft | null>) => answer(event.detail ?? undefined)}
      ></fs-delete-rows>`,
  )
}

@customElement('fs-delete-rows')
export class FsDeleteRows extends FsElement {
  @property({ attribute: false }) wanted: DeletedRows | undefined
  @state() private progress: { readonly done: number; readonly of: number } | undefined
  @state() private left: RowsLeft | undefined
  #stopped = false
  #deleted: readonly string[] = []

  protected override render(): unknown {
    const { wanted, left } = this
    if (!wanted) return nothing
    const count = left?.size ?? wanted.rows.length
    return html`<fs-dialog
      size=${left ? 'medium' : 'small'}
      .heading=${
        left
          ? t('{count, plural, one {# row was not deleted} other {# rows were not deleted}}', {
              count,
            })
          : t('Delete {count, plural, one {# row} other {# rows}}?', { count })
      }
      .open=${true}
      @dialog-close=${(event: Event) => this.#close(event)}
    >
      ${this.#content(wanted)}
      ${
        this.progress
          ? html`<button slot="footer" class="button" @click=${() => (this.#stopped = true)}>
              ${t('Stop')}
            </button>`
          : html`<fs-dialog-buttons
              slot="footer"
              .confirmLabel=${left ? t('Try again') : t('Delete')}
              .cancelLabel=${left ? t('Close') : t('Cancel')}
              danger
              @confirm=${() => void this.#delete(wanted)}
              @cancel-dialog=${(event: Event) => this.#close(event)}
            ></fs-dialog-buttons>`
      }
    </fs-dialog>`
  }

  #content({ object: { describe }, rows, context }: DeletedRows): unknown {
    const { progress, left } = this
    if (progress) return renderProgress(progress.done, progress.of)
    if (left === undefined) {
      return html`<p>${t('They move to the recycle bin, from where they can be restored.')}</p>`
    }
    const names = new Map(rows.map((row) => [row.Id ?? '', recordName(describe, row)]))
    return html`<fs-rows-outcome
      .left=${left}
      .names=${names}
      .describe=${describe}
      .context=${context}
    ></fs-rows-outcome>`
  }

  async #delete(wanted: DeletedRows): Promise<void> {
    const ids = this.left ? [...this.left.keys()] : wanted.rows.map((row) => row.Id ?? '')
    this.#stopped = false
    this.progress = { done: 0, of: ids.length }
    const told = await removeRows(ids, {
      at: (done, of) => (this.progress = { done, of }),
      isStopped: () => this.#stopped,
    })
    this.progress = undefined
    this.left = rowsLeft(ids, told)
    const { left } = this
    this.#deleted = [...this.#deleted, ...ids.filter((id) => !left.has(id))]
    if (left.size === 0) this.#done()
  }

  #close(event: Event): void {
    event.preventDefault()
    // What is under way is stopped by its own button.
    if (this.progress) return
    this.#done()
  }

  #done(): void {
    const { wanted, left } = this
    const ids = this.#deleted
    if (ids.length > 0 && wanted) {
      const run = (): void => void restoreRows(ids, wanted.changed)
      const text = t('{count, plural, one {# row} other {# rows}} deleted.', { count: ids.length })
      showToast({ kind: 'success', text, action: { label: t('Undo'), run } })
    }
    this.emit<RowsLeft | undefined>('rows-done', left)
  }
}

const atOnceMax = 4

/** Each for itself; those that do not come back are counted, with the first reason. */
async function restoreRows(ids: readonly string[], changed: () => void): Promise<void> {
  const waiting = [...ids]
  const failed: unknown[] = []
  const work = async (): Promise<void> => {
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      try {
        await records.restore(id)
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
        failed.push(error)
      }
    }
  }
  await Promise.all(Array.from({ length: atOnceMax }, work))
  changed()
  const count = ids.length - failed.length
  if (count > 0) {
    const text = t('{count, plural, one {# row} other {# rows}} restored.', { count })
    showToast({ kind: 'success', text })
  }
  if (failed.length > 0) {
    const text = t('{count, plural, one {# row} other {# rows}} not restored: {reason}', {
      count: failed.length,
      reason: errorText(failed[0]),
    })
    showToast({ kind: 'error', text })
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-delete-rows': FsDeleteRows
  }
}
