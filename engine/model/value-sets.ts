/** Value sets that picklists share: those of administrators, and those of standard fields, found by one name. */
import type { GlobalValueSet, StandardValueSet } from '../../metadata/types.ts'
import type { Scope } from './scope.ts'

/** In the order in which a name is looked up. */
export const valueSetTypes = ['GlobalValueSet', 'StandardValueSet'] as const

export type ValueSetType = (typeof valueSetTypes)[number]

export function isValueSetType(type: string): type is ValueSetType {
  return valueSetTypes.some((one) => one === type)
}

/** The body as it stands in its file; undefined where there is no set of the name. */
export function valueSetBody(
  index: Pick<Scope, 'component'>,
  name: string,
): Readonly<GlobalValueSet | StandardValueSet> | undefined {
  for (const type of valueSetTypes) {
    // Components of these type names hold bodies of them alone.
    const body = index.component(type, name)?.body as
      Readonly<GlobalValueSet | StandardValueSet> | undefined
    if (body !== undefined) return body
  }
  return undefined
}

/** The set in the one form that picklists read. */
export function valueSetIn(
  index: Pick<Scope, 'component'>,
  name: string,
): Readonly<GlobalValueSet> | undefined {
  const body = valueSetBody(index, name)
  return body && asValueSet(body)
}

const standardSets = new WeakMap<object, Readonly<GlobalValueSet>>()

/** Values of standard fields are values with some marks more. */
export function asValueSet(
  body: Readonly<GlobalValueSet | StandardValueSet>,
): Readonly<GlobalValueSet> {
  if (!('standardValue' in body)) return body
  const known = standardSets.get(body)
  if (known !== undefined) return known
  const { fullName, sorted, standardValue: customValue = [] } = body
  const made = { fullName, customValue, ...(sorted === undefined ? {} : { sorted }) }
  standardSets.set(body, made)
  return made
}

/** A changed set in the form of its file; the marks of values that are still there stay. */
export function withValues<Body extends Readonly<GlobalValueSet | StandardValueSet>>(
  body: Body,
  values: NonNullable<GlobalValueSet['customValue']>,
): Body {
  const key = 'standardValue' in body ? 'standardValue' : 'customValue'
  return { ...body, [key]: values }
}
