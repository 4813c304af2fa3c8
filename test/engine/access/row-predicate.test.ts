/** Object rights alone decide over rows so far: no statement carries a predicate. */
import { expect, it } from 'vitest'
import { rowPredicate } from '../../../engine/access/row-predicate.ts'
import { identifier } from '../../../engine/sql/sql.ts'
import { accountObject, rep } from '../query/planning.ts'

it('all rows are open to whoever may read the object', () => {
  const alias = identifier('t0')
  for (const right of ['read', 'edit', 'delete'] as const) {
    expect(rowPredicate({ access: rep, object: accountObject, alias, right })).toBeUndefined()
  }
})
