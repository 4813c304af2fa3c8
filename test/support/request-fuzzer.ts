/** Requests of all kinds over all routes: valid, nearly valid, hostile; made from what a server describes. */
import { hostileTexts } from '../attack/hostile.ts'
import type { Random } from './random.ts'

export interface FuzzedRequest {
  readonly method: string
  readonly path: string
  /** As it is sent; undefined for none. */
  readonly body: string | undefined
  readonly headers: Readonly<Record<string, string>>
}

/** What the fuzzer knows of the organisation. */
export interface Known {
  readonly objects: readonly KnownObject[]
  /** Ids of records that may be changed and deleted. */
  readonly ids: readonly string[]
}

export interface KnownObject {
  readonly name: string
  readonly fields: readonly string[]
}

const data = '/services/data/v67.0'
const own = '/services/fieldstone/v1'

type List = readonly [string, ...string[]]

const hostile = hostileTexts as List
const methods: List = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']
const wrongTypes: List = ['application/json', 'text/plain', 'application/xml', 'x', '']
const bodies: List = ['', '{', '[]', 'null', '1', '"x"', '{"a":1,"a":2}', '{"a":1e400}', '\u0000']

export function createFuzzer(known: Known, random: Random): () => FuzzedRequest {
  const text = (): string =>
    random.next() < 0.5 ? random.pick(hostile) : `word ${random.below(99)}`
  const object = (): KnownObject =>
    known.objects[random.below(known.objects.length)] ?? { name: 'Account', fields: ['Name'] }
  const field = (from: KnownObject): string =>
    random.next() < 0.1 ? text() : (from.fields[random.below(from.fields.length)] ?? 'Name')
  const objectName = (): string => (random.next() < 0.1 ? text() : object().name)
  const id = (): string =>
    random.next() < 0.2 ? text() : (known.ids[random.below(known.ids.length)] ?? 'none')

  const value = (depth = 0): unknown => {
    const kind = random.below(depth > 2 ? 7 : 9)
    if (kind === 7) return { [text()]: value(depth + 1) }
    if (kind === 8) return [value(depth + 1)]
    const plain = [text(), random.below(1e6), -1.5, true, null, '2026-02-29', id()]
    return plain[kind]
  }
  const recordBody = (from = object()): Record<string, unknown> =>
    Object.fromEntries(Array.from({ length: random.below(5) }, () => [field(from), value()]))

  const literal = (): string => {
    const quoted = `'${text().replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
    const literals: List = [
      quoted,
      quoted,
      '5',
      '-1.25',
      'null',
      'TRUE',
      'TODAY',
      'LAST_N_DAYS:3',
      text(),
    ]
    return random.pick(literals)
  }
  const operator = (): string =>
    random.pick(['=', '!=', '<', '>=', 'LIKE', 'IN', 'INCLUDES', text()])
  const soql = (): string => {
    const from = object()
    const columns = Array.from({ length: 1 + random.below(4) }, () => field(from)).join(', ')
    const condition = `${field(from)} ${operator()} ${literal()}`
    const more: List = [
      '',
      `WHERE ${condition}`,
      `WHERE NOT (${condition} OR ${field(from)} IN (${literal()}, ${literal()}))`,
      `ORDER BY ${field(from)} DESC NULLS LAST LIMIT ${random.below(50)}`,
      `LIMIT ${text()}`,
      `OFFSET ${random.below(5_000)}`,
      text(),
    ]
    return `SELECT ${columns} FROM ${from.name} ${random.pick(more)} ${random.pick(more)}`
  }

  const part = (name: string): string =>
    encodeURIComponent(name.replaceAll(/\p{Surrogate}/gu, '\ufffd'))
  const json = (body: unknown): string =>
    random.next() < 0.1 ? random.pick(bodies) : JSON.stringify(body)
  const records = (): unknown[] =>
    Array.from({ length: random.below(6) }, () => {
      const from = object()
      return random.next() < 0.1
        ? value()
        : { attributes: { type: random.next() < 0.1 ? value() : from.name }, ...recordBody(from) }
    })
  const newField = (): string => `Account.Fuzz${random.below(8)}${random.pick(['__c', '', text()])}`
  const declaration = (): unknown => {
    const types: List = ['Text', 'Number', 'Checkbox', 'Lookup', 'Picklist', 'Html', text()]
    const full = {
      label: text(),
      type: random.pick(types),
      length: random.below(300),
      precision: 9,
    }
    return random.next() < 0.3 ? value() : { ...full, scale: 2, referenceTo: ['Account'] }
  }

  const recipes: readonly [Recipe, ...Recipe[]] = [
    () => ['GET', `${data}/query?q=${part(soql())}`],
    () => ['GET', `${data}/queryAll?q=${part(soql())}`],
    () => ['GET', `${data}/query/${part(text())}`],
    () => ['POST', `${data}/sobjects/${part(objectName())}`, json(recordBody())],
    () => ['PATCH', `${data}/sobjects/${part(objectName())}/${part(id())}`, json(recordBody())],
    () => ['DELETE', `${data}/sobjects/${part(objectName())}/${part(id())}`],
    () => [
      'GET',
      `${data}/sobjects/${part(objectName())}/${part(id())}?fields=${part(field(object()))}`,
    ],
    () => ['GET', `${data}/sobjects/${part(objectName())}/describe`],
    () => [
      'GET',
      `${data}/sobjects/${part(objectName())}/${part(field(object()))}/${part(text())}`,
    ],
    () => [
      'PATCH',
      `${data}/sobjects/Account/SourceSystemIdentifier/${part(text())}`,
      json(recordBody()),
    ],
    () => [
      'POST',
      `${data}/composite/sobjects`,
      json({ allOrNone: random.pick<unknown>([true, false, text()]), records: records() }),
    ],
    () => ['POST', `${own}/recycle-bin/${part(id())}/undelete`],
    () => ['DELETE', `${own}/recycle-bin/${part(id())}`],
    () => ['GET', `${own}/ui/objects/${part(objectName())}`],
    () => ['GET', `${own}/ui/records/${part(id())}`],
    () => ['GET', `${own}/ui/app`],
    () => ['GET', `${own}/metadata?type=${part(text())}`],
    () => ['GET', `${own}/metadata/CustomField/${part(newField())}`],
    () => [
      random.pick(['PUT', 'PATCH']),
      `${own}/metadata/CustomField/${part(newField())}?dryRun=${random.pick(['true', 'false'])}`,
      json(declaration()),
    ],
    () => ['DELETE', `${own}/metadata/CustomField/${part(newField())}?consent=true`],
    () => ['PUT', `${own}/metadata/${part(text())}/${part(text())}`, json(declaration())],
    () => [
      'POST',
      `${own}/plans`,
      json({
        changes: [{ type: 'CustomField', fullName: newField(), body: declaration() }, value()],
      }),
    ],
    () => ['GET', `${own}/plans/${part(text())}`],
    () => ['POST', `${own}/plans/${part(text())}/apply`, json({ consent: value() })],
    () => ['GET', `${own}/journal?before=${part(text())}`],
    () => ['POST', `${own}/journal/${part(text())}/revert`, json({ dryRun: true })],
    () => ['GET', `${own}/usage/${part(objectName())}`],
    () => ['POST', '/services/oauth2/token', json({ grant_type: text(), username: text() })],
    () => ['GET', `/id/${part(text())}/${part(text())}`],
    () => ['GET', `/${part(text())}/${part(text())}`],
    () => [random.pick(methods), `${data}/${part(text())}`],
    () => [random.pick(methods), `${random.pick([data, own])}/sobjects/Account`],
  ]
  return () => {
    const [method, path, body] = random.pick(recipes)()
    const type = random.next() < 0.05 ? random.pick(wrongTypes) : jsonType(path)
    const isBodiless = method === 'GET' || method === 'HEAD'
    const sent = isBodiless ? undefined : body
    const headers = sent === undefined ? {} : { 'content-type': type }
    return { method, path, body: sent, headers }
  }
}

type Recipe = () => readonly [method: string, path: string, body?: string]

function jsonType(path: string): string {
  return path.endsWith('/token') ? 'application/x-www-form-urlencoded' : 'application/json'
}
