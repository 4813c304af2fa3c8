/** Makes two or three rows one record: which stays, and which value each field gets. */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { act } from '../../access-api.ts'
import { records } from '../../api.ts'
import { ApiError } from '../../base/api-error.ts'
import { FsElement } from '../../base/element.ts'
import { recordName } from '../../base/record-names.ts'
import { columnPaths, listQuery, textLiteral } from '../../base/soql.ts'
import { t } from '../../base/text.ts'
import type { FieldInfo, ObjectScreen, Value, WireProblem, WireRecord } from '../../base/wire.ts'
import '../dialog/dialog.ts'
import '../dialog/dialog-buttons.ts'
import { openDialog } from '../dialog/open-dialog.ts'
import { renderValue, type ValueContext } from '../field-value/render-value.ts'
import '../problem/problem.ts'
import '../skeleton/skeleton.ts'
import { showToast } from '../toast/toast.ts'
import { mergedRowsMax } from './can-merge.ts'
import { mergeRowsStyles } from './merge-rows.styles.ts'

export interface MergedRows {
  readonly object: ObjectScreen
  readonly rows: readonly WireRecord[]
  readonly context: ValueContext
}

/** True when they are one record now. */
export function mergeRows(wanted: MergedRows): Promise<boolean> {
  return openDialog<boolean>(
    (answer) =>
      html`<fs-merge-rows
        .wanted=${wanted}
        @merge-done=${(event: CustomEvent<boolean>) => answer(event.detail)}
      ></fs-merge-rows>`,
  )
}

@customElement('fs-merge-rows')
export class FsMergeRows extends FsElement {
  static override styles = mergeRowsStyles

  @property({ attribute: false }) wanted: MergedRows | undefined
  @state() private found: readonly WireRecord[] | undefined
  @state() private failure: unknown
  @state() private problems: readonly WireProblem[] = []
  @state() private busy = false
  /** The id of the record that stays. */
  @state() private master = ''
  /** Of fields that get the value of another one: whose. */
  @state() private chosen: ReadonlyMap<string, string> = new Map()

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#load()
  }

  protected override render(): unknown {
    const { wanted } = this
    if (!wanted) return nothing
    return html`<fs-dialog
      size="large"
      .heading=${t('Merge {objects}', { objects: wanted.object.describe.labelPlural })}
      .open=${true}
      @dialog-close=${(event: Event) => this.#close(event)}
    >
      ${this.#content(wanted)}
      <fs-dialog-buttons
        slot="footer"
        .confirmLabel=${t('Merge')}
        .cancelLabel=${t('Cancel')}
        @confirm=${() => void this.#merge(wanted)}
        @cancel-dialog=${(event: Event) => this.#close(event)}
      ></fs-dialog-buttons>
    </fs-dialog>`
  }

  #content(wanted: MergedRows): unknown {
    const { found, failure } = this
    if (failure !== undefined) {
      return html`<fs-problem .error=${failure} @retry=${() => void this.#load()}></fs-problem>`
    }
    if (!found) return html`<fs-skeleton lines="8"></fs-skeleton>`
    const { describe } = wanted.object
    const rows = differing(describe.fields, found)
    return html`<p>
        ${t('What belongs to the others moves to the record that stays; they go to the recycle bin.')}
      </p>
      <div role="alert">
        ${this.problems.map(({ message }) => html`<p class="problem">${message}</p>`)}
      </div>
      <fieldset>
        <legend>${t('Record that stays')}</legend>
        <div class="choices">
          ${found.map((record) =>
            this.#choice({
              name: 'master',
              isChosen: record.Id === this.master,
              shown: recordName(describe, record),
              choose: () => this.#stay(record.Id ?? ''),
            }),
          )}
        </div>
      </fieldset>
      ${
        rows.length === 0
          ? html`<p>${t('They have the same values.')}</p>`
          : rows.map((field) => this.#field(field, found, wanted.context))
      }`
  }

  #field(field: FieldInfo, found: readonly WireRecord[], context: ValueContext): unknown {
    const from = this.chosen.get(field.name) ?? this.master
    return html`<fieldset>
      <legend>${field.label}</legend>
      <div class="choices">
        ${found.map((record) =>
          this.#choice({
            name: field.name,
            isChosen: record.Id === from,
            shown: renderValue(field, record, { ...context, dense: true }),
            choose: () => {
              this.chosen = new Map([...this.chosen, [field.name, record.Id ?? '']])
            },
          }),
        )}
      </div>
    </fieldset>`
  }

  #choice(choice: {
    readonly name: string
    readonly isChosen: boolean
    readonly shown: unknown
    choose(): void
  }): unknown {
    return html`<label>
      <input
        type="radio"
        name=${choice.name}
        .checked=${choice.isChosen}
        @change=${() => choice.choose()}
      />
      <span>${choice.shown}</span>
    </label>`
  }

  /** What was chosen by hand stays chosen. */
  #stay(id: string): void {
    this.master = id
  }

  async #load(): Promise<void> {
    const { wanted } = this
    if (!wanted) return
    const { describe } = wanted.object
    this.failure = undefined
    const ids = wanted.rows.map((row) => textLiteral(row.Id ?? ''))
    const soql = listQuery({
      object: describe.name,
      fields: [...described(describe.fields)].flatMap(columnPaths),
      where: [`Id IN (${ids.join(', ')})`],
      orderBy: [{ field: 'CreatedDate', direction: 'asc' }],
      limit: mergedRowsMax,
      offset: 0,
    })
    try {
      this.found = (await records.query(soql)).records
      this.master = this.found[0]?.Id ?? ''
    } catch (error) {
      this.failure = error
    }
  }

  async #merge({ object }: MergedRows): Promise<void> {
    const { found = [], master } = this
    if (this.busy || found.length < 2) return
    this.busy = true
    try {
      const values: Record<string, Value> = Object.fromEntries(
        [...this.chosen]
          .filter(([, id]) => id !== master)
          .map(([name, id]) => [name, found.find((one) => one.Id === id)?.[name] ?? null]),
      )
      const others = found.flatMap(({ Id }) => (Id === undefined || Id === master ? [] : [Id]))
      await act('mergeRecords', { recordId: master, recordToMergeIds: others, values })
      const name = recordName(
        object.describe,
        found.find((one) => one.Id === master),
      )
      showToast({ kind: 'success', text: t('Merged into {name}.', { name }) })
      this.emit<boolean>('merge-done', true)
    } catch (error) {
      if (error instanceof ApiError) this.problems = error.problems
      else this.failure = error
    } finally {
      this.busy = false
    }
  }

  #close(event: Event): void {
    event.preventDefault()
    if (!this.busy) this.emit<boolean>('merge-done', false)
  }
}

/** What a change of the record may set. */
function described(fields: readonly FieldInfo[]): readonly FieldInfo[] {
  return fields.filter(
    ({ updateable, type, encrypted }) =>
      updateable && encrypted !== true && type !== 'address' && type !== 'location',
  )
}

function differing(
  fields: readonly FieldInfo[],
  found: readonly WireRecord[],
): readonly FieldInfo[] {
  return described(fields).filter(
    ({ name }) => new Set(found.map((record) => JSON.stringify(record[name] ?? null))).size > 1,
  )
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-merge-rows': FsMergeRows
  }
}
