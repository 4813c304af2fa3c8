/** The question before what was entered in a form is thrown away. */
import { t } from '../../base/text.ts'
import { confirm } from './confirm.ts'

export function askToLeave(): Promise<boolean> {
  return confirm({
    heading: t('Leave without saving?'),
    text: t('What you entered in this form will be lost.'),
    confirmLabel: t('Discard changes'),
    cancelLabel: t('Keep editing'),
    danger: true,
  })
}
