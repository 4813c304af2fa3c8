/** The sample organisation can be loaded: values fit their fields, references resolve, sums are right. */
import { existsSync, readdirSync } from 'node:fs'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import type { ApiValue } from '../../engine/fields/field-type.ts'
import { checkDependent } from '../../engine/fields/picklist-values.ts'
import {
  fieldsOf,
  shippedObject,
  shippedPermissionSets,
  shippedProfiles,
  type KnownField,
} from '../metadata/shipped-metadata.ts'
import { readTemplate, recordsOf, type TemplateRecord } from './template-files.ts'

const template = readTemplate('financial-services')
const files = template.files.map((file) => ({ file, records: recordsOf(template, file) }))
const all = files.flatMap(({ records }) => records)
const byReference = new Map(all.map((record) => [record.attributes.referenceId, record]))
const anyId = '001000000000001AAA'

const ajv = new Ajv({ strict: false, validateFormats: true })
addFormats.default(ajv)

interface RelativeDay {
  readonly $days: number
  readonly $time?: string
}

function isRelativeDay(value: unknown): value is RelativeDay {
  return typeof value === 'object' && value !== null && '$days' in value
}

/** A record that the metadata brings. */
function namedOf(value: unknown): string | undefined {
  const isNamed = typeof value === 'object' && value !== null && '$named' in value
  return isNamed ? String(value.$named) : undefined
}

/** The value as the loader sends it on an installation day. */
function sent(value: unknown, field: KnownField): ApiValue {
  if (field.type.reference !== undefined) return anyId
  if (!isRelativeDay(value)) return value as ApiValue
  const day = new Date(Date.UTC(2026, 0, 31 + value.$days)).toISOString().slice(0, 10)
  return value.$time === undefined ? day : `${day}T${value.$time}:00.000+0000`
}

function valueProblem(value: unknown, field: KnownField): string | undefined {
  if (isRelativeDay(value)) {
    const hasTime = value.$time !== undefined
    if (hasTime !== (field.type.name === 'DateTime')) return 'a time where none belongs, or none'
    if (!Number.isInteger(value.$days)) return 'not a whole number of days'
  }
  const ready = sent(value, field)
  if (!ajv.validate(field.type.schema(field.options), ready)) return ajv.errorsText()
  return field.type.check?.(ready, field.options)?.message
}

function entriesOf(record: TemplateRecord): readonly (readonly [string, unknown])[] {
  return Object.entries(record).filter(([name]) => name !== 'attributes')
}

function field(type: string, record: string): TemplateRecord {
  const found = byReference.get(record)
  if (found?.attributes.type !== type) throw new Error(`no ${type} ${record}`)
  return found
}

function cents(value: unknown): number {
  return Math.round(Number(value) * 100)
}

test('holds some hundred records with names of their own', () => {
  expect(all.length).toBeGreaterThan(500)
  expect(byReference.size).toBe(all.length)
  const names = all.map((record) => record.attributes.referenceId)
  expect(names.filter((name) => !/^[A-Za-z][A-Za-z0-9]*$/.test(name))).toEqual([])
})

describe.each(files)('$file', ({ file, records }) => {
  const object = file.slice('data/'.length, -'.json'.length)
  const fields = fieldsOf(shippedObject(object))

  test('holds records of its object alone', () => {
    expect(records.filter((record) => record.attributes.type !== object)).toEqual([])
  })

  test('sets only fields that callers may set, to values that suit them', () => {
    for (const record of records) {
      for (const [name, value] of entriesOf(record)) {
        const where = `${record.attributes.referenceId}.${name}`
        const known = fields.get(name)
        if (known === undefined) throw new Error(`${where} is no field`)
        expect(known.origin === 'system' && name !== 'OwnerId', where).toBe(false)
        expect(known.type.components, where).toBeUndefined()
        expect(known.type.generate, where).toBeUndefined()
        expect(valueProblem(value, known), where).toBeUndefined()
      }
    }
  })

  test('fills in every required field', () => {
    const required = [...fields].filter(
      ([, known]) => known.required && !known.type.generate && !known.type.components,
    )
    const wanted = required.filter(([, known]) => known.origin !== 'system').map(([name]) => name)
    for (const record of records) {
      expect(wanted.filter((name) => (record[name] ?? '') === '')).toEqual([])
    }
  })

  test('uses only values that picklists offer, dependent ones included', () => {
    for (const record of records) {
      for (const [name, value] of entriesOf(record)) {
        const options = fields.get(name)?.options
        if (options?.values === undefined || typeof value !== 'string') continue
        const offered = options.values.map((entry) => entry.value)
        expect(value.split(';').filter((each) => !offered.includes(each))).toEqual([])
        const controlling = record[options.valueSet?.controllingField ?? '']
        if (options.valueSet?.controllingField === undefined) continue
        expect(checkDependent(value, String(controlling), options)).toBeUndefined()
      }
    }
  })

  test('names record types that exist, and picks values that they offer', () => {
    const types = shippedObject(object).recordTypes ?? []
    for (const { attributes, ...values } of records) {
      if (types.length === 0) expect(attributes.recordType).toBeUndefined()
      else expect(types.map((type) => type.fullName)).toContain(attributes.recordType)
      const type = types.find((one) => one.fullName === attributes.recordType)
      for (const { picklist, values: offered } of type?.picklistValues ?? []) {
        const names = (offered ?? []).map((one) => one.fullName)
        if (values[picklist] !== undefined) expect(names).toContain(values[picklist])
      }
    }
  })

  test('does not repeat values of unique fields', () => {
    const unique = [...fields].filter(([, known]) => known.options.unique === true)
    for (const [name] of unique) {
      const values = records.flatMap((record) => record[name] ?? []).map(String)
      expect(new Set(values.map((value) => value.toLowerCase())).size).toBe(values.length)
    }
  })
})

test('references point at records that stand earlier and are of a fitting object', () => {
  const seen = new Set<string>()
  for (const record of all) {
    const fields = fieldsOf(shippedObject(record.attributes.type))
    for (const [name, value] of entriesOf(record)) {
      const targets = fields.get(name)?.type.reference?.(
        fields.get(name)?.options ?? {
          fullName: name,
        },
      )?.targets
      if (targets === undefined) continue
      const [object = '', brought = ''] = namedOf(value)?.split(' ') ?? []
      if (brought !== '') {
        // Queues own what says so, beside people.
        expect([...targets, 'Group']).toContain(object)
        expect(existsSync(`metadata/queues/${brought}.json`), brought).toBe(true)
        continue
      }
      const target = byReference.get(String(value).slice(1))
      expect(String(value).startsWith('@') && seen.has(String(value).slice(1)), name).toBe(true)
      expect(targets).toContain(target?.attributes.type)
    }
    seen.add(record.attributes.referenceId)
  }
})

test('people of the sample get rights that exist, and no password', () => {
  const sets = shippedPermissionSets.map(({ body }) => body.fullName)
  const profiles = shippedProfiles.map(({ body }) => body.fullName)
  const users = all.filter((record) => record.attributes.type === 'User')
  expect(users).toHaveLength(9)
  const roles = readdirSync(new URL('../../metadata/roles/', import.meta.url))
  for (const { attributes, ...values } of users) {
    expect(profiles).toContain(attributes.profile)
    if (attributes.role !== undefined) expect(roles).toContain(`${attributes.role}.json`)
    expect(attributes.permissionSets?.filter((set) => !sets.includes(set))).toEqual([])
    expect(Object.keys(values).filter((name) => /pass/i.test(name))).toEqual([])
  }
})

test('nobody can be reached by accident', () => {
  const texts = all.flatMap((record) => entriesOf(record).map(([, value]) => String(value)))
  const mails = texts.filter((text) => text.includes('@') && !text.startsWith('@'))
  expect(mails.filter((text) => !/^[a-z0-9.-]+@example\.com$/.test(text))).toEqual([])
  const phones = texts.filter((text) => /^\+\d/.test(text))
  const reserved =
    /^\+1 \d{3}-555-01\d\d$|^\+49 (?:30 23125|69 90009|40 66969|221 4710|89 99998) \d{3}$/
  expect(phones.length).toBeGreaterThan(50)
  expect(phones.filter((text) => !reserved.test(text))).toEqual([])
})

describe('the two scenes', () => {
  const itemsOf = (plan: string): readonly TemplateRecord[] =>
    all.filter((record) => record['CollectionPlanId'] === `@${plan}`)

  test('a person is behind on a credit card: the plan is for the outstanding amount', () => {
    const plan = field('CollectionPlan', 'PlanDelgado')
    const card = field('FinancialAccount', String(plan['FinancialAccountId']).slice(1))
    expect(card['Type']).toBe('Credit Card')
    expect(plan['CurrentDueAmount']).toBe(card['TotalOutstandingAmount'])
    expect(plan['DaysPastDue']).toBe(card['DaysPastDue'])
    expect(itemsOf('PlanDelgado').every((item) => item['FinancialAccountStatementId'])).toBe(true)
  })

  test('a business has three overdue invoices: one plan for their sum, with three items', () => {
    const plan = field('CollectionPlan', 'PlanBrightwater')
    const invoices = itemsOf('PlanBrightwater').map((item) =>
      field('Invoice', String(item['Invoice']).slice(1)),
    )
    expect(invoices).toHaveLength(3)
    for (const invoice of invoices) {
      const due = invoice['DueDate']
      expect(isRelativeDay(due) && due.$days < 0).toBe(true)
      expect(invoice['BillingAccountId']).toBe(plan['AccountId'])
    }
    const open = invoices.reduce((sum, invoice) => sum + cents(invoice['Balance']), 0)
    expect(open).toBe(cents(plan['CurrentDueAmount']))
  })
})

test('invoices add up from their lines', () => {
  for (const invoice of all.filter((record) => record.attributes.type === 'Invoice')) {
    const id = `@${invoice.attributes.referenceId}`
    const lines = all.filter((record) => record['InvoiceId'] === id)
    const total = lines.reduce((sum, line) => sum + cents(line['ChargeAmountWithTax']), 0)
    expect(total).toBe(cents(invoice['TotalAmountWithTax']))
    const paid = cents(invoice['NetPaymentsApplied'])
    expect(cents(invoice['Balance'])).toBe(total - paid)
  }
})

test('plans are dated and closed consistently', () => {
  for (const plan of all.filter((record) => record.attributes.type === 'CollectionPlan')) {
    const due = plan['DueDate']
    expect(isRelativeDay(due) && -due.$days).toBe(plan['DaysPastDue'])
    expect(plan['IsClosed']).toBe(plan['Status'] === 'Close')
    const received = cents(plan['InitialDueAmount']) - cents(plan['CurrentDueAmount'])
    expect(cents(plan['TotalPaymentsReceived'])).toBe(received)
  }
})
