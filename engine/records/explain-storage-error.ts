/** Failures of the database as refusals that name fields. */
import { refuse } from '../base/refusal.ts'
import type { ObjectModel } from '../model/model.ts'
import { refusalOf, StorageError } from '../storage/storage-error.ts'

/** The fields whose columns or unique index the database named. */
function fieldsOf(object: ObjectModel, error: StorageError): readonly string[] {
  const { columns = [], index = '' } = error.place
  return object.fields
    .filter((field) => field.unique || field.name === 'Id')
    .filter((field) =>
      [...field.columns.values()].some(
        ({ name }) => columns.includes(name.name) || index.includes(name.name),
      ),
    )
    .map((field) => field.name)
}

/** Runs the work; what the database refuses is told in the words of the object. */
export async function explained<Result>(
  object: ObjectModel,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof StorageError)) throw error
    if (error.kind === 'unique') {
      const fields = fieldsOf(object, error)
      const named = fields.length === 0 ? 'a unique field' : fields.join(', ')
      throw refuse(
        'DUPLICATE_VALUE',
        `duplicate value found: another record has the same value in ${named}.`,
        { fields },
      )
    }
    throw refusalOf(error) ?? error
  }
}
