/** A record to try a formula on, and the value that it gives there. Fires `record-choose` with the record's id. */
import { css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { findObject } from '../../base/app-context.ts'
import { FsElement } from '../../base/element.ts'
import { emptyMark, formatDate, formatDateTime, formatTime } from '../../base/formats.ts'
import { formatOf } from '../../base/page-element.ts'
import { t } from '../../base/text.ts'
import type { AppScreen, FieldInfo } from '../../base/wire.ts'
import type { FormulaCheck, FormulaContext } from '../../base/wire-formulas.ts'
import '../../editors/lookup-editor.ts'
import type { EditorContext, EditorDetail } from '../../editors/editor-element.ts'

/** Days and times as the user writes them; the server sends a time of day on the first day of 1970. */
const writers: ReadonlyMap<string, typeof formatDate> = new Map([
  ['date', formatDate],
  ['datetime', formatDateTime],
  ['time', (text, format) => formatTime(text.slice(text.indexOf('T') + 1), format)],
])

@customElement('fs-setup-formula-sample')
export class FsSetupFormulaSample extends FsElement {
  static override styles = css`
    :host {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(240px, 100%), 1fr));
      gap: var(--fs-space-3);
      align-items: start;
      margin-top: var(--fs-space-2);
      padding-top: var(--fs-space-3);
      border-top: 1px solid var(--fs-line);
    }
    .label {
      display: block;
      margin-bottom: 4px;
      font-size: var(--fs-text-s);
      color: var(--fs-text-soft);
    }
    output {
      display: block;
      min-height: var(--fs-control-height);
      padding: 6px 10px;
      border-radius: var(--fs-radius-m);
      background: var(--fs-surface-sunken);
      overflow-wrap: anywhere;
      white-space: pre-wrap;
      font-variant-numeric: tabular-nums;
    }
  `

  @property() object = ''
  @property({ attribute: false }) screen: AppScreen | undefined
  @property() context: FormulaContext = 'field'
  @property() recordId = ''
  @property({ attribute: false }) check: FormulaCheck | undefined

  protected override render(): unknown {
    const { screen } = this
    if (this.context === 'default') return this.#shown(t('Value in a new record now'))
    const label = findObject(screen, this.object)?.label
    // An object that the user may not read has no records to try.
    if (!screen || label === undefined) return nothing
    const field: FieldInfo = {
      name: 'sample',
      label: t('Try it on a record'),
      type: 'reference',
      nillable: true,
      createable: true,
      updateable: true,
      referenceTo: [this.object],
    }
    return html`<fs-lookup-editor
        .label=${field.label}
        .describe=${field}
        .value=${this.recordId}
        .context=${contextOf(screen)}
        @value-changed=${(event: CustomEvent<EditorDetail>) => {
          event.stopPropagation()
          this.emit<string>('record-choose', String(event.detail.value ?? ''))
        }}
      ></fs-lookup-editor>
      ${this.#shown(t('Value on this record'))}`
  }

  #shown(label: string): unknown {
    return html`<div>
      <span class="label" id="value-label">${label}</span>
      <output aria-labelledby="value-label">${this.#value()}</output>
    </div>`
  }

  #value(): unknown {
    const sample = this.check?.sample
    if (this.recordId === '' && this.context !== 'default')
      return html`<span class="soft">${t('Choose a record.')}</span>`
    if (sample === undefined) return html`<span class="soft">${emptyMark}</span>`
    if ('failure' in sample)
      return html`<span class="soft">${t('No value: {reason}.', { reason: sample.failure })}</span>`
    const { value } = sample
    if (value === null || value === '') return html`<span class="soft">${t('Blank')}</span>`
    if (typeof value === 'boolean') return value ? t('True') : t('False')
    const write = this.screen && writers.get(this.check?.type ?? '')
    return write ? write(String(value), formatOf(this.screen)) : String(value)
  }
}

function contextOf(screen: AppScreen): EditorContext {
  return {
    // The editor asks only for what stands around its own field.
    object: {
      name: '',
      label: '',
      labelPlural: '',
      custom: false,
      createable: false,
      updateable: false,
      deletable: false,
      fields: [],
    },
    screen,
    app: screen.apps[0]?.name ?? 'all',
    format: formatOf(screen),
    record: undefined,
    values: new Map(),
    errors: new Map(),
    isNew: true,
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-formula-sample': FsSetupFormulaSample
  }
}
