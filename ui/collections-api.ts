/** Many records in one request, each for itself: the addresses that belong to it. */
import { data, segment, send, type RecordBody } from './api.ts'
import { ApiError } from './base/api-error.ts'
import type { WireProblem, WireRecord } from './base/wire.ts'

/** The public API takes so many in one request. */
export const collectionMax = 200

interface CollectionResult {
  readonly success: boolean
  readonly errors: readonly (Omit<WireProblem, 'errorCode'> & { readonly statusCode: string })[]
}

export interface RowBody {
  readonly id: string
  readonly body: RecordBody
}

/** In the order that was asked for: undefined where it was done, the refusal where it was not. */
export type Outcomes = readonly (ApiError | undefined)[]

const all = `${data}/composite/sobjects`

export const collections = {
  async update(object: string, rows: readonly RowBody[]): Promise<Outcomes> {
    const records = rows.map(({ id, body }) => {
      return { ...body, attributes: { type: object, ...body.attributes }, id }
    })
    const options = { body: { allOrNone: false, records } }
    return outcomes((await send<readonly CollectionResult[]>('PATCH', all, options)).body)
  },
  async remove(ids: readonly string[]): Promise<Outcomes> {
    const path = `${all}?ids=${ids.map(segment).join(',')}&allOrNone=false`
    return outcomes((await send<readonly CollectionResult[]>('DELETE', path)).body)
  },
  /** Null in the place of what is not there. */
  async retrieve(
    object: string,
    ids: readonly string[],
    fields: readonly string[],
  ): Promise<readonly (WireRecord | null)[]> {
    const path = `${all}/${segment(object)}`
    return (await send<readonly (WireRecord | null)[]>('POST', path, { body: { ids, fields } }))
      .body
  },
}

function outcomes(results: readonly CollectionResult[]): Outcomes {
  return results.map(({ success, errors }) => {
    if (success) return undefined
    const problems = errors.map(({ statusCode, ...rest }) => ({ ...rest, errorCode: statusCode }))
    const isStale = problems.some(({ errorCode }) => errorCode === 'ENTITY_FAILED_IFMATCH')
    return new ApiError(isStale ? 412 : 400, problems)
  })
}
