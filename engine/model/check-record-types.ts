/** Record types: what they limit are picklists, and their values are values of these picklists. */
import { message, type Message } from '../base/message.ts'
import type { RecordTypePicklistValue } from '../../metadata/types.ts'
import { nearestName } from '../base/nearest-name.ts'
import type { SourceProblem } from './declaration.ts'
import type { FieldSketch, ObjectOutline } from './object-outline.ts'
import { picklistEntries, type ValueSetLookup } from './picklist-entries.ts'
import { pickedValue } from './record-types.ts'
import { didYouMean, problemAt, type Pointer } from './source-problem.ts'

interface CheckedTypes {
  readonly problems: readonly SourceProblem[]
  /** Values of the platform that a picklist of this model does not have. */
  readonly kept: readonly Message[]
}

export function checkRecordTypes(outline: ObjectOutline, valueSets: ValueSetLookup): CheckedTypes {
  const problems: SourceProblem[] = []
  const kept: Message[] = []
  const types = outline.declaration.body.recordTypes ?? []
  types.forEach((type, index) => {
    for (const [position, limit] of (type.picklistValues ?? []).entries()) {
      const pointer = ['recordTypes', index, 'picklistValues', position]
      const component = `${outline.name}.${type.fullName}`
      const field = outline.byName.get(limit.picklist.toLowerCase())
      // An unknown field is found among the mentions.
      if (field === undefined) continue
      const found = checkLimit({ outline, component, pointer, field, limit, valueSets })
      problems.push(...found.problems)
      kept.push(...found.kept)
    }
  })
  return { problems, kept }
}

interface LimitCheck {
  readonly outline: ObjectOutline
  readonly component: string
  readonly pointer: Pointer
  readonly field: FieldSketch
  readonly limit: RecordTypePicklistValue
  readonly valueSets: ValueSetLookup
}

function checkLimit(check: LimitCheck): CheckedTypes {
  const { outline, component, pointer, field, limit, valueSets } = check
  const declared = picklistEntries(field.options, valueSets)?.map((entry) => entry.value)
  if (declared === undefined) {
    const reason = message('record type {component} limits {field}, which is no picklist', {
      component,
      field: field.name,
    })
    return { problems: [problemAt(outline.declaration, pointer, { reason, component })], kept: [] }
  }
  const problems: SourceProblem[] = []
  const kept: Message[] = []
  for (const [index, { fullName }] of (limit.values ?? []).entries()) {
    if (declared.includes(fullName) || declared.includes(pickedValue(fullName))) continue
    const reason = message('record type {component} names "{value}", which {field} does not have', {
      component,
      value: fullName,
      field: field.name,
    })
    // The platform's own lists have other values than ours.
    if (!/__c$/i.test(field.name)) {
      kept.push(reason)
      continue
    }
    const suggestion = didYouMean(nearestName(fullName, declared))
    const place = [...pointer, 'values', index, 'fullName']
    problems.push(problemAt(outline.declaration, place, { reason, suggestion, component }))
  }
  return { problems, kept }
}
