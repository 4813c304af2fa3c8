/** `@{step.path}` in the requests of a composite: what earlier steps answered. */
import { limits } from '../base/limits.ts'
import { refuse, type Refusal } from '../base/refusal.ts'

/** What each step answered, by its reference; a text of JSON until somebody asks for a part of it. */
export interface StepAnswers {
  add(referenceId: string, text: string): void
  /** The single value that a reference names; all of them together are no more than a body may be. */
  find(reference: string): string | number | boolean
}

export function createStepAnswers(): StepAnswers {
  const texts = new Map<string, string>()
  const values = new Map<string, unknown>()
  let taken = 0
  return {
    add: (referenceId, text) => void texts.set(referenceId, text),
    find: (reference) => {
      const [step = '', ...path] = partsOf(reference)
      const text = texts.get(step)
      if (text === undefined) throw unresolved(reference, step)
      if (!values.has(step)) values.set(step, text === '' ? null : JSON.parse(text))
      const value = path.reduce<unknown>(member, values.get(step))
      if (value === undefined || value === null) throw unresolved(reference, step)
      if (!isSingle(value)) {
        const text = `Invalid reference specified. ${reference} is no single value.`
        throw refuse('PROCESSING_HALTED', text)
      }
      taken += String(value).length
      if (taken > limits.requestBodyBytesMax) throw tooMuch()
      return value
    },
  }
}

const reference = /@\{([^{}]{1,500})\}/g
const whole = /^@\{([^{}]{1,500})\}$/

/** `a.records[0].Id` → a, records, 0, Id. */
function partsOf(text: string): readonly string[] {
  return text
    .replace(/\[(\d{1,6})\]/g, '.$1')
    .split('.')
    .filter((part) => part !== '')
}

function isSingle(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

/** A short request could ask for the same long value over and over. */
function tooMuch(): Refusal {
  return refuse(
    'LIMIT_EXCEEDED',
    `References may take at most ${limits.requestBodyBytesMax} characters (requestBodyBytesMax).`,
  )
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
  return Reflect.get(value, name)
}

function unresolved(text: string, step: string): Refusal {
  return refuse(
    'PROCESSING_HALTED',
    `Invalid reference specified. No value for ${text} found in ${step}.`,
  )
}

/** A copy of a body with its references resolved; a text that is nothing but a reference takes the value as it is. */
export function resolveBody(value: unknown, answers: StepAnswers): unknown {
  if (typeof value === 'string') {
    const only = whole.exec(value)?.[1]
    if (only !== undefined) return answers.find(only)
    return value.includes('@{') ? resolveText(value, (part) => String(answers.find(part))) : value
  }
  if (Array.isArray(value)) return value.map((item) => resolveBody(item, answers))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, resolveBody(item, answers)]),
  )
}

/** An address with its references resolved; their values become parts of it, whatever characters they have. */
export function resolveUrl(url: string, answers: StepAnswers): string {
  return resolveText(url, (part) => encodeURIComponent(answers.find(part)))
}

function resolveText(text: string, valueOf: (part: string) => string): string {
  return text.replace(reference, (_all, part: string) => valueOf(part))
}
