/** Random bodies of every metadata type, made from the schemas. */
import fc, { type Arbitrary } from 'fast-check'
import type { MetadataTypeName } from '../../../engine/model/declaration.ts'
import { checkText } from '../../../engine/model/source/check-text.ts'
import { foldName } from '../../../engine/model/source/naming.ts'
import {
  shapeOf,
  type ListShape,
  type ObjectShape,
  type ScalarShape,
  type Shape,
} from '../../../engine/model/source/shape.ts'

export interface ArbitraryComponent {
  readonly type: MetadataTypeName
  readonly fullName: string
  readonly body: Readonly<Record<string, unknown>>
}

/** A component of the type with a valid body; keys stand in random order. */
export function arbitraryComponent(type: MetadataTypeName): Arbitrary<ArbitraryComponent> {
  return arbitraryObject(shapeOf(type), 0).map((body) => {
    const fullName = type === 'CustomLabels' ? 'CustomLabels' : String(body['fullName'])
    return { type, fullName, body: { ...body, fullName } }
  })
}

const depthMax = 5

const name = fc.stringMatching(/^N[A-Za-z0-9]{1,10}$/)

const text = fc
  .string({ unit: 'grapheme', maxLength: 20 })
  .filter((value) => checkText(value) === undefined)

const awkwardText = fc.constantFrom(
  '',
  ' ',
  '  two  ',
  'a\nb',
  'a\r\nb\t',
  '<b>&amp;</b>',
  ']]>',
  `"quoted" 'twice'`,
  'Ärger 😀 日本',
  '\u00a0',
  'true',
  '12',
)

const anyText = fc.oneof(text, awkwardText)

// Values of custom metadata, each with a type that fits.
const metadataValue: Arbitrary<Record<string, unknown>> = fc.oneof(
  fc.record({ value: anyText, valueType: fc.constant('xsd:string') }),
  fc.record({ value: fc.boolean(), valueType: fc.constant('xsd:boolean') }),
  fc.record({ value: fc.integer(), valueType: fc.constant('xsd:double') }),
  fc.constant({ value: null }),
)

function arbitraryObject(shape: ObjectShape, depth: number): Arbitrary<Record<string, unknown>> {
  if (shape.name === 'CustomMetadataValue') {
    return fc.tuple(name, metadataValue).map(([field, value]) => ({ field, ...value }))
  }
  const optional = [...shape.properties.keys()].filter((key) => !shape.required.includes(key))
  return fc
    .shuffledSubarray(optional, { maxLength: depth < depthMax ? Math.min(6, optional.length) : 0 })
    .chain((keys) =>
      fc.record(
        Object.fromEntries(
          [...keys, ...shape.required].map((key) => [key, arbitraryProperty(shape, key, depth)]),
        ),
      ),
    )
    .map((body) => ({ ...body }))
}

function arbitraryProperty(shape: ObjectShape, key: string, depth: number): Arbitrary<unknown> {
  const inner = shape.properties.get(key)?.shape
  if (inner === undefined) throw new Error(`no ${key}`)
  if (key === 'fullName' || key === 'name') return name
  if (key === 'previousNames') return fc.array(name, { maxLength: 2 })
  return arbitraryValue(inner, depth + 1)
}

function arbitraryValue(shape: Shape, depth: number): Arbitrary<unknown> {
  if (shape.kind === 'object') return arbitraryObject(shape, depth)
  return shape.kind === 'list' ? arbitraryList(shape, depth) : arbitraryScalar(shape)
}

function arbitraryList(shape: ListShape, depth: number): Arbitrary<unknown[]> {
  const entry = arbitraryValue(shape.item, depth)
  const { key } = shape
  if (key === undefined) return fc.array(entry, { maxLength: 3 })
  const selector = (value: unknown): string => {
    const found: unknown = Reflect.get(Object(value), key)
    return typeof found === 'string' ? foldName(found) : ''
  }
  return fc.uniqueArray(entry, { maxLength: 3, selector })
}

function arbitraryScalar(shape: ScalarShape): Arbitrary<unknown> {
  if (shape.allowed !== undefined) return fc.constantFrom(...shape.allowed)
  if (shape.pattern !== undefined) return fc.stringMatching(shape.pattern)
  if (shape.kind === 'boolean') return fc.boolean()
  if (shape.kind === 'text') return anyText
  return fc.integer({ min: shape.minimum ?? -1000, max: shape.maximum ?? 1_000_000 })
}
