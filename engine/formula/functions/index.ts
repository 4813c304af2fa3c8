/** The one registry of formula functions; a new one is an entry in a group, and all else follows. */
import type { FormulaFunction } from '../function-entry.ts'
import { advancedFunctions } from './advanced.ts'
import { conversionFunctions } from './conversion.ts'
import { dateValueFunctions } from './date-values.ts'
import { dateFunctions } from './dates.ts'
import { logicalFunctions } from './logical.ts'
import { markupFunctions } from './markup.ts'
import { mathFunctions } from './math.ts'
import { recordFunctions } from './record.ts'
import { textMakingFunctions } from './text-making.ts'
import { textFunctions } from './text.ts'

const entries: readonly FormulaFunction[] = [
  ...logicalFunctions,
  ...recordFunctions,
  ...textFunctions,
  ...textMakingFunctions,
  ...conversionFunctions,
  ...mathFunctions,
  ...dateFunctions,
  ...dateValueFunctions,
  ...markupFunctions,
  ...advancedFunctions,
]

/** By name in capital letters. */
export const formulaFunctions: ReadonlyMap<string, FormulaFunction> = new Map(
  entries.map((entry) => [entry.name, entry]),
)
