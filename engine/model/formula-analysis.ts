/**
 * Formula fields made ready: analysed on first use, and kept from model to model as long as
 * everything that their names were looked up in stays the same.
 */
import type { Message } from '../base/message.ts'
import { analyseFormula, type Analysis } from '../formula/analyse-formula.ts'
import { resolveName } from './formula-names.ts'
import type { FormulaTraits, NameContext } from './formula-paths.ts'
import type { FieldSketch, ObjectOutline } from './object-outline.ts'
import type { Scope } from './scope.ts'

export interface AnalysedField {
  readonly analysis: Analysis
  /** The names that it could not find belong to the platform: the field is kept without effect. */
  readonly foreign: boolean
}

/** One thing that was looked up, and what was found. */
interface Lookup {
  readonly again: (index: Scope) => unknown
  readonly found: unknown
}

interface Entry extends AnalysedField {
  readonly lookups: readonly Lookup[]
}

/** Sketches are kept with the body of their object, so an unchanged object finds its entries again. */
const entries = new WeakMap<FieldSketch, Entry>()
/** Entries that were found right for an index need not be looked at twice. */
const verified = new WeakMap<Scope, Map<FieldSketch, Entry>>()
const running = new Set<FieldSketch>()

/** The formula of a field as the names of this index understand it. */
export function analyseField(
  outline: ObjectOutline,
  field: FieldSketch,
  index: Scope,
): AnalysedField {
  const known = verified.get(index) ?? new Map<FieldSketch, Entry>()
  verified.set(index, known)
  const ready = known.get(field)
  if (ready !== undefined) return ready
  running.add(field)
  try {
    const former = entries.get(field)
    const isRight = former?.lookups.every(({ again, found }) => again(index) === found) === true
    const entry = former !== undefined && isRight ? former : makeEntry(outline, field, index)
    entries.set(field, entry)
    known.set(field, entry)
    return entry
  } finally {
    running.delete(field)
  }
}

function makeEntry(outline: ObjectOutline, field: FieldSketch, index: Scope): Entry {
  if (field.formula === undefined) throw new Error(`${outline.name}.${field.name} has no formula`)
  const lookups: Lookup[] = []
  const context: NameContext = {
    index: watched(index, lookups),
    traits: watchedTraits(index, lookups),
  }
  let foreign: Message | undefined
  const scope = {
    resolve: (steps: Parameters<typeof resolveName>[1]) => {
      const found = resolveName(outline.name, steps, context)
      if ('problem' in found && found.foreign === true) foreign = found.problem
      return found
    },
  }
  const { text, blanks, result } = field.formula
  const analysis = analyseFormula({ text, scope, context: 'field', blanks, result })
  const isForeign = foreign !== undefined && analysis.problem?.told === foreign
  return { analysis, foreign: isForeign, lookups }
}

/** The index, noting every question and its answer. */
function watched(index: Scope, lookups: Lookup[]): Scope {
  const note = <Found>(again: (index: Scope) => Found): Found => {
    const found = again(index)
    lookups.push({ again, found })
    return found
  }
  return {
    outline: (name) => note((one) => one.outline(name)),
    component: (type, name) => {
      note((one) => one.component(type, name)?.body)
      return index.component(type, name)
    },
    componentNames: (type) => {
      note((one) => [...one.componentNames(type)].join('\n'))
      return index.componentNames(type)
    },
    objectNames: index.objectNames,
  }
}

const traitWords = ['plain', 'markup', 'volatile', 'markup volatile'] as const

function watchedTraits(index: Scope, lookups: Lookup[]): NonNullable<NameContext['traits']> {
  return (outline, field) => {
    const again = (one: Scope): (typeof traitWords)[number] => traitsOf(outline, field, one)
    const found = again(index)
    lookups.push({ again, found })
    const traits: { -readonly [Trait in keyof FormulaTraits]: FormulaTraits[Trait] } = {}
    if (found.includes('markup')) traits.markup = true
    if (found.includes('volatile')) traits.volatile = true
    return traits
  }
}

function traitsOf(
  outline: ObjectOutline,
  field: FieldSketch,
  index: Scope,
): (typeof traitWords)[number] {
  // A formula that leads back to itself is refused as a circle; until then it says nothing of itself.
  if (running.has(field)) return 'plain'
  const { formula } = analyseField(outline, field, index).analysis
  const markup = formula?.type.markup === true
  const volatile = formula?.volatile === true
  return traitWords[(markup ? 1 : 0) + (volatile ? 2 : 0)] ?? 'plain'
}
