/** The OpenAPI document of exactly what a caller may see and do. */
import type { JsonType, SchemaField, SchemaObject } from './visible-schema.ts'

export interface OpenApiSource {
  readonly objects: readonly SchemaObject[]
  readonly server: string
  readonly apiVersion: string
  readonly modelVersion: number
}

type Json = Readonly<Record<string, unknown>>

export function openApi({ objects, server, apiVersion, modelVersion }: OpenApiSource): Json {
  return {
    openapi: '3.1.0',
    info: { title: 'Fieldstone', version: String(modelVersion) },
    servers: [{ url: `${server}/services/data/v${apiVersion}` }],
    security: [{ bearer: [] }],
    paths: Object.fromEntries([queryPath, ...objects.flatMap(pathsOf)]),
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

const queryPath: Entry = [
  '/query',
  {
    get: {
      summary: 'Records by a query',
      operationId: 'query',
      parameters: [{ name: 'q', in: 'query', required: true, schema: { type: 'string' } }],
      responses: {
        200: answer('A page of records', { $ref: '#/components/schemas/QueryResult' }),
        default: refused,
      },
    },
  },
]

const commonSchemas: readonly Entry[] = [
  [
    'Problem',
    {
      type: 'object',
      required: ['message', 'errorCode'],
      properties: {
        message: { type: 'string' },
        errorCode: { type: 'string' },
        fields: { type: 'array', items: { type: 'string' } },
      },
    },
  ],
  [
    'SaveResult',
    {
      type: 'object',
      required: ['id', 'success', 'errors'],
      properties: {
        id: { type: 'string' },
        success: { type: 'boolean' },
        errors: { type: 'array', items: { $ref: '#/components/schemas/Problem' } },
      },
    },
  ],
  [
    'QueryResult',
    {
      type: 'object',
      required: ['totalSize', 'done', 'records'],
      properties: {
        totalSize: { type: 'integer' },
        done: { type: 'boolean' },
        nextRecordsUrl: { type: 'string' },
        records: { type: 'array', items: { type: 'object' } },
      },
    },
  ],
]

function pathsOf({ name, label, rights }: SchemaObject): readonly Entry[] {
  const tags = [name]
  const record = { $ref: `#/components/schemas/${name}` }
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } }
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
  const needed = createable.filter((field) => field.needed).map((field) => field.name)
  return [
    [name, { type: 'object', title: label, properties: propertiesOf(fields) }],
    ...(rights.create
      ? [
          [
            `${name}Create`,
            {
              type: 'object',
              additionalProperties: false,
              ...(needed.length === 0 ? {} : { required: needed }),
              properties: propertiesOf(createable),
            },
          ] as const,
        ]
      : []),
    ...(rights.edit
      ? [
          [
            `${name}Update`,
            {
              type: 'object',
              additionalProperties: false,
              properties: propertiesOf(fields.filter((field) => field.updateable)),
            },
          ] as const,
        ]
      : []),
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
