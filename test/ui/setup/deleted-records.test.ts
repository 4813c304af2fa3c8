import { describe, expect, it } from 'vitest'
import { deletedQuery, deletedRowOf } from '../../../ui/setup/deleted-records.ts'

describe('the recycle bin', () => {
  it('asks for deleted records, those changed last first', () => {
    expect(deletedQuery('Case', 'CaseNumber')).toBe(
      'SELECT Id, CaseNumber, LastModifiedDate, LastModifiedBy.Name FROM Case ' +
        'WHERE IsDeleted = true ORDER BY LastModifiedDate DESC LIMIT 200',
    )
  })

  it('does not ask for the id twice when there is no name', () => {
    expect(deletedQuery('Link', 'Id')).toMatch(/^SELECT Id, LastModifiedDate,/)
  })

  it('shows who changed it last, and the id where the name is empty', () => {
    const record = {
      Id: '001',
      Name: null,
      LastModifiedDate: '2026-11-22T09:30:00.000+0000',
      LastModifiedBy: { Name: 'Ada' },
    }
    expect(deletedRowOf(record, 'Name')).toEqual({
      id: '001',
      name: '001',
      at: '2026-11-22T09:30:00.000+0000',
      by: 'Ada',
    })
  })
})
