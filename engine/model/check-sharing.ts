/** Sharing: what rules compare can be compared, and what grants are made of is there. */
import type { CustomObject, SharingRules } from '../../metadata/types.ts'
import { limits } from '../base/limits.ts'
import { message, type Message } from '../base/message.ts'
import type { Declaration, SourceProblem } from './declaration.ts'
import { parseFilterLogic } from './filter-logic.ts'
import { isObject, type ModelIndex } from './model-index.ts'
import type { ObjectOutline } from './object-outline.ts'
import { problemAt, type Pointer } from './source-problem.ts'
import { readSummaryFilter } from './summary-filter.ts'

type SharingBody = Readonly<SharingRules>
type CriteriaRule = NonNullable<SharingRules['sharingCriteriaRules']>[number]

export function checkSharing(
  declaration: Declaration,
  index: ModelIndex,
): readonly SourceProblem[] {
  if (isObject(declaration)) return checkGrants(declaration, index)
  return declaration.type === 'SharingRules' ? checkRules(declaration, index) : []
}

function checkRules(declaration: Declaration, index: ModelIndex): readonly SourceProblem[] {
  const { sharingCriteriaRules: byValue = [], sharingOwnerRules: byOwner = [] } =
    declaration.body as SharingBody
  const outline = index.outlines.get(declaration.fullName.toLowerCase())
  const told = (pointer: Pointer, reason: Message): SourceProblem =>
    problemAt(declaration, pointer, { reason, component: declaration.fullName })
  if (outline === undefined) {
    const object = declaration.fullName
    return [
      told([], message('there is no object {object} whose records it could share', { object })),
    ]
  }
  const levels = [
    ...byOwner.map((rule, at) => ({ rule, pointer: ['sharingOwnerRules', at] })),
    ...byValue.map((rule, at) => ({ rule, pointer: ['sharingCriteriaRules', at] })),
  ].flatMap(({ rule: { fullName, accessLevel = '' }, pointer }) =>
    ['Read', 'Edit', 'All', 'None'].includes(accessLevel)
      ? []
      : [
          told(
            pointer,
            message('rule {rule} needs the accessLevel Read or Edit', { rule: fullName }),
          ),
        ],
  )
  const criteria = byValue.flatMap((rule, at) =>
    criteriaProblems(outline, rule).map(({ pointer, reason }) =>
      told(
        ['sharingCriteriaRules', at, ...pointer],
        message('rule {rule}: {reason}', { rule: rule.fullName, reason }),
      ),
    ),
  )
  return [...levels, ...criteria]
}

interface Fault {
  readonly pointer: Pointer
  readonly reason: Message
}

function criteriaProblems(outline: ObjectOutline, rule: CriteriaRule): readonly Fault[] {
  const items = rule.criteriaItems ?? []
  if (items.length === 0 || items.length > limits.sharingCriteriaMax) {
    const max = limits.sharingCriteriaMax
    const reason = message('rule {rule} needs 1 to {max} criteriaItems (sharingCriteriaMax)', {
      rule: rule.fullName,
      max,
    })
    return [{ pointer: [], reason }]
  }
  const { problem } = parseFilterLogic(rule.booleanFilter, items.length)
  const logic = problem === undefined ? [] : [{ pointer: ['booleanFilter'], reason: problem }]
  return [
    ...logic,
    ...items.flatMap((item, at): Fault[] => {
      const pointer = ['criteriaItems', at]
      const field = outline.byName.get(item.field.split('.').at(-1)?.toLowerCase() ?? '')
      // An unknown field is found among the mentions.
      if (field === undefined) return []
      if (field.formula !== undefined || field.type.calculated === true) {
        const reason = message('{field} is computed; compare a stored field', {
          field: field.name,
        })
        return [{ pointer, reason }]
      }
      const filter = readSummaryFilter(field, item)
      return 'reason' in filter ? [{ pointer, reason: filter.reason }] : []
    }),
  ]
}

/** A grant that cannot be asked would open nothing, and nobody would know why. */
function checkGrants(
  declaration: Declaration<'CustomObject'>,
  index: ModelIndex,
): readonly SourceProblem[] {
  const body: Readonly<CustomObject> = declaration.body
  const outline = index.outlines.get(declaration.fullName.toLowerCase())
  if (outline === undefined) return []
  const problems: SourceProblem[] = []
  for (const [at, grant] of (body.sharingGrants ?? []).entries()) {
    for (const path of [grant.accessLevel, ...(grant.active ?? [])]) {
      if (hasPath(outline, index, path)) continue
      const reason = message(
        '{object} grants by {path}, which is neither a field nor a field over one of its lookups (Lookup.Field)',
        { object: declaration.fullName, path },
      )
      const component = declaration.fullName
      problems.push(problemAt(declaration, ['sharingGrants', at], { reason, component }))
    }
  }
  return problems
}

function hasPath(outline: ObjectOutline, index: ModelIndex, path: string): boolean {
  const [first = '', second] = path.split('.')
  const field = outline.byName.get(first.toLowerCase())
  if (second === undefined || field === undefined) return field !== undefined
  const target = field.options.referenceTo?.[0]
  return index.outlines.get(target?.toLowerCase() ?? '')?.byName.has(second.toLowerCase()) === true
}
