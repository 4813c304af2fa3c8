/** A deployer on a fresh database and a folder of a few small objects. */
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createIdSource } from '../../../engine/base/record-id.ts'
import { createDeployer, type Deployer } from '../../../engine/deploy/deployer.ts'
import type { DeployerOptions } from '../../../engine/deploy/context.ts'
import type { ComponentChange, JournalEntry, Plan } from '../../../engine/deploy/plan.ts'
import type { ApiValue, FieldServices } from '../../../engine/fields/field-type.ts'
import { identifier, joinSql, sql } from '../../../engine/sql/sql.ts'
import type { Storage } from '../../../engine/storage/storage.ts'

export const author = { id: '005000000000001AAA', name: 'Ada' }

const clock = { now: () => Date.now() }
const random = (count: number): Uint8Array => randomBytes(count)
const ids = createIdSource(clock, random)

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** Reversible on sight, which is all that these tests need. */
export const services: FieldServices = {
  encrypt: (plain) => `sealed ${plain}`,
  decrypt: (stored) => stored.replace('sealed ', ''),
  cleanHtml: (html) => html,
}

export function makeDeployer(
  storage: Storage,
  metadataDir: string,
  more: Partial<DeployerOptions> = {},
): Promise<Deployer> {
  const options = { storage, metadataDir, clock, randomBytes: random, ids, services }
  return createDeployer({ ...options, log: quiet, watch: false, ...more })
}

export interface Folder {
  readonly path: string
  write(file: string, body: unknown): void
  writeText(file: string, text: string): void
  read(file: string): Record<string, unknown>
  remove(file: string): void
  delete(): void
}

export function makeFolder(files: Readonly<Record<string, unknown>> = sampleFiles): Folder {
  const path = mkdtempSync(join(tmpdir(), 'metadata-'))
  const writeText = (file: string, text: string): void => {
    mkdirSync(dirname(join(path, file)), { recursive: true })
    writeFileSync(join(path, file), text)
  }
  const folder: Folder = {
    path,
    writeText,
    write: (file, body) => writeText(file, JSON.stringify(body, null, 2)),
    read: (file) => JSON.parse(readFileSync(join(path, file), 'utf8')) as Record<string, unknown>,
    remove: (file) => rmSync(join(path, file)),
    delete: () => rmSync(path, { recursive: true, force: true }),
  }
  for (const [file, body] of Object.entries(files)) folder.write(file, body)
  return folder
}

export const userObject = {
  fullName: 'User',
  label: 'User',
  pluralLabel: 'Users',
  keyPrefix: '005',
  nameField: { label: 'Name', type: 'Text' },
  sharingModel: 'Read',
}

export const accountObject = {
  fullName: 'Account',
  label: 'Account',
  pluralLabel: 'Accounts',
  keyPrefix: '001',
  nameField: { label: 'Account Name', type: 'Text' },
  sharingModel: 'Private',
  fields: [
    { fullName: 'Code', label: 'Code', type: 'Text', length: 20 },
    { fullName: 'Rating', label: 'Rating', type: 'Text', length: 40 },
    { fullName: 'Revenue', label: 'Revenue', type: 'Number', precision: 12, scale: 2 },
    {
      fullName: 'ParentId',
      label: 'Parent',
      type: 'Lookup',
      referenceTo: ['Account'],
      relationshipName: 'ChildAccounts',
    },
  ],
  listViews: [
    { fullName: 'All', label: 'All', filterScope: 'Everything', columns: ['Name', 'Rating'] },
  ],
}

export const contactObject = {
  fullName: 'Contact',
  label: 'Contact',
  pluralLabel: 'Contacts',
  keyPrefix: '003',
  nameField: { label: 'Name', type: 'PersonName' },
  sharingModel: 'Private',
  fields: [
    {
      fullName: 'AccountId',
      label: 'Account',
      type: 'Lookup',
      referenceTo: ['Account'],
      relationshipName: 'Contacts',
    },
    { fullName: 'Email', label: 'Email', type: 'Email' },
  ],
}

export const accountLayout = {
  fullName: 'Account-Account Layout',
  layoutSections: [
    {
      label: 'Information',
      style: 'TwoColumnsTopToBottom',
      layoutColumns: [
        { layoutItems: [{ behavior: 'Required', field: 'Name' }] },
        { layoutItems: [{ behavior: 'Edit', field: 'Rating' }] },
      ],
    },
  ],
  relatedLists: [{ relatedList: 'Contact.AccountId', fields: ['Name', 'Email'] }],
}

export const sampleFiles: Readonly<Record<string, unknown>> = {
  'objects/User.json': userObject,
  'objects/Account.json': accountObject,
  'objects/Contact.json': contactObject,
  'layouts/Account-Account Layout.json': accountLayout,
  'permissionsets/Sales.json': {
    fullName: 'Sales',
    label: 'Sales',
    objectPermissions: [
      {
        object: 'Account',
        allowCreate: true,
        allowRead: true,
        allowEdit: true,
        allowDelete: false,
        viewAllRecords: false,
        modifyAllRecords: false,
      },
    ],
    fieldPermissions: [{ field: 'Account.Rating', readable: true, editable: true }],
  },
}

/** Plans and applies in one step, with consent. */
export async function deploy(
  deployer: Deployer,
  ...changes: readonly ComponentChange[]
): Promise<JournalEntry> {
  const plan = await deployer.plan(changes, author)
  return deployer.apply(plan.id, { consent: true, by: author, source: 'api' })
}

export async function planOf(
  deployer: Deployer,
  ...changes: readonly ComponentChange[]
): Promise<Plan> {
  return deployer.plan(changes, author)
}

/** Inserts a record through the model's own columns; gives its id. */
export async function insertRecord(
  deployer: Deployer,
  storage: Storage,
  objectName: string,
  values: Readonly<Record<string, ApiValue>>,
): Promise<string> {
  const object = deployer.store.current().object(objectName)
  if (object === undefined) throw new Error(`no object ${objectName}`)
  const id = ids(object.keyPrefix)
  const now = clock.now()
  const given = new Map<string, ApiValue>([
    ['Id', id],
    ['IsDeleted', false],
    ['CreatedDate', now],
    ['LastModifiedDate', now],
    ['SystemModstamp', now],
    ...Object.entries(values),
  ])
  const columns = [sql`${identifier('fs_version')}`]
  const bound = [sql`1`]
  for (const [name, value] of given) {
    const field = object.fieldsByName.get(name.toLowerCase())
    if (field === undefined) throw new Error(`no field ${objectName}.${name}`)
    const stored = field.system
      ? new Map([['', value]])
      : new Map(Object.entries(field.type.toColumns(value, field.options, services)))
    for (const [part, column] of field.columns) {
      const cell = stored.get(part) ?? null
      if (typeof cell === 'object' && cell !== null) throw new Error('not a column value')
      columns.push(sql`${column.name}`)
      bound.push(storage.dialect.bound(column.kind, cell))
    }
  }
  await storage.write((tx) =>
    tx.run(sql`insert into ${object.table} (${joinSql(columns)}) values (${joinSql(bound)})`),
  )
  return id
}

/** The values of one field in the order of the ids, as the API shows them. */
export async function valuesOf(
  deployer: Deployer,
  storage: Storage,
  qualified: string,
): Promise<readonly unknown[]> {
  const [objectName = '', fieldName = ''] = qualified.split('.')
  const object = deployer.store.current().object(objectName)
  const field = object?.fieldsByName.get(fieldName.toLowerCase())
  if (object === undefined || field === undefined) throw new Error(`no field ${qualified}`)
  const json = field.type.readJson(
    (part) => sql`${field.columns.get(part)?.name ?? identifier('missing')}`,
    field.options,
    storage.dialect,
  )
  const rows = await storage.read(
    sql`select ${json} as ${identifier('json')} from ${object.table} order by ${identifier('Id')}`,
  )
  return rows.map((row) => JSON.parse(String(row['json'])) as unknown)
}
