/** The shipped objects keep the promises of the metadata language. */
import { readdirSync } from 'node:fs'
import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import type { CustomField } from '../../metadata/types.ts'
import {
  fieldsOf,
  isShippedObject,
  metadataRoot,
  nameFieldOf,
  readJson,
  shippedApplications,
  shippedLayouts,
  shippedObjects,
  shippedPermissionSets,
  shippedProfiles,
  shippedStandardValueSets,
  shippedValueSets,
  typeOf,
} from './shipped-metadata.ts'

const ajv = new Ajv({ strict: false, allErrors: true })
const schemaFolder = new URL('schema/', metadataRoot)
for (const file of readdirSync(schemaFolder)) {
  const schema = readJson(new URL(file, schemaFolder)) as Record<string, unknown>
  ajv.addSchema({ ...schema, $id: file })
}

const byType = {
  CustomObject: shippedObjects,
  Layout: shippedLayouts,
  CustomApplication: shippedApplications,
  PermissionSet: shippedPermissionSets,
  Profile: shippedProfiles,
  GlobalValueSet: shippedValueSets,
  StandardValueSet: shippedStandardValueSets,
}

function schemaProblems(type: string, body: unknown): readonly string[] {
  const validate = ajv.getSchema(`${type}.schema.json`)
  if (validate === undefined) throw new Error(`no schema of ${type}`)
  if (validate(body) === true) return []
  return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`)
}

function doubles(names: readonly string[]): readonly string[] {
  return names.filter((name, index) => names.indexOf(name) !== index)
}

describe('every shipped file', () => {
  const files = Object.entries(byType).flatMap(([type, list]) =>
    list.map(({ file, body }) => ({ type, file, body })),
  )
  test.each(files)('$file fits its schema and is called like its component', (each) => {
    expect(schemaProblems(each.type, each.body)).toEqual([])
    expect(each.file.split('/').at(-1)).toBe(`${each.body.fullName}.json`)
  })
})

describe('the objects together', () => {
  test('have key prefixes of their own', () => {
    const prefixes = shippedObjects.map(({ body }) => body.keyPrefix ?? body.fullName)
    expect(prefixes.filter((prefix) => !/^[0-9A-Za-z]{3}$/.test(prefix))).toEqual([])
    expect(doubles(prefixes)).toEqual([])
  })

  test('give every child list of a parent a name of its own', () => {
    const lists = shippedObjects.flatMap(({ body }) =>
      (body.fields ?? []).flatMap((field) =>
        (field.referenceTo ?? []).map((target) => `${target}.${field.relationshipName}`),
      ),
    )
    expect(lists.filter((list) => list.endsWith('.undefined'))).toEqual([])
    expect(doubles(lists)).toEqual([])
  })

  test('point at objects that exist', () => {
    const targets = shippedObjects.flatMap(({ body }) =>
      (body.fields ?? []).flatMap((field) => field.referenceTo ?? []),
    )
    expect(targets.filter((target) => !isShippedObject(target))).toEqual([])
  })
})

describe.each(shippedObjects.map(({ body }) => body))('$fullName', (object) => {
  const fields = fieldsOf(object)
  const declared: readonly CustomField[] = object.fields ?? []
  const unknown = (names: readonly string[] | undefined): readonly string[] =>
    (names ?? []).filter((name) => !fields.has(name))

  test('has labels, a description and described fields', () => {
    expect([object.label, object.pluralLabel, object.description]).not.toContain(undefined)
    const poor = declared.filter((field) => !field.label || !field.description)
    expect(poor.map((field) => field.fullName)).toEqual([])
  })

  test('names each field once, parts and system fields included', () => {
    const own = [nameFieldOf(object), ...declared].flatMap((field) => [
      field.fullName,
      ...(typeOf(field).components?.(field) ?? []).map((part) => part.fullName),
    ])
    const system = [...fields].filter(([, field]) => field.origin === 'system')
    const names = [...own, ...system.map(([name]) => name)].map((name) => name.toLowerCase())
    expect(doubles(names)).toEqual([])
  })

  // What a formula gives has no length of its own.
  const stored = declared.filter((field) => field.formula === undefined)
  test.each([nameFieldOf(object), ...stored])('$fullName suits its type', (field) => {
    const valid = ajv.validate(typeOf(field).options, field)
    expect(valid ? [] : ajv.errors).toEqual([])
  })

  test('knows every value and controlling field of its picklists', () => {
    for (const { fullName, valueSet } of declared) {
      if (valueSet?.controllingField === undefined) continue
      const values = (name: string): readonly string[] =>
        (fields.get(name)?.options.values ?? []).map((entry) => entry.value)
      const settings = valueSet.valueSettings ?? []
      const controlling = settings.flatMap((setting) => setting.controllingFieldValue ?? [])
      const known = values(valueSet.controllingField)
      expect(settings.map((setting) => setting.valueName)).toEqual(values(fullName))
      expect(controlling.filter((value) => !known.includes(value))).toEqual([])
    }
  })

  test('has at most one default value in each picklist, and no value twice', () => {
    for (const { options } of fields.values()) {
      const values = options.values ?? []
      expect(values.filter((entry) => entry.isDefault).length).toBeLessThanOrEqual(1)
      expect(doubles(values.map((entry) => entry.value))).toEqual([])
    }
  })

  test('mentions only fields that exist in list views, compact layouts and search', () => {
    const views = object.listViews ?? []
    expect(views.flatMap((view) => unknown(view.columns))).toEqual([])
    const filters = views.flatMap((view) => view.filters ?? [])
    expect(unknown(filters.map((filter) => filter.field))).toEqual([])
    const compact = object.compactLayouts ?? []
    expect(compact.flatMap((layout) => unknown(layout.fields))).toEqual([])
    expect(unknown(object.searchLayouts?.searchResultsAdditionalFields)).toEqual([])
    expect(unknown(object.searchLayouts?.lookupDialogsAdditionalFields)).toEqual([])
  })

  test('filters picklists by values that exist', () => {
    for (const filter of (object.listViews ?? []).flatMap((view) => view.filters ?? [])) {
      const values = fields.get(filter.field)?.options.values
      if (values === undefined) continue
      const known = values.map((entry) => entry.value)
      expect((filter.value ?? '').split(',').filter((each) => !known.includes(each))).toEqual([])
    }
  })

  test('shows one of its own compact layouts', () => {
    const own = (object.compactLayouts ?? []).map((layout) => layout.fullName)
    if (object.compactLayoutAssignment !== undefined) {
      expect(own).toContain(object.compactLayoutAssignment)
    }
    for (const { fields: shown = [] } of object.compactLayouts ?? []) {
      expect(shown.length).toBeGreaterThanOrEqual(4)
      expect(shown.length).toBeLessThanOrEqual(7)
    }
  })
})
