/** The menu at the end of a row: edit, and delete with a way back. */
import { html, nothing } from 'lit'
import { paths } from '../../base/navigation.ts'
import { recordName } from '../../base/record-names.ts'
import { t } from '../../base/text.ts'
import type { ObjectInfo, WireRecord } from '../../base/wire.ts'
import '../icon/icon.ts'
import '../menu/menu.ts'
import type { MenuItem } from '../menu/menu.ts'
import { deleteWithUndo } from './delete-with-undo.ts'

export interface RowMenu {
  readonly describe: ObjectInfo
  readonly row: WireRecord
  readonly app: string
  /** Called after a deletion and after it was taken back. */
  changed(): void
}

/** Nothing where the user may do nothing with the row. */
export function renderRowMenu(menu: RowMenu): unknown {
  const items = itemsOf(menu)
  if (items.length === 0) return nothing
  const name = recordName(menu.describe, menu.row)
  return html`<fs-menu
    button-class="icon-button small"
    label=${t('Actions for {name}', { name })}
    .items=${items}
    @menu-select=${(event: CustomEvent<{ id: string }>) => {
      if (event.detail.id === 'delete') void deleteRow(menu, name)
    }}
    ><fs-icon name="more-vertical"></fs-icon
  ></fs-menu>`
}

function itemsOf({ describe, row, app }: RowMenu): readonly MenuItem[] {
  const items: MenuItem[] = []
  if (describe.updateable) {
    const path = paths.edit(app, describe.name, row.Id ?? '')
    items.push({ id: 'edit', label: t('Edit'), icon: 'pencil', path })
  }
  if (describe.deletable) {
    items.push({ id: 'delete', label: t('Delete'), icon: 'trash', danger: true })
  }
  return items
}

async function deleteRow({ describe, row, changed }: RowMenu, name: string): Promise<void> {
  const { name: object, label } = describe
  await deleteWithUndo({ object, label, id: row.Id ?? '', name, changed })
}
