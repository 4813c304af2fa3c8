/** Every formula field of a model: what is wrong with it, what it leads back to, what it has no effect for. */
import { message, type Message } from '../base/message.ts'
import { limits } from '../base/limits.ts'
import { formulaType, formulaTypeNames } from '../fields/formula-types.ts'
import type { SourceProblem } from './declaration.ts'
import { analyseField } from './formula-analysis.ts'
import { derivedFrom } from './formula-sources.ts'
import type { NotActedOn } from './model.ts'
import type { FieldSketch, ObjectOutline } from './object-outline.ts'
import { componentKey } from './resolve-mention.ts'
import type { Scope } from './scope.ts'
import { problemAt, type Pointer } from './source-problem.ts'

export interface FormulaCheckInput {
  readonly index: Scope
  readonly outlines: Iterable<ObjectOutline>
}

export function checkFormulas({ index, outlines }: FormulaCheckInput): readonly SourceProblem[] {
  const problems: SourceProblem[] = []
  const circles = new CircleFinder(index)
  for (const outline of outlines) {
    problems.push(...wrongTypes(outline))
    const parents = new Set<string>()
    for (const field of outline.computed) {
      if (problems.length >= limits.problemsReportedMax) return problems
      if (field.formula !== undefined) problems.push(...checkOne(outline, field, index))
      if (field.formula !== undefined) notePaths(outline, field, { index, parents })
      const circle = circles.through(outline, field)
      if (circle !== undefined) problems.push(at(outline, field, circle))
    }
    if (parents.size > limits.formulaParentsPerObjectMax) {
      problems.push(
        problemAt(outline.declaration, [], { reason: tooManyParents(outline, parents) }),
      )
    }
  }
  return problems
}

/** Formula fields that are kept without effect, because they name what only the platform has. */
export function inertFormulas({ index, outlines }: FormulaCheckInput): readonly NotActedOn[] {
  return [...outlines].flatMap((outline) =>
    outline.computed.flatMap((field): NotActedOn[] => {
      if (field.formula === undefined) return []
      const { analysis } = analyseField(outline, field, index)
      if (analysis.problem === undefined) return []
      const name = `${outline.name}.${field.name}`
      const reason = `field ${name} is a formula without effect: ${analysis.problem.message}`
      return [{ component: componentKey('CustomField', name), reason }]
    }),
  )
}

function pointerTo(outline: ObjectOutline, name: string): Pointer {
  const fields = outline.declaration.body.fields ?? []
  return ['fields', fields.findIndex((one) => one.fullName === name)]
}

function at(
  outline: ObjectOutline,
  field: { readonly name: string },
  reason: Message,
): SourceProblem {
  const component = `${outline.name}.${field.name}`
  const body = outline.declaration.body.fields?.find((one) => one.fullName === field.name)
  const attribute = body?.formula === undefined ? [] : ['formula']
  const pointer = [...pointerTo(outline, field.name), ...attribute]
  return problemAt(outline.declaration, pointer, {
    component,
    reason: message('{component}: {reason}', { component, reason }),
  })
}

function wrongTypes(outline: ObjectOutline): readonly SourceProblem[] {
  return (outline.declaration.body.fields ?? []).flatMap(({ fullName: name, formula, type }) => {
    if (formula === undefined || type === undefined || formulaType(type) !== undefined) return []
    const reason = message('a formula cannot give {type}, but one of {types}', {
      type,
      types: formulaTypeNames.join(', '),
    })
    return [at(outline, { name }, reason)]
  })
}

function checkOne(
  outline: ObjectOutline,
  field: FieldSketch,
  index: Scope,
): readonly SourceProblem[] {
  const { analysis, foreign } = analyseField(outline, field, index)
  if (analysis.problem === undefined || foreign) return []
  const { told, line, column } = analysis.problem
  const values = { line, column, problem: told }
  return [at(outline, field, message('formula, line {line}, column {column}: {problem}', values))]
}

/** Each row of lookups that formulas of the object go along is one more table in its queries. */
function notePaths(
  outline: ObjectOutline,
  field: FieldSketch,
  { index, parents }: { readonly index: Scope; readonly parents: Set<string> },
): void {
  for (const { path, ownField } of analyseField(outline, field, index).analysis.formula?.mentions ??
    []) {
    if (ownField !== true && !path.startsWith('$'))
      parents.add(path.slice(0, path.lastIndexOf('.')))
  }
}

function tooManyParents(outline: ObjectOutline, parents: ReadonlySet<string>): Message {
  return message(
    'the formulas of {object} reach {count} different parents; at most {most} are possible (formulaParentsPerObjectMax)',
    { object: outline.name, count: parents.size, most: limits.formulaParentsPerObjectMax },
  )
}

/** Follows what fields are computed from; each circle is told once, where it was first met. */
class CircleFinder {
  readonly #index: Scope
  /** How many computed fields stand one on another below a field. */
  readonly #levels = new Map<string, number>()
  readonly #open: string[] = []
  readonly #told = new Set<string>()

  constructor(index: Scope) {
    this.#index = index
  }

  /** What is wrong with the field's place among the others, if anything. */
  through(outline: ObjectOutline, field: FieldSketch): Message | undefined {
    const found = this.#visit(outline, field)
    return typeof found === 'object' ? found : undefined
  }

  #visit(outline: ObjectOutline, field: FieldSketch): number | Message | 'told' {
    const name = `${outline.name}.${field.name}`
    const known = this.#levels.get(name)
    if (known !== undefined) return known
    const start = this.#open.indexOf(name)
    if (start >= 0) return this.#circle([...this.#open.slice(start), name])
    const sources = derivedFrom(outline, field, this.#index)
    this.#open.push(name)
    let level = 0
    let problem: Message | undefined
    for (const source of sources) {
      const below = this.#visit(source.outline, source.field)
      if (typeof below === 'number') level = Math.max(level, below + 1)
      else if (below !== 'told') problem ??= below
    }
    this.#open.pop()
    this.#levels.set(name, level)
    if (problem !== undefined) return problem
    if (level !== limits.formulaLevelsMax + 1) return level
    return message('formulas stand on formulas over more than {most} levels (formulaLevelsMax)', {
      most: limits.formulaLevelsMax,
    })
  }

  #circle(path: readonly string[]): Message | 'told' {
    const key = path.slice(1).sort().join(' ')
    if (this.#told.has(key)) return 'told'
    this.#told.add(key)
    return message('the value depends on itself: {path}', { path: path.join(' → ') })
  }
}
