/**
 * Checks a value against the shape of its type in one walk that stops at the limit of problems.
 * It decides as the schemas do (a test holds it against ajv) and needs no compilation at start.
 */
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
  if (!isRecord(value)) return reportKind(walk, 'an object', { value, step })
  for (const key of shape.required) {
    if (Object.hasOwn(value, key)) continue
    report(walk, step, { reason: `the key '${key}' is missing`, suggestion: `add "${key}"` })
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
  if (!Array.isArray(value)) return reportKind(walk, 'a list', { value, step })
  for (const [key, entry] of value.entries()) {
    if (walk.problems.length >= limits.problemsReportedMax) return
    visit(walk, shape.item, { value: entry, step: { parent: step, key } })
  }
  if (shape.key !== undefined) reportDoubles(walk, shape.key, { value, step })
}

const kindWords: Readonly<Record<ScalarShape['kind'], string>> = {
  text: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  any: 'text, a number, true, false or null',
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
  if (!kindChecks[shape.kind](value))
    return reportKind(walk, kindWords[shape.kind], { value, step })
  const name = nameOf(step)
  if (typeof value === 'string' && shape.allowed !== undefined && !shape.allowed.includes(value)) {
    const nearest = value === '' ? undefined : nearestName(value.slice(0, 100), shape.allowed)
    const suggestion = suggest(nearest, shape.allowed)
    report(walk, step, { reason: `unknown ${name} ${quote(value)}`, suggestion })
  }
  if (typeof value === 'string' && shape.pattern !== undefined && !shape.pattern.test(value)) {
    const reason = `${name} ${quote(value)} does not have the form ${shape.pattern.source}`
    report(walk, step, { reason })
  }
  if (typeof value === 'number' && shape.minimum !== undefined && value < shape.minimum) {
    const reason = `${name} must be at least ${shape.minimum}`
    report(walk, step, { reason })
  }
}

function reportUnknownKey(walk: Walk, shape: ObjectShape, step: Step): void {
  const known = [...shape.properties.keys()]
  const key = String(step.key)
  const nearest = nearestName(key.slice(0, 100), known)
  const words = { reason: `unknown key ${quote(key)}`, suggestion: suggest(nearest, known) }
  report(walk, step, { ...words, at: 'key' })
}

function reportKind(walk: Walk, wanted: string, { value, step }: Visited): void {
  const reason = `${nameOf(step)} must be ${wanted}, not ${kindOf(value)}`
  report(walk, step, { reason, suggestion: suggestValue(wanted, value) })
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'an object'
  return typeof value === 'string' ? `the text ${quote(value)}` : String(value)
}

/** The value as it was probably meant. */
function suggestValue(wanted: string, value: unknown): string | undefined {
  if (value === null) return 'leave the key out'
  if (typeof value === 'object') return undefined
  if (wanted === 'a list') return `write [${JSON.stringify(value)}]`
  if (wanted === 'text') return `write "${String(value)}"`
  if (typeof value !== 'string') return undefined
  const fits = wanted === 'true or false' ? /^(?:true|false)$/ : /^(?:0|[1-9]\d{0,8})$/
  return wanted !== 'an object' && fits.test(value) ? `write ${value} without quotes` : undefined
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
    const written = name === earlier ? '' : ` (the other is written ${quote(earlier)})`
    const reason = `${quote(name)} stands twice in ${nameOf(at.step)}${written}`
    const step = { parent: { parent: at.step, key: index }, key }
    report(walk, step, { reason, suggestion: 'keep one of the two, or give one another name' })
    if (walk.problems.length >= limits.problemsReportedMax) return
  }
}

interface Words {
  readonly reason: string
  readonly suggestion?: string | undefined
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
function nameOf(step: Step | undefined): string {
  for (let at = step; at !== undefined; at = at.parent) {
    if (typeof at.key === 'string') return at.key
  }
  return 'the component'
}
