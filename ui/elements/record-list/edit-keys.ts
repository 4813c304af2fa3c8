/** How a cell of the grid is opened for editing: a double click, Enter or F2 on it, or its pencil. */
import type { Grid } from '@vaadin/grid'
import type { WireRecord } from '../../base/wire.ts'

interface CellAt {
  readonly row: WireRecord
  /** Its name. */
  readonly field: string
}

type Listener = EventListenerObject & { readonly capture: true }

export interface EditListeners {
  readonly dblclick: Listener
  readonly keydown: Listener
}

interface CellKeys {
  /** False where the cell is not one to edit: the grid then does what it does. */
  open(cell: CellAt): boolean
}

/** Taken before the grid sees the event; Enter on a cell with a link steps into the cell, to the link. */
export function editListeners({ open }: CellKeys): EditListeners {
  const at = (event: Event): CellAt | undefined => {
    // The listener stands on the grid alone.
    const grid = event.currentTarget as Grid<WireRecord>
    const { item, section, column } = grid.getEventContext(event)
    const field = column?.id
    return section === 'body' && item !== undefined && field ? { row: item, field } : undefined
  }
  const take = (event: Event): void => {
    const cell = at(event)
    if (cell === undefined || !open(cell)) return
    event.preventDefault()
    event.stopPropagation()
  }
  const key = (event: Event): void => {
    if (!(event instanceof KeyboardEvent) || event.target !== event.currentTarget) return
    if (event.key === 'F2' || (event.key === 'Enter' && !leadsAway(event))) take(event)
  }
  const doubleClick = (event: Event): void => {
    const onControl = event
      .composedPath()
      .some((node) => node instanceof HTMLElement && node.matches('a, button, input, fs-menu'))
    if (!onControl) take(event)
  }
  return {
    dblclick: { handleEvent: doubleClick, capture: true },
    keydown: { handleEvent: key, capture: true },
  }
}

/** The cell that has the focus shows a link. */
function leadsAway(event: Event): boolean {
  const cell = event.composedPath()[0]
  if (!(cell instanceof HTMLElement)) return false
  const slot = cell.querySelector('slot')
  return slot?.assignedElements().some((content) => content.querySelector('a') !== null) ?? false
}
