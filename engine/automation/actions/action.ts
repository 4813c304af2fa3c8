/** What an invocable action is: called by flows, guided processes and programs under one name, with checked inputs. */
import type { Clock } from '../../base/clock.ts'
import type { Model } from '../../model/model.ts'
import type { Models } from '../../records/record-parts.ts'
import type { Caller, Records } from '../../records/records.ts'
import type { Transaction } from '../../storage/storage.ts'

/** The public words for the types of inputs and outputs. */
export type ActionValueType =
  | 'BOOLEAN'
  | 'DATE'
  | 'DATETIME'
  | 'DOUBLE'
  | 'ID'
  | 'INTEGER'
  | 'SOBJECT'
  | 'STRING'
  /** Whatever JSON has. */
  | 'ANY'

export interface ActionParameter {
  readonly name: string
  readonly label: string
  readonly description: string
  readonly type: ActionValueType
  readonly required?: boolean
  /** A list of such values. */
  readonly isList?: boolean
  /** Of a record: its object. */
  readonly sobjectType?: string
  /** What can be chosen, in the words of the model; undefined for whoever may not know of it. */
  choices?(model: Model, caller: Caller): readonly ActionChoice[] | undefined
}

export interface ActionChoice {
  readonly value: string
  readonly label: string
}

/** By the name of the parameter; values as JSON has them, records as plain objects. */
export type ActionValues = ReadonlyMap<string, unknown>

/** What an action may use: it does all its work in the unit of work of whoever calls it. */
export interface ActionCall {
  /** By whose rights it reads and writes. */
  readonly caller: Caller
  /** Within the unit of work. */
  readonly records: Records
  /** What goes out of the house waits for `afterCommit`, or is a row of this unit. */
  readonly tx: Transaction
  readonly models: Models
  readonly clock: Clock
}

export interface InvocableAction {
  /** As addresses and flows name it: "newTask". */
  readonly name: string
  /** The `actionType` of flows: "emailSimple"; that of flows themselves is "flow". */
  readonly type: string
  readonly label: string
  readonly description: string
  readonly inputs: readonly ActionParameter[]
  readonly outputs: readonly ActionParameter[]
  /** One answer for each of the inputs, in order; a refusal is one of them all, and undoes the unit of work. */
  run(call: ActionCall, inputs: readonly ActionValues[]): Promise<readonly ActionValues[]>
}
