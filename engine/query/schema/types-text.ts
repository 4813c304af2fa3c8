/** TypeScript types of exactly what a caller may see. */
import type { JsonType, SchemaField, SchemaObject } from './visible-schema.ts'

export function typesText(objects: readonly SchemaObject[]): string {
  const list = (wanted: (object: SchemaObject) => string | undefined): readonly string[] =>
    objects.flatMap((object) => {
      const type = wanted(object)
      return type === undefined ? [] : [`  ${object.name}: ${type}`]
    })
  return [
    common,
    ...objects.flatMap(objectText),
    ...index(
      'Records by the name of their object.',
      'Records',
      list(({ name }) => name),
    ),
    ...index(
      'What new records are made of, by the name of their object.',
      'RecordInputs',
      list(({ name, rights }) => (rights.create ? `${name}Input` : undefined)),
    ),
    ...index(
      'What records can be changed to, by the name of their object.',
      'RecordUpdates',
      list(({ name, rights }) => (rights.edit ? `${name}Update` : undefined)),
    ),
    ...index(
      'Fields that name a record from outside, by the name of their object.',
      'RecordKeys',
      list(keysOf),
    ),
    schema,
  ].join('\n')
}

function index(words: string, name: string, lines: readonly string[]): readonly string[] {
  return [`/** ${words} */`, `export interface ${name} {`, ...lines, '}', '']
}

function keysOf({ fields, rights }: SchemaObject): string | undefined {
  const keys = fields.filter((field) => field.isKey).map((field) => `'${field.name}'`)
  return keys.length === 0 || !(rights.create && rights.edit) ? undefined : keys.join(' | ')
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

export interface AddressValue {
  readonly street: string | null
  readonly city: string | null
  readonly state: string | null
  readonly postalCode: string | null
  readonly country: string | null
}

export interface LocationValue {
  readonly latitude: number | null
  readonly longitude: number | null
}
`

const schema = `/** All of it, as the client takes it: \`connect<Schema>({ url, token })\`. */
export interface Schema {
  readonly records: Records
  readonly inputs: RecordInputs
  readonly updates: RecordUpdates
  readonly keys: RecordKeys
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
  const update = fields.filter((field) => field.updateable)
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
    ...(rights.edit
      ? [`export interface ${name}Update {`, ...update.map(updateText), '}', '']
      : []),
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

function updateText(field: SchemaField): string {
  return `  ${field.name}?: ${typeOf(field)}${field.filled ? '' : ' | null'}`
}

const typeNames: Readonly<Record<JsonType, string>> = {
  string: 'string',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  address: 'AddressValue',
  location: 'LocationValue',
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
