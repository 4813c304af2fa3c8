/** What is declared under a name, as a table in a panel; where nothing is, the panel says what it would be for. */
import { html } from 'lit'
import { t } from '../base/text.ts'
import '../elements/empty-state/empty-state.ts'
import type { IconName } from '../elements/icon/icon.ts'
import '../elements/setup-table/setup-table.ts'
import type { Column } from '../elements/setup-table/setup-table.ts'
import type { Component } from './setup-api.ts'
import { setupPath } from './setup-route.ts'
import type { SetupRoute } from './setup-route.ts'

export interface NamedTable<Row> {
  readonly caption: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly empty: { readonly icon: IconName; readonly heading: string; readonly text: string }
}

export function namedTable<Row extends { readonly fullName: string }>(
  table: NamedTable<Row>,
): unknown {
  const { caption, columns, rows, empty } = table
  return html`<div class="panel">
    ${
      rows.length === 0
        ? html`<fs-empty-state
            .icon=${empty.icon}
            .heading=${empty.heading}
            .text=${empty.text}
          ></fs-empty-state>`
        : html`<fs-setup-table
            .caption=${caption}
            .columns=${columns}
            .rows=${rows}
            .rowKey=${(row: Row) => row.fullName}
          ></fs-setup-table>`
    }
  </div>`
}

export function apiNameColumn<Row extends { readonly fullName: string }>(
  label = t('API name'),
): Column<Row> {
  return { key: 'name', label, cell: (row) => html`<span class="mono">${row.fullName}</span>` }
}

/** Label, name and description of components that have a page of their own. */
export function componentColumns<Body extends { readonly description?: string }>(
  routeOf: (name: string) => SetupRoute,
): readonly Column<Component<Body>>[] {
  return [
    {
      key: 'label',
      label: t('Label'),
      sortValue: (row) => row.label,
      cell: (row) => html`<a href=${setupPath(routeOf(row.fullName))}>${row.label}</a>`,
    },
    { ...apiNameColumn<Component<Body>>(), sortValue: (row) => row.fullName },
    {
      key: 'description',
      label: t('Description'),
      cell: (row) => row.body.description ?? html`<span class="soft">—</span>`,
    },
  ]
}
