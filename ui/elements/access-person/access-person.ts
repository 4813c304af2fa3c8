/** What one person may do, object by object and field by field, and which profile or set gives it. */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { chipStyles } from '../../base/base-styles.ts'
import { errorText } from '../../base/api-error.ts'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import { Turns } from '../../base/turns.ts'
import {
  personAccess,
  type EffectiveRight,
  type GivenBy,
  type PersonAccess,
  type PersonObjectAccess,
} from '../../security-api.ts'
import { textControl } from '../../setup/form-controls.ts'
import { formStyles } from '../../setup/form-styles.ts'
import { partStyles } from '../../setup/setup-styles.ts'
import '../setup-table/setup-table.ts'
import type { Column } from '../setup-table/setup-table.ts'
import '../skeleton/skeleton.ts'
import { problemNotice } from '../../setup/problem-notice.ts'

type ObjectRow = PersonAccess['objects'][number]
type FieldRow = PersonObjectAccess['fields'][number]

@customElement('fs-access-person')
export class FsAccessPerson extends FsElement {
  static override styles = [formStyles, chipStyles, partStyles]

  @property() userId = ''
  @state() private access: PersonAccess | undefined
  @state() private object: PersonObjectAccess | undefined
  @state() private words = ''
  @state() private problem = ''
  readonly #turns = new Turns()

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('userId')) void this.#load()
  }

  async #load(): Promise<void> {
    this.access = undefined
    this.object = undefined
    await this.#show(async () => {
      const access = await personAccess.all(this.userId)
      return () => (this.access = access)
    })
  }

  async #open(object: string): Promise<void> {
    await this.#show(async () => {
      const told = await personAccess.object(this.userId, object)
      return () => (this.object = told)
    })
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>('#object')?.focus()
  }

  async #show(ask: () => Promise<() => void>): Promise<void> {
    const isLatest = this.#turns.next()
    try {
      const take = await ask()
      if (!isLatest()) return
      take()
      this.problem = ''
    } catch (error) {
      if (isLatest()) this.problem = errorText(error)
    }
  }

  protected override render(): unknown {
    if (this.problem !== '') return problemNotice(this.problem)
    if (this.access === undefined) return html`<fs-skeleton lines="8"></fs-skeleton>`
    return html`${this.#objects(this.access)}
    ${this.object === undefined ? nothing : this.#details(this.object)}
    ${permissions(this.access.permissions)}`
  }

  #objects({ objects }: PersonAccess): unknown {
    const words = this.words.trim().toLowerCase()
    const rows = objects.filter(({ object, label }) =>
      `${label} ${object}`.toLowerCase().includes(words),
    )
    return html`<section class="panel" aria-labelledby="objects">
      <header><h2 id="objects">${t('Objects')}</h2></header>
      <div class="padded fields single">
        ${textControl({
          name: 'find',
          label: t('Find an object'),
          value: this.words,
          onInput: (text) => (this.words = text),
        })}
      </div>
      <fs-setup-table
        .caption=${t('Objects')}
        .columns=${this.#columns()}
        .rows=${rows}
        .rowKey=${(row: ObjectRow) => row.object}
      ></fs-setup-table>
    </section>`
  }

  #columns(): readonly Column<ObjectRow>[] {
    return [
      {
        key: 'label',
        label: t('Object'),
        sortValue: (row) => row.label,
        cell: (row) =>
          html`<button class="button link" @click=${() => void this.#open(row.object)}>
            ${row.label}
          </button>`,
      },
      ...columnRights().map(([right, label]): Column<ObjectRow> => ({
        key: right,
        label,
        cell: (row) => mark(row.rights.includes(right), label),
      })),
    ]
  }

  #details(object: PersonObjectAccess): unknown {
    return html`<section class="panel" aria-labelledby="object">
      <header><h2 id="object" tabindex="-1">${object.label}</h2></header>
      <fs-setup-table
        .caption=${t('Object rights')}
        .columns=${rightColumns(flagLabels())}
        .rows=${object.rights}
        .rowKey=${(row: EffectiveRight) => row.right}
      ></fs-setup-table>
      <fs-setup-table
        .caption=${t('Fields')}
        .columns=${fieldColumns()}
        .rows=${object.fields}
        .rowKey=${(row: FieldRow) => row.field}
      ></fs-setup-table>
    </section>`
  }
}

function columnRights(): readonly (readonly [string, string])[] {
  return [
    ['read', t('Read')],
    ['create', t('Create')],
    ['edit', t('Edit')],
    ['delete', t('Delete')],
    ['viewAll', t('View all')],
    ['modifyAll', t('Modify all')],
  ]
}

function flagLabels(): ReadonlyMap<string, string> {
  return new Map([
    ['allowRead', t('Read')],
    ['allowCreate', t('Create')],
    ['allowEdit', t('Edit')],
    ['allowDelete', t('Delete')],
    ['viewAllRecords', t('View all')],
    ['modifyAllRecords', t('Modify all')],
  ])
}

function mark(isHeld: boolean, label: string): unknown {
  return isHeld
    ? html`<fs-icon name="check"></fs-icon><span class="visually-hidden">${label}</span>`
    : html`<span class="soft">—</span>`
}

function rightColumns(labels: ReadonlyMap<string, string>): readonly Column<EffectiveRight>[] {
  return [
    {
      key: 'right',
      label: t('Right'),
      cell: (row) => labels.get(row.right) ?? row.right,
    },
    { key: 'allowed', label: t('Held'), cell: (row) => mark(row.allowed, t('Held')) },
    { key: 'by', label: t('Given by'), cell: (row) => givers(row.givenBy) },
  ]
}

function fieldColumns(): readonly Column<FieldRow>[] {
  return [
    { key: 'label', label: t('Field'), sortValue: (row) => row.label, cell: (row) => row.label },
    {
      key: 'name',
      label: t('API name'),
      cell: (row) => html`<span class="mono">${row.field}</span>`,
    },
    { key: 'read', label: t('Read'), cell: (row) => mark(row.read, t('Read')) },
    { key: 'edit', label: t('Edit'), cell: (row) => mark(row.edit, t('Edit')) },
    { key: 'by', label: t('Given by'), cell: (row) => because(row) },
  ]
}

function because(row: FieldRow): unknown {
  if (row.because === 'object') return t('By the object itself')
  const given = givers(row.givenBy)
  return row.because === 'sources'
    ? html`${given}
        <p class="soft">${t('Hidden all the same: it is computed of a field that is hidden.')}</p>`
    : given
}

function givers(given: readonly GivenBy[]): unknown {
  if (given.length === 0) return html`<span class="soft">—</span>`
  return given.map(
    ({ label, by }) =>
      html`<span class="chip">${by === undefined ? label : `${label} (${by})`}</span> `,
  )
}

function permissions(held: readonly EffectiveRight[]): unknown {
  return html`<section class="panel" aria-labelledby="permissions">
    <header><h2 id="permissions">${t('System permissions')}</h2></header>
    ${
      held.length === 0
        ? html`<p class="padded soft">${t('None.')}</p>`
        : html`<fs-setup-table
            .caption=${t('System permissions')}
            .columns=${rightColumns(new Map())}
            .rows=${held}
            .rowKey=${(row: EffectiveRight) => row.right}
          ></fs-setup-table>`
    }
  </section>`
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-access-person': FsAccessPerson
  }
}
