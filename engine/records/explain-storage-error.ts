/** Failures of the database as refusals that name fields. */
import { labelOfField } from '../model/labels.ts'
import { message } from '../base/message.ts'
import { refuse } from '../base/refusal.ts'
import { tableSpec } from '../deploy/table-specs.ts'
import type { FieldModel, Model, ObjectModel } from '../model/model.ts'
import { refusalOf, StorageError, type ConstraintPlace } from '../storage/storage-error.ts'

/** Runs the work; what the database refuses is told in the words of the model. */
export async function explained<Result>(
  model: Model,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof StorageError)) throw error
    if (error.kind === 'unique') throw duplicateValue(fieldsAt(model, error.place))
    throw refusalOf(error) ?? error
  }
}

/** Names the field, never the other record. */
function duplicateValue(fields: readonly FieldModel[]): Error {
  const named = fields.length === 0 ? message('a unique field') : fields.map(labelOfField)
  const names = fields.map((field) => field.name)
  return refuse(
    'DUPLICATE_VALUE',
    message('duplicate value found: another record has the same value in {fields}.', {
      fields: named,
    }),
    { fields: names },
  )
}

/** The fields whose columns or unique index the database named. */
function fieldsAt(model: Model, place: ConstraintPlace): readonly FieldModel[] {
  const object = objectOfTable(model, place.table)
  if (object === undefined) return []
  const index = tableSpec(object).indexes.find((one) => one.name === place.index)
  const columns = new Set(index?.columns ?? place.columns)
  return object.fields.filter((field) =>
    [...field.columns.values()].some((column) => columns.has(column.name.name)),
  )
}

function objectOfTable(model: Model, table: string | undefined): ObjectModel | undefined {
  for (const [name, binding] of model.bindings) {
    if (binding.table === table) return model.object(name)
  }
  return undefined
}
