import { describe, expect, it } from 'vitest'
import {
  addField,
  addSection,
  canMove,
  fieldsOnLayout,
  findField,
  moveItem,
  moveSection,
  removeField,
  removeSection,
  renameSection,
  setBehavior,
} from '../../../ui/setup/layout-edit.ts'
import type { LayoutBody } from '../../../ui/setup/layout-edit.ts'

const layout = {
  fullName: 'Plan-Layout',
  layoutSections: [
    {
      label: 'One',
      layoutColumns: [
        { layoutItems: [{ field: 'A' }, { field: 'B' }] },
        { layoutItems: [{ field: 'C' }] },
      ],
    },
    { label: 'Two', layoutColumns: [{ layoutItems: [] }] },
  ],
} satisfies LayoutBody & { fullName: string }

describe('fields of a layout', () => {
  it('are added to the shortest column', () => {
    const changed = addField(layout, 0, { field: 'D', behavior: 'Edit' })
    expect(findField(changed, 'D')).toEqual({ section: 0, column: 1, item: 1 })
    expect(changed.fullName).toBe('Plan-Layout')
  })

  it('are removed by name', () => {
    expect([...fieldsOnLayout(removeField(layout, 'A'))]).toEqual(['B', 'C'])
    expect(removeField(layout, 'Z')).toBe(layout)
  })

  it('can be required', () => {
    const changed: LayoutBody = setBehavior(layout, 'C', 'Required')
    expect(changed.layoutSections?.[0]?.layoutColumns?.[1]?.layoutItems).toEqual([
      { field: 'C', behavior: 'Required' },
    ])
  })

  it('move within a column, between columns and into the next section', () => {
    const start = { section: 0, column: 0, item: 0 }
    const down = moveItem(layout, start, 'down')
    expect(down.place).toEqual({ section: 0, column: 0, item: 1 })
    const right = moveItem(down.body, down.place, 'right')
    expect(findField(right.body, 'A')).toEqual({ section: 0, column: 1, item: 1 })
    const next = moveItem(right.body, right.place, 'down')
    expect(findField(next.body, 'A')).toEqual({ section: 1, column: 0, item: 0 })
    const back = moveItem(next.body, next.place, 'up')
    expect(findField(back.body, 'A')).toEqual({ section: 0, column: 0, item: 1 })
  })

  it('stay where there is no further place', () => {
    const start = { section: 0, column: 0, item: 0 }
    expect(canMove(layout, start, 'up')).toBe(false)
    expect(canMove(layout, start, 'left')).toBe(false)
    expect(moveItem(layout, start, 'up').body).toBe(layout)
  })
})

describe('sections of a layout', () => {
  it('are added, renamed and moved', () => {
    const added = renameSection(addSection(layout, 'Three'), 2, 'Last')
    const moved: LayoutBody = moveSection(added, 2, -1)
    expect(moved.layoutSections?.map((section) => section.label)).toEqual(['One', 'Last', 'Two'])
  })

  it('go only when they are empty', () => {
    expect(removeSection(layout, 0)).toBe(layout)
    expect(removeSection(layout, 1).layoutSections).toHaveLength(1)
  })
})
