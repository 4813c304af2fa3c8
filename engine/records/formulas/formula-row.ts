/** A record as formulas read it, and the environment in which they are evaluated. */
import type { Environment, RawValue } from '../../formula/environment.ts'
import { FormulaLimit } from '../../formula/problem.ts'
import { computeResult } from '../../formula/result.ts'
import type { FieldMention } from '../../formula/types.ts'
import type { ZoneTable } from '../../formula/zone.ts'
import { resolveMentionPath, type ResolvedMentionPath } from '../../model/formula-scope.ts'
import { analysedFormula } from '../../model/ready-formula.ts'
import type { FieldModel, Model, ObjectModel } from '../../model/model.ts'
import { settingKey, type SettingValues } from './load-settings.ts'

export interface FormulaRow {
  readonly object: ObjectModel
  /** Of a field with columns. */
  value(field: FieldModel): RawValue
  /** The record behind a lookup; undefined where there is none of the target. */
  parent(lookup: FieldModel, target: ObjectModel): FormulaRow | undefined
}

/** What formulas see beside the record. */
export interface Surroundings {
  readonly model: Model
  readonly now: number
  readonly zone: ZoneTable
  readonly user: FormulaRow | undefined
  readonly organization: FormulaRow | undefined
  /** Fields of custom settings as they hold for the user, by `settingKey`. */
  readonly settings: SettingValues
  mayCustom(permission: string): boolean
  /** A custom label in the language of the user; undefined where it is not translated. */
  labelText(name: string): string | undefined
  readonly lookUp?: Environment['lookUp']
}

/** What rules ask about the save itself. */
export type SaveFacts = Pick<Environment, 'prior' | 'isNew' | 'isClone'>

/** The environment of a formula of the row's object. */
export function environmentOf(
  row: FormulaRow,
  surroundings: Surroundings,
  ofSave: SaveFacts = {},
): Environment {
  const { now, lookUp } = surroundings
  return {
    read: readerOf(row, surroundings),
    now,
    get zone() {
      return surroundings.zone
    },
    ...ofSave,
    ...(lookUp === undefined ? {} : { lookUp }),
  }
}

/** Values of mentions as the row holds them. */
export function readerOf(
  row: FormulaRow,
  surroundings: Surroundings,
): (mention: FieldMention) => RawValue {
  const places = placesOf(surroundings.model, row.object)
  return ({ path }) => {
    const known = places.get(path)
    const place = known ?? resolveMentionPath(surroundings.model, row.object, path)
    if (known === undefined) places.set(path, place)
    return valueAt(row, place, surroundings)
  }
}

type Places = Map<string, ResolvedMentionPath>

const placesByModel = new WeakMap<Model, Map<ObjectModel, Places>>()

/** Paths are resolved once per model and object. */
function placesOf(model: Model, object: ObjectModel): Places {
  const ofModel = placesByModel.get(model) ?? new Map<ObjectModel, Places>()
  placesByModel.set(model, ofModel)
  const places = ofModel.get(object) ?? (new Map() as Places)
  ofModel.set(object, places)
  return places
}

function valueAt(
  row: FormulaRow,
  place: ResolvedMentionPath,
  surroundings: Surroundings,
): RawValue {
  if (place.global !== undefined) return globalValue(place.global, surroundings)
  let at: FormulaRow | undefined = row
  for (let index = 0; index < place.parents.length; index++) {
    const [lookup, target] = [place.parents[index], place.objects[index]]
    if (lookup === undefined || target === undefined) return null
    at = at.parent(lookup, target)
    if (at === undefined) return null
  }
  return fieldOf(at, place.field, surroundings)
}

function fieldOf(row: FormulaRow, field: FieldModel, surroundings: Surroundings): RawValue {
  if (field.formula !== undefined) return computed(row, field, surroundings)
  if (field.columns.size > 0 || field.components.length === 0) return row.value(field)
  return locationOf(row, field)
}

/** The value that a formula field has for the row as it is. */
function computed(row: FormulaRow, field: FieldModel, surroundings: Surroundings): RawValue {
  const { formula, result } = analysedFormula(surroundings.model, field)
  const outcome = computeResult(formula, environmentOf(row, surroundings), result)
  if (outcome.kind === 'value') return outcome.value
  // Whoever relies on the formula must know that nothing is said of its value.
  if (outcome.beyondLimit) throw new FormulaLimit(outcome.told)
  return null
}

/** A location has no column of its own: latitude and longitude are fields. */
function locationOf(row: FormulaRow, { components }: FieldModel): RawValue {
  const [latitude = null, longitude = null] = components.map((name) => {
    const part = row.object.fieldsByName.get(name.toLowerCase())
    const value = part === undefined ? null : row.value(part)
    return typeof value === 'number' || typeof value === 'string' ? value : null
  })
  return { latitude, longitude }
}

type Global = Extract<ResolvedMentionPath, { global: object }>['global']

function globalValue({ source }: Global, surroundings: Surroundings): RawValue {
  switch (source.from) {
    case 'user':
    case 'organization': {
      const row = surroundings[source.from]
      return row === undefined
        ? null
        : readerOf(row, surroundings)({ kind: 'text', path: source.path.join('.') })
    }
    case 'label':
      return surroundings.labelText(source.name) ?? source.value
    case 'setting':
      return surroundings.settings.get(settingKey(source.object, source.field)) ?? null
    case 'permission':
      return surroundings.mayCustom(source.name)
    case 'model':
      return source.value
    case 'field':
      return null
  }
}
