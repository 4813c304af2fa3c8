/** What can be done with a list as a whole: bring records in, and take them out. */
import { html, nothing } from 'lit'
import { queues } from '../../access-api.ts'
import { exportAddress } from '../../api.ts'
import { errorText } from '../../base/api-error.ts'
import { fieldOf } from '../../base/form-state.ts'
import { paths } from '../../base/navigation.ts'
import { router } from '../../base/router.ts'
import { columnPaths, rowsQuery } from '../../base/soql.ts'
import { t } from '../../base/text.ts'
import type { ListView, ObjectScreen } from '../../base/wire.ts'
import type { SortOrder } from '../../elements/record-list/record-list.ts'
import '../../elements/menu/menu.ts'
import type { MenuItem } from '../../elements/menu/menu.ts'
import { showToast } from '../../elements/toast/toast.ts'

export interface ShownList {
  readonly app: string
  readonly object: ObjectScreen
  readonly view: ListView
  readonly where: readonly string[]
  readonly orderBy: readonly SortOrder[]
}

export function listActions(list: ShownList): unknown {
  const { describe } = list.object
  const mayImport = describe.createable || describe.updateable || describe.deletable
  const items: readonly MenuItem[] = [
    ...(mayImport
      ? [
          {
            id: 'import',
            label: t('Import'),
            icon: 'arrow-down' as const,
            path: paths.import(list.app, describe.name),
          },
        ]
      : []),
    { id: 'export', label: t('Export as CSV'), icon: 'table', path: exportPath(list) },
  ]
  const accept =
    list.view.scope === 'my_queues'
      ? html`<button class="button" @click=${() => void takeNext(list)}>
          ${t('Accept next')}
        </button>`
      : nothing
  return html`${accept}<fs-menu
      label=${t('More actions')}
      button-class="icon-button"
      .items=${items}
      ><fs-icon name="more"></fs-icon
    ></fs-menu>`
}

/** Opens the record that waits longest, now the user's own. */
async function takeNext({ app, object: { describe } }: ShownList): Promise<void> {
  try {
    const id = await queues.acceptNext(describe.name)
    if (id !== undefined) return void router.navigate(paths.record(app, describe.name, id))
    showToast({ kind: 'info', text: t('Nothing waits in your queues.') })
  } catch (error) {
    showToast({ kind: 'error', text: errorText(error) })
  }
}

/** All rows of the view as it is filtered and sorted now, whatever is loaded of them. */
function exportPath({ object: { describe }, view, where, orderBy }: ShownList): string {
  const fields = view.columns.flatMap((name) => {
    const field = fieldOf(describe, name)
    return field ? columnPaths(field) : []
  })
  const soql = rowsQuery({ object: describe.name, scope: view.scope, fields, where, orderBy })
  return exportAddress(soql, `${describe.labelPlural} ${view.label}`)
}

/** Beside the way to the first new record of an empty list. */
export function importLink(app: string, object: ObjectScreen): unknown {
  const { describe } = object
  return describe.createable
    ? html`<a class="button" href=${paths.import(app, describe.name)}>${t('Import')}</a>`
    : nothing
}
