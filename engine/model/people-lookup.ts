/** Lookups that lead to people and to groups of them, such as the owner of a record that queues can own. */

export const userObject = 'User'
export const groupObject = 'Group'

/**
 * The object that paths follow behind a lookup to people or groups: a group has none of a person's fields, so that
 * there is never a doubt which is meant.
 */
export function personTarget(targets: readonly string[]): string | undefined {
  const isPeople =
    targets.length === 2 && targets.includes(userObject) && targets.includes(groupObject)
  return isPeople ? userObject : undefined
}

/** The one object that paths follow; undefined where it has to be said which is meant. */
export function followedTarget(targets: readonly string[]): string | undefined {
  return targets.length === 1 ? targets[0] : personTarget(targets)
}
