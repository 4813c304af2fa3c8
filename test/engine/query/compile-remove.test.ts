/** Statements of the recycle bin. What they do together is shown by the records' own tests. */
import { describe, expect, it } from 'vitest'
import * as statements from '../../../engine/query/compile-remove.ts'
import { accountObject, fieldNamed, objectNamed } from './planning.ts'
import { dialects, textOf } from './statements.ts'

const contact = objectNamed('Contact')
const lookup = fieldNamed(contact, 'AccountId')

describe.each(dialects)('on $name', (dialect) => {
  const options = { now: 1, dialect }
  const toAccount = { target: accountObject, dialect }

  it('marks living records and restores deleted ones, each with a new version', () => {
    const marked = textOf(statements.markDeleted(accountObject, 1, dialect), dialect)
    expect(marked).toMatch(/fs_version = fs_version \+ 1 where Id in .* and not IsDeleted$/)
    const restored = textOf(statements.markRestored(accountObject, 1, dialect), dialect)
    expect(restored).toMatch(/and IsDeleted$/)
  })

  it('locks the record that is to go, where a writer is not alone', () => {
    const text = textOf(statements.readVersion(accountObject, dialect), dialect)
    expect(text.endsWith(' for update')).toBe(dialect.name === 'postgres')
  })

  it('finds living children, at most so many, in a fixed order', () => {
    const text = textOf(statements.findChildren(contact, lookup, { max: 6, dialect }), dialect)
    expect(text).toMatch(/and not IsDeleted order by Id limit 6$/)
  })

  it('remembers links before it empties them, and puts back only what is still empty', () => {
    expect(textOf(statements.rememberLinks(contact, lookup, dialect), dialect)).toContain(
      'insert into fs_unlinked',
    )
    expect(textOf(statements.unlinkChildren(contact, lookup, options), dialect)).toContain(
      'set AccountId = null',
    )
    expect(textOf(statements.relinkChildren(contact, lookup, options), dialect)).toContain(
      'and Contact.AccountId is null returning Contact.Id as id',
    )
  })

  it('tells dead links by the key prefix of their target', () => {
    for (const query of [
      statements.findDeadLinks(contact, lookup, toAccount),
      statements.dropDeadLinks(contact, lookup, toAccount),
    ]) {
      expect(textOf(query, dialect)).toContain('substr(AccountId, 1, 3) =')
    }
  })

  it('purges only what is deleted', () => {
    expect(textOf(statements.purgeDeleted(accountObject, dialect), dialect)).toMatch(
      /^delete from Account where .* and IsDeleted$/,
    )
  })

  it('keeps one entry of the bin per record, under the root that took it along', () => {
    expect(textOf(statements.addToRecycleBin(accountObject, 1, dialect), dialect)).toContain(
      'insert into fs_recycle (record_id, root_id, table_name, deleted_at, deleted_by)',
    )
    for (const query of [
      statements.readRecycled,
      statements.readRecycledTree,
      statements.readUnlinked,
      statements.forgetRecycled,
      statements.forgetLinks,
    ]) {
      expect(textOf(query, dialect)).toMatch(/root_id|record_id/)
    }
  })

  it('a lookup without a column is a bug', () => {
    expect(() => statements.lookupColumn({ ...lookup, columns: new Map() })).toThrow(/no column/)
  })
})
