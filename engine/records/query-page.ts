/** One answer of a query; what the database gave as bytes stays bytes until somebody asks for the text. */
import type { QueryPage } from './records.ts'

/** The same with the ids of its records, which count as looked at. */
export function withViewed({ body, text }: QueryPage): QueryPage {
  const { records = [] } = JSON.parse(text) as {
    // The page was built here.
    readonly records?: readonly { readonly attributes: { readonly url: string } }[]
  }
  return { body, text, viewed: records.map(({ attributes }) => attributes.url.slice(-18)) }
}

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
