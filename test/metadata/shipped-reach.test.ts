/** People find every shipped object, and read labels that are alike in style. */
import { expect, test } from 'vitest'
import type { CustomObject } from '../../metadata/types.ts'
import {
  nameFieldOf,
  shippedApplications,
  shippedLayouts,
  shippedObjects,
} from './shipped-metadata.ts'

/** Shown in Setup, or, for files, once the server keeps them. */
const elsewhere: ReadonlySet<string> = new Set([
  'Organization',
  'Profile',
  'PermissionSet',
  'PermissionSetAssignment',
  'RecordType',
  'ContentDocument',
  'ContentVersion',
  'ContentDocumentLink',
  ...shippedObjects.map(({ body }) => body.fullName).filter((name) => name.endsWith('Share')),
])

const setUp: ReadonlySet<string> = new Set(
  [...elsewhere].filter((name) => !/^Content|Share$/.test(name)),
)

/** Custom settings are managed in Setup, where each has its page. */
const objects = shippedObjects
  .map(({ body }) => body)
  .filter(({ customSettingsType }) => customSettingsType === undefined)
const layouts = new Map(
  shippedLayouts.map(({ body }) => [body.fullName.slice(0, body.fullName.indexOf('-')), body]),
)

/** Objects of tabs, and those whose lists stand on a page that can be reached. */
function reachable(): ReadonlySet<string> {
  const found = new Set(shippedApplications.flatMap(({ body }) => body.tabs ?? []))
  for (const object of found) {
    const lists = layouts.get(object)?.relatedLists ?? []
    for (const { relatedList } of lists) found.add(relatedList.split('.')[0] ?? '')
  }
  return found
}

test('every object has a tab, or a related list on a page that can be reached', () => {
  const found = reachable()
  const lost = objects.map((object) => object.fullName).filter((name) => !found.has(name))
  expect(lost.filter((name) => !elsewhere.has(name))).toEqual([])
})

test('every object has a layout, a list of all its records and a compact layout', () => {
  const poor = objects.filter(
    (object) =>
      !setUp.has(object.fullName) &&
      (!layouts.has(object.fullName) ||
        object.compactLayouts?.length !== 1 ||
        object.listViews?.some((view) => view.filters === undefined) !== true),
  )
  expect(poor.map((object) => object.fullName)).toEqual([])
})

function labelsOf(object: CustomObject): readonly string[] {
  return [nameFieldOf(object), ...(object.fields ?? [])].map((field) => field.label ?? '')
}

test('labels are unique within an object', () => {
  for (const object of objects) {
    const labels = labelsOf(object)
    const twice = labels.filter((label, index) => labels.indexOf(label) !== index)
    expect(twice, object.fullName).toEqual([])
  }
})

const smallWords: ReadonlySet<string> = new Set(
  'a an and as at by for from in of on or per the to with'.split(' '),
)

/** What is wrong with the case of a label: each word begins with a capital, save the little ones. */
function lowerWords(label: string): readonly string[] {
  return label
    .split(' ')
    .filter((word, index) => /^[a-z]/.test(word) && (index === 0 || !smallWords.has(word)))
}

test('labels of objects, fields and lists are in title case and free of abbreviations', () => {
  const labels = objects.flatMap((object) => [
    object.label ?? '',
    object.pluralLabel ?? '',
    ...labelsOf(object),
    ...(object.listViews ?? []).map((view) => view.label ?? ''),
  ])
  expect(labels.filter((label) => lowerWords(label).length > 0)).toEqual([])
  expect(labels.filter((label) => /\b(?:Cmptv|Prfm|Trxn|Svc|Meas|Calc|Tmpl|Itm|Attr)\b/.test(label))).toEqual([])
})

test('labels of sections are in title case', () => {
  const sections = [...layouts.values()].flatMap((layout) => layout.layoutSections ?? [])
  expect(sections.filter((section) => lowerWords(section.label ?? '').length > 0)).toEqual([])
})

test('descriptions are sentences', () => {
  const texts = objects.flatMap((object) => [
    object.description ?? '',
    ...(object.fields ?? []).map((field) => field.description ?? ''),
  ])
  expect(texts.filter((text) => !/^[\p{Lu}"\d].*\.$/su.test(text))).toEqual([])
})
