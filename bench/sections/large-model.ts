/** Generated models, a thousand objects with a hundred fields and five thousand with twenty: start, describe, a new field. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Bench, Section } from '../support/bench.ts'
import type { Client } from '../support/client.ts'
import { median } from '../support/load.ts'
import { createOrganization } from '../support/organization.ts'
import { residentMegabytes } from '../support/server-process.ts'
import { aimCells, below, figure, table } from '../support/table.ts'
import { dataPath } from '../shapes.ts'

const aims = { startMs: 10_000, describeMs: 50, memoryMegabytes: 1_024 }

interface Shape {
  readonly objects: number
  readonly fields: number
}

const shapes: readonly Shape[] = [
  { objects: 1_000, fields: 100 },
  { objects: 5_000, fields: 20 },
]

type Declaration = Readonly<Record<string, unknown>>

const values = Array.from({ length: 8 }, (_, index) => ({
  fullName: `Value ${index}`,
  label: `Value ${index}`,
  default: false,
}))

/** In turn, so that every object has some of each. */
const attributes: readonly Declaration[] = [
  { type: 'Text', length: 80 },
  { type: 'Number', precision: 12, scale: 2 },
  { type: 'Checkbox', defaultValue: 'false' },
  { type: 'Date' },
  { type: 'Currency', precision: 18, scale: 2 },
  {
    type: 'Picklist',
    valueSet: { restricted: true, valueSetDefinition: { sorted: false, value: values } },
  },
  { type: 'Email' },
  { type: 'DateTime' },
  { type: 'LongTextArea', length: 32_000, visibleLines: 3 },
  { type: 'Phone' },
]

function objectName(index: number): string {
  return `Bench_${String(index).padStart(4, '0')}__c`
}

function fieldOf(object: number, index: number): Declaration {
  const fullName = `Field_${String(index).padStart(3, '0')}__c`
  const label = `Field ${index}`
  if (index === 0 && object > 0) {
    return {
      fullName,
      label,
      type: 'Lookup',
      referenceTo: [objectName(object - 1)],
      relationshipName: `Followers_${object}`,
      deleteConstraint: 'SetNull',
    }
  }
  return { fullName, label, ...attributes[index % attributes.length] }
}

function objectOf(index: number, fields: number): Declaration {
  return {
    $schema: '../schema/CustomObject.schema.json',
    fullName: objectName(index),
    label: `Bench ${index}`,
    pluralLabel: `Bench ${index}`,
    nameField: { label: 'Name', type: 'Text', length: 80 },
    sharingModel: 'ReadWrite',
    fields: Array.from({ length: fields }, (_, field) => fieldOf(index, field)),
  }
}

function writeModel(metadataFolder: string, { objects, fields }: Shape): void {
  const folder = join(metadataFolder, 'objects')
  mkdirSync(folder, { recursive: true })
  for (let index = 0; index < objects; index++) {
    const text = `${JSON.stringify(objectOf(index, fields), null, 2)}\n`
    writeFileSync(join(folder, `${objectName(index)}.json`), text)
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

interface Describes {
  readonly first: readonly number[]
  readonly again: readonly number[]
}

async function describeSome(client: Client, objects: number): Promise<Describes> {
  const first: number[] = []
  const again: number[] = []
  const stride = Math.max(1, Math.floor(objects / 20))
  for (let index = 0; index < objects; index += stride) {
    const path = `${dataPath}/sobjects/${objectName(index)}/describe`
    first.push(await timed(() => client.ask('GET', path)))
    again.push(await timed(() => client.ask('GET', path)))
  }
  return { first, again }
}

async function measure(bench: Bench, shape: Shape): Promise<readonly (readonly string[])[]> {
  const { objects } = shape
  const organization = createOrganization(bench, `large-model-${objects}`, 'none')
  writeModel(organization.metadataFolder, shape)
  bench.progress(`first start with ${objects} more objects`)
  const first = await organization.start()
  await first.stop()
  bench.progress('start again')
  const running = await organization.start()
  try {
    const { client, server } = running
    bench.progress('describe')
    const describes = await describeSome(client, objects)
    const globalMs = await timed(() => client.ask('GET', `${dataPath}/sobjects`))
    bench.progress('add a field')
    const path = `/services/fieldstone/v1/metadata/CustomField/${objectName(1)}.Late__c`
    const body = { fullName: 'Late__c', label: 'Late', type: 'Text', length: 40 }
    const fieldMs = await timed(() => client.ask('PUT', path, body))
    const megabytes = residentMegabytes(server.pid)
    const slowest = Math.max(...describes.first)
    return [
      ['start, ms', figure(server.startMs), ...aimCells(below(server.startMs, aims.startMs, 'ms'))],
      ['first start of all, tables made, ms', figure(first.server.startMs), '', ''],
      [
        'first describe of an object, slowest, ms',
        figure(slowest),
        ...aimCells(below(slowest, aims.describeMs, 'ms')),
      ],
      ['first describe of an object, median, ms', figure(median(describes.first)), '', ''],
      ['describe again, median, ms', figure(median(describes.again)), '', ''],
      ['describe of all objects, ms', figure(globalMs), '', ''],
      ['add a field, ms', figure(fieldMs), '', ''],
      ['memory, MB', figure(megabytes), ...aimCells(below(megabytes, aims.memoryMegabytes, 'MB'))],
    ]
  } finally {
    await running.stop()
  }
}

export const largeModelSection: Section = {
  name: 'large-model',
  title: 'Generated models: 1,000 objects with 100 fields each, 5,000 with 20',
  run: async (bench) => {
    const share = bench.quick ? 10 : 1
    for (const { objects, fields } of shapes) {
      const shape = { objects: objects / share, fields }
      const rows = await measure(bench, shape)
      const head = `${figure(shape.objects)} objects with ${fields} fields`
      bench.print(table([head, 'reached', 'aim', ''], rows))
    }
  },
}
