/** The default access to records that somebody else owns. */
import { t } from '../base/text.ts'
import type { ObjectBody } from './component-bodies.ts'

type SharingModel = NonNullable<ObjectBody['sharingModel']>

interface SharingChoice {
  readonly value: SharingModel
  readonly label: string
}

/** The three usual ones, and the present one where it is another. */
export function sharingChoices(present?: SharingModel): readonly SharingChoice[] {
  const usual: readonly SharingChoice[] = [
    { value: 'Private', label: t('Private: owners and those above them') },
    { value: 'Read', label: t('Public: everybody may read') },
    { value: 'ReadWrite', label: t('Public: everybody may read and edit') },
  ]
  const isUsual = present === undefined || usual.some((choice) => choice.value === present)
  return isUsual ? usual : [...usual, { value: present, label: otherLabel(present) }]
}

function otherLabel(model: SharingModel): string {
  return model.startsWith('ControlledBy') ? t('As the parent record') : model
}
