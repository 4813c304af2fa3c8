/** Choosing rows of the grid: by their boxes, a range with Shift, or by Space and Ctrl+A on its cells. */
import type { Grid } from '@vaadin/grid'
import { isSelected, rowsBetween, withoutRows, withRows } from '../../base/selection.ts'
import type { Selection } from '../../base/selection.ts'
import type { WireRecord } from '../../base/wire.ts'

interface Chosen {
  readonly rows: readonly WireRecord[]
  readonly selection: Selection
}

/** The row turned over; with `from`, all rows from there on become what it becomes. */
export function afterToggle({ rows, selection }: Chosen, row: WireRecord, from: string): Selection {
  const range = from === '' ? [] : rowsBetween(rows, from, row.Id ?? '')
  const turned = range.length > 0 ? range : [row]
  return isSelected(selection, row) ? withoutRows(selection, turned) : withRows(selection, turned)
}

interface RowKeys {
  toggle(row: WireRecord): void
  all(): void
}

/** Taken before the grid sees the key, and only while a cell itself has the focus. */
export function rowKeys(keys: RowKeys): EventListenerObject & { readonly capture: true } {
  const handleEvent = (event: Event): void => {
    if (!(event instanceof KeyboardEvent) || event.target !== event.currentTarget) return
    const isAll = event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey)
    if (!isAll && event.key !== ' ') return
    // The listener stands on the grid alone.
    const grid = event.currentTarget as Grid<WireRecord>
    const { item, section } = grid.getEventContext(event)
    if (section !== 'body' || (!isAll && item === undefined)) return
    event.preventDefault()
    event.stopPropagation()
    if (isAll) keys.all()
    else if (item !== undefined) keys.toggle(item)
  }
  return { handleEvent, capture: true }
}
