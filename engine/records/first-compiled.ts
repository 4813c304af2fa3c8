/**
 * The statements of first pages, kept for as long as their model. Queries that differ in values alone share one: a program
 * that asks for one record after the other has its query planned once.
 */
import { Refusal } from '../base/refusal.ts'
import { FreeLiterals, type FreeLiteral } from '../query/free-literals.ts'
import { parseQuery, requireQueryLength } from '../query/soql/parse-query.ts'
import { literalOf, queryShape, type WrittenLiteral } from '../query/soql/query-shape.ts'
import type { QueryVariables } from '../query/soql/variables.ts'
import type { ColumnKind, ColumnValue } from '../sql/column-kind.ts'
import type { Bound } from '../sql/sql.ts'
import {
  compile,
  type CompileContext,
  type CompiledQuery,
  type FirstPage,
} from './compile-query.ts'
import { createModelCache } from './model-cache.ts'
import { variablesText } from './query-cursors.ts'
import type { Caller } from './records.ts'

export type FirstCompiled = (
  caller: Caller,
  asked: FirstPage & {
    readonly soql: string
    readonly variables: QueryVariables
    readonly narrow: boolean
  },
) => CompiledQuery

interface Kept {
  readonly compiled: CompiledQuery
  /** For each literal of the query the places that it fills; none where the statement holds for this one alone. */
  readonly places: readonly (readonly FreeLiteral[])[]
}

const statementsMax = 2_000
const statementCharsMax = 20_000_000
const shapesMax = 4_000
const shapeCharsMax = 10_000_000
/** A number in a list takes as much room as so many characters. */
const charsPerIndex = 8

export function createFirstCompiled(context: CompileContext): FirstCompiled {
  const kept = createModelCache<Kept>({
    entriesMax: statementsMax,
    charsMax: statementCharsMax,
    charsOf: ({ compiled }) => compiled.statement.text.length,
  })
  /** Which literals belong to the shape. */
  const shapes = createModelCache<readonly number[]>({
    entriesMax: shapesMax,
    charsMax: shapeCharsMax,
    charsOf: ({ length }) => length * charsPerIndex,
  })
  return (caller, { soql, variables, ...options }) => {
    requireQueryLength(soql)
    const model = context.models.current()
    const { text, literals } = queryShape(soql)
    const shape = `${options.narrow} ${caller.apiVersion} ${caller.access.signature} ${caller.language} ${fiscalText(caller)} ${options.deletedToo} ${options.pageRows} ${variablesText(variables)} ${text}`
    const fixed = shapes.get(model, shape)
    const known = fixed && kept.get(model, keyOf(shape, fixed, literals))
    const served = known && filled(context, known, literals)
    if (served !== undefined) return served
    const free = new FreeLiterals(literals.map(({ at }) => at))
    const query = parseQuery(soql, variables)
    const compiled = compile(context, caller, { query, ...options, free })
    const places = placesOf(literals, free)
    const made = filled(context, { compiled, places }, literals)
    // A value that no column can hold: planned with it, the query is refused with its place.
    if (made === undefined) return compile(context, caller, { query, ...options })
    const own = places.flatMap((some, index) => (some.length === 0 ? [index] : []))
    // A value that needs a statement of its own does not speak for its shape.
    if (compiled.plan.momentary || (fixed && !isAmong(own, fixed))) return made
    if (fixed?.length !== own.length) shapes.set(model, shape, own)
    kept.set(model, keyOf(shape, own, literals), { compiled, places })
    return made
  }
}

function isAmong(some: readonly number[], all: readonly number[]): boolean {
  const known = new Set(all)
  return some.every((index) => known.has(index))
}

/** Long lists have many that fill none: they share one. */
const nowhere: readonly FreeLiteral[] = []

function placesOf(literals: readonly WrittenLiteral[], { found }: FreeLiterals): Kept['places'] {
  const byPlace = new Map<number, FreeLiteral[]>()
  for (const one of found) byPlace.set(one.at, [...(byPlace.get(one.at) ?? []), one])
  return literals.map(({ at }) => byPlace.get(at) ?? nowhere)
}

/** No literal but a text holds it, and texts end with their quote. */
const separator = '\n'

function keyOf(
  shape: string,
  fixed: readonly number[],
  literals: readonly WrittenLiteral[],
): string {
  const written = fixed.map((index) => `${separator}${index} ${literals[index]?.written ?? ''}`)
  return shape + written.join('')
}

/** With these values; undefined where one of them needs another statement. */
function filled(
  { storage }: CompileContext,
  { compiled, places }: Kept,
  literals: readonly WrittenLiteral[],
): CompiledQuery | undefined {
  const holes: Record<string, Bound> = {}
  const encoded = (value: ColumnValue | undefined, kind: ColumnKind): Bound | undefined =>
    value === undefined ? undefined : storage.dialect.encode(kind, value)
  for (const [index, written] of literals.entries()) {
    const some = places[index] ?? []
    if (some.length === 0) continue
    const literal = literalOf(written)
    for (const { kind, hole, valueOf } of some) {
      const value = unlessRefused(() => encoded(valueOf(literal), kind))
      if (value === undefined) return undefined
      holes[hole] = value
    }
  }
  return { ...compiled, holes }
}

/** Planned anew it is refused with its place in the query. */
function unlessRefused<Value>(work: () => Value): Value | undefined {
  try {
    return work()
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

/** The parts of fiscal years are written into a statement. */
function fiscalText({ company }: Caller): string {
  if (company === undefined) return ''
  const { startMonth, namedByStart } = company.fiscalYear
  return `${startMonth}${namedByStart ? 's' : ''}`
}
