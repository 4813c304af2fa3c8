/** TypeScript types of exactly what a caller may see. */
import type { JsonType, SchemaField, SchemaObject } from './visible-schema.ts'

export function typesText(objects: readonly SchemaObject[]): string {
  const index = objects.map(({ name }) => `  ${name}: ${name}`)
  const inputs = objects
    .filter(({ rights }) => rights.create)
    .map(({ name }) => `  ${name}: ${name}Input`)
  return [
    common,
    ...objects.flatMap(objectText),
    '/** Records by the name of their object. */',
    'export interface Records {',
    ...index,
    '}',
    '',
    '/** What new records are made of, by the name of their object. */',
    'export interface RecordInputs {',
    ...inputs,
    '}',
    '',
  ].join('\n')
}

const common = `export interface Attributes<Name extends string> {
  readonly type: Name
  readonly url: string
}

export interface QueryResult<Row> {
  readonly totalSize: number
  readonly done: boolean
  readonly nextRecordsUrl?: string
  readonly records: readonly Row[]
}

export interface Address {
  readonly street: string | null
  readonly city: string | null
  readonly state: string | null
  readonly postalCode: string | null
  readonly country: string | null
}

export interface Location {
  readonly latitude: number | null
  readonly longitude: number | null
}
`

function objectText(object: SchemaObject): readonly string[] {
  const { name, label, fields, children, rights } = object
  const taken = new Set(fields.map((field) => field.name))
  const parents = fields.flatMap(({ parent }) =>
    parent === undefined || taken.has(parent.path)
      ? []
      : [`  readonly ${parent.path}?: ${parent.targets.join(' | ')} | null`],
  )
  const lists = children
    .filter(({ path }) => !taken.has(path))
    .map((child) => `  readonly ${child.path}?: QueryResult<${child.object}> | null`)
  const input = fields.filter((field) => field.createable)
  return [
    comment(label, ''),
    `export interface ${name} {`,
    `  readonly attributes: Attributes<'${name}'>`,
    ...fields.flatMap(fieldText),
    ...new Set(parents),
    ...lists,
    '}',
    '',
    ...(rights.create ? [`export interface ${name}Input {`, ...input.map(inputText), '}', ''] : []),
  ]
}

/** Answers hold what was asked for alone, so that every field may be absent. */
function fieldText(field: SchemaField): readonly string[] {
  const blank = field.filled ? '' : ' | null'
  return [comment(field.label, '  '), `  readonly ${field.name}?: ${typeOf(field)}${blank}`]
}

function inputText(field: SchemaField): string {
  const optional = field.needed ? '' : '?'
  return `  ${field.name}${optional}: ${typeOf(field)}${field.needed ? '' : ' | null'}`
}

const typeNames: Readonly<Record<JsonType, string>> = {
  string: 'string',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  address: 'Address',
  location: 'Location',
}

function typeOf({ json, values }: SchemaField): string {
  return values.length === 0
    ? typeNames[json]
    : values.map((value) => JSON.stringify(value)).join(' | ')
}

/** Labels are written by people and must not end the comment. */
function comment(label: string, indent: string): string {
  return `${indent}/** ${label.replaceAll('*/', '* /').replace(/\s+/g, ' ')} */`
}
