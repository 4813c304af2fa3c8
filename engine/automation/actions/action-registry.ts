/** All actions there are: those that come with the product, and those that metadata makes. */
import type { Model } from '../../model/model.ts'
import type { InvocableAction } from './action.ts'

/** Where actions of one custom type come from: "flow". */
export interface ActionSource {
  readonly type: string
  /** What programs need to call them; what calls them from within has asked already. */
  readonly permission: string
  list(model: Model): readonly InvocableAction[]
  find(model: Model, name: string): InvocableAction | undefined
}

export interface ActionRegistry {
  standard(): readonly InvocableAction[]
  findStandard(name: string): InvocableAction | undefined
  /** As flows name them: by type and name. */
  find(model: Model, type: string, name: string): InvocableAction | undefined
  /** By type, in the order of the list. */
  readonly custom: ReadonlyMap<string, ActionSource>
}

export function createActionRegistry(
  standard: readonly InvocableAction[],
  sources: readonly ActionSource[],
): ActionRegistry {
  const custom = new Map(sources.map((source) => [source.type, source]))
  const byName = new Map(standard.map((action) => [action.name.toLowerCase(), action]))
  return {
    standard: () => standard,
    findStandard: (name) => byName.get(name.toLowerCase()),
    find: (model, type, name) => {
      const source = custom.get(type)
      if (source !== undefined) return source.find(model, name)
      const found = byName.get(name.toLowerCase())
      return found?.type === type ? found : undefined
    },
    custom,
  }
}
