/** VLOOKUP: formulas are evaluated without waiting, so what they look up is read and the work is done again. */
import { fullAccess } from '../../access/full-access.ts'
import type { Environment, RawValue } from '../../formula/environment.ts'
import type { FieldModel, Model, ObjectModel } from '../../model/model.ts'
import { compileFindByKey } from '../../query/compile-find-by-key.ts'
import { loadRows, type RowReader } from './load-rows.ts'

type LookUp = NonNullable<Environment['lookUp']>
type Search = Parameters<LookUp>[0]

export interface LookUps {
  readonly find: LookUp
  /** The result of the work once all that it looked up is known. */
  answered<Result>(work: () => Result): Promise<Result>
}

/** Thrown out of an evaluation that asks for what is not read yet. */
class NotRead extends Error {
  readonly key: string
  readonly search: Search

  constructor(key: string, search: Search) {
    super('a value has to be looked up first')
    this.name = 'NotRead'
    this.key = key
    this.search = search
  }
}

export function createLookUps(reader: RowReader, model: Model): LookUps {
  const known = new Map<string, RawValue>()
  const find: LookUp = (search) => {
    const key = JSON.stringify([search.give.path, search.where.path, search.equals])
    if (!known.has(key)) throw new NotRead(key, search)
    return known.get(key)
  }
  return {
    find,
    answered: async (work) => {
      // Each round knows one value more, and a formula has a bounded number of steps.
      for (;;) {
        try {
          return work()
        } catch (error) {
          if (!(error instanceof NotRead)) throw error
          known.set(error.key, await lookUp(reader, model, error.search))
        }
      }
    },
  }
}

/** The value in the first record that has the other one; null when there is none. */
async function lookUp(reader: RowReader, model: Model, search: Search): Promise<RawValue> {
  const { give, where, equals } = search
  const object = model.object(give.fieldOf?.object ?? '')
  const given = object && fieldOf(object, give.fieldOf?.field)
  const asked = object && fieldOf(object, where.fieldOf?.field)
  if (object === undefined || given === undefined || asked === undefined) return null
  const comparison = asked.type.comparison?.(asked.options)
  const column = asked.columns.get(comparison?.column ?? '')
  const value = comparison?.value(equals) ?? null
  if (column === undefined || value === null || typeof value === 'object') return null
  const { dialect } = reader
  const query = compileFindByKey(object, { column, value }, { dialect, access: fullAccess(model) })
  const [row] = await reader.read(query, {})
  const id = row === undefined ? undefined : String(row['id'])
  if (id === undefined) return null
  const needs = { object, fields: new Set([given]), parents: new Map() }
  const found = await loadRows(reader, { model, needs, ids: [id] })
  return found.get(id)?.value(given) ?? null
}

function fieldOf(object: ObjectModel, name = ''): FieldModel | undefined {
  return object.fieldsByName.get(name.toLowerCase())
}
