/** Figures for Setup: how many records an object has, how many hold a value, and who uses each field. */
import { inEnglish, message, type Message } from '../base/message.ts'
import { refuse } from '../base/refusal.ts'
import { translates } from '../model/mention-sites.ts'
import type { FieldModel, Model, ObjectModel } from '../model/model.ts'
import { describeReference, referencesTo } from '../model/references.ts'
import { identifier, joinSql, sql } from '../sql/sql.ts'
import type { DeployContext } from './context.ts'
import { topicsByField } from './followed-topics.ts'

export interface Usage {
  readonly records: number
  readonly fields: Readonly<Record<string, FieldUsage>>
}

export interface FieldUsage {
  readonly filled: number
  /** Sorted by their English; push topics last. */
  readonly usedBy: readonly Message[]
}

/** Few enough for one statement on both databases. */
const countsMax = 200

export async function readUsage(context: DeployContext, name: string): Promise<Usage> {
  const { model } = context.state()
  const object = model.object(name)
  if (object === undefined)
    throw refuse('NOT_FOUND', message('There is no object {name}.', { name }))
  const declared = object.fields.filter((field) => !field.system)
  const counts = await countFilled(context, object, declared)
  const topics = await topicsByField(context, object)
  const fields = new Map(
    declared.map((field) => [
      field.name,
      {
        filled: counts.filled.get(field.name) ?? 0,
        usedBy: [
          ...usersOf(model, `${object.name}.${field.name}`),
          ...(topics.get(`${object.name}.${field.name}`) ?? []),
        ],
      },
    ]),
  )
  return { records: counts.records, fields: Object.fromEntries(fields) }
}

/** Translations go with the field, so they are no use of it that anybody must look after. */
function usersOf(model: Model, field: string): readonly Message[] {
  return referencesTo(model, field)
    .filter(({ says }) => says !== translates)
    .map(describeReference)
    .toSorted((a, b) => (inEnglish(a) < inEnglish(b) ? -1 : 1))
}

async function countFilled(
  context: DeployContext,
  object: ObjectModel,
  fields: readonly FieldModel[],
): Promise<{ readonly records: number; readonly filled: ReadonlyMap<string, number> }> {
  const filled = new Map<string, number>()
  let records = 0
  for (let start = 0; start === 0 || start < fields.length; start += countsMax) {
    const counted = fields.slice(start, start + countsMax)
    const counts = counted.map((field, index) => {
      const [column] = field.columns.values()
      const value = column === undefined ? sql`null` : sql`${column.name}`
      const given = column?.kind.kind === 'boolean' ? sql`nullif(${value}, false)` : value
      return sql`count(${given}) as ${identifier(`c${index}`)}`
    })
    const [row] = await context.storage.read(
      sql`select ${joinSql([sql`count(*) as records`, ...counts])} from ${object.table} where not ${identifier('IsDeleted')}`,
    )
    records = Number(row?.['records'] ?? 0)
    counted.forEach((field, index) => filled.set(field.name, Number(row?.[`c${index}`] ?? 0)))
  }
  return { records, filled }
}
