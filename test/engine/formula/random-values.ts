/** Values for mentions, drawn from a seed: empty ones, plain ones and extreme ones. */
import fc from 'fast-check'
import type { RawValue } from '../../../engine/formula/environment.ts'
import { printUnits } from '../../../engine/formula/rational.ts'
import type { FieldMention } from '../../../engine/formula/types.ts'

const day = 86_400_000

const texts = fc.oneof(
  fc.constantFrom(
    '',
    'Open',
    'FY26',
    'FY27',
    'At Risk',
    'On Hold',
    '12.5 %',
    '-3',
    'a&b',
    '<i>',
    '😀',
  ),
  fc.string({ maxLength: 12 }).map((text) => text.replaceAll('\0', '')),
)

function decimals({ scale = 0, precision = 18 }: FieldMention): fc.Arbitrary<string> {
  const digits = Math.min(precision, 11)
  return fc
    .bigInt({ min: -(10n ** BigInt(digits)) + 1n, max: 10n ** BigInt(digits) - 1n })
    .chain((wide) => fc.constantFrom(wide, wide % 1000n, wide % 10n, 0n, 100n))
    .map((units) => printUnits(units, scale))
}

const days = fc
  .integer({ min: -10_000, max: 40_000 })
  .map((number) => new Date(number * day).toISOString().slice(0, 10))

/** In the form of columns, which the evaluator takes as well. */
export function valueFor(mention: FieldMention): fc.Arbitrary<RawValue> {
  return fc.option(present(mention), { freq: 4 })
}

function present(mention: FieldMention): fc.Arbitrary<RawValue> {
  switch (mention.kind) {
    case 'number':
    case 'currency':
    case 'percent':
      return decimals(mention)
    case 'boolean':
      return fc.boolean()
    case 'date':
      return days
    case 'datetime':
      return fc.integer({ min: -200_000, max: 700_000 }).map((hours) => hours * 3_600_000 + 123)
    case 'time':
      return fc.integer({ min: 0, max: day - 1 })
    case 'picklist':
      return fc.constantFrom('Open', 'Small', 'On Hold', 'Completed', 'At Risk')
    case 'multipicklist':
      return fc.constantFrom('red', 'blue;red')
    default:
      return texts.map((text) => (text === '' ? null : text))
  }
}

export function rowsFor(
  mentions: readonly FieldMention[],
  seed: number,
  count: number,
): readonly Readonly<Record<string, RawValue>>[] {
  const row = fc.record(
    Object.fromEntries(mentions.map((mention) => [mention.path, valueFor(mention)])),
  )
  return fc.sample(row, { seed, numRuns: count })
}
