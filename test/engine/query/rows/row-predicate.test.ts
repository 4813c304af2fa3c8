/** Object rights alone decide over rows so far: no statement carries a predicate. */
import { expect, it } from 'vitest'
import { rowPredicate } from '../../../../engine/query/rows/row-predicate.ts'
import { sqliteDialect } from '../../../../engine/sql/sqlite-dialect.ts'
import { identifier } from '../../../../engine/sql/sql.ts'
import { accountObject, rep } from '../planning.ts'

it('all rows are open to whoever may read the object', () => {
  const alias = identifier('t0')
  for (const right of ['read', 'edit'] as const) {
    expect(rowPredicate({ access: rep, object: accountObject, alias, right, dialect: sqliteDialect })).toBeUndefined()
  }
})
