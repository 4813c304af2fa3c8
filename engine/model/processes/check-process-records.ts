/** The records of a guided service: whether what they are made of is there by the time they are made. */
import type {
  ServiceProcessInputAssignment,
  ServiceProcessRecordCreate,
  ServiceProcessRecordUpdate,
} from '../../../metadata/types.ts'
import { message } from '../../base/message.ts'
import type { Pointer } from '../source-problem.ts'
import { checkFormula, fieldNamed, truth, type ProcessCheck } from './process-check.ts'
import { processScope } from './process-scope.ts'

type RecordPart = Readonly<ServiceProcessRecordCreate> | Readonly<ServiceProcessRecordUpdate>

/** The record that the process was started from. */
export const startedFrom = '$Record'

export function checkRecords(check: ProcessCheck): void {
  const { service } = check
  /** Name of a record → the repeated group for whose entries it is made. */
  const made = new Map<string, string | undefined>()
  service.recordCreates?.forEach((record, at) => {
    checkRecord(check, record, { pointer: ['recordCreates', at], made })
    made.set(record.name.toLowerCase(), record.collectionReference)
  })
  service.recordUpdates?.forEach((record, at) => {
    const place = { pointer: ['recordUpdates', at], made }
    checkRecord(check, record, place)
    const pointer = ['recordUpdates', at, 'recordReference']
    checkReference(check, record.recordReference, { ...place, pointer, record })
  })
}

interface RecordPlace {
  readonly pointer: Pointer
  readonly made: ReadonlyMap<string, string | undefined>
}

function checkRecord(check: ProcessCheck, record: RecordPart, place: RecordPlace): void {
  const { service, fields, index, report } = check
  const { collectionReference: group, conditionFormula, inputAssignments } = record
  const isRepeated = service.serviceProcessItemGroups?.some(
    (one) => one.apiName === group && one.isRepeated === true,
  )
  if (group !== undefined && isRepeated !== true) {
    const pointer = [...place.pointer, 'collectionReference']
    report(pointer, message('there is no repeated group "{name}"', { name: group }))
  }
  const scope = processScope({ service, fields, index, entryOf: group })
  const pointer = [...place.pointer, 'conditionFormula']
  checkFormula(check, conditionFormula, { pointer, scope, result: truth })
  inputAssignments?.forEach((assignment, at) => {
    const own = [...place.pointer, 'inputAssignments', at]
    checkFormula(check, assignment.formula, { pointer: [...own, 'formula'], scope })
    checkSources(check, assignment, own)
    const reference = assignment.value?.elementReference
    if (reference === undefined) return
    checkReference(check, reference, { ...place, pointer: [...own, 'value'], record })
  })
}

/** Exactly one source of the value. */
function checkSources(
  { report }: ProcessCheck,
  { value, formula }: ServiceProcessInputAssignment,
  pointer: Pointer,
): void {
  const count = Object.values(value ?? {}).filter((one) => one !== undefined).length
  if (count + (formula === undefined ? 0 : 1) === 1) return
  report(pointer, message('a field gets its value from one place: a value or a formula'))
}

function checkReference(
  { fields, report }: ProcessCheck,
  reference: string,
  { pointer, made, record }: RecordPlace & { readonly record: RecordPart },
): void {
  if (reference === startedFrom) return
  const group = record.collectionReference
  const isOpen = (repeatedIn: string | undefined): boolean =>
    repeatedIn === undefined || repeatedIn === group
  const field = fieldNamed(fields, reference)
  if (field !== undefined && isOpen(field.repeatedIn)) return
  const name = reference.toLowerCase()
  if (group?.toLowerCase() === name) return
  if (made.has(name) && isOpen(made.get(name))) return
  report(
    pointer,
    message('"{name}" is no attribute, and no record that is made before', { name: reference }),
  )
}
