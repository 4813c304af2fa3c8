/** Tasks of the start page in groups by when they are due, on the user's own calendar. */
import { describe, expect, it } from 'vitest'
import { dayIn, dueTaskOf, groupByDue } from '../../../ui/pages/home/due-tasks.ts'

describe('tasks of the start page', () => {
  it('the day is that of the user’s zone', () => {
    const at = new Date('2026-11-22T23:30:00Z')
    expect(dayIn('UTC', at)).toBe('2026-11-22')
    expect(dayIn('Europe/Berlin', at)).toBe('2026-11-23')
    expect(dayIn('America/New_York', at)).toBe('2026-11-22')
  })

  it('stand in groups, in the order they came', () => {
    const task = (id: string, due: string) => dueTaskOf({ Id: id, Subject: id, ActivityDate: due })
    const tasks = [task('a', '2026-11-20'), task('b', '2026-11-22'), task('c', '2026-11-23')]
    const { overdue, today, later } = groupByDue(tasks, '2026-11-22')
    const ids = [overdue, today, later].map((group) => group.map(({ id }) => id))
    expect(ids).toEqual([['a'], ['b'], ['c']])
  })

  it('name what they are about: a record before a person, and nothing that may not be seen', () => {
    const person = { WhoId: '003', Who: { Name: 'Ada' } }
    expect(dueTaskOf({ ...person, WhatId: '001', What: { Name: 'Acme' } }).about).toEqual({
      id: '001',
      name: 'Acme',
    })
    expect(dueTaskOf({ ...person, WhatId: '001', What: null }).about?.name).toBe('Ada')
    expect(dueTaskOf({ WhatId: '001', What: null }).about).toBeUndefined()
  })
})
