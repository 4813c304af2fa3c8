/** Every formula of three public projects: parsed, typed against its object, the same value at both ends. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { analyseFormula } from '../../../engine/formula/analyse-formula.ts'
import type { FormulaResult } from '../../../engine/formula/result.ts'
import type { Formula } from '../../../engine/formula/tree.ts'
import { identifier } from '../../../engine/sql/sql.ts'
import { objectsOf, projects, readProject } from '../../corpus/projects.ts'
import { databases, type OpenDatabase } from '../../support/databases.ts'
import { objectsIn, scopeOf } from './corpus-scope.ts'
import { newYork } from './new-york.ts'
import { rowsFor } from './random-values.ts'
import { createTable, fromEvaluator, fromSql } from './sample-table.ts'

interface Found {
  readonly name: string
  readonly formula: Formula | string
}

const resultTypes: Readonly<Record<string, FormulaResult['type']>> = {
  Text: 'Text',
  Number: 'Number',
  Currency: 'Currency',
  Percent: 'Percent',
  Checkbox: 'Checkbox',
  Date: 'Date',
  DateTime: 'DateTime',
}

function resultOf(type: string, scale: number): FormulaResult {
  const known = resultTypes[type] ?? 'Text'
  return known === 'Number' || known === 'Currency' || known === 'Percent'
    ? { type: known, scale }
    : { type: known }
}

async function formulasOf(project: (typeof projects)[number]): Promise<readonly Found[]> {
  const declarations = objectsOf(await readProject(project))
  const objects = objectsIn(declarations)
  return declarations.flatMap(({ fullName, body }) => {
    const scope = scopeOf(objects, fullName)
    const fields = (body.fields ?? []).flatMap((field): Found[] => {
      if (field.formula === undefined) return []
      const blanks = field.formulaTreatBlanksAs === 'BlankAsZero' ? 'zero' : 'blank'
      const result = resultOf(field.type ?? 'Text', Number(field.scale ?? 0))
      const source = { text: field.formula, scope, context: 'field', blanks, result } as const
      return [found(`${fullName}.${field.fullName}`, analyseFormula(source))]
    })
    const rules = (body.validationRules ?? []).map((rule): Found => {
      const text = rule.errorConditionFormula ?? ''
      const source = { text, scope, context: 'rule', result: { type: 'Checkbox' } } as const
      return found(`${fullName}.${rule.fullName}`, analyseFormula(source))
    })
    return [...fields, ...rules]
  })
}

function found(name: string, { formula, problem }: ReturnType<typeof analyseFormula>): Found {
  return { name, formula: formula ?? `${problem.message} (${problem.line}:${problem.column})` }
}

const all = (await Promise.all(projects.map(formulasOf))).flat()

describe('formulas of public projects', () => {
  it('are found', () => {
    expect(all.length).toBeGreaterThan(90)
  })

  it.each(all.map((one) => [one.name, one] as const))('%s is understood', (_, { formula }) => {
    expect(typeof formula === 'string' ? formula : 'fine').toBe('fine')
  })
})

describe.each(databases)('formulas of public projects on $name', ({ open }) => {
  let database: OpenDatabase
  beforeAll(async () => {
    database = await open()
  })
  afterAll(() => database.close())

  it.each(all.map((one, index) => [one.name, one, index] as const))(
    '%s',
    async (name, { formula }, index) => {
      if (typeof formula === 'string') return
      const rows = rowsFor(formula.mentions, index, 20)
      const table = {
        storage: database.storage,
        name: identifier(`t${index}`),
        columns: formula.mentions,
      }
      await createTable(table, rows)
      const computed = await fromSql(table, formula, newYork)
      if (computed === undefined) {
        expect(formula.functions.join(' '), `${name} needs no SQL`).toMatch(/REGEX|ISCHANGED/)
        return
      }
      expect(computed, `${name}, rows of seed ${index}`).toEqual(
        fromEvaluator(formula, rows, newYork),
      )
    },
  )
})
