/** Layouts, rights and applications mention only what exists, and forms can be filled in. */
import { describe, expect, test } from 'vitest'
import type { Layout } from '../../metadata/types.ts'
import {
  fieldsOf,
  isShippedObject,
  shippedApplications,
  shippedLayouts,
  shippedObject,
  shippedObjects,
  shippedPermissionSets,
  shippedProfiles,
} from './shipped-metadata.ts'

function objectOf(layout: Layout): string {
  return layout.fullName.slice(0, layout.fullName.indexOf('-'))
}

interface Placed {
  readonly field: string
  readonly behavior: string | undefined
}

function placedOn(layout: Layout): readonly Placed[] {
  return (layout.layoutSections ?? [])
    .flatMap((section) => section.layoutColumns ?? [])
    .flatMap((column) => column.layoutItems ?? [])
    .flatMap((item) => (item.field ? [{ field: item.field, behavior: item.behavior }] : []))
}

const layouts = shippedLayouts.map(({ body }) => body)

describe.each(layouts)('$fullName', (layout) => {
  const fields = fieldsOf(shippedObject(objectOf(layout)))
  const placed = placedOn(layout)

  test('shows each field once, and only fields of its object', () => {
    const names = placed.map((item) => item.field)
    expect(names.filter((name) => !fields.has(name))).toEqual([])
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  })

  test('asks for every field that must be filled in', () => {
    const required = [...fields].filter(
      ([, field]) => field.required && (field.origin === 'declared' || field.origin === 'name'),
    )
    const asked = placed.filter((item) => item.behavior === 'Required').map((item) => item.field)
    expect(required.map(([name]) => name).filter((name) => !asked.includes(name))).toEqual([])
  })

  test('lets nobody type into fields that number themselves', () => {
    const numbered = placed.filter((item) => fields.get(item.field)?.type.name === 'AutoNumber')
    expect(numbered.filter((item) => item.behavior !== 'Readonly')).toEqual([])
  })

  test('ends with the system information', () => {
    expect(layout.layoutSections?.at(-1)?.label).toBe('System Information')
  })

  test('lists children that point at its object, with columns that the children have', () => {
    for (const list of layout.relatedLists ?? []) {
      const [child = '', lookup = ''] = list.relatedList.split('.')
      const childFields = fieldsOf(shippedObject(child))
      expect(childFields.get(lookup)?.options.referenceTo).toContain(objectOf(layout))
      expect((list.fields ?? []).filter((name) => !childFields.has(name))).toEqual([])
    }
  })
})

const granting = [...shippedPermissionSets, ...shippedProfiles].map(({ body }) => body)

describe.each(granting)('$fullName', (set) => {
  test('grants rights on objects and fields that exist', () => {
    const objects = (set.objectPermissions ?? []).map((entry) => entry.object)
    expect(objects.filter((name) => !isShippedObject(name))).toEqual([])
    for (const { field } of set.fieldPermissions ?? []) {
      const [object = '', name = ''] = field.split('.')
      expect(fieldsOf(shippedObject(object)).has(name), field).toBe(true)
      expect(objects).toContain(object)
    }
  })

  test('leaves out fields whose right follows from the object', () => {
    for (const { field } of set.fieldPermissions ?? []) {
      const [object = '', name = ''] = field.split('.')
      const known = fieldsOf(shippedObject(object)).get(name)
      expect([known?.required, known?.origin], field).toEqual([false, 'declared'])
    }
  })

  test('assigns layouts that exist', () => {
    const names = layouts.map((layout) => layout.fullName)
    const assigned = 'layoutAssignments' in set ? (set.layoutAssignments ?? []) : []
    expect(assigned.filter((each) => !names.includes(each.layout))).toEqual([])
  })
})

test('agents cannot delete accounts', () => {
  const agent = shippedPermissionSets.find(({ body }) => body.fullName === 'CollectionsAgent')
  const rights = agent?.body.objectPermissions?.find((entry) => entry.object === 'Account')
  expect(rights).toMatchObject({ allowRead: true, allowEdit: true, allowDelete: false })
})

test('applications have tabs of objects that exist, and rights make them visible', () => {
  const shown = shippedPermissionSets.flatMap(({ body }) =>
    (body.applicationVisibilities ?? []).map((each) => each.application),
  )
  for (const { body } of shippedApplications) {
    expect((body.tabs ?? []).filter((tab) => !isShippedObject(tab))).toEqual([])
    expect(body.tabs).toContain(body.defaultLandingTab)
    expect(shown).toContain(body.fullName)
  }
})

test('every object of the applications has a layout', () => {
  const tabs = new Set(shippedApplications.flatMap(({ body }) => body.tabs ?? []))
  const laidOut = new Set(layouts.map(objectOf))
  expect([...tabs].filter((tab) => !laidOut.has(tab))).toEqual([])
  expect(shippedObjects.length).toBeGreaterThanOrEqual(tabs.size)
})
