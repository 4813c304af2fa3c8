/** All records of a query, page by page; numbers are put aside, to be printed as they came. */
import { newestApiVersionText } from '../base/api-versions.ts'
import { parseAside } from '../records/exact-json.ts'
import type { Connection } from './connection.ts'

interface Page {
  readonly nextRecordsUrl?: string
  readonly records: readonly unknown[]
}

export async function* allRecords(connection: Connection, soql: string): AsyncGenerator<unknown> {
  let path: string | undefined =
    `/services/data/v${newestApiVersionText}/query?q=${encodeURIComponent(soql)}`
  while (path !== undefined) {
    // Of our own server.
    const page = parseAside(await connection.text(path)) as Page
    yield* page.records
    path = page.nextRecordsUrl
  }
}
