/** What changed in a record: when, by whom, which field, from what to what. */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { records } from '../../api.ts'
import { errorText } from '../../base/api-error.ts'
import { tableStyles } from '../../base/base-styles.ts'
import { FsElement } from '../../base/element.ts'
import { fieldOf } from '../../base/form-state.ts'
import { formatDateTime } from '../../base/formats.ts'
import { parentOf } from '../../base/record-names.ts'
import { nameFieldOf, textLiteral } from '../../base/soql.ts'
import { t } from '../../base/text.ts'
import type { FieldInfo, ObjectInfo, Value, WireRecord } from '../../base/wire.ts'
import '../dialog/dialog.ts'
import { openDialog } from '../dialog/open-dialog.ts'
import { renderValue } from '../field-value/render-value.ts'
import type { ValueContext } from '../field-value/render-value.ts'
import '../skeleton/skeleton.ts'
import '../setup-table/setup-table.ts'
import type { Column } from '../setup-table/setup-table.ts'

export interface HistoryQuestion {
  readonly id: string
  readonly name: string
  readonly object: ObjectInfo
  readonly context: ValueContext
}

const relation = 'Histories'
const rowsMax = 200

export function showHistory(question: HistoryQuestion): Promise<void> {
  return openDialog<void>(
    (answer) =>
      html`<fs-record-history
        .question=${question}
        @dialog-close=${() => answer()}
      ></fs-record-history>`,
  )
}

@customElement('fs-record-history')
export class FsRecordHistory extends FsElement {
  static override styles = [tableStyles]

  @property({ attribute: false }) question: HistoryQuestion | undefined
  @state() private rows: readonly WireRecord[] | undefined
  @state() private names: ReadonlyMap<string, WireRecord> = new Map()
  @state() private problem = ''

  protected override firstUpdated(): void {
    void this.#load()
  }

  async #load(): Promise<void> {
    const { question } = this
    const list = question?.object.childRelationships?.find(
      (one) => one.relationshipName === relation,
    )
    if (question === undefined || list === undefined) return
    const knowsUsers = question.context.screen.objects.some((one) => one.name === 'User')
    const who = knowsUsers ? ', CreatedBy.Name' : ''
    try {
      const { records: rows } = await records.query(
        `SELECT Id, Field, OldValue, NewValue, ChangedBy, CreatedDate, CreatedById${who} FROM ${list.childSObject}
         WHERE ${list.field} = ${textLiteral(question.id)} ORDER BY CreatedDate DESC, Id DESC LIMIT ${rowsMax}`,
      )
      this.names = await namesIn(question.object, rows)
      this.rows = rows
    } catch (error) {
      this.problem = errorText(error)
    }
  }

  protected override render(): unknown {
    const { question } = this
    if (!question) return nothing
    return html`<fs-dialog
      size="large"
      .heading=${t('History of {name}', { name: question.name })}
      .open=${true}
    >
      ${this.#content(question)}
    </fs-dialog>`
  }

  #content(question: HistoryQuestion): unknown {
    if (this.problem !== '') return html`<p role="alert">${this.problem}</p>`
    if (this.rows === undefined) return html`<fs-skeleton lines="6"></fs-skeleton>`
    if (this.rows.length === 0) return html`<p class="soft">${t('Nothing has changed yet.')}</p>`
    return html`<fs-setup-table
      .caption=${t('Changes')}
      .columns=${this.#columns(question)}
      .rows=${this.rows}
      .rowKey=${(row: WireRecord) => row.Id}
    ></fs-setup-table>`
  }

  #columns({ object, context }: HistoryQuestion): readonly Column<WireRecord>[] {
    const value = (row: WireRecord, name: 'OldValue' | 'NewValue'): unknown => {
      const field = fieldOf(object, String(row['Field']))
      if (!field || row['Field'] === 'created') return nothing
      return renderValue(field, this.#asRecord(field, row[name]), { ...context, dense: true })
    }
    return [
      {
        key: 'at',
        label: t('When'),
        cell: (row) => formatDateTime(String(row['CreatedDate']), context.format),
      },
      { key: 'by', label: t('Who'), cell: (row) => authorOf(row) },
      { key: 'field', label: t('Field'), cell: (row) => fieldLabel(object, row) },
      { key: 'old', label: t('Before'), cell: (row) => value(row, 'OldValue') },
      { key: 'new', label: t('After'), cell: (row) => value(row, 'NewValue') },
      { key: 'way', label: t('By way of'), cell: (row) => wayOf(row) },
    ]
  }

  /** The value in the place where records have it, with the name of what it points at. */
  #asRecord(field: FieldInfo, value: Value | undefined): WireRecord {
    const target = typeof value === 'string' ? this.names.get(value) : undefined
    const parent = target && field.relationshipName ? { [field.relationshipName]: target } : {}
    return { [field.name]: value ?? null, ...parent } as WireRecord
  }
}

const createdBy = { name: 'CreatedById', relationshipName: 'CreatedBy' }

function authorOf(row: WireRecord): string {
  return parentOf(createdBy as FieldInfo, row)?.name ?? ''
}

function fieldLabel(object: ObjectInfo, row: WireRecord): string {
  const name = String(row['Field'])
  return name === 'created' ? t('Created') : (fieldOf(object, name)?.label ?? name)
}

function wayOf(row: WireRecord): string {
  const ways: ReadonlyMap<string, string> = new Map([
    ['screen', t('Screen')],
    ['api', t('API')],
    ['bulk', t('Bulk load')],
    ['import', t('Import')],
    ['flow', t('Flow')],
    ['system', t('System')],
  ])
  const way = String(row['ChangedBy'])
  return ways.get(way) ?? way
}

/** What the references of the rows point at, as far as the reader may see it; by id. */
async function namesIn(
  object: ObjectInfo,
  rows: readonly WireRecord[],
): Promise<ReadonlyMap<string, WireRecord>> {
  const ids = new Map<string, Set<string>>()
  for (const row of rows) {
    const field = fieldOf(object, String(row['Field']))
    const [target, ...others] = field?.type === 'reference' ? (field.referenceTo ?? []) : []
    if (target === undefined || others.length > 0) continue
    for (const value of [row['OldValue'], row['NewValue']]) {
      if (typeof value === 'string') ids.set(target, (ids.get(target) ?? new Set()).add(value))
    }
  }
  const found = await Promise.all(
    [...ids].map(async ([target, some]) => {
      const list = [...some].map(textLiteral).join(', ')
      const soql = `SELECT Id, ${nameFieldOf(target)} FROM ${target} WHERE Id IN (${list})`
      return (await records.query(soql)).records
    }),
  )
  return new Map(found.flat().map((record) => [String(record.Id), record]))
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-record-history': FsRecordHistory
  }
}
