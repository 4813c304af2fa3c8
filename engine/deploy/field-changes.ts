/** What an update of a field asks of the records that are there; pure. */
import type { ModelChange } from '../model/compare-models.ts'
import type { FieldModel, Model } from '../model/model.ts'
import { inverse, type Renames } from '../model/renames.ts'
import type { Question } from './figures.ts'

/** A field before and after, under its present and its wanted name. */
export interface FieldPair {
  readonly object: string
  readonly wantedObject: string
  readonly from: FieldModel | undefined
  readonly to: FieldModel | undefined
}

export interface ModelPair {
  readonly now: Model
  readonly wanted: Model
  readonly renames: Renames
}

/** The field that a change is about, in both models. */
export function fieldPair(change: ModelChange, models: ModelPair): FieldPair {
  const dot = change.fullName.indexOf('.')
  const wantedObject = change.fullName.slice(0, dot)
  const name = change.fullName.slice(dot + 1)
  const object = inverse(models.renames.objects).get(wantedObject) ?? wantedObject
  const oldName = inverse(models.renames.fields.get(object) ?? new Map()).get(name) ?? name
  return {
    object,
    wantedObject,
    from: change.change === 'create' ? undefined : ownField(models.now, object, oldName),
    to: change.change === 'delete' ? undefined : ownField(models.wanted, wantedObject, name),
  }
}

/** By its present name alone: a previous name is not the field. */
function ownField(model: Model, object: string, name: string): FieldModel | undefined {
  const field = model.object(object)?.fieldsByName.get(name.toLowerCase())
  return field?.name === name ? field : undefined
}

export function isConverted({ from, to }: FieldPair): boolean {
  if (from === undefined || to === undefined) return false
  const [before] = from.columns.values()
  const [after] = to.columns.values()
  return before !== undefined && after !== undefined && before.name.name !== after.name.name
}

/** Values that are there lie in columns that the field as it is wanted does not have, nor carries over. */
export function losesColumns({ from, to }: FieldPair): boolean {
  if (from === undefined || to === undefined) return false
  const stores = (field: FieldModel): boolean => field.columns.size + field.components.length > 0
  if (!stores(from)) return false
  if (from.type !== to.type && from.components.length + to.components.length > 0) return true
  return !stores(to)
}

export function becomesRequired({ from, to }: FieldPair): boolean {
  return to?.required === true && from?.required !== true && to.createable
}

/** A new field whose default the records that are there get as well. */
export function populatesExisting({ from, to }: FieldPair): boolean {
  return from === undefined && to?.createable === true && to.options.populateExistingRows === true
}

export function becomesUnique({ from, to }: FieldPair): boolean {
  if (to?.unique !== true) return false
  if (from?.unique !== true) return from !== undefined
  return uniquePart(from) !== uniquePart(to)
}

function uniquePart(field: FieldModel): string {
  return field.type.uniqueColumn?.(field.options) ?? ''
}

/** Attributes that bound values: with one of them changed, values that are there may not fit any more. */
const bounds = ['length', 'precision', 'scale', 'minimum', 'maximum'] as const

export function becomesNarrower({ from, to }: FieldPair): boolean {
  if (from === undefined || to === undefined || from.type !== to.type) return false
  // Nothing is stored of a formula that could be too long.
  if (to.formula !== undefined) return false
  const narrowed = bounds.some((bound) => isLower(from.options[bound], to.options[bound]))
  return narrowed || losesTargets(from, to) || becomesRestricted(from, to)
}

function isLower(before: number | undefined, after: number | undefined): boolean {
  return after !== undefined && (before === undefined || after < before)
}

/** Records of an object that the field may point at no more. */
function losesTargets(from: FieldModel, to: FieldModel): boolean {
  const targets = new Set(to.reference?.targets)
  return from.reference?.targets.some((target) => !targets.has(target)) === true
}

/** A list that was open may have been given other values than its own. */
function becomesRestricted(from: FieldModel, to: FieldModel): boolean {
  // Values that leave the list are counted one by one.
  return to.options.valueSet?.restricted === true && from.options.valueSet?.restricted !== true
}

/** What must be counted before the change can be judged. */
export function fieldQuestions(pair: FieldPair): readonly Question[] {
  const { object, from, to } = pair
  if ((to ?? from)?.type.calculated === true) return []
  if (from === undefined) {
    return becomesRequired(pair) || populatesExisting(pair) ? [{ kind: 'rows', object }] : []
  }
  const field = from.name
  if (to === undefined) return [{ kind: 'filled', object, field }]
  const questions: Question[] = []
  if (losesColumns(pair)) {
    const names = [field, ...from.components]
    for (const name of names) questions.push({ kind: 'filled', object, field: name })
  } else if (isConverted(pair)) {
    questions.push({ kind: 'filled', object, field }, { kind: 'unfit', object, field })
  } else if (becomesNarrower(pair)) questions.push({ kind: 'unfit', object, field })
  if (becomesRequired(pair)) questions.push({ kind: 'empty', object, field })
  if (becomesUnique(pair)) questions.push({ kind: 'duplicates', object, field })
  return questions
}
