/**
 * The schemas of the metadata language as a linked structure: what everything walks that needs
 * to know which elements exist, in which order, and which are lists, numbers or objects.
 */
import type { MetadataTypeName } from '../declaration.ts'
import { metadataSchemas, type SchemaNode } from './metadata-schemas.ts'

export type Shape = ObjectShape | ListShape | ScalarShape

export interface ObjectShape {
  readonly kind: 'object'
  readonly name: string
  /** In canonical order, without `$schema`. */
  readonly properties: ReadonlyMap<string, Property>
  readonly required: readonly string[]
  /** The whole file: may say where its schema lies. */
  readonly root: boolean
  /** The whole type is kept and not acted on. */
  readonly kept: boolean
}

export interface ListShape {
  readonly kind: 'list'
  readonly item: Shape
  /** The attribute by which entries are told apart; entries without one may repeat. */
  readonly key: string | undefined
}

export interface ScalarShape {
  readonly kind: 'text' | 'integer' | 'number' | 'boolean' | 'any'
  /** The only texts that are known. */
  readonly allowed: readonly string[] | undefined
  readonly pattern: RegExp | undefined
  readonly minimum: number | undefined
  readonly maximum: number | undefined
}

export interface Property {
  readonly shape: Shape
  readonly kept: boolean
  /** An attribute of ours, unknown to the public types. */
  readonly own: boolean
}

const shapes = new Map<string, ObjectShape | ScalarShape>()

/** The shape of a metadata type or of one of its parts, by the name in the schemas. */
export function shapeOf(type: MetadataTypeName): ObjectShape {
  const shape = namedShape(type, type)
  if (shape.kind !== 'object') throw new Error(`${type} is not an object`)
  return shape
}

/** The shape of the entries of a list of a metadata type, such as the fields of an object. */
export function entryShape(type: MetadataTypeName, list: string): ObjectShape {
  const property = shapeOf(type).properties.get(list)
  if (property?.shape.kind !== 'list' || property.shape.item.kind !== 'object') {
    throw new Error(`${type}.${list} is not a list of objects`)
  }
  return property.shape.item
}

function namedShape(file: MetadataTypeName, name: string): ObjectShape | ScalarShape {
  const key = `${file}#${name}`
  const known = shapes.get(key)
  if (known !== undefined) return known
  const root = metadataSchemas[file]
  const schema = name === file ? root : root.definitions?.[name]
  if (schema === undefined) throw new Error(`no schema ${key}`)
  if (schema.properties === undefined) return scalarShape(schema)
  const properties = new Map<string, Property>()
  const shape: ObjectShape = {
    kind: 'object',
    name,
    properties,
    required: schema.required ?? [],
    root: schema === root,
    kept: schema['x-kept'] === true,
  }
  // Entered before its properties are read: a type may contain itself.
  shapes.set(key, shape)
  for (const [property, node] of Object.entries(schema.properties)) {
    if (property === '$schema') continue
    properties.set(property, {
      shape: nodeShape(file, node),
      kept: node['x-kept'] === true,
      own: node['x-fieldstone'] === true,
    })
  }
  return shape
}

function nodeShape(file: MetadataTypeName, node: SchemaNode): Shape {
  const ref = node.$ref ?? node.allOf?.[0]?.$ref
  if (ref !== undefined) return referredShape(file, ref)
  if (node.items === undefined) return scalarShape(node)
  return { kind: 'list', item: nodeShape(file, node.items), key: node['x-key'] }
}

function referredShape(file: MetadataTypeName, ref: string): Shape {
  const [target = '', path = ''] = ref.split('#')
  const wanted = target === '' ? file : typeOfSchema(target)
  return namedShape(wanted, path.split('/').at(-1) || wanted)
}

function typeOfSchema(id: string): MetadataTypeName {
  const name = id.replace('.schema.json', '')
  if (!isType(name)) throw new Error(`no schema ${id}`)
  return name
}

function isType(name: string): name is MetadataTypeName {
  return Object.hasOwn(metadataSchemas, name)
}

const scalarKinds: ReadonlyMap<unknown, ScalarShape['kind']> = new Map([
  ['string', 'text'],
  ['integer', 'integer'],
  ['number', 'number'],
  ['boolean', 'boolean'],
])

function scalarShape(node: SchemaNode): ScalarShape {
  return {
    kind: scalarKinds.get(node.type) ?? 'any',
    allowed: node.enum,
    pattern: node.pattern === undefined ? undefined : new RegExp(node.pattern, 'u'),
    minimum: node.minimum,
    maximum: node.maximum,
  }
}
