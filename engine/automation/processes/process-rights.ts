/** Who may run a guided process: whoever may do and see everything that it does and asks. For others it does not exist. */
import type { ServiceProcess, ServiceProcessInputAssignment } from '../../../metadata/types.ts'
import { Refusal } from '../../base/refusal.ts'
import type { Model } from '../../model/model.ts'
import { choicesOf, recordCreatesOf } from '../../model/processes/process-parts.ts'
import { resolvePath, resolvePolymorphic, type Gate } from '../../query/resolve.ts'
import { gateOf } from '../../records/targets.ts'
import type { Caller } from '../../records/records.ts'

/** True for everything that the process needs, whatever is answered. */
export function mayRun(model: Model, caller: Caller, process: Readonly<ServiceProcess>): boolean {
  const { access } = caller
  const { customPermission: permission } = process
  if (permission !== undefined && !access.hasCustom(permission)) return false
  const gate = gateOf(model, caller)
  return mayAsk(gate, process) && mayCreate(gate, process) && mayUpdate(gate, process)
}

function mayAsk(gate: Gate, process: Readonly<ServiceProcess>): boolean {
  const fields = (process.serviceProcessAttributes ?? []).flatMap(
    ({ objectField }) => objectField ?? [],
  )
  const isOpen = fields.every((name) => {
    const [object = '', ...path] = name.split('.')
    return maySeePath(gate, object, path.join('.'))
  })
  return (
    isOpen &&
    choicesOf(process).every(({ choices }) => {
      const { object, valueField = 'Id', displayFields = [], sortField } = choices
      const { filters = [], outputAssignments = [] } = choices
      const named = [...filters, ...outputAssignments].map(({ field }) => field)
      const paths = [...displayFields, ...named, ...(sortField === undefined ? [] : [sortField])]
      return [valueField, ...paths].every((path) => maySeePath(gate, object, path))
    })
  )
}

function maySeePath(gate: Gate, name: string, path: string): boolean {
  const object = gate.model.object(name)
  if (object === undefined || !gate.access.mayObject(object.name, 'read')) return false
  try {
    if (resolvePolymorphic(gate, object, path) !== undefined) return true
    resolvePath(gate, object, path)
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

function mayCreate(gate: Gate, process: Readonly<ServiceProcess>): boolean {
  return recordCreatesOf(process).every(({ object: name, recordType, inputAssignments }) => {
    const object = gate.model.object(name)
    if (object === undefined || !gate.access.mayObject(object.name, 'create')) return false
    const types = gate.access.recordTypes(object)
    if (recordType !== undefined && !types.some((one) => one.name === recordType)) return false
    return mayAssign(gate, object.name, inputAssignments)
  })
}

function mayUpdate(gate: Gate, process: Readonly<ServiceProcess>): boolean {
  return (process.recordUpdates ?? []).every(({ object: name, inputAssignments }) => {
    const object = gate.model.object(name)
    if (object === undefined || !gate.access.mayObject(object.name, 'edit')) return false
    return mayAssign(gate, object.name, inputAssignments)
  })
}

function mayAssign(
  gate: Gate,
  name: string,
  assignments: readonly ServiceProcessInputAssignment[] | undefined,
): boolean {
  const object = gate.model.object(name)
  return (assignments ?? []).every(({ field: given }) => {
    const field = object?.fieldsByName.get(given.toLowerCase())
    return field !== undefined && gate.access.mayField(field.object, field.name, 'edit')
  })
}
