/** Formula fields while a model is made: what is refused, and where; what is analysed anew. */
import { describe, expect, it } from 'vitest'
import { chooseBindings, nothingTaken } from '../../../engine/deploy/choose-bindings.ts'
import { limits } from '../../../engine/base/limits.ts'
import { compileModel } from '../../../engine/model/compile-model.ts'
import { sourcesOf } from '../../../engine/model/computed-sources.ts'
import type { Declaration, SourceProblem } from '../../../engine/model/declaration.ts'
import type { FieldModel, Model } from '../../../engine/model/model.ts'
import { parseDeclarations } from '../../../engine/model/parse-declarations.ts'
import { analysedFormula } from '../../../engine/model/ready-formula.ts'

type Fields = readonly object[]

function formula(fullName: string, text: string, more: object = {}): object {
  return { fullName, label: fullName, type: 'Number', scale: 2, formula: text, ...more }
}

function number(fullName: string): object {
  return { fullName, label: fullName, type: 'Number', precision: 9, scale: 2 }
}

function lookup(fullName: string, target: string): object {
  return { fullName, label: fullName, type: 'Lookup', referenceTo: [target] }
}

function declarationsOf(objects: Readonly<Record<string, Fields>>): readonly Declaration[] {
  const sources = Object.entries(objects).map(([fullName, fields]) => {
    const nameField = { label: 'Name', type: 'Text' }
    const body = { fullName, label: fullName, nameField, fields }
    return { path: `objects/${fullName}.json`, text: JSON.stringify(body, null, 2) }
  })
  const parsed = parseDeclarations(sources)
  expect(parsed.problems).toEqual([])
  return parsed.declarations
}

function compile(
  declarations: readonly Declaration[],
  more: { readonly previous?: Model; readonly trusted?: boolean } = {},
): { readonly model: Model | undefined; readonly problems: readonly SourceProblem[] } {
  const bindings = chooseBindings({
    declarations,
    bindings: more.previous?.bindings ?? new Map(),
    taken: nothingTaken,
  })
  return compileModel({ declarations, bindings, version: 1, ...more })
}

function modelOf(objects: Readonly<Record<string, Fields>>): Model {
  const { model, problems } = compile(declarationsOf(objects))
  expect(problems).toEqual([])
  if (model === undefined) throw new Error('no model')
  return model
}

function reasons(objects: Readonly<Record<string, Fields>>): readonly string[] {
  return compile(declarationsOf(objects)).problems.map((problem) => problem.reason)
}

function fieldOf(model: Model, object: string, name: string): FieldModel {
  const field = model.object(object)?.fieldsByName.get(name.toLowerCase())
  if (field === undefined) throw new Error(`no ${object}.${name}`)
  return field
}

describe('a formula field', () => {
  it('has the type it declares, stores nothing and cannot be set', () => {
    const model = modelOf({ A: [number('X'), formula('F', 'X * 2')] })
    expect(fieldOf(model, 'A', 'F')).toMatchObject({
      type: { name: 'Number' },
      columns: new Map(),
      createable: false,
      updateable: false,
      formula: { text: 'X * 2', blanks: 'blank', result: { type: 'Number', scale: 2 } },
    })
  })

  it.each(['Text', 'Checkbox', 'Date', 'DateTime', 'Time', 'Number', 'Currency', 'Percent'])(
    'may give %s',
    (type) => {
      const field = { fullName: 'F', label: 'F', type, formula: 'null' }
      expect(reasons({ A: [field] })).toEqual([])
    },
  )

  it.each([
    [formula('F', 'X', { type: 'Picklist' }), 'a formula cannot give Picklist'],
    [formula('F', 'X', { required: true }), 'attribute "required" must be false'],
    [formula('F', 'X', { unique: true }), 'attribute "unique" must be false'],
    [formula('F', 'X', { type: 'Text' }), 'attribute "scale" does not belong to this type'],
    [formula('F', 'X', { type: 'Text', scale: undefined }), 'wrap it in TEXT()'],
    [formula('F', 'ISNEW()'), 'ISNEW cannot be used in a formula field'],
    [formula('F', 'X +'), 'A.F: formula, line 1, column'],
    [formula('F', 'Y'), 'A has no field Y; did you mean'],
  ])('%j is refused', (field, reason) => {
    const found = reasons({ A: [number('X'), field] })
    expect(found.join('\n')).toContain(reason)
  })

  it('is told by file, line and column, with the place inside the formula', () => {
    const { problems } = compile(
      declarationsOf({ A: [number('X'), formula('F', 'X +\n  Flor(X)')] }),
    )
    expect(problems).toMatchObject([
      {
        file: 'objects/A.json',
        line: 21,
        column: expect.any(Number),
        component: 'A.F',
        reason: 'A.F: formula, line 2, column 3: There is no function Flor; did you mean FLOOR?',
      },
    ])
  })

  it('may stand on other formulas, over parents too', () => {
    const model = modelOf({
      A: [number('X'), formula('F', 'X * 2')],
      B: [lookup('A__c', 'A'), formula('G', 'A__r.F + 1'), formula('H', 'G * 2')],
    })
    expect(sourcesOf(model, fieldOf(model, 'B', 'G'))).toEqual([
      { object: 'B', field: 'A__c' },
      { object: 'A', field: 'F' },
    ])
    expect(sourcesOf(model, fieldOf(model, 'A', 'X'))).toEqual([])
  })

  it.each([
    [{ A: [formula('F', 'F + 1')] }, 'A.F → A.F'],
    [{ A: [formula('F', 'G'), formula('G', 'H'), formula('H', 'F')] }, 'A.F → A.G → A.H → A.F'],
    [
      {
        A: [lookup('B__c', 'B'), formula('F', 'B__r.G')],
        B: [lookup('A__c', 'A'), formula('G', 'A__r.F')],
      },
      'A.F → B.G → A.F',
    ],
  ] as const)('is refused where it leads back to itself %#', (objects, path) => {
    expect(reasons(objects)).toEqual([
      `${path.split(' ')[0]}: the value depends on itself: ${path}`,
    ])
  })

  it('is refused after so many levels', () => {
    const levels = (count: number): Fields =>
      Array.from({ length: count }, (_, index) =>
        formula(`F${index}`, index === 0 ? '1' : `F${index - 1}`),
      )
    expect(reasons({ A: levels(limits.formulaLevelsMax) })).toEqual([])
    expect(reasons({ A: levels(limits.formulaLevelsMax + 3) })).toHaveLength(1)
  })

  it('has its place among those without effect where only the platform has what it names', () => {
    const model = modelOf({ A: [formula('F', 'LastActivityDate - TODAY()')] })
    const ready = analysedFormula(model, fieldOf(model, 'A', 'F'))
    expect(ready.inert).toContain('A has no field LastActivityDate')
    expect(ready.formula.type.kind).toBe('null')
    expect(model.notActedOn()).toHaveLength(1)
  })

  it('that was right once and is not any more does not stop a model that is in force', () => {
    const declarations = declarationsOf({ A: [formula('F', 'Gone')] })
    expect(compile(declarations).problems).toHaveLength(1)
    const { model } = compile(declarations, { trusted: true })
    if (model === undefined) throw new Error('no model')
    expect(analysedFormula(model, fieldOf(model, 'A', 'F')).inert).toContain('no field Gone')
  })
})

describe('changing the model', () => {
  const before = {
    A: [number('X'), formula('F', 'X * 2')],
    B: [lookup('A__c', 'A'), formula('G', 'A__r.F + 1')],
    C: [number('X'), formula('K', 'X')],
  }

  function changed(objects: Readonly<Record<string, Fields>>, previous: Model): Model {
    // What did not change keeps its body, as the deployer hands it on.
    const former = new Map(
      [...previous.components('CustomObject')].map((one) => [one.fullName, one]),
    )
    const declarations = declarationsOf(objects).map((one) => {
      const known = former.get(one.fullName)
      return known !== undefined && JSON.stringify(known.body) === JSON.stringify(one.body)
        ? known
        : one
    })
    const { model, problems } = compile(declarations, { previous })
    expect(problems).toEqual([])
    if (model === undefined) throw new Error('no model')
    return model
  }

  const formulasOf = (model: Model): readonly unknown[] =>
    (
      [
        ['A', 'F'],
        ['B', 'G'],
        ['C', 'K'],
      ] as const
    ).map(([object, name]) => analysedFormula(model, fieldOf(model, object, name)).formula)

  it('analyses the formulas of what changed, and of what they name, and no others', () => {
    const first = modelOf(before)
    const [, g, k] = formulasOf(first)
    const second = changed({ ...before, C: [number('X'), formula('K', 'X + 1')] }, first)
    expect(formulasOf(second)[1]).toBe(g)
    expect(formulasOf(second)[2]).not.toBe(k)
    const third = changed({ ...before, A: [number('X'), formula('F', 'X * 3')] }, first)
    expect(formulasOf(third)[1]).not.toBe(g)
    expect(formulasOf(third)[2]).toBe(k)
  })

  it('refuses a change that another object’s formula cannot follow', () => {
    const first = modelOf(before)
    const text = { fullName: 'F', label: 'F', type: 'Text', length: 9 }
    const declarations = [
      ...declarationsOf({ A: [number('X'), text] }),
      ...[...first.components('CustomObject')].filter((one) => one.fullName !== 'A'),
    ]
    const { problems } = compile(declarations, { previous: first })
    expect(problems.map((problem) => problem.component)).toEqual(['B.G'])
  })
})
