/** The inputs of a record type: names, values of picklists, who may use it and with which layout. Fires `type-change`. */
import { html, nothing } from 'lit'
import { customElement, property, query } from 'lit/decorators.js'
import { live } from 'lit/directives/live.js'
import { tableStyles } from '../../base/base-styles.ts'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import type { DraftErrors } from '../../setup/check-draft.ts'
import {
  checkControl,
  isChecked,
  selectControl,
  textControl,
  valueOf,
} from '../../setup/form-controls.ts'
import type { Choice } from '../../setup/form-controls.ts'
import { formStyles } from '../../setup/form-styles.ts'
import { noUse, relabelType } from '../../setup/record-type-draft.ts'
import type { PicklistLimit, ProfileUse, RecordTypeDraft } from '../../setup/record-type-draft.ts'
import '../setup-errors/setup-errors.ts'
import type { FsSetupErrors } from '../setup-errors/setup-errors.ts'
import { setupRecordTypeStyles } from './setup-record-type.styles.ts'

/** A picklist field with all its values. */
export interface LimitedPicklist {
  readonly field: string
  readonly label: string
  readonly values: readonly { readonly name: string; readonly label: string }[]
}

@customElement('fs-setup-record-type')
export class FsSetupRecordType extends FsElement {
  static override styles = [formStyles, tableStyles, setupRecordTypeStyles]

  @property({ attribute: false }) draft: RecordTypeDraft | undefined
  @property({ attribute: false }) errors: DraftErrors = new Map()
  @property({ attribute: false }) picklists: readonly LimitedPicklist[] = []
  @property({ attribute: false }) compactLayouts: readonly Choice[] = []
  @property({ attribute: false }) layouts: readonly Choice[] = []
  @property({ attribute: false }) profiles: readonly Choice[] = []
  @property({ attribute: false }) permissionSets: readonly Choice[] = []
  @property({ type: Boolean }) isNew = false
  @query('fs-setup-errors') private summary!: FsSetupErrors

  async focusErrors(): Promise<void> {
    await this.updateComplete
    await this.summary.updateComplete
    this.summary.focus()
  }

  protected override render(): unknown {
    const { draft } = this
    if (draft === undefined) return nothing
    return html`
      <fs-setup-errors
        ?hidden=${this.errors.size === 0}
        .errors=${this.errors}
        @error-select=${(event: CustomEvent<{ name: string }>) =>
          this.renderRoot.querySelector<HTMLElement>(`#${event.detail.name}`)?.focus()}
      ></fs-setup-errors>
      <div class="fields">${this.#identity(draft)}</div>
      <section>
        <h3>${t('Values of picklists')}</h3>
        <p class="hint">
          ${t('Records of this type offer the ticked values; others stay where they are stored.')}
        </p>
        ${
          this.picklists.length === 0
            ? html`<p class="soft">${t('The object has no picklists.')}</p>`
            : this.picklists.map((picklist) => this.#picklist(draft, picklist))
        }
      </section>
      <section>
        <h3>${t('Who may use it, and with which layout')}</h3>
        <div class="scroll" tabindex="0" role="group" aria-label=${t('Profiles')}>
          ${this.#profileTable(draft)}
        </div>
        <fieldset>
          <legend>${t('Permission sets that may use it too')}</legend>
          <div class="choices">
            ${this.permissionSets.map(({ value, label }) =>
              checkControl({
                name: `set-${value}`,
                label,
                checked: draft.permissionSets.get(value) ?? false,
                onInput: (may) =>
                  this.#change({ permissionSets: new Map(draft.permissionSets).set(value, may) }),
              }),
            )}
          </div>
        </fieldset>
      </section>
    `
  }

  #identity(draft: RecordTypeDraft): unknown {
    return html`
      ${textControl({
        name: 'type-label',
        label: t('Label'),
        value: draft.label,
        error: this.errors.get('type-label'),
        required: true,
        lengthMax: 80,
        onInput: (label) => this.#change(relabelType(draft, label)),
      })}
      ${textControl({
        name: 'type-name',
        label: t('API name'),
        value: draft.fullName,
        error: this.errors.get('type-name'),
        required: true,
        disabled: !this.isNew,
        mono: true,
        lengthMax: 80,
        onInput: (fullName) => this.#change({ fullName, nameDerived: fullName === '' }),
      })}
      ${textControl({
        name: 'type-description',
        label: t('Description'),
        hint: t('Shown where people choose the type of a new record.'),
        value: draft.description,
        lengthMax: 255,
        onInput: (description) => this.#change({ description }),
      })}
      ${selectControl({
        name: 'type-compact',
        label: t('Compact layout'),
        value: draft.compactLayout,
        choices: [{ value: '', label: t('That of the object') }, ...this.compactLayouts],
        onInput: (compactLayout) => this.#change({ compactLayout }),
      })}
      ${checkControl({
        name: 'type-active',
        label: t('Active'),
        hint: t('New records can have it.'),
        checked: draft.active,
        onInput: (active) => this.#change({ active }),
      })}
    `
  }

  #picklist(draft: RecordTypeDraft, picklist: LimitedPicklist): unknown {
    const limit = draft.limits.get(picklist.field)
    const count = limit?.values.size ?? picklist.values.length
    const total = picklist.values.length
    const error = this.errors.get(`limit-${picklist.field}`)
    return html`<details ?open=${error !== undefined}>
      <summary id=${`limit-${picklist.field}`}>
        <span class="title">${picklist.label}</span>
        <span class="soft small"
          >${
            limit === undefined
              ? t('All {total} values', { total })
              : t('{count} of {total} values', { count, total })
          }</span
        >
      </summary>
      ${error === undefined ? nothing : html`<p class="error">${error}</p>`}
      <div class="button-row">
        <button
          type="button"
          class="button link"
          @click=${() => this.#limit(draft, picklist.field, undefined)}
        >
          ${t('All values')}
        </button>
        <button
          type="button"
          class="button link"
          @click=${() => this.#limit(draft, picklist.field, { values: new Set(), fallback: '' })}
        >
          ${t('None')}
        </button>
      </div>
      <div
        class="values"
        role="group"
        aria-label=${t('Values of {field}', { field: picklist.label })}
      >
        ${picklist.values.map(({ name, label }) => this.#value(draft, picklist, { name, label }))}
      </div>
      ${selectControl({
        name: `default-${picklist.field}`,
        label: t('Default of new records'),
        value: limit?.fallback ?? '',
        choices: [
          { value: '', label: t('That of the field') },
          ...picklist.values
            .filter(({ name }) => limit?.values.has(name) ?? true)
            .map(({ name, label }) => ({ value: name, label })),
        ],
        onInput: (fallback) =>
          this.#limit(draft, picklist.field, { values: allOf(limit, picklist), fallback }),
      })}
    </details>`
  }

  #value(
    draft: RecordTypeDraft,
    picklist: LimitedPicklist,
    { name, label }: { readonly name: string; readonly label: string },
  ): unknown {
    const limit = draft.limits.get(picklist.field)
    const chosen = allOf(limit, picklist)
    return html`<label class="check">
      <input
        type="checkbox"
        .checked=${live(chosen.has(name))}
        @change=${(event: Event) => {
          // In the order of the picklist, so that files stay as they are read.
          const wanted = picklist.values
            .map((value) => value.name)
            .filter((one) => (one === name ? isChecked(event) : chosen.has(one)))
          const fallback = wanted.includes(limit?.fallback ?? '') ? (limit?.fallback ?? '') : ''
          this.#limit(draft, picklist.field, { values: new Set(wanted), fallback })
        }}
      />
      <span>${label}</span>
    </label>`
  }

  #limit(draft: RecordTypeDraft, field: string, limit: PicklistLimit | undefined): void {
    const limits = new Map(draft.limits)
    if (limit === undefined) limits.delete(field)
    else limits.set(field, limit)
    this.#change({ limits })
  }

  #profileTable(draft: RecordTypeDraft): unknown {
    return html`<table class="table" aria-label=${t('Use by profile')}>
      <thead>
        <tr>
          <th scope="col">${t('Profile')}</th>
          <th scope="col" class="box">${t('May use it')}</th>
          <th scope="col" class="box">${t('Default')}</th>
          <th scope="col">${t('Page layout')}</th>
        </tr>
      </thead>
      <tbody>
        ${this.profiles.map((profile) => this.#profile(draft, profile))}
      </tbody>
    </table>`
  }

  #profile(draft: RecordTypeDraft, { value, label }: Choice): unknown {
    const use = draft.profiles.get(value) ?? noUse
    const set = (change: Partial<ProfileUse>): void =>
      this.#change({ profiles: new Map(draft.profiles).set(value, { ...use, ...change }) })
    return html`<tr>
      <th scope="row">${label}</th>
      <td class="box">
        <input
          type="checkbox"
          aria-label=${t('{profile} may use it', { profile: label })}
          .checked=${live(use.visible)}
          @change=${(event: Event) => {
            const visible = isChecked(event)
            set({ visible, isDefault: visible && use.isDefault })
          }}
        />
      </td>
      <td class="box">
        <input
          type="checkbox"
          aria-label=${t('Default of {profile}', { profile: label })}
          .checked=${live(use.isDefault)}
          @change=${(event: Event) => {
            const isDefault = isChecked(event)
            set({ isDefault, visible: use.visible || isDefault })
          }}
        />
      </td>
      <td>
        <select
          aria-label=${t('Page layout of {profile}', { profile: label })}
          @change=${(event: Event) => set({ layout: valueOf(event) })}
        >
          <option value="" ?selected=${use.layout === ''}>
            ${t('That of records without a type')}
          </option>
          ${this.layouts.map(
            (layout) =>
              html`<option value=${layout.value} ?selected=${layout.value === use.layout}>
                ${layout.label}
              </option>`,
          )}
        </select>
      </td>
    </tr>`
  }

  #change(change: Partial<RecordTypeDraft>): void {
    this.emit('type-change', { change })
  }
}

function allOf(limit: PicklistLimit | undefined, picklist: LimitedPicklist): ReadonlySet<string> {
  return limit?.values ?? new Set(picklist.values.map(({ name }) => name))
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-record-type': FsSetupRecordType
  }
}
