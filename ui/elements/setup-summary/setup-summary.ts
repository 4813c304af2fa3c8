/** What a roll-up sums up: which children, how, which of their fields, which of them. Fires `summary-change`. */
import { css, html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { records } from '../../api.ts'
import { errorText } from '../../base/api-error.ts'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import type { FieldInfo, ObjectInfo } from '../../base/wire.ts'
import type { SummaryDraft, SummaryFilter, SummaryOperation } from '../../setup/computed-draft.ts'
import { radioControl, selectControl } from '../../setup/form-controls.ts'
import type { Choice } from '../../setup/form-controls.ts'
import { formStyles } from '../../setup/form-styles.ts'
import { describeOrNone } from '../../setup/setup-api.ts'
import '../setup-filters/setup-filters.ts'

const operations: readonly SummaryOperation[] = ['count', 'sum', 'min', 'max']

const numbers: readonly string[] = ['int', 'double', 'currency', 'percent']
const comparable: readonly string[] = [...numbers, 'date', 'datetime', 'time']

@customElement('fs-setup-summary')
export class FsSetupSummary extends FsElement {
  static override styles = [
    formStyles,
    css`
      :host {
        display: grid;
        gap: var(--fs-space-4);
        min-width: 0;
      }
    `,
  ]

  @property() object = ''
  @property({ attribute: false }) summary: SummaryDraft | undefined
  @property() error = ''
  @state() private lists: readonly Choice[] | undefined
  @state() private child: ObjectInfo | undefined
  @state() private trouble = ''

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('select')?.focus()
  }

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('object')) void this.#loadLists()
    const child = this.summary?.foreignKey.split('.')[0] ?? ''
    if (child !== (this.child?.name ?? '')) void this.#loadChild(child)
  }

  async #loadLists(): Promise<void> {
    const { object } = this
    try {
      const { childRelationships = [] } = await records.describe(object)
      const children = await Promise.all(
        [...new Set(childRelationships.map((one) => one.childSObject))].map(
          async (name) => [name, await describeOrNone(name)] as const,
        ),
      )
      const known = new Map(children)
      if (object !== this.object) return
      this.lists = childRelationships
        .flatMap(({ childSObject, field }) => {
          const child = known.get(childSObject)
          const info = child?.fields.find((one) => one.name === field)
          if (!child || !info || isKept(info)) return []
          const label = t('{objects} (by {field})', {
            objects: child.labelPlural,
            field: info.label,
          })
          return [{ value: `${childSObject}.${field}`, label }]
        })
        .toSorted((one, other) => one.label.localeCompare(other.label))
    } catch (error) {
      this.trouble = errorText(error)
    }
  }

  async #loadChild(name: string): Promise<void> {
    const child = name === '' ? undefined : await describeOrNone(name)
    if (name === (this.summary?.foreignKey.split('.')[0] ?? '')) this.child = child
  }

  protected override render(): unknown {
    const { summary, lists } = this
    if (summary === undefined) return nothing
    const message = this.error || this.trouble
    return html`
      ${message === '' ? nothing : html`<p class="error" role="alert">${message}</p>`}
      <div class="fields">
        ${selectControl({
          name: 'children',
          label: t('Records that are summed up'),
          hint: t('All lists of records that point to this object.'),
          value: summary.foreignKey,
          required: true,
          choices: [{ value: '', label: t('Choose…') }, ...(lists ?? known(summary.foreignKey))],
          onInput: (foreignKey) => this.#change({ foreignKey, field: '', filters: [] }),
        })}
        ${radioControl({
          name: 'operation',
          label: t('What is worked out'),
          value: summary.operation,
          choices: operations.map((value) => ({ value, ...words(value) })),
          onInput: (value) => this.#operate(value),
        })}
        ${summary.operation === 'count' ? nothing : this.#field(summary)}
      </div>
      ${this.child === undefined ? nothing : this.#filters(summary, this.child)}
    `
  }

  #field(summary: SummaryDraft): unknown {
    return selectControl({
      name: 'summed',
      label: t('Field'),
      hint:
        summary.operation === 'sum'
          ? t('Numbers, currencies and percents.')
          : t('Numbers, dates and times.'),
      value: summary.field,
      required: true,
      disabled: this.child === undefined,
      choices: [{ value: '', label: t('Choose…') }, ...summable(this.child, summary.operation)],
      onInput: (field) => this.#change({ field }),
    })
  }

  #filters(summary: SummaryDraft, child: ObjectInfo): unknown {
    const fields = child.fields
      .filter((field) => field.filterable !== false)
      .map(({ name, label }) => ({ value: `${child.name}.${name}`, label }))
      .toSorted((one, other) => one.label.localeCompare(other.label))
    return html`<div>
      <fs-setup-filters
        .heading=${t('Only these {objects}', { objects: child.labelPlural })}
        .fields=${fields}
        .filters=${summary.filters}
        @filters-change=${(event: CustomEvent<{ filters: readonly SummaryFilter[] }>) => {
          event.stopPropagation()
          this.#change({ filters: event.detail.filters })
        }}
      ></fs-setup-filters>
    </div>`
  }

  #operate(value: string): void {
    const operation = operations.find((one) => one === value) ?? 'count'
    const field = this.summary?.field ?? ''
    const isKept = summable(this.child, operation).some((choice) => choice.value === field)
    this.#change({ operation, field: isKept ? field : '' })
  }

  #change(change: Partial<SummaryDraft>): void {
    if (this.summary === undefined) return
    this.emit('summary-change', { summary: { ...this.summary, ...change } })
  }
}

function known(foreignKey: string): readonly Choice[] {
  return foreignKey === '' ? [] : [{ value: foreignKey, label: foreignKey }]
}

// Who made a record and the like is no list of children.
function isKept(field: FieldInfo): boolean {
  return !field.createable && field.custom !== true
}

function summable(child: ObjectInfo | undefined, operation: SummaryOperation): readonly Choice[] {
  const types = operation === 'sum' ? numbers : comparable
  return (child?.fields ?? [])
    .filter((field) => types.includes(field.type))
    .map(({ name, label }) => ({ value: `${child?.name ?? ''}.${name}`, label }))
    .toSorted((one, other) => one.label.localeCompare(other.label))
}

function words(operation: SummaryOperation): { readonly label: string } {
  const labels: Readonly<Record<SummaryOperation, string>> = {
    count: t('How many there are'),
    sum: t('The sum of a field'),
    min: t('The least value of a field'),
    max: t('The greatest value of a field'),
  }
  return { label: labels[operation] }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-summary': FsSetupSummary
  }
}
