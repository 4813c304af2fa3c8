/** Which records behind a record the caller sees, of those that formulas over it name. */
import type { Formula } from '../formula/tree.ts'
import { resolveMentionPath } from '../model/formula-scope.ts'
import type { Model, ObjectModel } from '../model/model.ts'
import { readRows, textAt, type Reading, type Row } from './read-rows.ts'

export interface Subject {
  readonly model: Model
  readonly object: ObjectModel
  readonly id: string | undefined
}

/** Paths of parents whose records the caller sees, as queries write them. */
export async function seenParents(
  reading: Reading,
  on: Subject,
  formulas: readonly Formula[],
): Promise<Row> {
  const { object, id } = on
  const mentions = formulas.flatMap((formula) => formula.mentions)
  const paths = new Set(mentions.filter((one) => isOpen(reading, on, one.path)).flatMap(parentsOf))
  if (id === undefined || paths.size === 0) return new Map()
  const fields = [...paths].map((path) => `${path}.Id`).join(', ')
  const soql = `SELECT ${fields} FROM ${object.name} WHERE Id = :id`
  return (await readRows(reading, soql, { id }))[0] ?? new Map()
}

/** True where every parent that the formula names is among them. */
export function seesAll(seen: Row, formula: Formula): boolean {
  const parents = formula.mentions.flatMap(parentsOf)
  return parents.every((path) => textAt(seen, `${path}.Id`) !== undefined)
}

/** A query may name its parents. */
function isOpen({ caller }: Reading, { model, object }: Subject, path: string): boolean {
  const found = resolveMentionPath(model, object, path)
  if (found.global !== undefined) return false
  const { access } = caller
  return (
    found.objects.every(({ name }) => access.mayObject(name, 'read')) &&
    found.parents.every((lookup) => access.mayField(lookup.object, lookup.name, 'read'))
  )
}

function parentsOf({ path }: { readonly path: string }): readonly string[] {
  if (path.startsWith('$') || !path.includes('.')) return []
  return [
    path
      .split('.')
      .slice(0, -1)
      .map((step) => step.replace(/:.*$/, ''))
      .join('.'),
  ]
}
