/** Which objects a quick action names: the one it starts from and the one it makes or changes. */
import type { QuickAction } from '../../../metadata/types.ts'

/** The part before the dot of an action's name; undefined for global ones. */
export function contextOf(fullName: string): string | undefined {
  const dot = fullName.indexOf('.')
  return dot <= 0 ? undefined : fullName.slice(0, dot)
}

/** The object whose fields its form and presets name. */
export function targetOf(body: Readonly<QuickAction>): string | undefined {
  return body.targetObject ?? (body.type === 'LogACall' ? callObject : contextOf(body.fullName))
}

const callObject = 'Task'
