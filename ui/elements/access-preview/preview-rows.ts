/** A preview of access as rows and sentences. */
import type { AccessPreview } from '../../access-api.ts'
import { t } from '../../base/text.ts'
import { rightWord } from '../sharing/sharing-words.ts'

type Difference = AccessPreview['objects'][number]['changes'][number]['read']

export interface PreviewRow {
  readonly key: string
  readonly user: string
  readonly object: string
  readonly read: Difference
  readonly edit: Difference
}

/** Who loses most first: that is what somebody must agree to. */
export function previewRows({ objects }: AccessPreview): readonly PreviewRow[] {
  return objects
    .flatMap(({ object, changes }) =>
      changes.map(({ user, read, edit }) => ({
        key: `${object} ${user.id}`,
        user: user.name,
        object,
        read,
        edit,
      })),
    )
    .toSorted((one, other) => weight(other) - weight(one))
}

function weight({ read, edit }: PreviewRow): number {
  return 2 * read.lost + edit.lost + read.gained / 1_000
}

/** "Ada and 3 others may read Account.Phone from now on." */
export function rightText(right: AccessPreview['rights'][number]): string {
  const { on, users, gained } = right
  const who = right.who.join(', ')
  const more = users - right.who.length
  const whole = on === '' ? right.right : `${rightWord(right.right)} ${on}`
  if (gained && more > 0)
    return t('Gained by {who} and {more} others: {right}', { who, more, right: whole })
  if (gained) return t('Gained by {who}: {right}', { who, right: whole })
  if (more > 0) return t('Lost by {who} and {more} others: {right}', { who, more, right: whole })
  return t('Lost by {who}: {right}', { who, right: whole })
}
