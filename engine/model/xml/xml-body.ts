/**
 * One rule for all types: elements become the keys of the same name, lists, numbers and booleans
 * as the schema has them. What the schema does not know is handed on for the checks to refuse.
 */
import { message } from '../../base/message.ts'
import type { ObjectShape, ScalarShape, Shape } from '../source/shape.ts'
import { bodyProblem, type BodyProblem, type Pointer } from '../source/body-problem.ts'
import type { XmlElement } from './xml-tree.ts'

/** The prefix of attributes of ours, which the public types do not have. */
export const ownPrefix = 'fs'

export interface XmlBody {
  readonly body: Readonly<Record<string, unknown>>
  readonly problems: readonly BodyProblem[]
  /** The offset of the element at a place, or of the nearest one around it. */
  offsetOf(pointer: Pointer): number
}

/** The element's content as a body of the given shape. */
export function readXmlBody(root: XmlElement, shape: ObjectShape): XmlBody {
  const reading: Reading = { problems: [], offsets: new Map([['', root.offset]]) }
  const body = readObject(root, { shape, pointer: [] }, reading)
  return {
    body,
    problems: reading.problems,
    offsetOf(pointer) {
      for (let length = pointer.length; length > 0; length--) {
        const offset = reading.offsets.get(keyOf(pointer.slice(0, length)))
        if (offset !== undefined) return offset
      }
      return root.offset
    },
  }
}

interface Reading {
  readonly problems: BodyProblem[]
  readonly offsets: Map<string, number>
}

interface Target<Kind extends Shape = Shape> {
  readonly shape: Kind
  readonly pointer: Pointer
}

function keyOf(pointer: Pointer): string {
  return pointer.join('\n')
}

function readObject(
  element: XmlElement,
  target: Target<ObjectShape>,
  reading: Reading,
): Readonly<Record<string, unknown>> {
  const { shape, pointer } = target
  if (element.children.length > 0 && element.text.trim() !== '') {
    reading.problems.push(bodyProblem({ pointer }, message('text stands between the elements')))
  }
  const values = new Map<string, unknown>()
  const lists = new Map<string, unknown[]>()
  for (const child of element.children) {
    const key = keyOfElement(child, shape)
    const property = shape.properties.get(key)
    const at = [...pointer, key]
    if (property?.shape.kind === 'list') {
      const list = lists.get(key) ?? []
      lists.set(key, list)
      values.set(key, list)
      const entry = { shape: property.shape.item, pointer: [...at, list.length] }
      list.push(readValue(child, entry, reading))
    } else if (property?.shape.kind === 'any') {
      const type = child.attributes.get('xsi:type')
      if (type !== undefined) values.set(`${key}Type`, type)
      values.set(key, readAny(child))
    } else if (!isNil(child)) {
      if (values.has(key)) reading.problems.push(secondTime(at))
      values.set(key, readValue(child, { shape: property?.shape, pointer: at }, reading))
    }
  }
  return Object.fromEntries(values)
}

function secondTime(pointer: Pointer): BodyProblem {
  return bodyProblem(
    { pointer },
    message('{name} stands here a second time', { name: String(pointer.at(-1)) }),
  )
}

function isNil(element: XmlElement): boolean {
  return element.attributes.get('xsi:nil') === 'true'
}

/** The key that an element stands for: attributes of ours are written with a prefix. */
function keyOfElement(element: XmlElement, shape: ObjectShape): string {
  const [prefix, name] = element.name.split(':')
  const own = prefix === ownPrefix && name !== undefined && shape.properties.get(name)?.own === true
  return own ? name : element.name
}

function readValue(
  element: XmlElement,
  target: { readonly shape: Shape | undefined; readonly pointer: Pointer },
  reading: Reading,
): unknown {
  const { shape, pointer } = target
  reading.offsets.set(keyOf(pointer), element.offset)
  if (shape?.kind === 'object') return readObject(element, { shape, pointer }, reading)
  // Elements within a plain value are not known to the schema: the checks refuse an object there.
  if (element.children.length > 0)
    return Object.fromEntries([[element.children[0]?.name ?? '', '']])
  return shape === undefined || shape.kind === 'list'
    ? element.text
    : scalarReaders[shape.kind](element.text)
}

const scalarReaders: Readonly<Record<ScalarShape['kind'], (text: string) => unknown>> = {
  text: (text) => text,
  boolean: (text) => booleans.get(text.trim()) ?? text,
  integer: readNumber,
  number: readNumber,
  any: (text) => text,
}

const booleans: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
])

/** A number where the text is one; else the text, which the checks refuse with its reason. */
function readNumber(text: string): unknown {
  return /^\s*-?\d{1,15}(?:\.\d{1,10})?\s*$/.test(text) ? Number(text) : text
}

/** A value whose type stands beside it. Only what comes back unchanged leaves the form of text. */
function readAny(element: XmlElement): unknown {
  if (isNil(element)) return null
  const type = element.attributes.get('xsi:type')?.split(':').at(-1) ?? 'string'
  if (type === 'boolean') return scalarReaders.boolean(element.text)
  if (!['double', 'int', 'integer', 'long', 'decimal'].includes(type)) return element.text
  const number = readNumber(element.text)
  return String(number) === element.text ? number : element.text
}
