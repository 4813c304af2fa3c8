import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  memberTypeNames,
  metadataType,
  metadataTypeOfFolder,
  metadataTypes,
  splitMember,
} from '../../../engine/model/metadata-types.ts'
import { entryShape, shapeOf } from '../../../engine/model/source/shape.ts'

describe('metadataTypes', () => {
  it('holds a type for every schema', () => {
    const schemas = readdirSync('metadata/schema').map((file) => file.replace('.schema.json', ''))
    expect(metadataTypes.map((type) => type.name).sort()).toEqual(schemas.sort())
  })

  it('finds types by name and by folder, and nothing by names of JavaScript', () => {
    expect(metadataType('Layout')?.folder).toBe('layouts')
    expect(metadataTypeOfFolder('objects')?.name).toBe('CustomObject')
    expect(metadataType('toString')).toBeUndefined()
    expect(metadataTypeOfFolder('constructor')).toBeUndefined()
  })

  it('gives every type a folder and a suffix of its own', () => {
    expect(new Set(metadataTypes.map((type) => type.folder)).size).toBe(metadataTypes.length)
    expect(new Set(metadataTypes.map((type) => type.suffix)).size).toBe(metadataTypes.length)
  })

  it.each(metadataTypes.flatMap((type) => type.members.map((list) => ({ type, list }))))(
    'names in $type.name a list $list.property whose entries are $list.type and have names',
    ({ type, list }) => {
      const shape = shapeOf(type.name).properties.get(list.property)?.shape
      expect(shape).toMatchObject({ kind: 'list', key: list.key })
      const entry = entryShape(type.name, list.property)
      expect(entry.name).toBe(list.type)
      expect(entry.required).toContain(list.key)
    },
  )
})

describe('splitMember', () => {
  it('says in which list of which component a member stands', () => {
    expect(splitMember('CustomField', 'CollectionPlan.Status')).toMatchObject({
      type: 'CustomObject',
      fullName: 'CollectionPlan',
      list: { property: 'fields' },
      member: 'Status',
    })
    expect(splitMember('CustomLabel', 'Greeting')).toMatchObject({
      type: 'CustomLabels',
      fullName: 'CustomLabels',
      member: 'Greeting',
    })
  })

  it('knows nothing of types with own files, and of names without both parts', () => {
    expect(splitMember('Layout', 'Case-Case Layout')).toBeUndefined()
    expect(splitMember('CustomField', 'Status')).toBeUndefined()
    expect(splitMember('CustomField', '.Status')).toBeUndefined()
    expect(splitMember('CustomField', 'CollectionPlan.')).toBeUndefined()
    expect(splitMember('toString', 'a.b')).toBeUndefined()
  })

  it('names each type of members once', () => {
    expect(new Set(memberTypeNames).size).toBe(memberTypeNames.length)
    expect(memberTypeNames).toContain('ValidationRule')
  })
})
