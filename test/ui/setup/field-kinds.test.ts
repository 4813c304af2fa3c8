import { describe, expect, it } from 'vitest'
import schema from '../../../metadata/schema/CustomObject.schema.json' with { type: 'json' }
import { fieldKind, fieldKinds, findKinds } from '../../../ui/setup/field-kinds.ts'
import { kindDrawing } from '../../../ui/setup/kind-icons.ts'

/** Types that are declared in files only: compound, of another system, or the contents of a version. */
const notOffered = new Set([
  ...['Address', 'PersonName', 'MetadataRelationship', 'File'],
  ...['ExternalLookup', 'IndirectLookup'],
])

describe('the kinds of field', () => {
  it('are all that the metadata language has, without those for files only', () => {
    const declared = schema.definitions.CustomField.properties.type.enum
    // A formula is no type: it is declared as what it gives.
    const offered = fieldKinds().flatMap(({ type }) => (type === 'Formula' ? [] : [type]))
    expect(offered.toSorted()).toEqual(declared.filter((type) => !notOffered.has(type)).toSorted())
  })

  it('each have a drawing and a purpose', () => {
    for (const kind of fieldKinds()) {
      expect(kindDrawing(kind.icon).accent).not.toBe('')
      expect(kind.purpose).toMatch(/\.$/)
    }
  })

  it.each([
    ['dropdown', ['Picklist', 'MultiselectPicklist']],
    ['foreign key', ['Lookup']],
    ['MONEY', ['Currency']],
    ['nothing like it', []],
  ])('%j finds %j', (search, types) => {
    expect(findKinds(search).map((kind) => kind.type)).toEqual(types)
  })

  it('are found by type', () => {
    expect(fieldKind('Text')?.label).toBe('Text')
    expect(fieldKind('Address')).toBeUndefined()
    expect(fieldKind(undefined)).toBeUndefined()
  })
})
