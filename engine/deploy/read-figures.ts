/** Reads from the data what a plan has to say of it. */
import type { DeployContext } from './context.ts'
import type { DeployWork } from './deploy-work.ts'
import { questionKey, type Figures, type Finding, type Question } from './figures.ts'
import { identifier, integerLiteral, sql, type Sql } from '../sql/sql.ts'
import type { FieldModel, ObjectModel } from '../model/model.ts'
import { countFailing } from './count-failing.ts'
import { countUnfit } from './convert-values.ts'
import { onHold } from './held-records.ts'
import { holding, severalChosen } from './holding.ts'
import { replacedBy } from './value-moves.ts'

const examplesMax = 5

export async function readFigures(
  context: DeployContext,
  questions: readonly Question[],
  work: DeployWork,
): Promise<Figures> {
  const figures = new Map<string, Finding>()
  for (const question of questions) {
    const key = questionKey(question)
    if (figures.has(key)) continue
    const found = await findOut(context, question, work)
    if (found !== undefined) figures.set(key, found)
  }
  return figures
}

async function findOut(
  context: DeployContext,
  question: Question,
  work: DeployWork,
): Promise<Finding | undefined> {
  const object = context.state().model.object(question.object)
  if (object === undefined) return undefined
  if (question.kind === 'held') return findHeld(context, object)
  if (question.kind === 'fails') return countFailing(context, object, { question, work })
  const field = question.field === undefined ? undefined : ownField(object, question.field)
  const total = await countWhere(context, object, sql`not ${identifier('IsDeleted')}`)
  if (field === undefined) return { affected: total, total, examples: [] }
  const wanted = wantedField(work, object, field)
  if (question.kind === 'unfit') {
    return wanted === undefined
      ? undefined
      : countUnfit(context, object, { from: field, to: wanted, total })
  }
  const where = condition(context, question, { object, field, wanted })
  if (where === undefined) return { affected: 0, total, examples: [] }
  return countLiving(context, object, { where, total })
}

interface AskedField {
  readonly object: ObjectModel
  readonly field: FieldModel
  readonly wanted: FieldModel | undefined
}

function condition(
  { storage }: DeployContext,
  { kind, value = '' }: Question,
  { object, field, wanted }: AskedField,
): Sql | undefined {
  switch (kind) {
    case 'duplicates':
      return duplicated(object, wanted ?? field, field)
    case 'holding':
      return holding(field, value, storage.dialect)
    case 'several':
      return severalChosen(field)
    case 'replaced':
      return replacedBy(Number(value), object, field)
    case 'fails':
    case 'held':
    case 'unfit':
      return undefined
    case 'rows':
    case 'filled':
    case 'empty':
      return presence(field, kind)
  }
}

function ownField(object: ObjectModel, name: string): FieldModel | undefined {
  return object.fieldsByName.get(name.toLowerCase())
}

/** The field as it will be. */
function wantedField(
  work: DeployWork,
  object: ObjectModel,
  field: FieldModel,
): FieldModel | undefined {
  const name = work.renames.fields.get(object.name)?.get(field.name) ?? field.name
  const wanted = work.wanted.object(work.renames.objects.get(object.name) ?? object.name)
  return wanted?.fields.find((one) => one.name === name)
}

/** A checkbox is never empty and always filled; it counts as filled where it is checked. */
function presence(field: FieldModel, kind: 'rows' | 'filled' | 'empty'): Sql | undefined {
  const [column] = field.columns.values()
  if (column === undefined) return undefined
  if (column.kind.kind === 'boolean') return kind === 'empty' ? undefined : sql`${column.name}`
  return kind === 'empty' ? sql`${column.name} is null` : sql`${column.name} is not null`
}

/** In the recycle bin too. */
async function findHeld(context: DeployContext, object: ObjectModel): Promise<Finding> {
  const total = await countWhere(context, object, sql`1 = 1`)
  const affected = await countWhere(context, object, onHold)
  if (affected === 0) return { affected, total, examples: [] }
  return { affected, total, examples: await someWhere(context, object, onHold) }
}

/** Values that occur more than once in the column that a unique index would cover. */
function duplicated(object: ObjectModel, wanted: FieldModel, field: FieldModel): Sql | undefined {
  const part = wanted.type.uniqueColumn?.(wanted.options) ?? ''
  const column = field.columns.get(part)
  if (column === undefined) return undefined
  return sql`${column.name} in (select ${column.name} from ${object.table}
    where ${column.name} is not null and not ${identifier('IsDeleted')}
    group by ${column.name} having count(*) > 1)`
}

async function countLiving(
  context: DeployContext,
  object: ObjectModel,
  { where, total }: { readonly where: Sql; readonly total: number },
): Promise<Finding> {
  const living = sql`not ${identifier('IsDeleted')} and ${where}`
  const affected = await countWhere(context, object, living)
  if (affected === 0) return { affected, total, examples: [] }
  return { affected, total, examples: await someWhere(context, object, living) }
}

async function someWhere(
  context: DeployContext,
  object: ObjectModel,
  where: Sql,
): Promise<readonly string[]> {
  const rows = await context.storage.read(sql`select ${identifier('Id')} from ${object.table}
    where ${where} order by ${identifier('Id')} limit ${integerLiteral(examplesMax)}`)
  return rows.map((row) => String(row['Id']))
}

async function countWhere(
  context: DeployContext,
  object: ObjectModel,
  where: Sql,
): Promise<number> {
  const [row] = await context.storage.read(
    sql`select count(*) as n from ${object.table} where ${where}`,
  )
  return Number(row?.['n'] ?? 0)
}
