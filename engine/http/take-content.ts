/** Contents of files within JSON: taken in before anything else is done with the body, and replaced by their references. */
import type { FileContents } from '../automation/files/file-contents.ts'
import { message } from '../base/message.ts'
import { refuse } from '../base/refusal.ts'
import type { Deployer } from '../deploy/deployer.ts'
import { contentFields } from '../model/content-fields.ts'
import type { Call } from './route.ts'

export interface ContentParts {
  readonly contents: FileContents
  readonly deployer: Pick<Deployer, 'store'>
}

/** The same body, with references instead of base64; that of somebody who may make no files stays as it is. */
export async function withContents(
  { contents, deployer }: ContentParts,
  { caller }: Call,
  body: Map<string, unknown>,
): Promise<Map<string, unknown>> {
  const names = new Set(
    contentFields(deployer.store.current())
      .filter(({ object }) => caller.access.mayObject(object.name, 'create'))
      .map(({ field }) => field.name.toLowerCase()),
  )
  if (names.size === 0) return body
  const found: Place[] = []
  for (const [name, value] of body) {
    collect({ name, value, set: (to) => void body.set(name, to) }, names, found)
  }
  for (const { name, value, set } of found) {
    // A step of a composite request: its content came in with the whole.
    if (contents.incoming(value) === undefined) set(await contents.take(decoded(name, value)))
  }
  return body
}

interface Place {
  readonly name: string
  readonly value: string
  readonly set: (value: string) => void
}

/** Bodies are parsed anew for each request, and not deep: what is found in them is replaced where it stands. */
function collect(
  { name, value, set }: Omit<Place, 'value'> & { readonly value: unknown },
  names: ReadonlySet<string>,
  found: Place[],
): void {
  if (typeof value === 'string') {
    if (names.has(name.toLowerCase())) found.push({ name, value, set })
    return
  }
  if (typeof value !== 'object' || value === null) return
  for (const [key, member] of Object.entries(value)) {
    collect(
      { name: key, value: member, set: (to) => void Reflect.set(value, key, to) },
      names,
      found,
    )
  }
}

const base64 = /^[A-Za-z0-9+/]*={0,2}$/

async function* decoded(name: string, given: string): AsyncGenerator<Uint8Array> {
  const plain = given.replace(/\s+/g, '')
  if (!base64.test(plain) || plain.replace(/={1,2}$/, '').length % 4 === 1) {
    const told = message('The content of a file must be valid base64.')
    throw refuse('INVALID_TYPE_ON_FIELD_IN_RECORD', told, { fields: [name] })
  }
  yield Buffer.from(plain, 'base64')
}
