/** What a record's menu of further actions offers whoever looks at it. */
import { paths } from '../../base/navigation.ts'
import { choosableTypes, recordTypeField } from '../../base/record-types.ts'
import { t } from '../../base/text.ts'
import type { AppScreen, ObjectScreen, RecordScreen } from '../../base/wire.ts'
import type { MenuItem } from '../../elements/menu/menu.ts'
import { keepsHistory } from './keeps-history.ts'
import { mayConvert } from './lead-actions.ts'
import { ownerField } from './owner-actions.ts'
import { mayStartPlan } from './plan-actions.ts'

export interface MenuPlace {
  readonly screen: AppScreen | undefined
  readonly app: string
  readonly id: string
  readonly object: ObjectScreen
  readonly content: RecordScreen
  /** Those that can be started on the record. */
  readonly processes: readonly { readonly name: string; readonly label: string }[]
}

export function menuItems(place: MenuPlace): readonly MenuItem[] {
  const { screen, app, id, object, content } = place
  const name = object.describe.name
  const items: MenuItem[] = []
  if (mayConvert(object, content)) {
    items.push({ id: 'convert', label: t('Convert'), icon: 'check-circle' })
  }
  if (ownerField(object, content)) {
    items.push({ id: 'owner', label: t('Change owner'), icon: 'user' })
  }
  if (mayStartPlan(screen, object)) {
    items.push({ id: 'plan', label: t('Start action plan'), icon: 'document' })
  }
  items.push({ id: 'sharing', label: t('Sharing'), icon: 'users' })
  if (object.describe.createable) {
    const path = paths.create(app, name, { clone: id })
    items.push({ id: 'clone', label: t('Clone'), icon: 'copy', path })
  }
  const type = content.record[recordTypeField]
  if (content.editable && choosableTypes(object).some((one) => one.id !== type)) {
    const path = `${paths.edit(app, name, id)}?${recordTypeField}=`
    items.push({ id: 'record-type', label: t('Change record type'), icon: 'document', path })
  }
  if (keepsHistory(object.describe)) {
    items.push({ id: 'history', label: t('History'), icon: 'clock' })
  }
  items.push({ id: 'print', label: t('Print'), icon: 'printer' })
  if (content.deletable) {
    items.push({ id: 'delete', label: t('Delete'), icon: 'trash', danger: true })
  }
  return [...items, ...processItems(place)]
}

function processItems({ processes, id: recordId }: MenuPlace): readonly MenuItem[] {
  const group = t('Start a process')
  return processes.map(({ name: id, label }) => {
    return { id, label, icon: 'arrow-right', path: paths.process(id, recordId), group }
  })
}
