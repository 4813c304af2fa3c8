/** What is wrong in an OpenAPI document, by its structure: references, parameters, names, required members, types. */

type Members = Readonly<Record<string, unknown>>

const types = new Set(['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'])
const methods = new Set(['get', 'post', 'patch', 'put', 'delete'])

export function openApiProblems(document: unknown): readonly string[] {
  const found: string[] = []
  const root = membersOf(document)
  const schemas = membersOf(membersOf(root['components'])['schemas'])
  if (!String(root['openapi']).startsWith('3.1')) found.push('openapi is not 3.1')
  walk(root, '#', (value, place) => {
    const { $ref: reference } = value
    if (typeof reference === 'string' && resolve(root, reference) === undefined) {
      found.push(`${place}: ${reference} leads nowhere`)
    }
  })
  for (const [name, schema] of Object.entries(schemas)) found.push(...schemaProblems(name, schema))
  const operations = new Set<string>()
  for (const [path, item] of Object.entries(membersOf(root['paths']))) {
    found.push(...pathProblems(path, membersOf(item), operations))
  }
  return found
}

function schemaProblems(place: string, value: unknown): readonly string[] {
  const schema = membersOf(value)
  if ('$ref' in schema) return []
  const { type, required = [], enum: values } = schema
  const properties = membersOf(schema['properties'])
  const kinds = Array.isArray(type) ? type : [type]
  return [
    ...kinds
      .filter((kind) => !types.has(String(kind)))
      .map((kind) => `${place}: type ${String(kind)}`),
    ...(required as string[])
      .filter((name) => !(name in properties))
      .map((name) => `${place}: ${name} is required and no property`),
    ...(Array.isArray(values) && new Set(values).size < values.length
      ? [`${place}: a value stands twice`]
      : []),
    ...(kinds.includes('array') && !('items' in schema) ? [`${place}: a list of nothing`] : []),
    ...Object.entries(properties).flatMap(([name, one]) => schemaProblems(`${place}.${name}`, one)),
  ]
}

function pathProblems(path: string, item: Members, operations: Set<string>): readonly string[] {
  const found: string[] = []
  const shared = parameterNames(item)
  const wanted = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '')
  for (const [method, value] of Object.entries(item)) {
    if (method === 'parameters') continue
    const operation = membersOf(value)
    const place = `${method} ${path}`
    if (!methods.has(method)) found.push(`${place} is no method`)
    const id = String(operation['operationId'])
    if (operations.has(id)) found.push(`${place}: ${id} stands twice`)
    operations.add(id)
    const known = new Set([...shared, ...parameterNames(operation)])
    found.push(...wanted.filter((name) => !known.has(name)).map((name) => `${place}: no ${name}`))
    for (const [status, answer] of Object.entries(membersOf(operation['responses']))) {
      if (!/^(?:[1-5]\d\d|default)$/.test(status)) found.push(`${place}: status ${status}`)
      const isTold = '$ref' in membersOf(answer) || 'description' in membersOf(answer)
      if (!isTold) found.push(`${place}: ${status} is not described`)
    }
  }
  return found
}

function parameterNames(holder: Members): readonly string[] {
  const { parameters = [] } = holder
  return (parameters as Members[])
    .filter((one) => one['in'] === 'path' && one['required'] === true)
    .map(({ name }) => String(name))
}

function walk(value: unknown, place: string, visit: (value: Members, place: string) => void): void {
  if (typeof value !== 'object' || value === null) return
  visit(membersOf(value), place)
  for (const [name, inner] of Object.entries(value)) walk(inner, `${place}/${name}`, visit)
}

function resolve(root: Members, reference: string): unknown {
  if (!reference.startsWith('#/')) return undefined
  let at: unknown = root
  for (const part of reference.slice(2).split('/')) at = membersOf(at)[part]
  return at
}

function membersOf(value: unknown): Members {
  return typeof value === 'object' && value !== null ? (value as Members) : {}
}
