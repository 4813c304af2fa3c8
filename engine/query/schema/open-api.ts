/** The OpenAPI document of exactly what a caller may see and do. */
import type { JsonType, SchemaField, SchemaObject } from './visible-schema.ts'

export interface OpenApiSource {
  readonly objects: readonly SchemaObject[]
  readonly server: string
  readonly apiVersion: string
  readonly modelVersion: number
  /** Of what can be seen, as in the types. */
  readonly modelHash: string
}

type Json = Readonly<Record<string, unknown>>

export function openApi({ objects, server, apiVersion, ...model }: OpenApiSource): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Fieldstone',
      version: String(model.modelVersion),
      'x-model-hash': model.modelHash,
    },
    servers: [{ url: `${server}/services/data/v${apiVersion}` }],
    security: [{ bearer: [] }],
    paths: Object.fromEntries([...queryPaths, ...objects.flatMap(pathsOf)]),
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
      responses: {
        Refused: answer('The request was refused.', {
          type: 'array',
          items: { $ref: '#/components/schemas/Problem' },
        }),
      },
      schemas: Object.fromEntries([...commonSchemas, ...objects.flatMap(schemasOf)]),
    },
  }
}

type Entry = readonly [string, Json]

const refused = { $ref: '#/components/responses/Refused' }

function answer(description: string, schema?: Json): Json {
  return schema === undefined
    ? { description }
    : { description, content: { 'application/json': { schema } } }
}

const text: Json = { type: 'string' }
const texts: Json = { type: 'array', items: text }

/** An object that must have some of its members. */
function objectOf(required: readonly string[], properties: Json): Json {
  return { type: 'object', required, properties }
}

const page: Json = {
  200: answer('A page of records', { $ref: '#/components/schemas/QueryResult' }),
  default: refused,
}

const queryPaths: readonly Entry[] = [
  [
    '/query',
    {
      get: {
        summary: 'Records by a query',
        operationId: 'query',
        parameters: [{ name: 'q', in: 'query', required: true, schema: text }],
        responses: page,
      },
    },
  ],
  [
    '/query/{locator}',
    {
      get: {
        summary: 'The next page of a query',
        operationId: 'queryMore',
        parameters: [{ name: 'locator', in: 'path', required: true, schema: text }],
        responses: page,
      },
    },
  ],
]

const commonSchemas: readonly Entry[] = [
  [
    'Problem',
    objectOf(['message', 'errorCode'], { message: text, errorCode: text, fields: texts }),
  ],
  [
    'SaveResult',
    objectOf(['id', 'success', 'errors'], {
      id: text,
      success: { type: 'boolean' },
      errors: { type: 'array', items: { $ref: '#/components/schemas/Problem' } },
    }),
  ],
  [
    'QueryResult',
    objectOf(['totalSize', 'done', 'records'], {
      totalSize: { type: 'integer' },
      done: { type: 'boolean' },
      nextRecordsUrl: text,
      records: { type: 'array', items: { type: 'object' } },
    }),
  ],
]

function pathsOf({ name, label, rights }: SchemaObject): readonly Entry[] {
  const tags = [name]
  const record = { $ref: `#/components/schemas/${name}` }
  const id = { name: 'id', in: 'path', required: true, schema: text }
  const body = (schema: string): Json => ({
    required: true,
    content: { 'application/json': { schema: { $ref: `#/components/schemas/${schema}` } } },
  })
  const done = { 204: answer('Done'), default: refused }
  const create = {
    tags,
    summary: `Make: ${label}`,
    operationId: `create${name}`,
    requestBody: body(`${name}Create`),
    responses: {
      201: answer('Made', { $ref: '#/components/schemas/SaveResult' }),
      default: refused,
    },
  }
  const read = { tags, summary: `Read: ${label}`, operationId: `read${name}` }
  const update = { tags, summary: `Change: ${label}`, operationId: `update${name}` }
  const remove = { tags, summary: `Delete: ${label}`, operationId: `delete${name}` }
  return [
    ...(rights.create ? [[`/sobjects/${name}`, { post: create }] as const] : []),
    [
      `/sobjects/${name}/{id}`,
      {
        parameters: [id],
        get: { ...read, responses: { 200: answer('The record', record), default: refused } },
        ...(rights.edit
          ? { patch: { ...update, requestBody: body(`${name}Update`), responses: done } }
          : {}),
        ...(rights.delete ? { delete: { ...remove, responses: done } } : {}),
      },
    ],
  ]
}

function schemasOf({ name, label, fields, rights }: SchemaObject): readonly Entry[] {
  const createable = fields.filter((field) => field.createable)
  const updateable = fields.filter((field) => field.updateable)
  const needed = createable.filter((field) => field.needed).map((field) => field.name)
  const taken = (required: readonly string[], known: readonly SchemaField[]): Json => ({
    type: 'object',
    additionalProperties: false,
    ...(required.length === 0 ? {} : { required }),
    properties: propertiesOf(known),
  })
  return [
    [name, { type: 'object', title: label, properties: propertiesOf(fields) }],
    ...(rights.create ? [[`${name}Create`, taken(needed, createable)] as const] : []),
    ...(rights.edit ? [[`${name}Update`, taken([], updateable)] as const] : []),
  ]
}

function propertiesOf(fields: readonly SchemaField[]): Json {
  return Object.fromEntries(fields.map((field) => [field.name, propertyOf(field)]))
}

const jsonNames: Readonly<Record<JsonType, string>> = {
  string: 'string',
  number: 'number',
  integer: 'integer',
  boolean: 'boolean',
  address: 'object',
  location: 'object',
}

const formats: ReadonlyMap<string, string> = new Map([
  ['date', 'date'],
  ['datetime', 'date-time'],
  ['email', 'email'],
  ['url', 'uri'],
])

function propertyOf(field: SchemaField): Json {
  const { json, type, label, values, maxLength, filled, createable, updateable } = field
  const format = formats.get(type)
  return {
    title: label,
    type: filled ? jsonNames[json] : [jsonNames[json], 'null'],
    ...(format === undefined ? {} : { format }),
    ...(json === 'string' && maxLength !== undefined && maxLength > 0 ? { maxLength } : {}),
    ...(values.length === 0 ? {} : { enum: filled ? values : [...values, null] }),
    ...(createable || updateable ? {} : { readOnly: true }),
  }
}
