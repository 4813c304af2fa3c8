/** Where a value of a picklist stands as a text that nobody can rewrite safely: formulas, filters, paths. */
import type { Declaration } from '../model/declaration.ts'
import { membersOf } from '../model/members.ts'
import type { Model } from '../model/model.ts'
import { collectReferences } from '../model/references.ts'
import { indexOf } from '../model/compile-model.ts'
import { componentKey } from '../model/resolve-mention.ts'

export interface MentionedValue {
  readonly object: string
  readonly field: string
  readonly from: string
}

/** "ValidationRule Loan__c.Signed": components that mention the field and hold the value as a text. */
export function mentionsOfValue(model: Model, value: MentionedValue): readonly string[] {
  const key = componentKey('CustomField', `${value.object}.${value.field}`)
  const index = indexOf(model)
  const found = new Set<string>()
  for (const ofType of index.components.values()) {
    for (const declaration of ofType.values()) {
      for (const user of collectReferences(declaration, index).get(key) ?? []) {
        const body = bodyOf(declaration, user.type, user.fullName)
        const isLimit =
          user.type === 'RecordType' || user.fullName === key.slice(key.indexOf(' ') + 1)
        if (!isLimit && holdsText(body, value.from)) found.add(`${user.type} ${user.fullName}`)
      }
    }
  }
  return [...found].sort()
}

function bodyOf(declaration: Declaration, type: string, fullName: string): unknown {
  const member = membersOf(declaration).find(
    (one) => one.type === type && one.fullName === fullName,
  )
  return member?.body ?? declaration.body
}

/** As a whole text, as one of a list with commas, or in quotes within a formula. */
function holdsText(node: unknown, value: string): boolean {
  if (typeof node === 'string') {
    return (
      node.split(',').some((part) => part.trim() === value) ||
      node.includes(`'${value}'`) ||
      node.includes(`"${value}"`)
    )
  }
  if (Array.isArray(node)) return node.some((one) => holdsText(one, value))
  if (typeof node !== 'object' || node === null) return false
  return Object.entries(node).some(
    // A field's own list and what depends on it have been rewritten.
    ([attribute, one]) => attribute !== 'valueSet' && holdsText(one, value),
  )
}
