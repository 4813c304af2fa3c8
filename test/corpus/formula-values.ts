/** Formula fields of records full of random values: as queries give them, and as the evaluator computes them. */
import fc from 'fast-check'
import { systemCaller } from '../../engine/auth/system-caller.ts'
import { computeResult } from '../../engine/formula/result.ts'
import type { FieldKind } from '../../engine/formula/types.ts'
import { analysedFormula } from '../../engine/model/ready-formula.ts'
import type { Column, FieldModel, ObjectModel } from '../../engine/model/model.ts'
import { resultText } from '../../engine/records/finish-formula.ts'
import { formulaNeeds } from '../../engine/records/formulas/formula-needs.ts'
import { environmentOf } from '../../engine/records/formulas/formula-row.ts'
import { loadRows, readBeside } from '../../engine/records/formulas/load-rows.ts'
import { createLookUps } from '../../engine/records/formulas/look-ups.ts'
import { knownOf, loadGlobals, surroundingsOf } from '../../engine/records/formulas/surroundings.ts'
import type { Caller } from '../../engine/records/records.ts'
import type { ColumnKind, ColumnValue } from '../../engine/sql/column-kind.ts'
import { identifier, joinSql, sql } from '../../engine/sql/sql.ts'
import { valueFor } from '../engine/formula/random-values.ts'
import type { Api } from '../support/api.ts'

type Value = string | boolean | null

/** By record and field. */
export type ValuesByPlace = Readonly<Record<string, Value>>

const lists: Readonly<Record<string, FieldKind>> = {
  Picklist: 'picklist',
  MultiselectPicklist: 'multipicklist',
}

const kinds: Readonly<Partial<Record<ColumnKind['kind'], FieldKind>>> = {
  boolean: 'boolean',
  date: 'date',
  instant: 'datetime',
  time: 'time',
  decimal: 'number',
}

/** Beyond what forms let in: the values of columns that a formula may meet. */
function arbitraryFor(field: FieldModel, column: Column): fc.Arbitrary<ColumnValue> {
  const { kind: given } = column
  const kind = lists[field.type.name] ?? kinds[given.kind] ?? 'text'
  const size = given.kind === 'decimal' ? given : {}
  return valueFor({ ...size, path: field.name, kind }).map((value) =>
    kind === 'boolean' ? value === true : (value as ColumnValue),
  )
}

function fillable(object: ObjectModel): readonly (readonly [FieldModel, Column])[] {
  return object.fields.flatMap((field) => {
    const column = field.columns.get('')
    const isOpen = !field.system && field.reference === undefined && field.name !== 'Name'
    // What is stored encrypted is no text for formulas.
    const isPlain = field.type.afterRead === undefined && field.type.name !== 'AutoNumber'
    return column !== undefined && isOpen && isPlain ? [[field, column] as const] : []
  })
}

export async function fillWithChance(
  { database }: Api,
  object: ObjectModel,
  { ids, seed }: { readonly ids: readonly string[]; readonly seed: number },
): Promise<void> {
  const columns = fillable(object)
  if (columns.length === 0) return
  const rows = fc.sample(
    fc.tuple(...columns.map(([field, column]) => arbitraryFor(field, column))),
    {
      seed,
      numRuns: ids.length,
    },
  )
  const { dialect } = database.storage
  await database.storage.write(async (tx) => {
    for (const [index, id] of ids.entries()) {
      const sets = columns.map(
        ([, { name, kind }], at) =>
          sql`${name} = ${dialect.bound(kind, rows[index]?.[at] ?? null)}`,
      )
      await tx.run(
        sql`update ${object.table} set ${joinSql(sets)} where ${identifier('Id')} = ${id}`,
      )
    }
  })
}

export function formulaFieldsOf(object: ObjectModel): readonly FieldModel[] {
  return object.fields.filter((field) => field.formula !== undefined)
}

/** With a clock that changes, unlike that of the system. */
export async function callerOf(api: Api): Promise<Caller> {
  const system = systemCaller(api.engine.deployer.store.current())
  const { body } = await api.engine.records.query(system, 'SELECT Id FROM User LIMIT 1')
  const found: { records: { Id: string }[] } = JSON.parse(Buffer.from(body).toString())
  return { ...system, userId: found.records[0]?.Id ?? '', timeZone: 'America/New_York' }
}

export async function queriedValues(
  api: Api,
  caller: Caller,
  object: ObjectModel,
): Promise<ValuesByPlace> {
  const names = formulaFieldsOf(object).map((field) => field.name)
  const soql = `SELECT Id, ${names.join(', ')} FROM ${object.name}`
  const { body } = await api.engine.records.query(caller, soql)
  // Numbers as texts: a double would lose digits, and a zero behind the point.
  const exact = Buffer.from(body)
    .toString()
    .replace(/("(?:[^"\\]|\\.)*")|(-?\d+(?:\.\d+)?)/g, (_, text, number) => text ?? `"${number}"`)
  const { records }: { records: Record<string, Value>[] } = JSON.parse(exact)
  return byPlace(
    records.flatMap((record) =>
      names.map((name) => [record['Id'], name, record[name] ?? null] as const),
    ),
  )
}

function byPlace(values: readonly (readonly [unknown, string, Value])[]): ValuesByPlace {
  return Object.fromEntries(values.map(([id, name, value]) => [`${String(id)} ${name}`, value]))
}

export async function evaluatedValues(
  api: Api,
  caller: Caller,
  { object, ids }: { readonly object: ObjectModel; readonly ids: readonly string[] },
): Promise<ValuesByPlace> {
  const model = api.engine.deployer.store.current()
  const reader = readBeside(api.database.storage)
  const all = formulaFieldsOf(object).map((field) => ({ field, ...analysedFormula(model, field) }))
  const needs = formulaNeeds(model, object, { formulas: all.map(({ formula }) => formula) })
  const rows = await loadRows(reader, { model, needs: needs.record, ids })
  const globals = await loadGlobals(reader, { model, needs, userIds: [caller.userId] })
  const lookUps = createLookUps(reader, model)
  const known = { now: api.clock.now, ...knownOf(globals, caller.userId), lookUp: lookUps.find }
  const surroundings = surroundingsOf(model, caller, known)
  const values: (readonly [string, string, Value])[] = []
  for (const [id, row] of rows) {
    for (const { field, formula, result } of all) {
      const outcome = await lookUps.answered(() =>
        computeResult(formula, environmentOf(row, surroundings), result),
      )
      const none = result.type === 'Checkbox' ? false : null
      const value = outcome.kind === 'value' ? resultText(outcome.value, result) : none
      values.push([id, field.name, value])
    }
  }
  return byPlace(values)
}
