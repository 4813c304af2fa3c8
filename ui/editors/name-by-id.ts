/** The name of one record; its id where it cannot be read. */
import { records } from '../api.ts'
import { ApiError } from '../base/api-error.ts'
import { objectScreen } from '../base/object-store.ts'
import { nameFieldInfo, recordName } from '../base/record-names.ts'
import { listQuery, textLiteral } from '../base/soql.ts'

export async function nameById(object: string, id: string): Promise<string> {
  try {
    const { describe } = await objectScreen(object)
    const soql = listQuery({
      object,
      fields: [nameFieldInfo(describe)?.name ?? 'Name'],
      where: [`Id = ${textLiteral(id)}`],
      orderBy: [],
      limit: 1,
      offset: 0,
    })
    const [record] = (await records.query(soql)).records
    return record ? recordName(describe, record) : id
  } catch (error) {
    if (error instanceof ApiError) return id
    throw error
  }
}
