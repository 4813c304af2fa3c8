/**
 * The shipped objects have what the platform's public objects have. The fixture holds their names, types and targets;
 * what the model leaves out or does otherwise must stand in the docs with its reason.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { CustomField, CustomObject } from '../../metadata/types.ts'
import { fieldsOf, isShippedObject, readJson, shippedObject } from './shipped-metadata.ts'

const publicObjects = readJson(new URL('../fixtures/public-objects.json', import.meta.url)) as Record<
  string,
  Record<string, string>
>

const page = readFileSync(new URL('../../docs/model-left-out.md', import.meta.url), 'utf8')
const [leftOutText = '', otherwiseText = ''] = page.split('## Otherwise than on the platform')

/** `- **reason** – Object: Field, Field; Object: Field…` as `Object.Field`, with `*` for every object. */
function leftOutNames(): readonly string[] {
  const rows = leftOutText.split('\n- **').slice(1)
  return rows.flatMap((row) => {
    const text = row.slice(row.indexOf('** – ') + 5).replace(/\s+/g, ' ')
    const list = text.slice(0, text.includes(' ## ') ? text.indexOf(' ## ') : undefined)
    return list
      .trim()
      .replace(/\.$/, '')
      .split('; ')
      .flatMap((part) => {
        const [object = '', fields = ''] = part.split(': ')
        const owner = object === 'every object' ? '*' : object
        return fields.split(', ').map((field) => `${owner}.${field}`)
      })
  })
}

const leftOut = leftOutNames()
const exact = new Set(leftOut)
const prefixes = leftOut.filter((name) => name.endsWith('…')).map((name) => name.slice(0, -1))
const otherwise = new Set([...otherwiseText.matchAll(/`([A-Za-z0-9_]+\.[A-Za-z0-9_]+)`/g)].map(([, name]) => name))

function isLeftOut(object: string, field: string): boolean {
  const name = `${object}.${field}`
  if (exact.has(name) || exact.has(`*.${field}`)) return true
  return prefixes.some((prefix) => name.startsWith(prefix))
}

const fitting: Readonly<Record<string, readonly string[]>> = {
  string: ['Text', 'AutoNumber', 'TextArea', 'LongTextArea', 'Picklist'],
  textarea: ['TextArea', 'LongTextArea', 'Html'],
  combobox: ['Text'],
  picklist: ['Picklist'],
  multipicklist: ['MultiselectPicklist'],
  reference: ['Lookup', 'MasterDetail', 'Hierarchy'],
  boolean: ['Checkbox'],
  dateTime: ['DateTime'],
  date: ['Date'],
  time: ['Time'],
  int: ['Number'],
  long: ['Number'],
  double: ['Number'],
  currency: ['Currency'],
  percent: ['Percent'],
  phone: ['Phone'],
  email: ['Email'],
  url: ['Url'],
  address: ['Address'],
  base64: ['File'],
}

interface PublicField {
  readonly type: string
  readonly required: boolean
  readonly master: boolean
  readonly targets: readonly string[]
}

function readPublic(text: string): PublicField {
  const [kind = '', link, ...targets] = text.split(' ')
  return { type: kind.replace('*', ''), required: kind.endsWith('*'), master: link === 'of', targets }
}

/** In what a declared field is not as the platform has it. */
function differences(field: CustomField, wanted: PublicField): readonly string[] {
  const found: string[] = []
  const isFormula = field.formula !== undefined || field.type === 'Summary'
  if (!isFormula && !fitting[wanted.type]?.includes(field.type ?? '')) found.push('type')
  const filled = field.required === true || field.type === 'MasterDetail'
  if (wanted.required && !filled && field.type !== 'AutoNumber') found.push('required')
  const missing = wanted.targets.filter(isShippedObject)
  if (missing.some((target) => field.referenceTo?.includes(target) !== true)) found.push('targets')
  if (wanted.master && field.type !== 'MasterDetail') found.push('master-detail')
  return found
}

const shipped = Object.keys(publicObjects).filter(isShippedObject)

test('every public object is shipped, or left out as a whole with a reason', () => {
  const absent = Object.keys(publicObjects).filter((name) => !isShippedObject(name))
  expect(absent.filter((name) => !prefixes.includes(`${name}.`))).toEqual([])
  expect(shipped.length).toBeGreaterThanOrEqual(117)
})

describe.each(shipped)('%s', (name) => {
  const object: CustomObject = shippedObject(name)
  const known = fieldsOf(object)
  const facts = Object.entries(publicObjects[name] ?? {})

  test('has every public field, or the docs say what it waits for', () => {
    const absent = facts.filter(([field]) => !known.has(field)).map(([field]) => field)
    expect(absent.filter((field) => !isLeftOut(name, field))).toEqual([])
  })

  test('leaves out nothing that it has', () => {
    const fields = (object.fields ?? []).map((field) => field.fullName)
    expect(fields.filter((field) => exact.has(`${name}.${field}`))).toEqual([])
  })

  test('agrees in type, duty and targets, or the docs say why not', () => {
    const declared = new Map((object.fields ?? []).map((field) => [field.fullName, field]))
    const found = facts.flatMap(([fieldName, text]) => {
      const field = declared.get(fieldName)
      if (field === undefined || otherwise.has(`${name}.${fieldName}`)) return []
      return differences(field, readPublic(text)).map((difference) => `${fieldName}: ${difference}`)
    })
    expect(found).toEqual([])
  })

  test('says of every field of its own why it has it', () => {
    const own = (object.fields ?? []).filter((field) => publicObjects[name]?.[field.fullName] === undefined)
    const unexplained = own.filter((field) => !otherwise.has(`${name}.${field.fullName}`))
    expect(unexplained.map((field) => field.fullName)).toEqual([])
  })
})
