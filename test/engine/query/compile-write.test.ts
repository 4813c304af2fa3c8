/** Statements of writes: many rows in one, references checked, the model's version as a condition. */
import { describe, expect, it } from 'vitest'
import { compileLocks } from '../../../engine/query/compile-locks.ts'
import {
  compileInsert,
  compileMissingTargets,
  compileUpdate,
  readModelVersion,
  updateColumns,
  type WriteShape,
} from '../../../engine/query/compile-write.ts'
import type { Column, FieldModel, ObjectModel } from '../../../engine/model/model.ts'
import { fieldNamed, model, objectNamed } from './planning.ts'
import { dialects, textOf } from './statements.ts'

function columnsOf(object: ObjectModel, ...names: readonly string[]): readonly Column[] {
  return names.flatMap((name) => [...fieldNamed(object, name).columns.values()])
}

function shape(
  name: string,
  fields: readonly string[],
  lookups: readonly string[] = [],
): WriteShape {
  const object = objectNamed(name)
  const found: readonly FieldModel[] = lookups.map((lookup) => fieldNamed(object, lookup))
  return { object, columns: columnsOf(object, ...fields), lookups: found }
}

describe.each(dialects)('on $name', (dialect) => {
  it('inserts the rows of one parameter while the model is the one they were planned under', () => {
    const text = textOf(compileInsert(model, shape('Account', ['Id', 'Name']), dialect), dialect)
    expect(text).toContain('insert into Account (Id, Name, Name__folded, fs_version) select')
    expect(text).toContain("from fs_state where key = 'model_version'")
    expect(text).not.toContain('exists')
  })

  it('takes a row only when its references lead to living records of an allowed object', () => {
    const given = shape('Remark__c', ['Id', 'About__c'], ['About__c'])
    const text = textOf(compileInsert(model, given, dialect), dialect)
    expect(text).toContain("when '001' then exists (select 1 from Account as p")
    expect(text).toContain("when '003' then exists (select 1 from Contact as p")
    expect(text).toContain('and not p.IsDeleted')
    expect(text).toContain('else 1 = 0 end')
  })

  it('updates the version it was planned on, and no deleted record', () => {
    const given = shape('Account', ['Website'])
    const text = textOf(compileUpdate(model, given, dialect), dialect)
    expect(text).toContain('Account.fs_version = r.expected_version')
    expect(text).toContain('not Account.IsDeleted')
    expect(text).toContain('fs_version = Account.fs_version + 1')
    expect(updateColumns(given).map((column) => column.name.name)).toEqual([
      'Id',
      'expected_version',
      'Website',
      'Website__folded',
    ])
  })

  it('names the references that lead nowhere', () => {
    const given = shape('Contact', ['Id', 'AccountId'], ['AccountId'])
    const mode = 'insert' as const
    const missing = compileMissingTargets(model, given, { dialect, mode })
    expect(missing && textOf(missing, dialect)).toContain("select 'AccountId' as field")
    const none = shape('Contact', ['Id'])
    expect(compileMissingTargets(model, none, { dialect, mode })).toBeUndefined()
  })

  it('locks the model’s version and the parents, where a writer is not alone', () => {
    const given = shape('Remark__c', ['Id', 'About__c'], ['About__c'])
    const locks = compileLocks(model, given, { dialect, mode: 'insert' })
    expect(locks).toHaveLength(dialect.name === 'sqlite' ? 0 : 3)
    for (const lock of locks) expect(textOf(lock, dialect)).toMatch(/for share$/)
  })

  it('reads the version of the model in force', () => {
    expect(textOf(readModelVersion, dialect)).toBe(
      "select value from fs_state where key = 'model_version'",
    )
  })
})
