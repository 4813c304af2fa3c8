/** The records that a process makes, and where each field gets its value from. Fires `body-changed`. */
import { css, html, nothing } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type {
  ServiceProcessInputAssignment,
  ServiceProcessRecordCreate,
} from '../../metadata/types.ts'
import { FsElement } from '../base/element.ts'
import { objectScreen } from '../base/object-store.ts'
import { t } from '../base/text.ts'
import type { FieldInfo, ObjectSummary } from '../base/wire.ts'
import '../elements/icon/icon.ts'
import { selectControl, textControl } from './form-controls.ts'
import { formStyles } from './form-styles.ts'
import { objectChoices } from './object-choices.ts'
import { changedRecord, sourcesFor, withRecord, type ProcessBody } from './process-draft.ts'
import { setupPageStyles } from './setup-styles.ts'

/** In place of a question: a text of its own. */
const ownText = ':text'

@customElement('fs-setup-process-records')
export class FsSetupProcessRecords extends FsElement {
  static override styles = [
    formStyles,
    setupPageStyles,
    css`
      :host {
        display: grid;
        gap: var(--fs-space-4);
      }
      .row,
      .add {
        display: flex;
        flex-wrap: wrap;
        gap: var(--fs-space-3);
        align-items: end;
        padding: var(--fs-space-3) var(--fs-space-4);
        border-top: 1px solid var(--fs-line);
      }
      .row > .field,
      .add > .field {
        flex: 1 1 180px;
      }
    `,
  ]

  @property({ attribute: false }) body: ProcessBody | undefined
  @property({ attribute: false }) objects: readonly ObjectSummary[] = []
  @state() private fields: ReadonlyMap<string, readonly FieldInfo[]> = new Map()
  @state() private chosen = 'Case'

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('body')) void this.#loadFields()
  }

  async #loadFields(): Promise<void> {
    for (const { object } of this.body?.recordCreates ?? []) {
      if (this.fields.has(object)) continue
      const { describe } = await objectScreen(object)
      const fields = describe.fields.filter(({ createable }) => createable)
      this.fields = new Map(this.fields).set(object, fields)
    }
  }

  protected override render(): unknown {
    const { body } = this
    if (!body) return nothing
    const creatable = this.objects.filter(({ createable }) => createable)
    return html`${(body.recordCreates ?? []).map((record) => this.#record(body, record))}
      <section class="panel">
        <div class="add">
          ${selectControl({
            name: 'new-record',
            label: t('Object of the new record'),
            value: this.chosen,
            choices: objectChoices(creatable),
            onInput: (value) => (this.chosen = value),
          })}
          <button
            class="button"
            type="button"
            @click=${() => this.emit('body-changed', withRecord(body, this.chosen))}
          >
            <fs-icon name="plus"></fs-icon>${t('Add record')}
          </button>
        </div>
      </section>`
  }

  #record(body: ProcessBody, record: Readonly<ServiceProcessRecordCreate>): unknown {
    const set = (inputAssignments: ServiceProcessInputAssignment[]): boolean =>
      this.emit('body-changed', changedRecord(body, record, { inputAssignments }))
    const rows = record.inputAssignments ?? []
    const label = this.objects.find(({ name }) => name === record.object)?.label ?? record.object
    return html`<section class="panel">
      <header>
        <h2>${label}</h2>
        <button
          class="button"
          type="button"
          aria-label=${t('Remove {entry}', { entry: label })}
          @click=${() => this.emit('body-changed', changedRecord(body, record, undefined))}
        >
          ${t('Remove')}
        </button>
      </header>
      ${rows.map((row, at) => this.#row(body, record, { row, at, set }))}
      <div class="add">
        <button
          class="button"
          type="button"
          aria-label=${t('Add field of {object}', { object: label })}
          @click=${() => set([...rows, { field: '', value: { stringValue: '' } }])}
        >
          <fs-icon name="plus"></fs-icon>${t('Add field')}
        </button>
      </div>
    </section>`
  }

  #row(
    body: ProcessBody,
    record: Readonly<ServiceProcessRecordCreate>,
    { row, at, set }: Row,
  ): unknown {
    const rows = record.inputAssignments ?? []
    const change = (changed: ServiceProcessInputAssignment): void =>
      set(rows.map((one, index) => (index === at ? changed : one)))
    const id = `${record.name}-${at}`
    const fields = this.fields.get(record.object) ?? []
    const source = row.value?.elementReference ?? ownText
    return html`<div class="row" role="group" aria-label=${row.field}>
      ${selectControl({
        name: `field-${id}`,
        label: t('Field {number}', { number: at + 1 }),
        value: row.field,
        choices: [
          { value: '', label: t('Choose …') },
          ...fields.map(({ name, label }) => ({ value: name, label })),
        ],
        onInput: (field) => change({ ...row, field }),
      })}
      ${
        row.formula === undefined
          ? selectControl({
              name: `source-${id}`,
              label: t('Value of field {number}', { number: at + 1 }),
              value: source,
              choices: [
                { value: ownText, label: t('A fixed value') },
                ...sourcesFor(body, record).map(({ name, label }) => ({ value: name, label })),
              ],
              onInput: (value) =>
                change({
                  field: row.field,
                  value: value === ownText ? { stringValue: '' } : { elementReference: value },
                }),
            })
          : html`<code class="field">${row.formula}</code>`
      }
      ${
        source === ownText && row.formula === undefined
          ? textControl({
              name: `text-${id}`,
              label: t('Fixed value of field {number}', { number: at + 1 }),
              value: row.value?.stringValue ?? '',
              onInput: (stringValue) => change({ field: row.field, value: { stringValue } }),
            })
          : nothing
      }
      <button
        class="icon-button small"
        type="button"
        aria-label=${t('Remove field {number}', { number: at + 1 })}
        @click=${() => set(rows.filter((_one, index) => index !== at))}
      >
        <fs-icon name="trash"></fs-icon>
      </button>
    </div>`
  }
}

interface Row {
  readonly row: ServiceProcessInputAssignment
  readonly at: number
  set(rows: ServiceProcessInputAssignment[]): void
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-process-records': FsSetupProcessRecords
  }
}
