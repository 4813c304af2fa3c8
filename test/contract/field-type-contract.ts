/** What every field type must keep, run by each type's own test with its table of values. */
import Ajv from 'ajv'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ErrorCode } from '../../engine/base/refusal.ts'
import { fieldType, fieldTypes } from '../../engine/fields/index.ts'
import type { ApiValue, FieldOptions, FieldType } from '../../engine/fields/field-type.ts'
import { isProblem } from '../../engine/fields/value-problem.ts'
import type { ColumnKind, ColumnValue } from '../../engine/sql/column-kind.ts'
import { testServices } from './field-services.ts'
import { roundTrips } from './field-round-trip.ts'

export interface GoodValue {
  readonly value: ApiValue
  /** Absent where it differs each time (encrypted values). */
  readonly stored?: Readonly<Record<string, ColumnValue>>
  /** JSON text as the database builds it. */
  readonly json: string
}

export interface BadValue {
  readonly value: unknown
  readonly code: ErrorCode
}

export interface FieldTypeCases {
  readonly type: FieldType
  /** A declaration as it stands in a file. */
  readonly options: FieldOptions
  readonly good: readonly GoodValue[]
  readonly bad: readonly BadValue[]
  /** Declarations that must be refused. */
  readonly badOptions?: readonly Readonly<Record<string, unknown>>[]
  /** Any value that is accepted, for round trips. */
  readonly values?: fc.Arbitrary<ApiValue>
  /** What is read after such a value was written; the value itself when absent. */
  readonly readBack?: (value: ApiValue) => unknown
  /** The same as JSON text, where parsing would lose digits. */
  readonly readBackText?: (value: ApiValue) => string
  /** The JSON types that the type accepts; all others are refused. */
  readonly accepts: readonly JsonTypeName[]
}

type JsonTypeName = 'string' | 'number' | 'boolean' | 'object' | 'array'

const jsonValues: Readonly<Record<JsonTypeName, readonly unknown[]>> = {
  string: ['', 'false', '1', 'x'],
  number: [0, 1, -1.5, 20_260_101, Number.NaN, Number.POSITIVE_INFINITY],
  boolean: [true, false],
  object: [{}, { value: 1 }, JSON.parse('{"__proto__":{"x":1}}')],
  array: [[], ['a'], [1, [2]]],
}

const schemas = new Ajv({ allErrors: true, allowUnionTypes: true })

/** Runs the whole suite for one type. */
export function fieldTypeContract(cases: FieldTypeCases): void {
  describe(`${cases.type.name} keeps the contract of field types`, () => {
    testDeclaration(cases)
    testValues(cases)
    testWrongTypes(cases)
    testColumns(cases)
    testDatabases(cases)
  })
}

function testDeclaration({ type, options, badOptions }: FieldTypeCases): void {
  test('is in the list under its name', () => {
    expect(fieldType(type.name)).toBe(type)
  })

  test('accepts its sample declaration', () => {
    const validate = schemas.compile(type.options)
    expect(validate(declared(options)), schemas.errorsText(validate.errors)).toBe(true)
  })

  test.each((badOptions ?? []).map((each) => [JSON.stringify(each), each] as const))(
    'refuses the declaration %s',
    (_name, each) => {
      expect(schemas.validate(type.options, { ...declared(options), ...each })).toBe(false)
    },
  )

  test('says in one or more sentences what it is for', () => {
    expect(type.purpose).toMatch(/^[A-Z].*\.$/)
  })

  test('becomes types that exist', () => {
    for (const [name, plan] of Object.entries(type.casts ?? {})) {
      expect(plan.to).toBe(name)
      expect(fieldTypes.map((each) => each.name)).toContain(name)
    }
  })

  test('describes itself with an editor', () => {
    const hint = type.describe(options)
    expect(hint.editor).toMatch(/^[a-z-]+$/)
    expect(hint.soapType).toMatch(/^(xsd|tns|urn):[A-Za-z0-9]+$/)
  })
}

/** As written in a file: without what the compiler adds. */
function declared(options: FieldOptions): Record<string, unknown> {
  const { values: _values, ...rest } = options
  return rest
}

function refusal(
  { type, options }: FieldTypeCases,
  value: unknown,
): ErrorCode | 'schema' | undefined {
  // The contract is total: what is no API value at all must be refused too, not break.
  const problem = type.check?.(value as ApiValue, options)
  if (problem !== undefined) return problem.errorCode
  return schemas.validate(type.schema(options), value) ? undefined : 'schema'
}

function testValues(cases: FieldTypeCases): void {
  const { type, options } = cases
  test.each(cases.good.map((each) => [show(each.value), each] as const))(
    'stores %s',
    (_name, { value, stored }) => {
      expect(refusal(cases, value)).toBeUndefined()
      const columns = type.toColumns(value, options, testServices)
      if (stored !== undefined) expect(columns).toEqual(stored)
    },
  )

  test.each(cases.bad.map((each) => [show(each.value), each] as const))(
    'refuses %s',
    (_name, { value, code }) => {
      expect(refusal(cases, value)).toBe(code)
      expect(type.check?.(value as ApiValue, options)?.message).toMatch(/\S.*/)
    },
  )

  test('empties all its columns by null', () => {
    const columns = type.toColumns(null, options, testServices)
    const isEmpty = Object.values(columns).every((value) => value === null || value === false)
    expect(isEmpty).toBe(true)
  })
}

/** Short and printable: half pairs and long texts would spoil the report. */
function show(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 60)}… (${text.length})` : text
}

function testWrongTypes(cases: FieldTypeCases): void {
  const names = Object.keys(jsonValues) as JsonTypeName[]
  const wrong = names.filter((name) => !cases.accepts.includes(name))
  test.each(wrong)('refuses every %s, without converting it', (name) => {
    for (const value of jsonValues[name]) expect(refusal(cases, value)).toBeDefined()
  })

  test('answers any JSON value without breaking', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 2 }), (value) => {
        const code = refusal(cases, value)
        if (code === undefined) {
          cases.type.toColumns(value as ApiValue, cases.options, testServices)
        }
      }),
    )
  })
}

function testColumns({ type, options, good }: FieldTypeCases): void {
  const names = Object.keys(type.columns(options))

  test('names only columns that it has', () => {
    for (const name of type.sortColumns?.(options) ?? []) expect(names).toContain(name)
    const comparison = type.comparison?.(options)
    if (comparison !== undefined) expect(names).toContain(comparison.column)
    if (type.uniqueColumn !== undefined) expect(names).toContain(type.uniqueColumn(options))
    for (const { value } of good) {
      const columns = type.toColumns(value, options, testServices)
      expect(Object.keys(columns).sort()).toEqual([...names].sort())
    }
  })

  test('has filter operators exactly when it can be compared', () => {
    expect(type.operators.length > 0).toBe(type.comparison !== undefined)
  })

  test('finds a stored value by the value that was sent', () => {
    const comparison = type.comparison?.(options)
    for (const { value, stored } of comparison === undefined ? [] : good) {
      const compared = comparison?.value(value)
      expect(isProblem(compared)).toBe(false)
      expect(compared).toEqual(stored?.[comparison?.column ?? ''])
    }
  })

  test('gives values in the form of their column kinds', () => {
    const kinds = new Map(Object.entries(type.columns(options)))
    for (const { stored } of good) {
      for (const [name, value] of Object.entries(stored ?? {})) {
        expect(hasForm(kinds.get(name), value), `${name}: ${String(value)}`).toBe(true)
      }
    }
  })
}

const forms: Readonly<Record<ColumnKind['kind'], (value: ColumnValue) => boolean>> = {
  text: (value) => typeof value === 'string',
  id: (value) => typeof value === 'string' && value.length === 18,
  integer: Number.isSafeInteger,
  decimal: (value) => typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value),
  boolean: (value) => typeof value === 'boolean',
  date: (value) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value),
  instant: Number.isSafeInteger,
  time: Number.isSafeInteger,
}

function hasForm(kind: ColumnKind | undefined, value: ColumnValue): boolean {
  return kind !== undefined && (value === null || forms[kind.kind](value))
}

function testDatabases(cases: FieldTypeCases): void {
  const { type, options, good } = cases
  if (Object.keys(type.columns(options)).length === 0) return
  roundTrips({
    type,
    options,
    fixed: good.map(({ value, json }) => ({ value, json })),
    ...(cases.values === undefined ? {} : { values: cases.values }),
    ...(cases.readBackText === undefined ? {} : { readBackText: cases.readBackText }),
    readBack: cases.readBack ?? ((value) => value),
  })
}
