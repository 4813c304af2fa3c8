/** A group that is asked any number of times: entries written one by one, or chosen from a table of records. */
import { css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { FsElement } from '../../base/element.ts'
import { formatValue, isEmpty, isFigure, emptyMark } from '../../base/formats.ts'
import { setValue } from '../../base/form-state.ts'
import type { Edit } from '../../base/form-state.ts'
import { t } from '../../base/text.ts'
import type { ProcessChoice, ProcessField, ProcessGroup } from '../../base/wire-processes.ts'
import type { LayoutSection, Value } from '../../base/wire.ts'
import type { EditorContext } from '../../editors/editor-element.ts'
import '../form-sections/form-sections.ts'
import '../icon/icon.ts'
import { askedObject, newEntry, type EntryState } from '../process-runner/run-state.ts'
import { answerText, asChoice, choiceLabel, columnField } from '../process-runner/shown-answers.ts'

export type Around = Pick<EditorContext, 'screen' | 'app' | 'format'>

/** Fires `entries-changed` with the whole list. */
@customElement('fs-process-entries')
export class FsProcessEntries extends FsElement {
  static override styles = css`
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--fs-space-3);
    }
    .wide {
      overflow-x: auto;
      border: 1px solid var(--fs-line);
      border-radius: var(--fs-radius-m);
    }
    table {
      width: 100%;
      border-collapse: collapse;
    }
    th,
    td {
      padding: 8px 12px;
      text-align: start;
      white-space: nowrap;
    }
    th {
      font-size: var(--fs-text-s);
      font-weight: var(--fs-weight-strong);
      color: var(--fs-text-soft);
    }
    tbody tr {
      border-top: 1px solid var(--fs-line);
    }
    tr.chosen {
      background: var(--fs-selected);
    }
    .figure {
      text-align: end;
      font-variant-numeric: tabular-nums;
    }
    input[type='checkbox'] {
      width: 18px;
      height: 18px;
      margin: 0;
      accent-color: var(--fs-accent);
    }
    .entry {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--fs-space-3);
      padding: var(--fs-space-4);
      border: 1px solid var(--fs-line);
      border-radius: var(--fs-radius-m);
    }
    header {
      display: flex;
      gap: var(--fs-space-3);
      align-items: center;
      justify-content: space-between;
    }
    .filled {
      color: var(--fs-text-soft);
    }
  `

  @property({ attribute: false }) group: ProcessGroup | undefined
  @property({ attribute: false }) entries: readonly EntryState[] = []
  /** Records to choose from; undefined while they are asked for. */
  @property({ attribute: false }) offered: readonly ProcessChoice[] | undefined
  /** The same for lookups of the entries, by attribute. */
  @property({ attribute: false }) choices: ReadonlyMap<string, readonly ProcessChoice[]> = new Map()
  @property({ attribute: false }) around: Around | undefined
  /** The questions of an entry as it stands. */
  @property({ attribute: false }) asks: (entry: EntryState) => readonly ProcessField[] = () => []

  protected override render(): unknown {
    const { group, around } = this
    if (!group || !around) return nothing
    const isChosen = group.choiceColumns !== null
    return html`${isChosen ? this.#table(group, around) : nothing}
    ${repeat(
      this.entries,
      (entry) => entry.key,
      (entry, index) => this.#entry(entry, index),
    )}
    ${
      isChosen
        ? nothing
        : html`<div>
            <button
              class="button"
              type="button"
              ?disabled=${group.maxEntries !== null && this.entries.length >= group.maxEntries}
              @click=${() => this.#add(group)}
            >
              <fs-icon name="plus"></fs-icon>${t('Add {entry}', { entry: this.#entryLabel(group) })}
            </button>
          </div>`
    }`
  }

  #entryLabel(group: ProcessGroup): string {
    return group.entryLabel ?? group.label
  }

  #table(group: ProcessGroup, { format }: Around): unknown {
    const columns = group.choiceColumns ?? []
    const { offered } = this
    if (offered === undefined) return html`<p class="soft">${t('Loading…')}</p>`
    if (offered.length === 0) {
      return html`<p class="soft" role="status">${t('There are no records to choose from.')}</p>`
    }
    const fields = columns.map(columnField)
    return html`<div class="wide" tabindex="0" role="region" aria-label=${group.label}>
      <table>
        <thead>
          <tr>
            <th><span class="visually-hidden">${t('Choose')}</span></th>
            ${fields.map((field) => html`<th class=${figureOf(field.type)}>${field.label}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${offered.map((choice) => {
            const isChosen = this.entries.some(({ id }) => id === choice.id)
            const label = choiceLabel(choice, columns, format)
            return html`<tr class=${isChosen ? 'chosen' : ''}>
              <td>
                <input
                  type="checkbox"
                  aria-label=${label}
                  .checked=${isChosen}
                  @change=${() => this.#toggle(choice, isChosen)}
                />
              </td>
              ${fields.map((field) => {
                const value = choice.fields[field.name] ?? null
                const text = isEmpty(value) ? emptyMark : formatValue(value, field, format)
                return html`<td class=${isFigure(field) ? 'figure' : ''}>${text}</td>`
              })}
            </tr>`
          })}
        </tbody>
      </table>
    </div>`
  }

  #heading(entry: EntryState, index: number): string {
    const { group, around } = this
    if (!group || !around) return ''
    const choice = this.offered?.find(({ id }) => id === entry.id)
    if (choice) return choiceLabel(choice, group.choiceColumns ?? [], around.format)
    return t('{entry} {number}', { entry: this.#entryLabel(group), number: index + 1 })
  }

  #entry(entry: EntryState, index: number): unknown {
    const { around } = this
    if (!around) return nothing
    const fields = this.asks(entry)
    const entered = fields.filter(({ createable }) => createable)
    const filled = fields.filter(({ createable }) => !createable)
    const isChosen = this.group?.choiceColumns !== null
    if (isChosen && entered.length === 0) return nothing
    const heading = this.#heading(entry, index)
    const asked = fields.map((field) =>
      field.choiceColumns === null
        ? field
        : asChoice(field, this.choices.get(field.name) ?? [], around.format),
    )
    const context: EditorContext = {
      ...around,
      object: { ...askedObject([]), fields: asked },
      record: undefined,
      values: entry.form.values,
      errors: entry.form.errors,
      isNew: true,
    }
    const shown = { format: around.format, names: new Map<string, string>() }
    return html`<section class="entry" aria-label=${heading}>
      <header>
        <h3>${heading}</h3>
        <button
          class="icon-button small"
          type="button"
          aria-label=${t('Remove {entry}', { entry: heading })}
          title=${t('Remove {entry}', { entry: heading })}
          @click=${() => this.#change(this.entries.filter((one) => one !== entry))}
        >
          <fs-icon name="trash"></fs-icon>
        </button>
      </header>
      ${
        isChosen || filled.length === 0
          ? nothing
          : html`<p class="filled">
              ${filled
                .map((field) => answerText(field, entry.form.values.get(field.name) ?? null, shown))
                .join(' · ')}
            </p>`
      }
      <fs-form-sections
        .sections=${[sectionOf(entered)]}
        .state=${entry.form}
        .context=${context}
        @value-changed=${(event: CustomEvent<Edit>) => this.#edit(event, entry)}
      ></fs-form-sections>
    </section>`
  }

  #edit(event: CustomEvent<Edit>, entry: EntryState): void {
    event.stopPropagation()
    const form = setValue(entry.form, event.detail)
    this.#change(this.entries.map((one) => (one === entry ? { ...entry, form } : one)))
  }

  #add(group: ProcessGroup): void {
    const values = new Map<string, Value>()
    for (const one of group.attributes) {
      if (!('picklistValues' in one)) continue
      const chosen = one.picklistValues?.find(({ defaultValue, active }) => defaultValue && active)
      if (chosen) values.set(one.name, chosen.value)
    }
    this.#change([...this.entries, newEntry(values)])
  }

  #toggle(choice: ProcessChoice, isChosen: boolean): void {
    if (isChosen) this.#change(this.entries.filter(({ id }) => id !== choice.id))
    else {
      const values = new Map(Object.entries(choice.values))
      this.#change([...this.entries, newEntry(values, choice.id)])
    }
  }

  #change(entries: readonly EntryState[]): void {
    this.emit('entries-changed', entries)
  }
}

function figureOf(type: string): string {
  return ['double', 'currency', 'percent', 'int'].includes(type) ? 'figure' : ''
}

/** Two columns of what is entered. */
export function sectionOf(fields: readonly ProcessField[], label = ''): LayoutSection {
  const cells = fields.map(({ name, nillable }) => ({
    field: name,
    behavior: nillable ? ('Edit' as const) : ('Required' as const),
  }))
  const rows = cells.flatMap((cell, index) =>
    index % 2 === 0 ? [[cell, cells[index + 1] ?? null]] : [],
  )
  return { label, columns: 2, heading: label !== '', rows }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-process-entries': FsProcessEntries
  }
}
