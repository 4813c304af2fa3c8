/**
 * Checks a value against the shape of its type in one walk that stops at the limit of problems.
 * It decides as the schemas do (a test holds it against ajv) and needs no compilation at start.
 */
import { message, withMore, type Message } from '../../base/message.ts'
import { limits } from '../../base/limits.ts'
import { nearestName } from '../../base/nearest-name.ts'
import { bodyProblem, quote, suggest, type BodyProblem, type Pointer } from './body-problem.ts'
import { isRecord } from './canonical-body.ts'
import { foldName } from './naming.ts'
import type { ListShape, ObjectShape, ScalarShape, Shape } from './shape.ts'

/** A place on the walk; a pointer is only built when there is something to say. */
interface Step {
  readonly parent: Step | undefined
  readonly key: string | number
}

interface Walk {
  readonly problems: BodyProblem[]
}

/** All problems of the value: unknown keys, wrong kinds, missing keys, double entries. */
export function checkShape(shape: Shape, value: unknown): readonly BodyProblem[] {
  const walk: Walk = { problems: [] }
  visit(walk, shape, { value, step: undefined })
  return walk.problems
}

interface Visited {
  readonly value: unknown
  readonly step: Step | undefined
}

function visit(walk: Walk, shape: Shape, at: Visited): void {
  if (walk.problems.length >= limits.problemsReportedMax) return
  if (shape.kind === 'object') visitObject(walk, shape, at)
  else if (shape.kind === 'list') visitList(walk, shape, at)
  else visitScalar(walk, shape, at)
}

function visitObject(walk: Walk, shape: ObjectShape, { value, step }: Visited): void {
  if (!isRecord(value)) return reportKind(walk, 'object', { value, step })
  for (const key of shape.required) {
    if (Object.hasOwn(value, key)) continue
    report(walk, step, {
      reason: message("the key '{key}' is missing", { key }),
      suggestion: message('add "{key}"', { key }),
    })
  }
  for (const key of Object.keys(value)) {
    const inner = { parent: step, key }
    const property = shape.properties.get(key)
    if (property !== undefined) visit(walk, property.shape, { value: value[key], step: inner })
    else if (key !== '$schema' || !shape.root) reportUnknownKey(walk, shape, inner)
    else if (typeof value[key] !== 'string') {
      reportKind(walk, 'text', { value: value[key], step: inner })
    }
  }
}

function visitList(walk: Walk, shape: ListShape, { value, step }: Visited): void {
  if (!Array.isArray(value)) return reportKind(walk, 'list', { value, step })
  for (const [key, entry] of value.entries()) {
    if (walk.problems.length >= limits.problemsReportedMax) return
    visit(walk, shape.item, { value: entry, step: { parent: step, key } })
  }
  if (shape.key !== undefined) reportDoubles(walk, shape.key, { value, step })
}

const kindWords: Readonly<Record<Shape['kind'], Message>> = {
  object: message('an object'),
  list: message('a list'),
  text: message('text'),
  integer: message('a whole number'),
  number: message('a number'),
  boolean: message('true or false'),
  any: message('text, a number, true, false or null'),
}

const kindChecks: Readonly<Record<ScalarShape['kind'], (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string',
  integer: (value) => Number.isInteger(value),
  number: (value) => Number.isFinite(value),
  boolean: (value) => typeof value === 'boolean',
  any: (value) => value === null || (typeof value !== 'object' && !isEndless(value)),
}

function isEndless(value: unknown): boolean {
  return typeof value === 'number' && !Number.isFinite(value)
}

function visitScalar(walk: Walk, shape: ScalarShape, { value, step }: Visited): void {
  if (!kindChecks[shape.kind](value)) return reportKind(walk, shape.kind, { value, step })
  const name = nameOf(step)
  if (typeof value === 'string' && shape.allowed !== undefined && !shape.allowed.includes(value)) {
    const nearest = value === '' ? undefined : nearestName(value.slice(0, 100), shape.allowed)
    const suggestion = suggest(nearest, shape.allowed)
    report(walk, step, {
      reason: message('unknown {name} {value}', { name, value: quote(value) }),
      suggestion,
    })
  }
  if (typeof value === 'string' && shape.pattern !== undefined && !shape.pattern.test(value)) {
    const reason = message('{name} {value} does not have the form {source}', {
      name,
      value: quote(value),
      source: shape.pattern.source,
    })
    report(walk, step, { reason })
  }
  if (typeof value === 'number' && shape.minimum !== undefined && value < shape.minimum) {
    const reason = message('{name} must be at least {minimum}', { name, minimum: shape.minimum })
    report(walk, step, { reason })
  }
  if (typeof value === 'number' && shape.maximum !== undefined && value > shape.maximum) {
    const reason = message('{name} must be at most {maximum}', { name, maximum: shape.maximum })
    report(walk, step, { reason })
  }
}

function reportUnknownKey(walk: Walk, shape: ObjectShape, step: Step): void {
  const known = [...shape.properties.keys()]
  const key = String(step.key)
  const nearest = nearestName(key.slice(0, 100), known)
  const words = {
    reason: message('unknown key {key}', { key: quote(key) }),
    suggestion: suggest(nearest, known),
  }
  report(walk, step, { ...words, at: 'key' })
}

function reportKind(walk: Walk, wanted: Shape['kind'], { value, step }: Visited): void {
  const values = { name: nameOf(step), wanted: kindWords[wanted], value: kindOf(value) }
  const reason = message('{name} must be {wanted}, not {value}', values)
  report(walk, step, { reason, suggestion: suggestValue(wanted, value) })
}

function kindOf(value: unknown): string | Message {
  if (value === null) return 'null'
  if (Array.isArray(value)) return kindWords.list
  if (typeof value === 'object') return kindWords.object
  return typeof value === 'string'
    ? message('the text {text}', { text: quote(value) })
    : String(value)
}

/** The value as it was probably meant. */
function suggestValue(wanted: Shape['kind'], value: unknown): Message | undefined {
  if (value === null) return message('leave the key out')
  if (typeof value === 'object') return undefined
  if (wanted === 'list') return written(`[${JSON.stringify(value)}]`)
  if (wanted === 'text') return written(`"${String(value)}"`)
  if (typeof value !== 'string') return undefined
  const fits = wanted === 'boolean' ? /^(?:true|false)$/ : /^(?:0|[1-9]\d{0,8})$/
  if (wanted === 'object' || !fits.test(value)) return undefined
  return message('write {value} without quotes', { value })
}

function written(text: string): Message {
  return message('write {text}', { text })
}

/** Entries whose keys are the same but for letter case and Unicode form. */
function reportDoubles(walk: Walk, key: string, at: Visited & { value: readonly unknown[] }): void {
  const seen = new Map<string, string>()
  for (const [index, entry] of at.value.entries()) {
    const name = isRecord(entry) ? entry[key] : undefined
    if (typeof name !== 'string') continue
    const folded = foldName(name)
    const earlier = seen.get(folded)
    seen.set(folded, name)
    if (earlier === undefined) continue
    const other = message(' (the other is written {name})', { name: quote(earlier) })
    const twice = message('{name} stands twice in {list}', {
      name: quote(name),
      list: nameOf(at.step),
    })
    const reason = withMore(twice, name === earlier ? undefined : other)
    const step = { parent: { parent: at.step, key: index }, key }
    report(walk, step, {
      reason,
      suggestion: message('keep one of the two, or give one another name'),
    })
    if (walk.problems.length >= limits.problemsReportedMax) return
  }
}

interface Words {
  readonly reason: Message
  readonly suggestion?: Message | undefined
  readonly at?: 'key'
}

function report(walk: Walk, step: Step | undefined, words: Words): void {
  if (walk.problems.length >= limits.problemsReportedMax) return
  const place = { pointer: pointerOf(step), at: words.at ?? ('value' as const) }
  walk.problems.push(bodyProblem(place, words.reason, words.suggestion))
}

function pointerOf(step: Step | undefined): Pointer {
  const pointer: (string | number)[] = []
  for (let at = step; at !== undefined; at = at.parent) pointer.push(at.key)
  return pointer.reverse()
}

/** The key that the place belongs to; entries of a list are called after the list. */
function nameOf(step: Step | undefined): string | Message {
  for (let at = step; at !== undefined; at = at.parent) {
    if (typeof at.key === 'string') return at.key
  }
  return message('the component')
}
