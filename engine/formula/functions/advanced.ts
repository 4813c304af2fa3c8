/** Patterns, look-ups in other objects, places and currencies. */
import { message } from '../../base/message.ts'
import { RE2JS } from 're2js'
import { limits } from '../../base/limits.ts'
import type { CheckedCall, FormulaFunction, Resolved } from '../function-entry.ts'
import { adapt, demand } from '../function-entry.ts'
import { strict, type EvaluationCall } from '../operation.ts'
import { FormulaFailure, FormulaFault } from '../problem.ts'
import { parseRational, rationalOf, toFloat, toInteger, whole, type Rational } from '../rational.ts'
import type { Location, Value } from '../tree.ts'
import { fieldValue } from '../field-value.ts'

const patterns = new Map<string, RE2JS>()
const patternsMax = 200

/** Compiled once; it takes time in proportion to pattern and text, whatever they are. */
function compiledPattern(pattern: string): RE2JS {
  const known = patterns.get(pattern)
  if (known !== undefined) return known
  if (patterns.size >= patternsMax) patterns.clear()
  const fresh = RE2JS.compile(pattern, RE2JS.DOTALL)
  patterns.set(pattern, fresh)
  return fresh
}

function patternProblem(pattern: string): string | undefined {
  if (pattern.length > limits.formulaPatternCharsMax) {
    return `is longer than ${limits.formulaPatternCharsMax} characters`
  }
  try {
    compiledPattern(pattern)
    return undefined
  } catch (error) {
    // The library tells a broken pattern by an error of its own; anything else is a bug of ours.
    if (!(error instanceof Error) || !error.name.startsWith('RE2JS')) throw error
    return error.message
  }
}

function matches(text: string, pattern: string): boolean {
  const problem = patternProblem(pattern)
  if (problem !== undefined)
    throw new FormulaFailure(message('the pattern cannot be used: {problem}', { problem }))
  return compiledPattern(pattern).matches(text)
}

/** A constant pattern is looked at while the formula is written. */
function resolvePattern({ name, args }: CheckedCall): Resolved {
  const [text, pattern] = args
  if (text === undefined || pattern === undefined) throw new Error('REGEX')
  for (const arg of args) demand(arg, ['text'], name)
  const constant = pattern.kind === 'constant' ? String(pattern.value) : undefined
  const problem = constant === undefined ? undefined : patternProblem(constant)
  if (problem !== undefined)
    throw new FormulaFault(
      message('The pattern cannot be used: {problem}', { problem }),
      pattern.span,
    )
  return { type: { kind: 'boolean' }, args: [adapt(text, 'text'), adapt(pattern, 'text')] }
}

function resolveLookUp({ name, args }: CheckedCall): Resolved {
  const [give, where, value] = args
  if (give === undefined || where === undefined || value === undefined) throw new Error('VLOOKUP')
  for (const node of [give, where]) {
    if (node.kind !== 'field' || node.mention.fieldOf === undefined) {
      const example = '$ObjectType.Zip_Code__c.Fields.City__c'
      throw new FormulaFault(
        message('{name} needs a field such as {example}', { name, example }),
        node.span,
      )
    }
  }
  demand(value, ['text'], name)
  return { type: give.type, args: [give, where, adapt(value, 'text')] }
}

function lookUp({ args: [give, where, wanted], machine }: EvaluationCall): Value {
  if (give?.kind !== 'field' || where?.kind !== 'field' || wanted === undefined) return null
  const equals = String(machine.evaluate(wanted))
  if (equals === '') return fieldValue(give, null)
  const { lookUp: search } = machine.environment
  machine.spend(1_000)
  return fieldValue(give, search?.({ give: give.mention, where: where.mention, equals }) ?? null)
}

export const earthRadiusKm = 6371.0088
export const kilometresPerMile = 1.609344

/** Along the surface of a ball of the earth's mean radius. */
function distanceKm(from: Location, to: Location): number {
  const radians = Math.PI / 180
  const latitude = Math.sin(((to.latitude - from.latitude) * radians) / 2)
  const longitude = Math.sin(((to.longitude - from.longitude) * radians) / 2)
  const cosines = Math.cos(from.latitude * radians) * Math.cos(to.latitude * radians)
  const chord = Math.min(1, latitude * latitude + cosines * longitude * longitude)
  return 2 * earthRadiusKm * Math.asin(Math.sqrt(chord))
}

function distance([from, to, unit]: readonly [Location, Location, string]): Rational {
  const kilometres = distanceKm(from, to)
  if (unit === 'km') return rationalOf(kilometres)
  if (unit === 'mi') return rationalOf(kilometres / kilometresPerMile)
  throw new FormulaFailure(message('a distance is measured in "km" or "mi"'))
}

function location([latitude, longitude]: readonly [Rational, Rational]): Location {
  const place = { latitude: toFloat(latitude), longitude: toFloat(longitude) }
  if (Math.abs(place.latitude) > 90 || Math.abs(place.longitude) > 180) {
    throw new FormulaFailure(message('there is no such place'))
  }
  return place
}

function pad(value: number): string {
  return String(value).padStart(2, '0')
}

function duration([seconds, withDays = false]: readonly [Rational, boolean?]): string {
  const total = Math.abs(toInteger(seconds))
  const clock = (rest: number): string =>
    `${pad(Math.floor(rest / 3600))}:${pad(Math.floor(rest / 60) % 60)}:${pad(rest % 60)}`
  return withDays ? `${Math.floor(total / 86_400)}:${clock(total % 86_400)}` : clock(total)
}

function rate(code: string, { machine }: EvaluationCall): Value {
  const found = machine.environment.currencyRate?.(code)
  if (found === undefined) return code === '' ? null : whole(1)
  return typeof found === 'number' ? rationalOf(found) : (parseRational(found) ?? null)
}

function resolveDistance({ name, args }: CheckedCall): Resolved {
  const [from, to, unit] = args
  if (from === undefined || to === undefined || unit === undefined) throw new Error('DISTANCE')
  demand(from, ['location'], name)
  demand(to, ['location'], name)
  demand(unit, ['text'], name)
  const constant = unit.kind === 'constant' ? unit.value : 'km'
  if (constant !== 'km' && constant !== 'mi') {
    throw new FormulaFault(message('DISTANCE is measured in "km" or "mi"'), unit.span)
  }
  return { type: { kind: 'number', endless: true }, args }
}

export const advancedFunctions: readonly FormulaFunction[] = [
  {
    name: 'REGEX',
    group: 'advanced',
    parameters: [{ name: 'text' }, { name: 'regex_text' }],
    doc: 'True when the whole text matches the pattern. Patterns take linear time; looking ahead or back is not possible.',
    contexts: ['rule', 'flow', 'default'],
    result: resolvePattern,
    evaluate: strict<readonly [string, string]>(([text, pattern], machine) => {
      machine.spend(1 + (text.length * pattern.length) / 100)
      return matches(text, pattern)
    }),
  },
  {
    name: 'VLOOKUP',
    group: 'advanced',
    parameters: [
      { name: 'field_to_return' },
      { name: 'field_on_lookup_object' },
      { name: 'lookup_value' },
    ],
    doc: 'Finds the record whose field has the value, and gives another field of it.',
    contexts: ['rule', 'default'],
    result: resolveLookUp,
    volatile: true,
    evaluate: lookUp,
  },
  {
    name: 'GEOLOCATION',
    group: 'advanced',
    parameters: [
      { name: 'latitude', kinds: ['number'] },
      { name: 'longitude', kinds: ['number'] },
    ],
    doc: 'Makes a place of its latitude and longitude, for DISTANCE.',
    result: 'location',
    evaluate: strict<readonly [Rational, Rational]>((args) => location(args)),
  },
  {
    name: 'DISTANCE',
    group: 'advanced',
    parameters: [{ name: 'location' }, { name: 'other_location' }, { name: 'unit' }],
    doc: 'Gives the distance of two places in "km" or "mi".',
    result: resolveDistance,
    evaluate: strict<readonly [Location, Location, string]>((args) => distance(args)),
  },
  {
    name: 'CURRENCYRATE',
    group: 'advanced',
    parameters: [{ name: 'currency_code', kinds: ['text'] }],
    doc: 'Gives the rate of a currency against that of the organisation.',
    result: 'number',
    volatile: true,
    evaluate(call) {
      const [code] = call.args
      return code === undefined ? null : rate(String(call.machine.evaluate(code)), call)
    },
  },
  {
    name: 'FORMATDURATION',
    group: 'date and time',
    parameters: [
      { name: 'seconds', kinds: ['number'] },
      { name: 'include_days', kinds: ['boolean'], optional: true },
    ],
    doc: 'Shows seconds as hours, minutes and seconds, with days before them where asked for.',
    result: 'text',
    evaluate: strict<readonly [Rational, boolean?]>((args) => duration(args)),
  },
]
