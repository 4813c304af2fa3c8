/** Sends a form, and says that it was saved. */
import { records } from '../../api.ts'
import { checkRules } from '../../base/form-rules.ts'
import { changedFields, saveBody } from '../../base/form-state.ts'
import type { FormState } from '../../base/form-state.ts'
import { t } from '../../base/text.ts'
import type { ObjectInfo } from '../../base/wire.ts'
import { showToast } from '../../elements/toast/toast.ts'

/** The id of the saved record; `id` is empty for a new one. Nothing is sent when nothing changed. */
export async function saveForm(form: FormState, describe: ObjectInfo, id: string): Promise<string> {
  await checkRules(form, describe)
  const body = saveBody(form, describe)
  if (id === '') return (await records.create(describe.name, body)).id
  if (changedFields(form, describe).length > 0) await records.update(describe.name, id, body)
  return id
}

export interface Saved {
  readonly path: string
  readonly isNew: boolean
  /** The user goes on with another new record and may want to see this one. */
  readonly stays: boolean
}

export function announceSaved(label: string, saved: Saved): void {
  const text = saved.isNew
    ? t('{object} created.', { object: label })
    : t('{object} saved.', { object: label })
  const link = { path: saved.path, label: t('Open it') }
  showToast({ kind: 'success', text, ...(saved.stays ? { link } : {}) })
}
