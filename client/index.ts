/**
 * The client of Fieldstone for programs in Node and in browsers: nothing but `fetch`, and the types of your organisation.
 * `import { connect } from 'fieldstone/client'`; `npx fieldstone types` writes the `Schema`.
 */
import { Query, type QueryOptions } from './query.ts'
import { Records, type ObjectDescribe } from './records.ts'
import type { AnySchema, ObjectName, Untyped, Values } from './schema.ts'
import { createTransport, received, type TransportOptions } from './transport.ts'

export { Conflict, Refusal, type FieldConflict, type Problem } from './refusal.ts'
export { Query, type QueryOptions } from './query.ts'
export {
  Records,
  type FieldDescribe,
  type FindOptions,
  type ManyOptions,
  type ObjectDescribe,
  type SaveResult,
  type UpdateOptions,
} from './records.ts'
export type { AnySchema, FieldOf, ObjectName, Selected, Untyped, Values } from './schema.ts'
export type { Token, TransportOptions } from './transport.ts'

export interface CompositeStep {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  /** Behind `/services/data/vNN.0/`, such as `sobjects/Account`; `@{other.id}` refers to another step. */
  readonly path: string
  readonly referenceId: string
  readonly body?: unknown
}

export interface CompositeResult {
  readonly referenceId: string
  readonly httpStatusCode: number
  readonly httpHeaders: Readonly<Record<string, string>>
  readonly body: unknown
}

export interface Organisation<Schema extends AnySchema> {
  sobject<Name extends ObjectName<Schema>>(name: Name): Records<Schema, Name>
  /** Any query; `for await (const row of …)` fetches its pages. */
  query<Row = Values>(soql: string, options?: QueryOptions): Query<Row>
  /** The objects that there are, in short. */
  describe(): Promise<readonly Omit<ObjectDescribe, 'fields'>[]>
  /** Steps that refer to each other, in one request; what is refused does not throw. */
  composite(
    steps: readonly CompositeStep[],
    options?: { readonly allOrNone?: boolean },
  ): Promise<readonly CompositeResult[]>
  /** Any other address of the server; gives the parsed answer. */
  request<Answer = unknown>(method: string, path: string, body?: unknown): Promise<Answer>
}

export function connect<Schema extends AnySchema = Untyped>(
  options: TransportOptions,
): Organisation<Schema> {
  const transport = createTransport(options)
  const { data } = transport
  return {
    sobject: (name) => new Records(transport, name),
    query: (soql, given = {}) => new Query(transport, soql, given),
    describe: async () => {
      const { body } = await transport.send('GET', `${data}/sobjects`)
      return (body as { readonly sobjects: readonly ObjectDescribe[] }).sobjects
    },
    composite: async (steps, { allOrNone = false } = {}) => {
      const compositeRequest = steps.map(({ path, ...step }) => ({
        ...step,
        url: `${data}/${path}`,
      }))
      const body = { allOrNone, compositeRequest }
      const answer = await transport.send('POST', `${data}/composite`, { body })
      return (answer.body as { readonly compositeResponse: CompositeResult[] }).compositeResponse
    },
    request: async <Answer>(method: string, path: string, body?: unknown) =>
      (await transport.send(method, path, { body })).body as Answer,
  }
}

export interface SignIn {
  readonly url: string
  readonly username: string
  readonly password: string
  /** The connected app; the one of command lines by default. */
  readonly clientId?: string
  readonly fetch?: typeof fetch
}

/** A token for a name and a password: `connect({ url, token: () => signIn({ url, username, password }) })`. */
export async function signIn({
  url,
  username,
  password,
  clientId,
  ...more
}: SignIn): Promise<string> {
  const send = more.fetch ?? globalThis.fetch
  const answer = await send(new URL('/services/oauth2/token', url), {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'password',
      client_id: clientId ?? 'PlatformCLI',
      username,
      password,
    }),
  })
  const { body } = await received(answer)
  return (body as { readonly access_token: string }).access_token
}
