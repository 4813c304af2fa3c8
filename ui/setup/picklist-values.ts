/** The rows of a picklist while they are edited: read from pasted text, checked, written back. */
export interface ValueRow {
  readonly label: string
  readonly name: string
  /** The name still follows the label. */
  readonly derived: boolean
  readonly isDefault: boolean
  readonly active: boolean
  /** What the values of some standard sets are marked as; absent where there is nothing to mark. */
  readonly marks?: readonly ValueMark[]
}

/** Attributes of values by which the model tells closed cases, won deals and their like. */
export type ValueMark = 'closed' | 'won' | 'converted' | 'highPriority'

const markedSets: ReadonlyMap<string, readonly ValueMark[]> = new Map([
  ['CaseStatus', ['closed']],
  ['LeadStatus', ['converted']],
  ['OpportunityStage', ['closed', 'won']],
  ['TaskPriority', ['highPriority']],
  ['TaskStatus', ['closed']],
])

/** The marks that the values of a standard set may bear. */
export function marksOfSet(name: string): readonly ValueMark[] {
  return markedSets.get(name) ?? []
}

/** A value as the metadata file holds it. */
export interface StoredValue {
  readonly fullName: string
  readonly label?: string
  readonly default?: boolean
  readonly isActive?: boolean
  readonly closed?: boolean
  readonly won?: boolean
  readonly converted?: boolean
  readonly highPriority?: boolean
}

export type ValueFault = 'missing' | 'duplicate' | 'two defaults' | 'none'

export function rowOf(label: string): ValueRow {
  return { label, name: label, derived: true, isDefault: false, active: true }
}

/**
 * One value per line. A tab separates label and API name, as a copied spreadsheet column pair does.
 * Lines whose label is there already are left out.
 */
export function addPasted(rows: readonly ValueRow[], text: string): readonly ValueRow[] {
  const known = new Set(rows.map((row) => row.name.toLowerCase()))
  const added: ValueRow[] = []
  for (const line of text.split(/\r\n|\r|\n/)) {
    const [label = '', name = ''] = line.split('\t').map((part) => part.trim())
    const row = name === '' ? rowOf(label) : { ...rowOf(label), name, derived: false }
    if (label === '' || known.has(row.name.toLowerCase())) continue
    known.add(row.name.toLowerCase())
    added.push(row)
  }
  return [...rows.filter((row) => row.label !== '' || row.name !== ''), ...added]
}

/** The rows with one changed; an untouched name follows its label, one default at most. */
export function changeRow(
  rows: readonly ValueRow[],
  index: number,
  change: Partial<Omit<ValueRow, 'derived'>>,
): readonly ValueRow[] {
  return rows.map((row, at) => {
    if (at !== index) return change.isDefault ? { ...row, isDefault: false } : row
    const derived = change.name === undefined && row.derived
    const changed = { ...row, ...change, derived }
    return derived && change.label !== undefined ? { ...changed, name: change.label } : changed
  })
}

export function moveRow<Row>(rows: readonly Row[], from: number, to: number): readonly Row[] {
  const row = rows[from]
  if (row === undefined || to < 0 || to >= rows.length) return rows
  const rest = rows.filter((_, index) => index !== from)
  return [...rest.slice(0, to), row, ...rest.slice(to)]
}

/** Faults by row index; the index of the list's own fault ("none") is -1. */
export function findValueFaults(rows: readonly ValueRow[]): ReadonlyMap<number, ValueFault> {
  const faults = new Map<number, ValueFault>()
  const seen = new Set<string>()
  let hasDefault = false
  rows.forEach((row, index) => {
    const name = row.name.trim().toLowerCase()
    if (name === '' || row.label.trim() === '') faults.set(index, 'missing')
    else if (seen.has(name)) faults.set(index, 'duplicate')
    else if (row.isDefault && hasDefault) faults.set(index, 'two defaults')
    seen.add(name)
    hasDefault ||= row.isDefault
  })
  if (rows.length === 0) faults.set(-1, 'none')
  return faults
}

export function rowsOf(
  values: readonly StoredValue[],
  marks: readonly ValueMark[] = [],
): readonly ValueRow[] {
  return values.map((value) => ({
    label: value.label ?? value.fullName,
    name: value.fullName,
    derived: false,
    isDefault: value.default ?? false,
    active: value.isActive ?? true,
    ...(marks.length > 0 && { marks: marks.filter((mark) => value[mark] === true) }),
  }))
}

/** Attributes of a stored value that the table does not show (colour, description) are kept. */
export function storedValuesOf(
  rows: readonly ValueRow[],
  before: readonly StoredValue[] = [],
): readonly StoredValue[] {
  const kept = new Map(before.map((value) => [value.fullName, value]))
  return rows.map((row) => {
    const fullName = row.name.trim()
    const { isActive: _, ...rest } = kept.get(fullName) ?? { fullName }
    const stored = { ...rest, fullName, label: row.label.trim(), default: row.isDefault }
    return withMarks(row.active ? stored : { ...stored, isActive: false }, row.marks)
  })
}

function withMarks(value: StoredValue, marks: ValueRow['marks']): StoredValue {
  if (marks === undefined) return value
  const { closed: _c, won: _w, converted: _v, highPriority: _h, ...plain } = value
  return { ...plain, ...Object.fromEntries(marks.map((mark) => [mark, true])) }
}
