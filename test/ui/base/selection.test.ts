/** The chosen rows of a list: bounded, kept through refreshes, taken in ranges. */
import { describe, expect, it } from 'vitest'
import {
  chosenOf,
  followRows,
  noSelection,
  rowsBetween,
  selectedRowsMax,
  withoutRows,
  withRows,
} from '../../../ui/base/selection.ts'
import { afterToggle } from '../../../ui/elements/record-list/select-rows.ts'
import type { WireRecord } from '../../../ui/base/wire.ts'

const rows = (...ids: readonly string[]): WireRecord[] => ids.map((Id) => ({ Id, Name: Id }))
const [a, b, c, d] = rows('a', 'b', 'c', 'd')
const all = rows('a', 'b', 'c', 'd')

describe('the selection', () => {
  it('takes rows up to its limit, and those it has anew', () => {
    const many = Array.from({ length: selectedRowsMax + 5 }, (_, index) => ({ Id: `${index}` }))
    const full = withRows(noSelection, many)
    expect(full.size).toBe(selectedRowsMax)
    const again = withRows(full, [{ Id: '7', Name: 'new' }])
    expect(again.get('7')).toEqual({ Id: '7', Name: 'new' })
  })

  it('says whether all, some or none of the loaded rows are chosen', () => {
    expect(chosenOf(noSelection, all)).toBe('none')
    expect(chosenOf(withRows(noSelection, rows('b')), all)).toBe('some')
    expect(chosenOf(withRows(noSelection, all), all)).toBe('all')
    expect(chosenOf(withoutRows(withRows(noSelection, all), rows('a')), all)).toBe('some')
  })

  it('after a refresh has the rows as they are now, and none that a wholly loaded list has lost', () => {
    const chosen = withRows(noSelection, rows('a', 'z'))
    const fresh = [{ Id: 'a', Name: 'renamed' }]
    expect([...followRows(chosen, fresh, true).values()]).toEqual([
      { Id: 'a', Name: 'renamed' },
      { Id: 'z', Name: 'z' },
    ])
    expect([...followRows(chosen, fresh, false).keys()]).toEqual(['a'])
  })

  it('takes a range in either direction; what is not in the list makes none', () => {
    expect(rowsBetween(all, 'c', 'a')).toEqual([a, b, c])
    expect(rowsBetween(all, 'b', 'b')).toEqual([b])
    expect(rowsBetween(all, 'gone', 'd')).toEqual([])
  })

  it('turns a range to what its last row becomes', () => {
    const chosen = withRows(noSelection, rows('a'))
    const more = afterToggle({ rows: all, selection: chosen }, d ?? {}, 'b')
    expect([...more.keys()]).toEqual(['a', 'b', 'c', 'd'])
    const fewer = afterToggle({ rows: all, selection: more }, a ?? {}, 'c')
    expect([...fewer.keys()]).toEqual(['d'])
    const one = afterToggle({ rows: all, selection: noSelection }, d ?? {}, 'gone')
    expect([...one.keys()]).toEqual(['d'])
  })
})
