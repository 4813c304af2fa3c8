/** List views made elsewhere spell standard columns in capitals: NAME, CREATED_DATE, CASES.STATUS. */

const legacyPattern = /^[A-Z][A-Z0-9_]*(\.[A-Z0-9_]+)*$/

/** Spellings that do not follow from the field's name. */
const spellings: ReadonlyMap<string, string> = new Map([
  ['createdbyuser', 'CreatedById'],
  ['createdbyalias', 'CreatedById'],
  ['updatedbyuser', 'LastModifiedById'],
  ['updatedbyalias', 'LastModifiedById'],
  ['lastupdate', 'LastModifiedDate'],
  ['lastupdatebyuser', 'LastModifiedById'],
  ['owneralias', 'OwnerId'],
  ['ownerfullname', 'OwnerId'],
  ['ownername', 'OwnerId'],
])

const nameSpellings: ReadonlySet<string> = new Set(['name', 'fullname', 'salesaccountname'])

/**
 * The field that such a column means; 'unknown' when the spelling is of this kind but the field is not here, and
 * undefined when it is no such spelling at all.
 */
export function legacyColumn(
  text: string,
  fields: Iterable<{ readonly name: string }>,
  nameField: string,
): string | undefined {
  if (!legacyPattern.test(text)) return undefined
  const candidates = [text, text.slice(text.lastIndexOf('.') + 1)].map(squeezed)
  if (candidates.some((candidate) => nameSpellings.has(candidate))) return nameField
  const bySqueezed = new Map([...fields].map((field) => [squeezed(field.name), field.name]))
  for (const candidate of candidates) {
    const field = spellings.get(candidate) ?? bySqueezed.get(candidate)
    if (field !== undefined) return field
  }
  return 'unknown'
}

function squeezed(text: string): string {
  return text.toLowerCase().replaceAll(/[_.]/g, '')
}
