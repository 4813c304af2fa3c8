/** One answer of a query; what the database gave as bytes stays bytes until somebody asks for the text. */
import type { QueryPage } from './records.ts'

export function queryPage(head: string, records: string | Uint8Array, tail: string): QueryPage {
  if (typeof records === 'string') {
    const text = `${head}${records}${tail}`
    return { body: text, text }
  }
  const body = Buffer.concat([Buffer.from(head), records, Buffer.from(tail)])
  return {
    body,
    get text() {
      return body.toString()
    },
  }
}
