/** What one answer could not hold of a parent's children, as a query of its own. */
import { limits } from '../base/limits.ts'
import type { ChildRelationship, Model } from '../model/model.ts'
import type { Condition, Query } from './soql/query.ts'

interface ChildList {
  /** Which of the query's child lists, as they stand in its text. */
  readonly index: number
  readonly parentId: string
}

/** Undefined where nothing can be left: no such relationship (any more), or a limit that one answer holds. Rights are decided when it is planned. */
export function restOfChildren(
  model: Model,
  query: Query,
  { index, parentId }: ChildList,
): Query | undefined {
  const list = listsOf(model, query, query.from)[index]
  if (list?.relation === undefined) return undefined
  const { inner, relation } = list
  const limit = inner.limit === undefined ? undefined : inner.limit - limits.queryChildRowsMax
  if (limit !== undefined && limit <= 0) return undefined
  const place = { offset: inner.fromOffset }
  const ofParent: Condition = {
    kind: 'compare',
    operand: { kind: 'path', path: relation.field, ...place },
    ...place,
    operator: '=',
    value: { kind: 'string', value: parentId, pattern: parentId },
  }
  return {
    ...inner,
    from: relation.childObject,
    where: inner.where === undefined ? ofParent : { kind: 'and', items: [inner.where, ofParent] },
    skip: inner.skip + limits.queryChildRowsMax,
    limit,
  }
}

interface FoundList {
  readonly inner: Query
  readonly relation: ChildRelationship | undefined
}

/** Every list, before the lists within it. */
function listsOf(model: Model, query: Query, object: string | undefined): readonly FoundList[] {
  return query.select.flatMap((item) => {
    if (item.kind !== 'children') return []
    const inner = item.query
    const name = inner.from.toLowerCase()
    const relation =
      object === undefined
        ? undefined
        : model
            .object(object)
            ?.children.find((child) => child.relationshipName?.toLowerCase() === name)
    return [{ inner, relation }, ...listsOf(model, inner, relation?.childObject)]
  })
}
