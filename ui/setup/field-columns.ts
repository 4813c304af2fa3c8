/** The columns of Fields and relationships. */
import { html, nothing } from 'lit'
import { t, textLanguage } from '../base/text.ts'
import type { MenuItem } from '../elements/menu/menu.ts'
import type { FieldTask } from '../elements/setup-field-actions/setup-field-actions.ts'
import type { Column } from '../elements/setup-table/setup-table.ts'
import { breakable } from './breakable.ts'
import type { FieldOrigin, FieldRow } from './field-rows.ts'
import { setupPath } from './setup-route.ts'

type Start = (task: FieldTask) => void

export function fieldColumns(object: string, start: Start): readonly Column<FieldRow>[] {
  return [
    {
      key: 'label',
      label: t('Label'),
      sortValue: (row) => row.label,
      cell: (row) =>
        row.body === undefined
          ? row.label
          : html`<a href=${setupPath({ page: 'field', object, field: row.name })}>${row.label}</a>`,
    },
    {
      key: 'name',
      label: t('API name'),
      sortValue: (row) => row.name,
      cell: (row) => html`<span class="mono">${breakable(row.name)}</span>`,
    },
    {
      key: 'type',
      label: t('Type'),
      sortValue: (row) => row.type,
      cell: (row) => breakable(row.type),
    },
    {
      key: 'rules',
      label: t('Rules'),
      sortValue: (row) => Number(row.isRequired) * 2 + Number(row.isUnique),
      cell: (row) => rules(row),
    },
    {
      key: 'indexed',
      label: t('Indexed'),
      sortValue: (row) => Number(row.isIndexed),
      cell: (row) => (row.isIndexed ? t('Yes') : html`<span class="soft">—</span>`),
    },
    ...figureColumns(object, start),
  ]
}

function figureColumns(object: string, start: Start): readonly Column<FieldRow>[] {
  return [
    {
      key: 'origin',
      label: t('Origin'),
      sortValue: (row) => originLabel(row.origin),
      cell: (row) =>
        html`<span class="chip ${row.origin === 'custom' ? 'accent' : ''}"
          >${originLabel(row.origin)}</span
        >`,
    },
    {
      key: 'used',
      label: t('Used in'),
      numeric: true,
      sortValue: (row) => row.usedBy.length,
      cell: (row) => used(row, start),
    },
    {
      key: 'filled',
      label: t('Filled'),
      numeric: true,
      sortValue: (row) => row.filled ?? -1,
      cell: (row) => filled(row),
    },
    {
      key: 'menu',
      label: t('Actions'),
      labelHidden: true,
      cell: (row) => (row.body === undefined ? nothing : menu(object, row, start)),
    },
  ]
}

export function originLabel(origin: FieldOrigin): string {
  const labels = { custom: t('Custom'), shipped: t('Shipped'), system: t('System') }
  return labels[origin]
}

function rules(row: FieldRow): unknown {
  if (!row.isRequired && !row.isUnique) return html`<span class="soft">—</span>`
  return html`<span class="stack">
    ${row.isRequired ? html`<span class="chip">${t('Required')}</span>` : nothing}
    ${row.isUnique ? html`<span class="chip">${t('Unique')}</span>` : nothing}
  </span>`
}

function used(row: FieldRow, start: Start): unknown {
  if (row.usedBy.length === 0) return html`<span class="soft">0</span>`
  return html`<button
    class="button link"
    aria-label=${t('Where {field} is used: {count}', {
      field: row.label,
      count: row.usedBy.length,
    })}
    @click=${() => start({ kind: 'usage', name: row.name, usedBy: row.usedBy })}
  >
    ${row.usedBy.length}
  </button>`
}

function percent(share: number): string {
  return new Intl.NumberFormat(textLanguage(), { style: 'percent' }).format(share)
}

function filled(row: FieldRow): unknown {
  if (row.filled === undefined) return html`<span class="soft">—</span>`
  return html`<span class="meter">
    <span class="track" aria-hidden="true">
      <span class="fill" style="width:${Math.round(row.filled * 100)}%"></span>
    </span>
    ${percent(row.filled)}
  </span>`
}

function menu(object: string, row: FieldRow, start: Start): unknown {
  const isCustom = row.origin === 'custom'
  const fullName = `${object}.${row.name}`
  const items: readonly MenuItem[] = [
    {
      id: 'edit',
      label: t('Edit'),
      icon: 'pencil',
      path: setupPath({ page: 'field', object, field: row.name }),
    },
    { id: 'usage', label: t('Where used'), icon: 'search' },
    {
      id: 'json',
      label: t('View as JSON'),
      icon: 'code',
      path: setupPath({ page: 'component', type: 'CustomField', fullName }),
    },
    ...(isCustom
      ? [
          { id: 'rename', label: t('Rename'), icon: 'pencil' } as const,
          { id: 'delete', label: t('Delete'), icon: 'trash', danger: true } as const,
        ]
      : []),
  ]
  const onSelect = (event: CustomEvent<{ id: string }>) => {
    const { name, usedBy } = row
    if (event.detail.id === 'usage') start({ kind: 'usage', name, usedBy })
    if (event.detail.id === 'rename') start({ kind: 'rename', name })
    if (event.detail.id === 'delete') start({ kind: 'delete', name })
  }
  return html`<fs-menu
    .label=${t('Actions for {field}', { field: row.label })}
    button-class="icon-button small"
    .items=${items}
    @menu-select=${onSelect}
  >
    <fs-icon name="more"></fs-icon>
  </fs-menu>`
}
