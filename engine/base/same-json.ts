/** Compares values of JSON whose keys come in canonical order. */

/** Equal texts are equal values only where the order of keys is the same, as in bodies of declarations. */
export function sameJson(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}
