/** Concatenation of any number of texts, within the databases' limits on arguments. */
import { limits } from '../base/limits.ts'
import { joinSql, sql, type Sql } from './sql.ts'

/** `concat(…)` of the pieces, nested where there are more than one call takes. */
export function chunkConcat(pieces: readonly Sql[]): Sql {
  if (pieces.length === 0) return sql`''`
  if (pieces.length <= limits.jsonChunkArguments) return sql`concat(${joinSql(pieces)})`
  const chunks: Sql[] = []
  for (let start = 0; start < pieces.length; start += limits.jsonChunkArguments) {
    chunks.push(chunkConcat(pieces.slice(start, start + limits.jsonChunkArguments)))
  }
  return chunkConcat(chunks)
}
