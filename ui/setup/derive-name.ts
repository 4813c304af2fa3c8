/** API names and plurals derived from labels; what the person edits by hand is never overwritten. */

const apiNameLengthMax = 40

/**
 * "Hardship Reason" → "Hardship_Reason__c". Accents are dropped, other characters become one
 * underscore. Empty when nothing of the label can stand in a name.
 */
export function deriveApiName(label: string, suffix = '__c'): string {
  const words = label
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replaceAll('ß', 'ss')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
  if (words === '') return ''
  const started = /^[0-9]/.test(words) ? `X${words}` : words
  return started.slice(0, apiNameLengthMax).replace(/_+$/, '') + suffix
}

export type NameFault = 'missing' | 'shape' | 'long' | 'taken'

/** What is wrong with an API name; names differing only in letter case are the same name. */
export function findNameFault(
  name: string,
  rules: { readonly suffix: string; readonly taken: Iterable<string> },
): NameFault | undefined {
  if (name === '' || name === rules.suffix) return 'missing'
  if (!name.endsWith(rules.suffix)) return 'shape'
  const stem = name.slice(0, name.length - rules.suffix.length)
  if (!/^[A-Za-z](?:_?[A-Za-z0-9])*$/.test(stem)) return 'shape'
  if (stem.length > apiNameLengthMax) return 'long'
  for (const other of rules.taken) if (other.toLowerCase() === name.toLowerCase()) return 'taken'
  return undefined
}

/** A first guess at an English plural; the person may correct it. */
export function derivePlural(label: string): string {
  const singular = label.trim()
  if (singular === '') return ''
  if (/[^aeiou]y$/i.test(singular)) return `${singular.slice(0, -1)}ies`
  if (/(?:s|x|z|ch|sh)$/i.test(singular)) return `${singular}es`
  return `${singular}s`
}
