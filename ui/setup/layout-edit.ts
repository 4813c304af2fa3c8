/** Changes to a page layout while it is edited; everything a layout holds besides is kept. */
export type Behavior = 'Edit' | 'Required' | 'Readonly'

export interface LayoutItem {
  readonly field?: string
  readonly behavior?: Behavior
  readonly emptySpace?: boolean
}

export interface LayoutColumn {
  readonly layoutItems?: readonly LayoutItem[]
}

export interface LayoutSection {
  readonly label?: string
  readonly detailHeading?: boolean
  readonly editHeading?: boolean
  readonly style?: string
  readonly layoutColumns?: readonly LayoutColumn[]
}

export interface LayoutBody {
  readonly layoutSections?: readonly LayoutSection[]
}

/** Where an item stands: section, column, place within the column. */
export interface ItemPlace {
  readonly section: number
  readonly column: number
  readonly item: number
}

export type Direction = 'up' | 'down' | 'left' | 'right'

export function itemsOf(body: LayoutBody, section: number, column: number): readonly LayoutItem[] {
  return body.layoutSections?.[section]?.layoutColumns?.[column]?.layoutItems ?? []
}

export function fieldsOnLayout(body: LayoutBody): ReadonlySet<string> {
  const fields = new Set<string>()
  for (const section of body.layoutSections ?? [])
    for (const column of section.layoutColumns ?? [])
      for (const item of column.layoutItems ?? [])
        if (item.field !== undefined) fields.add(item.field)
  return fields
}

export function findField(body: LayoutBody, field: string): ItemPlace | undefined {
  for (const [section, { layoutColumns = [] }] of (body.layoutSections ?? []).entries())
    for (const [column, { layoutItems = [] }] of layoutColumns.entries()) {
      const item = layoutItems.findIndex((entry) => entry.field === field)
      if (item >= 0) return { section, column, item }
    }
  return undefined
}

/** The field at the end of the section's shortest column. */
export function addField<Body extends LayoutBody>(
  body: Body,
  section: number,
  item: { readonly field: string; readonly behavior: Behavior },
): Body {
  const columns = body.layoutSections?.[section]?.layoutColumns ?? []
  const counts = columns.map((column) => column.layoutItems?.length ?? 0)
  const shortest = counts.length === 0 ? 0 : counts.indexOf(Math.min(...counts))
  return changeItems(body, { section, column: shortest }, (items) => [...items, item])
}

export function removeField<Body extends LayoutBody>(body: Body, field: string): Body {
  const place = findField(body, field)
  if (place === undefined) return body
  return changeItems(body, place, (items) => items.filter((item) => item.field !== field))
}

export function setBehavior<Body extends LayoutBody>(
  body: Body,
  field: string,
  behavior: Behavior,
): Body {
  const place = findField(body, field)
  if (place === undefined) return body
  return changeItems(body, place, (items) =>
    items.map((item) => (item.field === field ? { ...item, behavior } : item)),
  )
}

/** One step in a direction; at the edge of a section up and down go on into the next one. */
export function moveItem<Body extends LayoutBody>(
  body: Body,
  place: ItemPlace,
  direction: Direction,
): { readonly body: Body; readonly place: ItemPlace } {
  const target = targetOf(body, place, direction)
  const item = itemsOf(body, place.section, place.column)[place.item]
  if (target === undefined || item === undefined) return { body, place }
  const without = changeItems(body, place, (items) => items.filter((_, at) => at !== place.item))
  const at = Math.min(target.item, itemsOf(without, target.section, target.column).length)
  const moved = changeItems(without, target, (items) => [
    ...items.slice(0, at),
    item,
    ...items.slice(at),
  ])
  return { body: moved, place: { ...target, item: at } }
}

export function canMove(body: LayoutBody, place: ItemPlace, direction: Direction): boolean {
  return targetOf(body, place, direction) !== undefined
}

function targetOf(body: LayoutBody, place: ItemPlace, direction: Direction): ItemPlace | undefined {
  const { section, column, item } = place
  if (direction === 'left') return column > 0 ? { section, column: column - 1, item } : undefined
  if (direction === 'right')
    return column + 1 < columnCount(body, section)
      ? { section, column: column + 1, item }
      : undefined
  if (direction === 'up') {
    if (item > 0) return { section, column, item: item - 1 }
    return neighbour(body, { section: section - 1, column, item: Number.MAX_SAFE_INTEGER })
  }
  if (item + 1 < itemsOf(body, section, column).length) return { section, column, item: item + 1 }
  return neighbour(body, { section: section + 1, column, item: 0 })
}

/** The place in a section that may have fewer columns. */
function neighbour(body: LayoutBody, place: ItemPlace): ItemPlace | undefined {
  const count = columnCount(body, place.section)
  return count === 0 ? undefined : { ...place, column: Math.min(place.column, count - 1) }
}

export function columnCount(body: LayoutBody, section: number): number {
  return body.layoutSections?.[section]?.layoutColumns?.length ?? 0
}

function changeItems<Body extends LayoutBody>(
  body: Body,
  place: { readonly section: number; readonly column: number },
  change: (items: readonly LayoutItem[]) => readonly LayoutItem[],
): Body {
  return changeSection(body, place.section, (section) => {
    const columns = section.layoutColumns ?? [{}]
    const layoutColumns = columns.map((column, at) =>
      at === place.column ? { ...column, layoutItems: change(column.layoutItems ?? []) } : column,
    )
    return { ...section, layoutColumns }
  })
}

function changeSection<Body extends LayoutBody>(
  body: Body,
  index: number,
  change: (section: LayoutSection) => LayoutSection,
): Body {
  const sections = body.layoutSections ?? []
  const layoutSections = sections.map((section, at) => (at === index ? change(section) : section))
  return { ...body, layoutSections }
}

export function addSection<Body extends LayoutBody>(body: Body, label: string): Body {
  const section: LayoutSection = {
    label,
    detailHeading: true,
    editHeading: true,
    style: 'TwoColumnsTopToBottom',
    layoutColumns: [{ layoutItems: [] }, { layoutItems: [] }],
  }
  return { ...body, layoutSections: [...(body.layoutSections ?? []), section] }
}

export function renameSection<Body extends LayoutBody>(
  body: Body,
  index: number,
  label: string,
): Body {
  return changeSection(body, index, (section) => ({ ...section, label }))
}

/** Only an empty section goes: fields are never taken off a page by accident. */
export function removeSection<Body extends LayoutBody>(body: Body, index: number): Body {
  const columns = body.layoutSections?.[index]?.layoutColumns ?? []
  if (columns.some((column) => (column.layoutItems ?? []).length > 0)) return body
  return { ...body, layoutSections: (body.layoutSections ?? []).filter((_, at) => at !== index) }
}

export function moveSection<Body extends LayoutBody>(
  body: Body,
  index: number,
  step: 1 | -1,
): Body {
  const sections = [...(body.layoutSections ?? [])]
  const [one, other] = [sections[index], sections[index + step]]
  if (one === undefined || other === undefined) return body
  sections[index] = other
  sections[index + step] = one
  return { ...body, layoutSections: sections }
}
