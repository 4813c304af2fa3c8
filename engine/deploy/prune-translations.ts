/** Translations go with what they translate: a removed field takes its words along, in the same plan. */
import { deepFreeze } from '../base/deep-freeze.ts'
import { indexOf } from '../model/compile-model.ts'
import type { Declaration } from '../model/declaration.ts'
import { translates } from '../model/mention-sites.ts'
import { mentionsOf, objectOf } from '../model/mentions.ts'
import type { ModelIndex } from '../model/model-index.ts'
import { componentKey, resolveMention } from '../model/resolve-mention.ts'
import type { DeployState } from './deploy-state.ts'

export interface PruneInput {
  readonly declarations: readonly Declaration[]
  /** Keys of what the plan takes away. */
  readonly removed: ReadonlySet<string>
  /** Keys of components that the wish itself brings: what they say of removed things is a fault of theirs. */
  readonly written: ReadonlySet<string>
}

export function pruneTranslations(
  state: DeployState,
  { declarations, removed, written }: PruneInput,
): readonly Declaration[] {
  if (removed.size === 0) return declarations
  const index = indexOf(state.model)
  return declarations.flatMap((declaration) => {
    if (!isTranslation(declaration)) return [declaration]
    if (written.has(componentKey(declaration.type, declaration.fullName))) return [declaration]
    if (removed.has(translatedKey(declaration))) return []
    return [withoutRemoved(declaration, index, removed)]
  })
}

/** Types that hold words of others, with the type of what they are named after. */
const translationTypes: ReadonlyMap<string, string> = new Map([
  ['CustomObjectTranslation', 'CustomObject'],
  ['GlobalValueSetTranslation', 'GlobalValueSet'],
  ['StandardValueSetTranslation', 'StandardValueSet'],
  ['Translations', ''],
])

function isTranslation({ type }: Declaration): boolean {
  return translationTypes.has(type)
}

/** "Account-de" is named after the object Account. */
function translatedKey(declaration: Declaration): string {
  const { type, fullName } = declaration
  const name = objectOf(declaration) ?? fullName.slice(0, fullName.lastIndexOf('-'))
  return componentKey(translationTypes.get(type) ?? '', name)
}

function withoutRemoved(
  declaration: Declaration,
  index: ModelIndex,
  removed: ReadonlySet<string>,
): Declaration {
  const gone = new Map<string, Set<number>>()
  for (const mention of mentionsOf(declaration)) {
    const [list, position] = mention.pointer
    if (mention.site.says !== translates) continue
    if (typeof list !== 'string' || typeof position !== 'number') continue
    const resolution = resolveMention(mention, index)
    if (resolution.kind === 'missing' || !resolution.keys.some((key) => removed.has(key))) continue
    gone.set(list, (gone.get(list) ?? new Set()).add(position))
  }
  if (gone.size === 0) return declaration
  const body = new Map<string, unknown>(Object.entries(declaration.body))
  for (const [list, positions] of gone) {
    // Mentions were found in it, so it is a list.
    const entries = body.get(list) as readonly unknown[]
    const rest = entries.filter((_entry, position) => !positions.has(position))
    if (rest.length === 0) body.delete(list)
    else body.set(list, rest)
  }
  // Entries of lists were left out, nothing else: it is still a body of this type.
  return { ...declaration, body: deepFreeze(Object.fromEntries(body)) } as unknown as Declaration
}
