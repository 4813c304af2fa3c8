/**
 * What a formula can be made of, each thing with its documentation: functions by group, and fields, through the parents.
 * Fires `piece-insert` with the text and how far the caret goes back into it.
 */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import type {
  FormulaContext,
  FormulaFunctionInfo,
  FormulaLanguage,
  FunctionGroup,
} from '../../base/wire-formulas.ts'
import { searchControl } from '../../setup/form-controls.ts'
import type { FormulaFields } from '../../setup/formula-fields.ts'
import { formStyles } from '../../setup/form-styles.ts'
import '../icon/icon.ts'
import type { FieldParent, NamedField } from '../setup-formula/formula-words.ts'
import '../tabs/tabs.ts'
import { setupFormulaPaletteStyles } from './setup-formula-palette.styles.ts'

export interface Piece {
  readonly text: string
  readonly back: number
}

const groups: readonly FunctionGroup[] = ['logical', 'text', 'math', 'date and time', 'advanced']

@customElement('fs-setup-formula-palette')
export class FsSetupFormulaPalette extends FsElement {
  static override styles = [formStyles, setupFormulaPaletteStyles]

  @property({ attribute: false }) language: FormulaLanguage | undefined
  @property() context: FormulaContext = 'field'
  @property({ attribute: false }) fields: FormulaFields | undefined
  @property() objectLabel = ''
  @state() private tab: 'functions' | 'fields' = 'fields'
  @state() private search = ''
  @state() private path: readonly string[] = []
  @state() private shown: readonly NamedField[] = []

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('fields') || changed.has('path')) void this.#load()
  }

  async #load(): Promise<void> {
    const { path } = this
    const fields = (await this.fields?.at(path)) ?? []
    if (path === this.path) this.shown = fields
  }

  protected override render(): unknown {
    const tabs = [
      { id: 'fields', label: this.context === 'default' ? t('Globals') : t('Fields') },
      { id: 'functions', label: t('Functions') },
    ]
    return html`
      <fs-tabs
        .tabs=${tabs}
        .selected=${this.tab}
        .label=${t('What a formula is made of')}
        @tab-change=${(event: CustomEvent<string>) => {
          this.tab = event.detail === 'functions' ? 'functions' : 'fields'
          this.search = ''
        }}
      ></fs-tabs>
      ${searchControl({
        label: this.tab === 'fields' ? t('Find a field') : t('Find a function'),
        value: this.search,
        onInput: (search) => (this.search = search),
      })}
      ${this.tab === 'fields' ? this.#fieldList() : this.#functionList()}
    `
  }

  #fieldList(): unknown {
    const wanted = this.search.trim().toLowerCase()
    const fields = this.shown.filter(({ name, label }) =>
      `${label} ${name}`.toLowerCase().includes(wanted),
    )
    return html`
      ${this.context === 'default' && this.path.length === 0 ? nothing : this.#way()}
      <ul class="pieces" role="list" aria-label=${t('Fields')}>
        ${fields.map((field) => this.#field(field))}
        ${this.path.length === 0 && wanted === '' ? this.#globals() : nothing}
      </ul>
    `
  }

  #way(): unknown {
    return html`<nav class="path" aria-label=${t('Path')}>
      <button
        type="button"
        class="button link"
        ?disabled=${this.path.length === 0}
        @click=${() => (this.path = [])}
      >
        ${this.objectLabel}
      </button>
      ${this.path.map(
        (step, index) =>
          html`<span aria-hidden="true">›</span>
            <button
              type="button"
              class="button link"
              ?disabled=${index === this.path.length - 1}
              @click=${() => (this.path = this.path.slice(0, index + 1))}
            >
              ${step}
            </button>`,
      )}
    </nav>`
  }

  #field(field: NamedField): unknown {
    const text = [...this.path, field.name].join('.')
    return html`<li>
      <button type="button" class="piece" title=${text} @click=${() => this.#insert(text)}>
        <span class="name">${field.label}</span>
        <span class="doc"><span class="mono">${field.name}</span> · ${field.typeLabel}</span>
      </button>
      ${field.parents.map((parent) => this.#into(field, parent))}
    </li>`
  }

  #into(field: NamedField, { step, object }: FieldParent): unknown {
    const label = t('Fields of {object} behind {field}', { object, field: field.label })
    return html`<button
      type="button"
      class="icon-button small"
      aria-label=${label}
      title=${label}
      @click=${() => {
        this.path = [...this.path, step]
        this.search = ''
      }}
    >
      <fs-icon name="chevron-right"></fs-icon>
    </button>`
  }

  #globals(): unknown {
    const globals = this.language?.globals ?? []
    return html`<li class="group">${t('Globals')}</li>
      ${globals.map(
        ({ name, purpose }) =>
          html`<li>
            <button type="button" class="piece" @click=${() => this.#insert(`${name}.`)}>
              <span class="name mono">${name}</span>
              <span class="doc">${purpose}</span>
            </button>
          </li>`,
      )}`
  }

  #functionList(): unknown {
    const wanted = this.search.trim().toLowerCase()
    const found = (this.language?.functions ?? []).filter(
      ({ name, doc, contexts }) =>
        contexts.includes(this.context) && `${name} ${doc}`.toLowerCase().includes(wanted),
    )
    return html`<ul class="pieces" role="list" aria-label=${t('Functions')}>
      ${groups.map((group) => this.#group(group, found))}
    </ul>`
  }

  #group(group: FunctionGroup, found: readonly FormulaFunctionInfo[]): unknown {
    const inGroup = found
      .filter((one) => one.group === group)
      .toSorted((one, other) => one.name.localeCompare(other.name))
    if (inGroup.length === 0) return nothing
    return html`<li class="group">${groupLabel(group)}</li>
      ${inGroup.map(
        ({ name, signature, doc }) =>
          html`<li>
            <button
              type="button"
              class="piece"
              @click=${() => this.#insert(`${name}()`, signature.endsWith('()') ? 0 : 1)}
            >
              <span class="name mono">${signature}</span>
              <span class="doc">${doc}</span>
            </button>
          </li>`,
      )}`
  }

  #insert(text: string, back = 0): void {
    this.emit<Piece>('piece-insert', { text, back })
  }
}

function groupLabel(group: FunctionGroup): string {
  const labels: Readonly<Record<FunctionGroup, string>> = {
    logical: t('Logical'),
    text: t('Text'),
    math: t('Math'),
    'date and time': t('Date and time'),
    advanced: t('Advanced'),
  }
  return labels[group]
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-formula-palette': FsSetupFormulaPalette
  }
}
