/** What the page of a record offers about its owner: taking it from a queue, giving it to somebody else. */
import { queues } from '../../access-api.ts'
import { errorText } from '../../base/api-error.ts'
import { objectOfId } from '../../base/app-context.ts'
import { fieldOf } from '../../base/form-state.ts'
import { t } from '../../base/text.ts'
import type { AppScreen, FieldInfo, ObjectScreen, RecordScreen } from '../../base/wire.ts'
import { showToast } from '../../elements/toast/toast.ts'

/** The owner's field, where the user may give the record away. */
export function ownerField(object: ObjectScreen, content: RecordScreen): FieldInfo | undefined {
  const field = fieldOf(object.describe, 'OwnerId')
  return content.editable && field?.updateable === true ? field : undefined
}

/** True while a queue owns the record and the user may take it. */
export function mayAccept(
  screen: AppScreen | undefined,
  object: ObjectScreen,
  content: RecordScreen,
): boolean {
  const owner = content.record['OwnerId']
  const isQueued = typeof owner === 'string' && objectOfId(screen, owner)?.name === 'Group'
  return isQueued && ownerField(object, content) !== undefined
}

/** True when the record is now the user's own. */
export async function acceptRecord(id: string, name: string): Promise<boolean> {
  try {
    await queues.accept(id)
  } catch (error) {
    showToast({ kind: 'error', text: errorText(error) })
    return false
  }
  showToast({ kind: 'success', text: t('{name} is yours now.', { name }) })
  return true
}
