/** Suggestions for misspelt names. */
import { closest, distance } from 'fastest-levenshtein'

/** The nearest of the known names, or undefined when none is near enough to be meant. */
export function nearestName(wanted: string, known: Iterable<string>): string | undefined {
  const names = [...known]
  if (names.length === 0) return undefined
  const exactButCase = names.find((name) => name.toLowerCase() === wanted.toLowerCase())
  if (exactButCase !== undefined) return exactButCase
  const best = closest(wanted, names)
  const allowed = Math.max(1, Math.round(Math.max(wanted.length, best.length) / 3))
  return distance(wanted.toLowerCase(), best.toLowerCase()) <= allowed ? best : undefined
}
