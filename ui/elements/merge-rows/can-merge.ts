/** Which rows can be merged, for whoever offers it: the dialog is loaded when it is wanted. */
import type { ObjectScreen } from '../../base/wire.ts'

/** As on the platform; the server has the last word. */
const mergedObjects: ReadonlySet<string> = new Set(['Account', 'Contact', 'Lead', 'Case'])
export const mergedRowsMax = 3

export function canMerge({ describe }: ObjectScreen, count: number): boolean {
  const { name, updateable, deletable } = describe
  return mergedObjects.has(name) && updateable && deletable && count >= 2 && count <= mergedRowsMax
}
