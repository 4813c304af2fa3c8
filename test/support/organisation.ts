/** A database with the test organisation in it, and its records' use cases. */
import { randomBytes } from 'node:crypto'
import type { Access } from '../../engine/access/access.ts'
import { compileAccess } from '../../engine/access/compile-access.ts'
import { createIdSource } from '../../engine/base/record-id.ts'
import { createIndex, createTable } from '../../engine/deploy/ddl.ts'
import { systemTables } from '../../engine/deploy/system-tables.ts'
import { tableSpecs } from '../../engine/deploy/table-specs.ts'
import type { Model } from '../../engine/model/model.ts'
import { createLedger } from '../../engine/ledger/ledger.ts'
import { createSealer } from '../../engine/ledger/seal.ts'
import { createRecords } from '../../engine/records/create-records.ts'
import type { Caller, Records } from '../../engine/records/records.ts'
import { identifier, joinSql, sql } from '../../engine/sql/sql.ts'
import { ensureTables } from '../../engine/storage/engine-tables.ts'
import type { Storage } from '../../engine/storage/storage.ts'
import { testServices } from '../contract/field-services.ts'
import { modelOf } from './model.ts'
import { testMetadata, type MetadataFile } from './test-objects.ts'

export interface Organisation {
  readonly storage: Storage
  readonly model: Model
  readonly records: Records
  readonly admin: Caller
  readonly rep: Caller
  /** The clock's hands; tests may move them. */
  readonly clock: { now: number }
  as(access: Access, userId?: string): Caller
}

export const testSealer = createSealer({
  keys: new Map([['k1', new Uint8Array(32).fill(7)]]),
  currentKeyId: 'k1',
})

const adminId = '005000000000001AAA'
const repId = '005000000000002AAA'

export function body(values: Readonly<Record<string, unknown>>): ReadonlyMap<string, unknown> {
  return new Map(Object.entries(values))
}

/** Tables of the model in an empty database, two users in it. */
export async function openOrganisation(
  storage: Storage,
  files: readonly MetadataFile[] = testMetadata,
): Promise<Organisation> {
  await installTables(storage, modelOf(files))
  await addUsers(storage)
  return reopenOrganisation(storage, files)
}

/** The same on a database that has them already. */
export async function reopenOrganisation(
  storage: Storage,
  files: readonly MetadataFile[] = testMetadata,
): Promise<Organisation> {
  const model = modelOf(files)
  const clock = { now: Date.UTC(2026, 10, 22, 9, 30) }
  const basics = {
    storage,
    clock: { now: () => clock.now },
    ids: createIdSource({ now: () => Date.now() }, (count) => randomBytes(count)),
  }
  const records = await createRecords({
    ...basics,
    models: { current: () => model },
    ledger: await createLedger({ ...basics, sealer: testSealer }),
    services: testServices,
    reportError: (error) => {
      throw error
    },
  })
  const as = (access: Access, userId = access.userId): Caller => ({
    access,
    userId,
    userName: 'Test',
    timeZone: 'Europe/Berlin',
    source: 'api',
    apiVersion: '67.0',
    locale: 'en_US',
    language: 'en_US',
  })
  const admin = as(accessOf(model, adminId, 'System Administrator'))
  const rep = as(accessOf(model, repId, undefined))
  return { storage, model, records, admin, rep, clock, as }
}

function accessOf(model: Model, userId: string, profileName: string | undefined): Access {
  const profile = profileName === undefined ? undefined : model.component('Profile', profileName)
  const set = profileName === undefined ? model.component('PermissionSet', 'Rep') : undefined
  return compileAccess({
    model,
    userId,
    grants: {
      profile: profile && { fullName: profile.fullName, body: profile.body },
      permissionSets: set === undefined ? [] : [{ fullName: set.fullName, body: set.body }],
    },
  })
}

async function installTables(storage: Storage, model: Model): Promise<void> {
  await ensureTables(storage, systemTables)
  await storage.write(async (tx) => {
    await tx.run(
      sql`insert into fs_state (key, value) values ('model_version', ${String(model.version)})`,
    )
    for (const table of tableSpecs(model)) {
      await tx.run(createTable(table, tx.dialect))
      for (const index of table.indexes)
        await tx.run(createIndex(table.name, index, { mode: 'plain', dialect: tx.dialect }))
    }
  })
}

const userColumns = joinSql(
  ['Id', 'IsDeleted', 'Name', 'fs_version'].map((name) => sql`${identifier(name)}`),
)

async function addUsers(storage: Storage): Promise<void> {
  await storage.write(async (tx) => {
    const no = tx.dialect.bound({ kind: 'boolean' }, false)
    for (const [id, name] of [
      [adminId, 'Ada Admin'],
      [repId, 'Ron Rep'],
    ] as const) {
      const row = joinSql([sql`${id}`, no, sql`${name}`, sql`1`])
      await tx.run(sql`insert into ${identifier('User')} (${userColumns}) values (${row})`)
    }
  })
}
