/** Roll-up summaries that a deploy has to compute: new ones, and those that are made of something else than before. */
import { message } from '../base/message.ts'
import type { FieldModel, Model, ObjectModel } from '../model/model.ts'
import { inverse, type Renames } from '../model/renames.ts'
import type { DeployWork } from './deploy-work.ts'
import { answer, type Figures, type Question } from './figures.ts'
import type { PlanStep } from './plan.ts'
import { described, labelOfObject } from './plan-words.ts'
import { problemAt } from '../model/source-problem.ts'
import type { SourceProblem } from '../model/declaration.ts'
import { formulaInSql } from '../query/plan-formula.ts'
import { rollUpSignature, rollUpsOf } from '../query/roll-ups.ts'
import { sqliteDialect } from '../sql/sqlite-dialect.ts'

interface ModelPair {
  readonly now: Model
  readonly wanted: Model
  readonly renames: Renames
}

interface SummaryPair {
  /** "Object.Field" in the wanted model. */
  readonly key: string
  readonly from: FieldModel | undefined
  readonly to: FieldModel
}

/** Summaries of objects that are there already, with what they were. */
function pairs({ now, wanted, renames }: ModelPair): readonly SummaryPair[] {
  const oldObjects = inverse(renames.objects)
  return summariesOf(wanted).flatMap(({ object, field: to }) => {
    const oldName = oldObjects.get(object.name) ?? object.name
    const former = now.object(oldName)
    if (former === undefined) return []
    const oldField = inverse(renames.fields.get(oldName) ?? new Map()).get(to.name) ?? to.name
    const found = former.fields.find((field) => field.name === oldField)
    const from = found?.type.calculated === true ? found : undefined
    return [{ key: `${object.name}.${to.name}`, from, to }]
  })
}

function summariesOf(model: Model): readonly { object: ObjectModel; field: FieldModel }[] {
  return model.objectNames.flatMap((name) => {
    const fields = model.component('CustomObject', name)?.body.fields ?? []
    if (!fields.some((field) => field.type === 'Summary')) return []
    const object = model.object(name)
    if (object === undefined) return []
    return object.fields.flatMap((field) =>
      field.options.summary === undefined ? [] : [{ object, field }],
    )
  })
}

/** Those that keep their column in the wanted model although they are made of something else: they need another. */
export function summariesToRebind(models: ModelPair): ReadonlySet<string> {
  return new Set(
    pairs(models).flatMap(({ key, from, to }) =>
      from !== undefined &&
      sameColumn(from, to) &&
      !sameObjects(models, to) &&
      signature(models.now, from) !== signature(models.wanted, to)
        ? [key]
        : [],
    ),
  )
}

/** Those whose column is new: their values are computed before the model switches. */
export function summariesToCompute(models: ModelPair): ReadonlySet<string> {
  return new Set(
    pairs(models).flatMap(({ key, from, to }) =>
      from === undefined || !sameColumn(from, to) ? [key] : [],
    ),
  )
}

function sameColumn(from: FieldModel, to: FieldModel): boolean {
  return from.columns.get('')?.name.name === to.columns.get('')?.name.name
}

/** Both models hold the very same parent and child: a summary is made of nothing else. */
function sameObjects({ now, wanted }: ModelPair, summary: FieldModel): boolean {
  const child = summary.options.summary?.child ?? ''
  return [summary.object, child].every((name) => now.object(name) === wanted.object(name))
}

/** The words of one dialect are enough to compare by. */
function signature(model: Model, field: FieldModel): string {
  const object = model.object(field.object)
  if (object === undefined) throw new Error(`no object ${field.object}`)
  const wanted = (one: FieldModel): boolean => one === field
  const [relation] = rollUpsOf(model, object, { dialect: sqliteDialect, wanted })
  const [rollUp] = relation?.rollUps ?? []
  if (relation === undefined || rollUp === undefined) throw new Error(`no roll-up ${field.name}`)
  return rollUpSignature(relation, rollUp)
}

/** Summaries over formulas that the databases cannot compute. */
export function summaryProblems(model: Model): readonly SourceProblem[] {
  return summariesOf(model).flatMap(({ object, field }) => {
    const link = field.options.summary
    const child = model.object(link?.child ?? '')
    const declaration = model.component('CustomObject', object.name)
    if (link === undefined || child === undefined || declaration === undefined) return []
    const names = [
      ...(link.source === undefined ? [] : [link.source]),
      ...link.filters.map((one) => one.field),
    ]
    const slow = names.find((name) => {
      const source = child.fieldsByName.get(name.toLowerCase())
      return source?.formula !== undefined && !formulaInSql(model, source)
    })
    if (slow === undefined) return []
    const component = `${object.name}.${field.name}`
    const reason = message(
      'roll-up summary {rollUp} cannot be kept up to date: the formula of {field} cannot be computed by the database',
      { rollUp: component, field: `${child.name}.${slow}` },
    )
    const index = (declaration.body.fields ?? []).findIndex((one) => one.fullName === field.name)
    return [problemAt(declaration, ['fields', index], { component, reason })]
  })
}

/** How many records each computed summary reads and fills. */
export function summaryQuestions(work: DeployWork, now: Model): readonly Question[] {
  const names = [...work.summaries].flatMap((key) => {
    const found = summaryAt(work, key)
    return found === undefined ? [] : [found.parent, found.child]
  })
  return [...new Set(names)].flatMap((name) => {
    const object = oldNameOf(work, name)
    return now.object(object) === undefined ? [] : [{ kind: 'rows', object } as const]
  })
}

export function summarySteps(work: DeployWork, figures: Figures): readonly PlanStep[] {
  return [...work.summaries].flatMap((key): PlanStep[] => {
    const found = summaryAt(work, key)
    if (found === undefined) return []
    const rows = (name: string): number =>
      answer(figures, { kind: 'rows', object: oldNameOf(work, name) }).total
    const [parents, children] = [rows(found.parent), rows(found.child)]
    const told = message(
      'Computes roll-up summary {name} in batches beside normal traffic; parent records: {parents}, records of {child}: {children}.',
      {
        name: key,
        parents: { amount: parents },
        children: { amount: children },
        child: labelOfObject(work.wanted, found.child),
      },
    )
    const place = { object: found.parent, field: found.field }
    const figure = { affected: parents, total: parents }
    return [{ class: 'rewrites', ...described(told), ...place, ...figure, needsConsent: false }]
  })
}

function summaryAt(
  { wanted }: DeployWork,
  key: string,
): { readonly parent: string; readonly field: string; readonly child: string } | undefined {
  const [parent = '', field = ''] = key.split('.')
  const link = wanted.object(parent)?.fieldsByName.get(field.toLowerCase())?.options.summary
  return link && { parent, field, child: link.child }
}

function oldNameOf({ renames }: DeployWork, name: string): string {
  return inverse(renames.objects).get(name) ?? name
}
