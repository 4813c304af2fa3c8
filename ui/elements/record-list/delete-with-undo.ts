/** Deletes a record after asking; the message that says so can take it back. */
import { records } from '../../api.ts'
import { errorText } from '../../base/api-error.ts'
import { t } from '../../base/text.ts'
import { confirm } from '../dialog/confirm.ts'
import { showToast } from '../toast/toast.ts'

export interface Deletion {
  readonly object: string
  readonly label: string
  readonly id: string
  readonly name: string
  /** Called after the deletion and after it was taken back. */
  changed(what: 'deleted' | 'restored'): void
}

/** True when the record was deleted. */
export async function deleteWithUndo(deletion: Deletion): Promise<boolean> {
  const { name, label } = deletion
  const sure = await confirm({
    heading: t('Delete {name}?', { name }),
    text: t('It moves to the recycle bin, from where it can be restored.'),
    confirmLabel: t('Delete'),
    danger: true,
  })
  if (!sure) return false
  try {
    await records.remove(deletion.object, deletion.id)
  } catch (error) {
    showToast({ kind: 'error', text: errorText(error) })
    return false
  }
  deletion.changed('deleted')
  showToast({
    kind: 'success',
    text: t('{object} {name} deleted.', { object: label, name }),
    action: { label: t('Undo'), run: () => void undo(deletion) },
  })
  return true
}

async function undo(deletion: Deletion): Promise<void> {
  try {
    await records.restore(deletion.id)
    deletion.changed('restored')
    showToast({ kind: 'success', text: t('{name} restored.', { name: deletion.name }) })
  } catch (error) {
    showToast({ kind: 'error', text: errorText(error) })
  }
}
