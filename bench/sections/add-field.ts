/** From the request that adds a field to the first record that holds a value of it, under traffic. */
import { bulkBody } from '../support/contestants.ts'
import type { Bench, Section } from '../support/bench.ts'
import { startTraffic, type TrafficResult } from '../support/background-traffic.ts'
import type { Client } from '../support/client.ts'
import { growAccounts } from '../support/grow-table.ts'
import { median } from '../support/load.ts'
import { createOrganization, type Organization } from '../support/organization.ts'
import { aimCells, below, figure, table } from '../support/table.ts'
import { accountBody, dataPath, recordPath } from '../shapes.ts'
import { setTimeout as sleep } from 'node:timers/promises'

interface NewField {
  readonly declaration: Readonly<Record<string, unknown>>
  readonly value: unknown
}

const value = (fullName: string) => ({ fullName, label: fullName, default: false })

const fields: readonly NewField[] = [
  { declaration: { type: 'Text', length: 80 }, value: 'first value' },
  { declaration: { type: 'Currency', precision: 18, scale: 2 }, value: 12.5 },
  { declaration: { type: 'Checkbox', defaultValue: 'false' }, value: true },
  { declaration: { type: 'Date' }, value: '2027-01-31' },
  {
    declaration: {
      type: 'Picklist',
      valueSet: {
        restricted: true,
        valueSetDefinition: { sorted: false, value: [value('Low'), value('High')] },
      },
    },
    value: 'High',
  },
  {
    declaration: {
      type: 'Lookup',
      referenceTo: ['Contact'],
      relationshipName: 'BenchAccounts',
      deleteConstraint: 'SetNull',
    },
    value: null,
  },
]

const aimMs = 200
const settleMs = 1_000

interface Added {
  readonly ms: number
  readonly type: string
}

/** Adds the field, then writes a value and reads it back; the time ends when the write is answered. */
async function addField(
  client: Client,
  recordId: string,
  input: { readonly field: NewField; readonly number: number },
): Promise<Added> {
  const { declaration, value: fieldValue } = input.field
  const type = String(declaration['type'])
  const name = `Bench_${type}_${input.number}__c`
  const path = `/services/fieldstone/v1/metadata/CustomField/Account.${name}`
  const relation =
    type === 'Lookup' ? { relationshipName: `BenchAccounts${input.number}` } : undefined
  const body = { fullName: name, label: `Bench ${type}`, ...declaration, ...relation }
  const startedAt = performance.now()
  await client.ask('PUT', path, body)
  await client.ask('PATCH', recordPath('Account', recordId), { [name]: fieldValue })
  const ms = performance.now() - startedAt
  const { text } = await client.ask('GET', `${recordPath('Account', recordId)}?fields=${name}`)
  const record: Readonly<Record<string, unknown>> = JSON.parse(text)
  if (record[name] !== fieldValue) throw new Error(`the new field does not hold its value: ${text}`)
  return { ms, type }
}

interface Round {
  readonly rows: number
  readonly added: readonly Added[]
  readonly traffic: TrafficResult
  readonly ids: readonly string[]
}

async function measureAt(
  bench: Bench,
  organization: Organization,
  input: { readonly rows: number; readonly ids: readonly string[] },
): Promise<Round> {
  bench.progress(`grow the table to ${figure(input.rows)} rows`)
  await growAccounts(organization.databaseFile, input.rows)
  const running = await organization.start()
  try {
    const { client } = running
    const ids = input.ids
    const traffic = startTraffic(client, ids.slice(1))
    await sleep(settleMs)
    const added: Added[] = []
    for (const field of fields) {
      bench.progress(
        `add a field, ${figure(input.rows)} rows: ${String(field.declaration['type'])}`,
      )
      added.push(await addField(client, ids[0] ?? '', { field, number: input.rows }))
      await sleep(settleMs)
    }
    return { rows: input.rows, added, traffic: await traffic.stop(), ids }
  } finally {
    await running.stop()
  }
}

/** A database with its first records; they are written by the engine itself. */
async function prepare(organization: Organization): Promise<readonly string[]> {
  const running = await organization.start()
  try {
    const ids: string[] = []
    for (let index = 0; index < 1_000; index += 200) {
      const body = bulkBody('Account', index, () => '')
      const { text } = await running.client.ask('POST', `${dataPath}/composite/sobjects`, body)
      const answer: readonly { readonly id: string }[] = JSON.parse(text)
      ids.push(...answer.map(({ id }) => id))
    }
    await running.client.ask('POST', `${dataPath}/sobjects/Account`, accountBody(0))
    return ids
  } finally {
    await running.stop()
  }
}

function rowsOf(round: Round): readonly (readonly string[])[] {
  const times = round.added.map(({ ms }) => ms)
  const slowest = Math.max(...times)
  const detail = round.added.map(({ type, ms }) => `${type} ${figure(ms)}`).join(', ')
  const { traffic } = round
  const failedAim = { text: '0', reached: traffic.failed === 0 }
  const at = `${round.rows.toLocaleString('en-US')} rows`
  return [
    [
      `${at}: median ms (${detail})`,
      figure(median(times)),
      ...aimCells(below(median(times), aimMs, 'ms')),
    ],
    [`${at}: slowest ms`, figure(slowest), ...aimCells(below(slowest, aimMs, 'ms'))],
    [
      `${at}: failed of ${figure(traffic.requests)} requests meanwhile`,
      String(traffic.failed),
      ...aimCells(failedAim),
    ],
    [`${at}: slowest request meanwhile, ms`, figure(traffic.slowestMs), '', ''],
  ]
}

export const addFieldSection: Section = {
  name: 'add-field',
  title: 'A new field, until a record holds a value of it',
  run: async (bench) => {
    const organization = createOrganization(bench, 'add-field', 'none')
    const ids = await prepare(organization)
    const rows: (readonly string[])[] = []
    for (const size of bench.quick ? [10_000] : [100_000, 1_000_000]) {
      const round = await measureAt(bench, organization, { rows: size, ids })
      rows.push(...rowsOf(round))
      for (const failure of round.traffic.failures) bench.progress(failure)
    }
    bench.print(table(['adding a field', 'reached', 'aim', ''], rows))
  },
}
