/**
 * What an import does and what the columns of its file mean: operation, match field, a field for each column with
 * sample values, and how dates and numbers are written. Fires `settings-change` with the whole settings.
 */
import { html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import type {
  ImportInfo,
  ImportOperation,
  ImportSample,
  ImportSettings,
  ImportTarget,
} from '../../base/wire-imports.ts'
import { selectControl, type Choice } from '../../setup/form-controls.ts'
import { formStyles } from '../../setup/form-styles.ts'
import { importMappingStyles } from './import-mapping.styles.ts'

interface MappedColumn {
  readonly index: number
  readonly name: string
  readonly samples: readonly string[]
}

@customElement('fs-import-mapping')
export class FsImportMapping extends FsElement {
  static override styles = [formStyles, importMappingStyles]

  @property({ attribute: false }) info: ImportInfo | undefined
  @property({ attribute: false }) sample: ImportSample | undefined
  @property({ attribute: false }) settings: ImportSettings | undefined

  #change(change: Partial<ImportSettings>): void {
    if (this.settings) this.emit<ImportSettings>('settings-change', { ...this.settings, ...change })
  }

  protected override render(): unknown {
    const { info, sample, settings } = this
    if (!info || !sample || !settings) return nothing
    return html`
      <div class="fields">${this.#operation(settings)}${this.#match(settings, sample)}</div>
      <ul role="list" aria-label=${t('What the columns mean')}>
        ${columnsOf(info, sample).map((column) => this.#column(column, settings, sample.targets))}
      </ul>
      <div class="fields formats">${this.#formats(settings)}</div>
    `
  }

  #operation(settings: ImportSettings): unknown {
    return selectControl({
      name: 'operation',
      label: t('What to do'),
      value: settings.operation,
      choices: operations(),
      onInput: (operation) => this.#change({ operation: operation as ImportOperation }),
    })
  }

  #match(settings: ImportSettings, { targets }: ImportSample): unknown {
    if (settings.operation === 'insert') return nothing
    const keys = targets.filter(({ isKey }) => isKey)
    return selectControl({
      name: 'match',
      label: t('Find records by'),
      hint: t('A column of the file must fill this field.'),
      value: settings.matchField,
      choices: keys.map(({ path, label }) => ({ value: path, label })),
      onInput: (matchField) => this.#change({ matchField }),
    })
  }

  #column(
    column: MappedColumn,
    settings: ImportSettings,
    targets: readonly ImportTarget[],
  ): unknown {
    const isLeftOut = (settings.mapping[column.index] ?? null) === null
    return html`<li class=${isLeftOut ? 'left-out' : ''}>
      <span class="column">
        <span class="name">${column.name}</span>
        <span class="samples soft small">${column.samples.join(' · ')}</span>
      </span>
      ${this.#field(column, settings, targets)}
    </li>`
  }

  #field(
    { index, name }: MappedColumn,
    settings: ImportSettings,
    targets: readonly ImportTarget[],
  ): unknown {
    const chosen = settings.mapping[index] ?? ''
    return html`<select
      aria-label=${t('Field for {column}', { column: name })}
      @change=${(event: Event) => this.#map(index, (event.target as HTMLSelectElement).value)}
    >
      <option value="" ?selected=${chosen === ''}>${t('Leave out')}</option>
      ${targets.map(
        ({ path, label, isRequired }) =>
          html`<option value=${path} ?selected=${path === chosen}>
            ${isRequired ? t('{field} (required)', { field: label }) : label}
          </option>`,
      )}
    </select>`
  }

  #map(index: number, path: string): void {
    const mapping = this.settings?.mapping ?? []
    this.#change({ mapping: mapping.map((one, at) => (at === index ? path || null : one)) })
  }

  #formats(settings: ImportSettings): unknown {
    return html`
      ${selectControl({
        name: 'dates',
        label: t('Dates'),
        value: settings.dates,
        choices: [
          { value: 'dmy', label: t('Day, month, year: 31.12.2026') },
          { value: 'mdy', label: t('Month, day, year: 12/31/2026') },
          { value: 'ymd', label: t('Year, month, day: 2026-12-31') },
        ],
        onInput: (dates) => this.#change({ dates: dates as ImportSettings['dates'] }),
      })}
      ${selectControl({
        name: 'decimal',
        label: t('Numbers'),
        value: settings.decimal,
        choices: [
          { value: '.', label: t('Decimal point: 1,234.56') },
          { value: ',', label: t('Decimal comma: 1.234,56') },
        ],
        onInput: (decimal) => this.#change({ decimal: decimal as ImportSettings['decimal'] }),
      })}
      ${
        settings.operation === 'insert' || settings.operation === 'delete'
          ? nothing
          : selectControl({
              name: 'blanks',
              label: t('Empty cells'),
              value: settings.blanks,
              choices: [
                { value: 'keep', label: t('Leave the value as it is') },
                { value: 'clear', label: t('Empty the field') },
              ],
              onInput: (blanks) => this.#change({ blanks: blanks as ImportSettings['blanks'] }),
            })
      }
    `
  }
}

function operations(): readonly Choice[] {
  return [
    { value: 'insert', label: t('Add new records') },
    { value: 'update', label: t('Change existing records') },
    { value: 'upsert', label: t('Add new records and change existing ones') },
    { value: 'delete', label: t('Delete records') },
  ]
}

function columnsOf(info: ImportInfo, { rows }: ImportSample): readonly MappedColumn[] {
  return info.columns.map((name, index) => ({
    index,
    name: name === '' ? t('Column {number}', { number: index + 1 }) : name,
    samples: rows
      .map((row) => row[index] ?? '')
      .filter((cell) => cell !== '')
      .slice(0, 3),
  }))
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-import-mapping': FsImportMapping
  }
}
