/** Picking a row of the grid: by a click anywhere in it, or by Enter on one of its cells. */
import type { Grid } from '@vaadin/grid'
import type { WireRecord } from '../../base/wire.ts'

type Listener = EventListenerObject & { readonly capture: true }

export interface PickListeners {
  readonly click: Listener
  readonly keydown: Listener
}

/** Taken before the grid sees the event: its own Enter would first step into the cell. */
export function pickListeners(pick: (row: WireRecord) => void): PickListeners {
  const handleEvent = (event: Event): void => {
    if (event instanceof KeyboardEvent && event.key !== 'Enter') return
    // The listener stands on the grid alone.
    const grid = event.currentTarget as Grid<WireRecord>
    const { item, section } = grid.getEventContext(event)
    if (section !== 'body' || item === undefined) return
    event.preventDefault()
    event.stopPropagation()
    pick(item)
  }
  const listener: Listener = { handleEvent, capture: true }
  return { click: listener, keydown: listener }
}
