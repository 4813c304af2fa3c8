/** What formulas read: stored fields of the record itself and of its parents, of the user and of the organisation. */
import type { Formula } from '../../formula/tree.ts'
import { resolveMentionPath } from '../../model/formula-scope.ts'
import { analysedFormula } from '../../model/ready-formula.ts'
import type { FieldModel, Model, ObjectModel } from '../../model/model.ts'
import type { SettingNeeds } from './load-settings.ts'

/** Of one record: fields with columns, and what is read of the records that it looks up. */
export interface RecordNeeds {
  readonly object: ObjectModel
  readonly fields: Set<FieldModel>
  /** By `parentKey`. */
  readonly parents: Map<string, ParentNeeds>
}

export interface ParentNeeds {
  readonly lookup: FieldModel
  readonly needs: RecordNeeds
}

export interface FormulaNeeds {
  readonly record: RecordNeeds
  /** Formula fields on the way; what they read is among the rest. */
  readonly computed: ReadonlySet<FieldModel>
  /** Of the record of the user who asks. */
  readonly user: RecordNeeds | undefined
  readonly organization: RecordNeeds | undefined
  /** Of custom settings, as they hold for the user. */
  readonly settings: SettingNeeds
}

/** A lookup may lead to several objects; formulas name the one they mean. */
export function parentKey(lookup: FieldModel, target: ObjectModel): string {
  return `${lookup.name} ${target.name}`
}

export interface Readers {
  readonly formulas?: Iterable<Formula>
  /** Canonical paths of single mentions. */
  readonly paths?: Iterable<string>
}

export function formulaNeeds(
  model: Model,
  object: ObjectModel,
  { formulas = [], paths = [] }: Readers,
): FormulaNeeds {
  const collector = new Collector(model, object)
  for (const formula of formulas) collector.addFormula(collector.record, formula)
  for (const path of paths) collector.addPath(collector.record, path)
  return collector
}

function nothingOf(object: ObjectModel): RecordNeeds {
  return { object, fields: new Set(), parents: new Map() }
}

class Collector implements FormulaNeeds {
  readonly record: RecordNeeds
  readonly computed = new Set<FieldModel>()
  user: RecordNeeds | undefined
  organization: RecordNeeds | undefined
  readonly settings = new Map<ObjectModel, Set<FieldModel>>()
  readonly #model: Model

  constructor(model: Model, object: ObjectModel) {
    this.#model = model
    this.record = nothingOf(object)
  }

  /** The mentions of a formula of `at.object`. */
  addFormula(at: RecordNeeds, formula: Formula): void {
    for (const mention of formula.mentions) {
      if (mention.fieldOf === undefined) this.addPath(at, mention.path)
    }
  }

  addPath(at: RecordNeeds, path: string): void {
    const found = resolveMentionPath(this.#model, at.object, path)
    if (found.global !== undefined) {
      const { source } = found.global
      if (source.from === 'user') this.user = this.#global(this.user, 'User', source.path)
      if (source.from === 'organization') {
        this.organization = this.#global(this.organization, 'Organization', source.path)
      }
      if (source.from === 'setting') this.#addSetting(source.object, source.field)
      return
    }
    let place = at
    found.parents.forEach((lookup, index) => {
      const target = found.objects[index]
      if (target !== undefined) place = parentOf(place, lookup, target)
    })
    this.#addField(place, found.field)
  }

  #addField(at: RecordNeeds, field: FieldModel): void {
    if (field.formula !== undefined) {
      this.computed.add(field)
      return this.addFormula(at, analysedFormula(this.#model, field).formula)
    }
    if (field.columns.size > 0) at.fields.add(field)
    for (const name of field.components) {
      const part = at.object.fieldsByName.get(name.toLowerCase())
      if (part !== undefined) at.fields.add(part)
    }
  }

  #addSetting(name: string, fieldName: string): void {
    const object = this.#model.object(name)
    const field = object?.fieldsByName.get(fieldName.toLowerCase())
    if (object === undefined || field === undefined) return
    const fields = this.settings.get(object) ?? new Set()
    this.settings.set(object, fields.add(field))
  }

  #global(
    known: RecordNeeds | undefined,
    name: string,
    path: readonly string[],
  ): RecordNeeds | undefined {
    const object = this.#model.object(name)
    const needs = known ?? (object && nothingOf(object))
    if (needs !== undefined) this.addPath(needs, path.join('.'))
    return needs
  }
}

function parentOf(at: RecordNeeds, lookup: FieldModel, target: ObjectModel): RecordNeeds {
  at.fields.add(lookup)
  const key = parentKey(lookup, target)
  const known = at.parents.get(key)
  if (known !== undefined) return known.needs
  const made = { lookup, needs: nothingOf(target) }
  at.parents.set(key, made)
  return made.needs
}
