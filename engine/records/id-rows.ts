/** Ids as the statements' holes take them. */

export function idRows(ids: readonly string[]): string {
  return JSON.stringify(ids.map((id) => [id]))
}
