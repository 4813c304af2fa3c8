import { describe, expect, it } from 'vitest'
import {
  columnPaths,
  fieldName,
  likeLiteral,
  listQuery,
  textLiteral,
} from '../../../ui/base/soql.ts'
import { field } from '../support/describe.ts'

describe('textLiteral', () => {
  it('cannot be left by a quote, a backslash or both', () => {
    expect(textLiteral(`O'Neil`)).toBe(`'O\\'Neil'`)
    expect(textLiteral(`\\' OR Name != null --`)).toBe(`'\\\\\\' OR Name != null --'`)
  })

  it('keeps line breaks within the literal', () => {
    expect(textLiteral('a\nb\r\tc')).toBe(`'a\\nb\\r\\tc'`)
  })
})

describe('likeLiteral', () => {
  it('takes what the user typed literally, wildcards too', () => {
    expect(likeLiteral('50%_off\\', 'anywhere')).toBe(`'%50\\%\\_off\\\\%'`)
    expect(likeLiteral('Del', 'start')).toBe(`'Del%'`)
  })
})

describe('fieldName', () => {
  it('lets paths through', () => {
    expect(fieldName('Account.Parent__r.Name')).toBe('Account.Parent__r.Name')
  })

  it.each(['Name FROM User', 'a;b', '', '1a', "Name'", 'a..b'])('refuses %s', (name) => {
    expect(() => fieldName(name)).toThrow('Not a field path')
  })
})

describe('listQuery', () => {
  const base = { object: 'Account', fields: ['Name'], where: [], orderBy: [], limit: 51, offset: 0 }

  it('always asks for the id, once', () => {
    expect(listQuery({ ...base, fields: ['Id', 'Name'] })).toBe(
      'SELECT Id, Name FROM Account LIMIT 51',
    )
  })

  it('keeps each condition whole when there are several', () => {
    const where = [`A__c = 1 OR B__c = 2`, `Name = 'x'`]
    expect(listQuery({ ...base, where })).toContain(`WHERE (A__c = 1 OR B__c = 2) AND (Name = 'x')`)
  })

  it('sorts with empty values last and skips what was loaded', () => {
    const orderBy = [{ field: 'Name', direction: 'desc' as const }]
    expect(listQuery({ ...base, orderBy, offset: 50 })).toBe(
      'SELECT Id, Name FROM Account ORDER BY Name DESC NULLS LAST LIMIT 51 OFFSET 50',
    )
  })
})

describe('columnPaths', () => {
  it('asks for the name of a lookup’s parent', () => {
    const owner = field('OwnerId', {
      type: 'reference',
      relationshipName: 'Owner',
      referenceTo: ['User'],
    })
    expect(columnPaths(owner)).toEqual(['OwnerId', 'Owner.Name'])
  })

  it('does not reach for a parent whose object the user may not see', () => {
    const hidden = field('SecretId', {
      type: 'reference',
      relationshipName: 'Secret',
      referenceTo: [],
    })
    expect(columnPaths(hidden)).toEqual(['SecretId'])
  })
})
