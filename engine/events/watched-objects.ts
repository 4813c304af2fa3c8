/** Objects whose changes are written down because an active push topic looks at them; asked at every save. */
import type { Clock } from '../base/clock.ts'
import { limits } from '../base/limits.ts'
import type { Model, ObjectModel } from '../model/model.ts'

export interface WatchedObjects {
  has(object: ObjectModel): boolean
  /** Of a topic that is about to be saved: its changes count from the commit on, not from the next look at the topics. */
  add(name: string): void
  /** Of all topics that are active. */
  set(names: readonly string[]): void
}

export interface WatchedObjectsParts {
  readonly models: { current(): Model }
  readonly clock: Clock
}

export function createWatchedObjects({ models, clock }: WatchedObjectsParts): WatchedObjects {
  /** By name, as the topics write it; when it was added. */
  const added = new Map<string, number>()
  let active: readonly string[] = []
  let found: { readonly model: Model; readonly names: ReadonlySet<string> } | undefined
  return {
    has: (object) => {
      if (active.length === 0 && added.size === 0) return false
      const model = models.current()
      if (found?.model !== model) {
        const names = [...active, ...added.keys()].flatMap((name) => model.object(name)?.name ?? [])
        found = { model, names: new Set(names) }
      }
      return found.names.has(object.name)
    },
    add: (name) => {
      added.set(name, clock.now())
      found = undefined
    },
    set: (names) => {
      // Younger ones may stand in a unit of work that is not committed yet.
      const before = clock.now() - limits.pushTopicsRereadMs
      for (const [name, at] of added) if (at < before) added.delete(name)
      active = names
      found = undefined
    },
  }
}
