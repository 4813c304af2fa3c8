/** References given by an external id of their target: `{ "Account": { "Code__c": "A1" } }` becomes the lookup's id. */
import { message } from '../base/message.ts'
import { Refusal, refuse } from '../base/refusal.ts'
import type { FieldModel, Model, ObjectModel } from '../model/model.ts'
import { isKeyField, resolvePath } from '../query/resolve.ts'
import type { FindByKeys } from './find-by-key.ts'
import type { Caller, RecordBody } from './records.ts'
import { gateOf } from './targets.ts'

export interface LinkInput {
  readonly model: Model
  readonly object: ObjectModel
  readonly bodies: readonly RecordBody[]
}

/** True when one of the values may be such a reference. */
export function mayLinkByKey(object: ObjectModel, body: RecordBody): boolean {
  for (const [name, value] of body) {
    if (typeof value !== 'object' || value === null) continue
    // What is a field takes its own objects, such as the parts of a place.
    if (object.parents.has(name.toLowerCase()) && !object.fieldsByName.has(name.toLowerCase())) {
      return true
    }
  }
  return false
}

interface Link {
  readonly index: number
  readonly name: string
  readonly lookup: FieldModel
  readonly value: string
}

/** The bodies with ids in place of keys, or why one has none; one statement for each key field. */
export async function linkByKey(
  findByKeys: FindByKeys,
  caller: Caller,
  { model, object, bodies }: LinkInput,
): Promise<readonly (RecordBody | Refusal)[]> {
  if (!bodies.some((body) => mayLinkByKey(object, body))) return bodies
  const linked: (Map<string, unknown> | Refusal)[] = bodies.map((body) => new Map(body))
  const links = new Map<FieldModel, Link[]>()
  bodies.forEach((body, index) => {
    try {
      for (const { key, ...link } of linksOf({ model, object, caller, body })) {
        links.set(key, [...(links.get(key) ?? []), { ...link, index }])
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      linked[index] = error
    }
  })
  for (const [key, some] of links) {
    const target = model.object(key.object)
    if (target === undefined) throw new Error(`no object ${key.object}`)
    const values = some.map(({ value }) => value)
    const found = await findByKeys(caller, target, { field: key, values })
    some.forEach((link, position) => setLink(linked, link, { key, found: found[position] }))
  }
  return linked
}

interface Found {
  readonly key: FieldModel
  readonly found: Awaited<ReturnType<FindByKeys>>[number] | undefined
}

function setLink(
  linked: (Map<string, unknown> | Refusal)[],
  { index, name, lookup, value }: Link,
  { key, found }: Found,
): void {
  const body = linked[index]
  if (body === undefined || body instanceof Refusal) return
  if (found instanceof Refusal) {
    linked[index] = found
    return
  }
  if (found?.id === undefined) {
    linked[index] = refuse(
      'INVALID_FIELD',
      message('Foreign key external ID: {value} not found for field {field} in entity {object}', {
        value: value.slice(0, 80),
        field: key.name,
        object: key.object,
      }),
      { fields: [lookup.name] },
    )
    return
  }
  body.delete(name)
  body.set(lookup.name, found.id)
}

interface BodyToLink {
  readonly model: Model
  readonly object: ObjectModel
  readonly caller: Caller
  readonly body: RecordBody
}

function linksOf({
  model,
  object,
  caller,
  body,
}: BodyToLink): readonly (Omit<Link, 'index'> & { readonly key: FieldModel })[] {
  return [...body].flatMap(([name, value]) => {
    if (!mayLinkByKey(object, new Map([[name, value]]))) return []
    const members = Object.entries(Object(value)).filter(([member]) => member !== 'attributes')
    const [[keyName, given] = ['', undefined], ...more] = members
    const isOne = more.length === 0 && (typeof given === 'string' || typeof given === 'number')
    if (!isOne) {
      throw refuse('INVALID_FIELD', `${name}: give one external id of the record to refer to.`, {
        fields: [name],
      })
    }
    const { parents, field: key } = resolvePath(gateOf(model, caller), object, `${name}.${keyName}`)
    const [lookup] = parents
    if (lookup === undefined || !isKeyField(key)) {
      throw refuse('INVALID_FIELD', `${name}.${keyName} is no external id.`, { fields: [name] })
    }
    return [{ name, lookup, key, value: String(given) }]
  })
}
