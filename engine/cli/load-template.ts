/** Fills a new organisation with the records of a template; a start that was cut short begins anew. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { queryRows, soqlText, textAt } from '../records/answer-rows.ts'
import type { Clock } from '../base/clock.ts'
import { limits } from '../base/limits.ts'
import { Refusal } from '../base/refusal.ts'
import type { Model, ObjectModel } from '../model/model.ts'
import { recordTypeField } from '../model/system-fields.ts'
import type { Caller, Records } from '../records/records.ts'
import {
  fillRecord,
  mapOf,
  namedIn,
  parseTemplateRecords,
  referencesOf,
  type NamedRecord,
  type TemplateRecord,
} from './template-records.ts'

export interface TemplateTarget {
  readonly records: Records
  readonly model: Model
  /** Creates the records. */
  readonly caller: Caller
  readonly clock: Clock
}

/** The objects that a template brings records of, in the order of its files. */
export async function templateObjects(folder: string): Promise<readonly string[]> {
  const records = await readTemplate(folder)
  return [...new Set(records.map((record) => record.object))]
}

export async function loadTemplate(folder: string, target: TemplateTarget): Promise<void> {
  const records = await readTemplate(folder)
  const ids = new Map<string, string>()
  for (const batch of batchesOf(records, target.model)) await createBatch(target, batch, ids)
  await giveRights(target, records, ids)
}

async function readTemplate(folder: string): Promise<readonly TemplateRecord[]> {
  const template = mapOf(JSON.parse(await readFile(join(folder, 'template.json'), 'utf8')))
  const files = template.get('files')
  const records: TemplateRecord[] = []
  for (const file of Array.isArray(files) ? files.map(String) : []) {
    records.push(...parseTemplateRecords(await readFile(join(folder, file), 'utf8'), file))
  }
  return records
}

/** Runs of one object that do not point into themselves. */
function batchesOf(
  records: readonly TemplateRecord[],
  model: Model,
): readonly (readonly TemplateRecord[])[] {
  const batches: TemplateRecord[][] = []
  let names = new Set<string>()
  for (const record of records) {
    const last = batches.at(-1)
    const pointsInside = referencesOf(record, objectOf(model, record)).some((name) =>
      names.has(name),
    )
    const fits =
      last?.[0]?.object === record.object && last.length < limits.bulkRecordsMax && !pointsInside
    if (fits) last.push(record)
    else {
      batches.push([record])
      names = new Set()
    }
    names.add(record.referenceId)
  }
  return batches
}

function objectOf(model: Model, record: TemplateRecord): ObjectModel {
  const object = model.object(record.object)
  if (object === undefined) throw new Error(`the template needs the object ${record.object}`)
  return object
}

async function createBatch(
  target: TemplateTarget,
  batch: readonly TemplateRecord[],
  ids: Map<string, string>,
): Promise<void> {
  const [first] = batch
  if (first === undefined) return
  const object = objectOf(target.model, first)
  const now = target.clock.now()
  const fill = {
    today: now - (now % (24 * 60 * 60_000)),
    idOf: (name: string) => known(ids, name),
    named: await namedRecords(target, batch),
  }
  const profiles = await profileIds(target, batch)
  const roles = await idsByName(
    target,
    'UserRole',
    new Set(batch.flatMap((record) => record.role ?? [])),
  )
  const bodies = batch.map((record) => {
    const body = fillRecord(record, object, fill)
    if (record.profile !== undefined) body.set('ProfileId', known(profiles, record.profile))
    if (record.role !== undefined) body.set('UserRoleId', known(roles, record.role))
    if (record.recordType !== undefined) {
      body.set(recordTypeField, recordTypeId(object, record.recordType))
    }
    return body
  })
  const results = await createAll(target, object.name, bodies)
  batch.forEach((record, index) => ids.set(record.referenceId, results[index] ?? ''))
}

/** Finds what the records of a batch name; one read for each object. */
async function namedRecords(
  target: TemplateTarget,
  batch: readonly TemplateRecord[],
): Promise<(record: NamedRecord) => string> {
  const names = new Map<string, Set<string>>()
  for (const value of batch.flatMap(({ fields }) => [...fields.values()])) {
    const named = namedIn(value)
    if (named === undefined) continue
    names.set(named.object, (names.get(named.object) ?? new Set()).add(named.name))
  }
  const found = new Map<string, ReadonlyMap<string, string>>()
  for (const [object, some] of names) found.set(object, await idsByName(target, object, some))
  return ({ object, name }) => known(found.get(object) ?? new Map(), name)
}

function recordTypeId(object: ObjectModel, name: string): string {
  const type = object.recordTypes.find((one) => one.name === name)
  if (type === undefined) throw new Error(`${object.name} has no record type ${name}`)
  return type.id
}

function known(ids: ReadonlyMap<string, string>, name: string): string {
  const id = ids.get(name)
  if (id === undefined) throw new Error(`the template names "${name}" before it is there`)
  return id
}

async function createAll(
  target: TemplateTarget,
  object: string,
  bodies: readonly ReadonlyMap<string, unknown>[],
): Promise<readonly string[]> {
  const { records, caller } = target
  const results = await records.createMany(caller, object, bodies, { allOrNone: true })
  return results.map((result) => {
    if (result instanceof Error) throw result
    return result.id
  })
}

async function idsByName(
  target: TemplateTarget,
  object: string,
  names: ReadonlySet<string>,
): Promise<ReadonlyMap<string, string>> {
  if (names.size === 0) return new Map()
  const list = [...names].map(soqlText).join(', ')
  const soql = `SELECT Id, Name FROM ${object} WHERE Name IN (${list})`
  const rows = await queryRows(target.records, target.caller, soql)
  return new Map(rows.map((row) => [textAt(row, 'Name') ?? '', textAt(row, 'Id') ?? '']))
}

function profileIds(
  target: TemplateTarget,
  batch: readonly TemplateRecord[],
): Promise<ReadonlyMap<string, string>> {
  const names = batch.flatMap((record) => record.profile ?? [])
  return idsByName(target, 'Profile', new Set(names))
}

async function giveRights(
  target: TemplateTarget,
  records: readonly TemplateRecord[],
  ids: ReadonlyMap<string, string>,
): Promise<void> {
  const names = new Set(records.flatMap((record) => record.permissionSets))
  const sets = await idsByName(target, 'PermissionSet', names)
  const bodies = records.flatMap((record) =>
    record.permissionSets.map(
      (name) =>
        new Map<string, unknown>([
          ['AssigneeId', known(ids, record.referenceId)],
          ['PermissionSetId', known(sets, name)],
        ]),
    ),
  )
  if (bodies.length > 0) await createAll(target, 'PermissionSetAssignment', bodies)
}

/**
 * Removes what an earlier, unfinished load left behind. Only for a database that has never served a request: every
 * record of these objects came from the template, but those in `keep`.
 */
export async function unloadTemplate(
  folder: string,
  target: TemplateTarget,
  keep: ReadonlySet<string>,
): Promise<void> {
  const objects = ['PermissionSetAssignment', ...[...(await templateObjects(folder))].reverse()]
  for (const object of objects) await purgeAll(target, object, keep)
  // What went into the recycle bin with its parent goes for good with it.
  for (const object of objects) {
    if ((await idsOf(target, object, keep)).length > 0) {
      throw new Error(`records of ${object} stayed behind from an unfinished load`)
    }
  }
}

interface FoundRecord {
  readonly id: string
  readonly isDeleted: boolean
}

async function idsOf(
  target: TemplateTarget,
  object: string,
  keep: ReadonlySet<string>,
): Promise<readonly FoundRecord[]> {
  const { records, caller } = target
  const soql = `SELECT Id, IsDeleted FROM ${object}`
  const { text } = await records.query(caller, soql, { deletedToo: true })
  const rows = mapOf(JSON.parse(text)).get('records')
  return (Array.isArray(rows) ? rows.map(mapOf) : [])
    .map((row) => ({ id: String(row.get('Id')), isDeleted: row.get('IsDeleted') === true }))
    .filter(({ id }) => !keep.has(id))
}

async function purgeAll(
  target: TemplateTarget,
  object: string,
  keep: ReadonlySet<string>,
): Promise<void> {
  const { records, caller } = target
  for (const { id, isDeleted } of await idsOf(target, object, keep)) {
    if (!isDeleted) await unlessRefused(records.remove(caller, object, id))
    await unlessRefused(records.purge(caller, id))
  }
}

/** A record may have gone with its parent, or waits to go with it. */
async function unlessRefused(work: Promise<void>): Promise<void> {
  try {
    await work
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
  }
}
