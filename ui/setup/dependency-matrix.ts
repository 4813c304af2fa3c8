/** Which values of a dependent picklist may be chosen for which value of the controlling field. */
export interface ValueSetting {
  readonly valueName: string
  readonly controllingFieldValue?: readonly string[]
}

/** By dependent value: the controlling values it is allowed for. */
export type Matrix = ReadonlyMap<string, ReadonlySet<string>>

export function matrixOf(settings: readonly ValueSetting[]): Matrix {
  const matrix = new Map<string, Set<string>>()
  for (const setting of settings) {
    const allowed = matrix.get(setting.valueName) ?? new Set<string>()
    for (const value of setting.controllingFieldValue ?? []) allowed.add(value)
    matrix.set(setting.valueName, allowed)
  }
  return matrix
}

export function isAllowed(matrix: Matrix, value: string, controlling: string): boolean {
  return matrix.get(value)?.has(controlling) ?? false
}

/** The matrix with the given cells set; a whole row or column is set by naming its cells. */
export function allowCells(
  matrix: Matrix,
  cells: { readonly values: readonly string[]; readonly controlling: readonly string[] },
  allowed: boolean,
): Matrix {
  const next = new Map(matrix)
  for (const value of cells.values) {
    const row = new Set(next.get(value))
    for (const controlling of cells.controlling) {
      if (allowed) row.add(controlling)
      else row.delete(controlling)
    }
    next.set(value, row)
  }
  return next
}

/** Only pairs whose values still exist are written, in the order of the two lists. */
export function settingsOf(
  matrix: Matrix,
  values: readonly string[],
  controlling: readonly string[],
): readonly ValueSetting[] {
  return values.flatMap((valueName) => {
    const allowed = controlling.filter((value) => isAllowed(matrix, valueName, value))
    return allowed.length === 0 ? [] : [{ valueName, controllingFieldValue: allowed }]
  })
}
