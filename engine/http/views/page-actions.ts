/** Which quick actions a page offers: those that its layout names, as far as the user could do them. */
import type { Layout } from '../../../metadata/types.ts'
import { offeredActions, type ReadyAction } from '../../automation/quick-actions/quick-actions.ts'
import type { ObjectModel } from '../../model/model.ts'
import type { Gate } from '../../query/resolve.ts'

export interface PageAction {
  readonly name: string
  readonly label: string
  readonly type: string
  /** The object of the record that is made, or changed. */
  readonly target: string
}

/** The global ones, for pages of no record. */
export function globalActions(gate: Gate): readonly PageAction[] {
  return offeredActions(gate).map(pageAction)
}

/** In the order of the layout; where there is none, all of the object. */
export function layoutActions(
  gate: Gate,
  object: ObjectModel,
  layout: Readonly<Layout> | undefined,
): readonly PageAction[] {
  const own = offeredActions(gate, object)
  if (layout === undefined) return own.map(pageAction)
  const offered = [...own, ...offeredActions(gate)]
  const byName = new Map(offered.map((action) => [action.plan.name.toLowerCase(), action]))
  const named = new Set(namesOf(layout).flatMap((name) => byName.get(name.toLowerCase()) ?? []))
  return [...named].map(pageAction)
}

/** The list that the platform shows in its newer pages counts where the other one is missing. */
function namesOf({ quickActionList, platformActionList }: Readonly<Layout>): readonly string[] {
  const classic = quickActionList?.quickActionListItems?.map((item) => item.quickActionName)
  if (classic !== undefined) return classic
  const items = platformActionList?.platformActionListItems ?? []
  return items
    .filter(({ actionType }) => actionType === 'QuickAction')
    .map(({ actionName }) => actionName)
}

export function actionLabel({ body }: ReadyAction): string {
  return body.label ?? body.standardLabel ?? body.fullName
}

function pageAction(action: ReadyAction): PageAction {
  const { name, kind, target } = action.plan
  return { name, label: actionLabel(action), type: kind, target }
}
