/** Roll-ups computed anew in the plainest way, from the values that the API shows: what the engine's must equal. */
import { expect } from 'vitest'
import { parseDecimal, type Decimal } from '../../../engine/fields/decimal.ts'
import type { Json } from '../records/records-support.ts'
import type { Organisation } from '../../support/organisation.ts'

export interface World {
  readonly regions: readonly Json[]
  readonly plans: readonly Json[]
  readonly items: readonly Json[]
}

/** The present values of every living record, with all digits. */
export async function readWorld({ records, admin, model }: Organisation): Promise<World> {
  const all = async (object: string): Promise<Json[]> => {
    const fields = (model.object(object)?.fields ?? [])
      .filter((field) => !field.system || field.name === 'Id')
      .map((field) => field.name)
    const soql = `SELECT ${fields.join(', ')} FROM ${object} ORDER BY Id`
    const found: Json[] = []
    let page = await records.query(admin, soql, { pageRows: 2000 })
    for (;;) {
      // Numbers as texts: a double would lose digits, and a zero behind the point.
      const exact = page.text.replace(/:(-?\d+(?:\.\d+)?)(?=[,}])/g, ':"$1"')
      const parsed = JSON.parse(exact) as { records: Json[]; nextRecordsUrl?: string }
      found.push(...parsed.records)
      if (parsed.nextRecordsUrl === undefined) return found
      page = await records.queryMore(admin, parsed.nextRecordsUrl.split('/').at(-1) ?? '')
    }
  }
  return {
    regions: await all('Region__c'),
    plans: await all('Plan__c'),
    items: await all('Item__c'),
  }
}

type Values = Record<string, string | null>

function text(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value)
}

function decimals(rows: readonly Json[], field: string): readonly Decimal[] {
  return rows.flatMap((row) => {
    const value = text(row[field])
    return value === null ? [] : (parseDecimal(value) ?? [])
  })
}

function print(units: bigint, scale: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0')
  const sign = units < 0n ? '-' : ''
  return scale === 0 ? sign + digits : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}

function sum(rows: readonly Json[], field: string, scale = 2): string {
  const total = decimals(rows, field).reduce(
    (all, one) => all + one.units * 10n ** BigInt(scale - one.scale),
    0n,
  )
  return print(total, scale)
}

function extreme(
  rows: readonly Json[],
  field: string,
  scale: number,
  sign: 1n | -1n,
): string | null {
  const units = decimals(rows, field).map((one) => one.units * 10n ** BigInt(scale - one.scale))
  if (units.length === 0) return null
  return print(
    units.reduce((best, one) => ((one - best) * sign > 0n ? one : best)),
    scale,
  )
}

function texts(rows: readonly Json[], field: string): readonly string[] {
  return rows.flatMap((row) => text(row[field]) ?? []).sort()
}

function ofPlan(plan: Json, { items, plans }: World): Values {
  const own = items.filter((item) => item['Plan__c'] === plan['Id'])
  const open = own.filter((item) => item['Status__c'] === 'Open' || item['Status__c'] === 'Late')
  const below = plans.filter((one) => one['Above__c'] === plan['Id'])
  const backed = items.filter((item) => item['Backup__c'] === plan['Id'])
  return {
    Items__c: String(own.length),
    Open_Items__c: String(open.length),
    Total__c: sum(own, 'Amount__c'),
    Open_Total__c: sum(open, 'Amount__c'),
    Smallest__c: extreme(own, 'Amount__c', 2, -1n),
    Largest_Open__c: extreme(open, 'Quantity__c', 3, 1n),
    First_Due__c: texts(own, 'Due__c').at(0) ?? null,
    Last_Due__c: texts(own, 'Due__c').at(-1) ?? null,
    Last_Paid__c: texts(own, 'Paid_At__c').at(-1) ?? null,
    Backed__c: sum(backed, 'Amount__c'),
    Below__c: String(below.length),
    Below_Total__c: sum(below, 'Total__c'),
  }
}

function ofRegion(region: Json, { plans }: World): Values {
  const own = plans.filter((plan) => plan['Region__c'] === region['Id'])
  const busy = own.filter(
    (plan) => Number(plan['Open_Items__c']) > 1 && plan['Closed__c'] === false,
  )
  return {
    Plans__c: String(own.length),
    Grand_Total__c: sum(own, 'Total__c'),
    Open_Items__c: sum(own, 'Open_Items__c', 0),
    Latest_Due__c: texts(own, 'Last_Due__c').at(-1) ?? null,
    Busy_Plans__c: String(busy.length),
  }
}

/** Every roll-up of every plan and region equals its recomputation. */
export function expectRight(world: World): void {
  const found: unknown[] = []
  const wanted: unknown[] = []
  const compare = (record: Json, values: Values): void => {
    for (const [field, value] of Object.entries(values)) {
      found.push([record['Id'], field, text(record[field])])
      wanted.push([record['Id'], field, value])
    }
  }
  for (const plan of world.plans) compare(plan, ofPlan(plan, world))
  for (const region of world.regions) compare(region, ofRegion(region, world))
  expect(found).toEqual(wanted)
}
