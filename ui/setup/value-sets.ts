/** Value sets as Setup works with them: those of administrators and those of standard fields alike. */
import { metadata } from '../api.ts'
import type { ComponentSummary } from '../base/wire-metadata.ts'
import type { StandardValueSetBody, ValueSetBody } from './component-bodies.ts'
import { loadAll, loadBody, type Component } from './setup-api.ts'

export type ValueSetType = 'GlobalValueSet' | 'StandardValueSet'

export interface ValueSet extends Component<ValueSetBody> {
  readonly type: ValueSetType
}

export async function loadValueSets(): Promise<readonly ValueSet[]> {
  const [own, standard] = await Promise.all([
    loadAll('GlobalValueSet'),
    loadAll('StandardValueSet'),
  ])
  return [
    ...own.map((set) => ({ ...set, type: 'GlobalValueSet' as const })),
    ...standard.map(({ body, ...set }) => ({
      ...set,
      type: 'StandardValueSet' as const,
      body: inOneForm(body),
    })),
  ].toSorted((one, other) => one.label.localeCompare(other.label))
}

export async function listValueSets(): Promise<readonly ComponentSummary[]> {
  const lists = await Promise.all([
    metadata.list('GlobalValueSet'),
    metadata.list('StandardValueSet'),
  ])
  return lists.flat()
}

/** The set that a field takes its values from. */
export async function loadValueSet(name: string): Promise<ValueSetBody> {
  const found = (await listValueSets()).find((one) => one.fullName === name)
  if (found?.type !== 'StandardValueSet') return loadBody('GlobalValueSet', name)
  return inOneForm(await loadBody('StandardValueSet', name))
}

function inOneForm({ standardValue, ...rest }: StandardValueSetBody): ValueSetBody {
  return { ...rest, customValue: standardValue ?? [] }
}

/** As the set's own file says it; a standard set has neither label nor description. */
export function valueSetFile(
  type: ValueSetType,
  body: ValueSetBody,
): ValueSetBody | StandardValueSetBody {
  if (type === 'GlobalValueSet') return body
  const { masterLabel: _label, description: _text, customValue, ...rest } = body
  return { ...rest, standardValue: customValue ?? [] }
}
