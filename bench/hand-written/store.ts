/** Records in the two tables: rows become objects, one connection reads, one writes, one loads in bulk. */
import { randomBytes } from 'node:crypto'
import type { Body } from '../shapes.ts'
import { accountListFields, childRows, contactListFields, listRows } from '../shapes.ts'
import {
  accountAnswer,
  accountWithContacts,
  contactAnswer,
  industryTotal,
  listedAccount,
  listedContact,
} from './answers.ts'
import { openConnection, type Connection, type Row, type Value } from './database.ts'
import { createTables, keyPrefixes, type TableName } from './tables.ts'

export interface Store {
  read(table: TableName, id: string): Promise<{ answer: object; version: number } | undefined>
  create(table: TableName, body: Body): Promise<string>
  createMany(rows: readonly { table: TableName; body: Body }[]): Promise<readonly string[]>
  /** The new version; undefined when there is no such record in the wanted version. */
  update(change: Change): Promise<number | undefined>
  accounts(): Promise<readonly object[]>
  accountsFrom(name: string): Promise<readonly object[]>
  contacts(): Promise<readonly object[]>
  filteredAccounts(): Promise<readonly object[]>
  accountsWithContacts(): Promise<readonly object[]>
  industryTotals(): Promise<readonly object[]>
}

export interface Change {
  readonly table: TableName
  readonly id: string
  readonly body: Body
  readonly ifVersion: number | null
}

const setup = (synchronous: string): string =>
  `pragma journal_mode = wal; pragma synchronous = ${synchronous}; pragma foreign_keys = on;`

const answerOf = { Account: accountAnswer, Contact: contactAnswer }

const accountColumns = accountListFields.join(', ')
const accountsText = `select ${accountColumns} from Account where IsDeleted = 0 order by Name collate nocase, Id limit ${listRows}`
const accountsFromText = `select ${accountColumns} from Account where IsDeleted = 0 and Name >= ?1 collate nocase order by Name collate nocase, Id limit ${listRows}`
const contactColumns = contactListFields.map((name) => `c.${name}`).join(', ')
const contactsText = `select ${contactColumns}, c.AccountId, a.Name as AccountName from Contact c left join Account a on a.Id = c.AccountId where c.IsDeleted = 0 order by c.Name collate nocase, c.Id limit ${listRows}`

const filteredText = `select ${accountColumns} from Account where IsDeleted = 0 and Industry = 'Banking' and NumberOfEmployees > 450 order by Name collate nocase, Id limit ${listRows}`
const childrenText = `select c.Id, c.LastName, c.Email from Contact c where c.AccountId = a.Id and c.IsDeleted = 0 order by c.LastName collate nocase, c.Id limit ${childRows}`
const withContactsText = `select a.Id, a.Name, (select json_group_array(json_array(Id, LastName, Email)) from (${childrenText})) as Contacts from Account a where a.IsDeleted = 0 order by a.Name collate nocase, a.Id limit ${listRows}`
const totalsText =
  'select Industry, count(*) as records, sum(AnnualRevenue) as revenue from Account where IsDeleted = 0 group by Industry order by Industry'

/** `durable` decides whether a write is on the disk before it is answered. */
export async function openStore(file: string, userId: string, durable: boolean): Promise<Store> {
  const pragmas = setup(durable ? 'full' : 'normal')
  const writer = await openConnection(file, pragmas)
  await writer.exec(createTables)
  await writer.run(`insert or ignore into User (Id, Name) values (?1, 'Admin')`, [userId])
  const reader = await openConnection(file, `${pragmas} pragma query_only = on;`)
  const bulk = await openConnection(file, pragmas)
  const loads: { last: Promise<unknown> } = { last: Promise.resolve() }
  return {
    ...readsOver(reader),
    create: (table, body) => insert(writer, userId, { table, body }),
    createMany: (rows) => {
      // Two loads at once would share one transaction.
      const load = loads.last.then(() => insertAll(bulk, userId, rows))
      loads.last = load.catch(() => undefined)
      return load
    },
    update: (change) => update(writer, userId, change),
  }
}

function readsOver(reader: Connection): Omit<Store, 'create' | 'createMany' | 'update'> {
  return {
    read: async (table, id) => {
      const [row] = await reader.all(`select * from ${table} where Id = ?1 and IsDeleted = 0`, [id])
      if (row === undefined) return undefined
      return { answer: answerOf[table](row), version: Number(row.Version) }
    },
    accounts: async () => (await reader.all(accountsText, [])).map(listedAccount),
    accountsFrom: async (name) => (await reader.all(accountsFromText, [name])).map(listedAccount),
    contacts: async () => (await reader.all(contactsText, [])).map(listedContact),
    filteredAccounts: async () => (await reader.all(filteredText, [])).map(listedAccount),
    accountsWithContacts: async () =>
      (await reader.all(withContactsText, [])).map(accountWithContacts),
    industryTotals: async () => (await reader.all(totalsText, [])).map(industryTotal),
  }
}

function toValue(value: Body[string]): Value {
  return typeof value === 'boolean' ? Number(value) : value
}

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const pool = { bytes: randomBytes(4096), used: 0 }

function newId(prefix: string): string {
  if (pool.used + 15 > pool.bytes.length) {
    pool.bytes = randomBytes(4096)
    pool.used = 0
  }
  let id = prefix
  for (let index = 0; index < 15; index++)
    id += alphabet.charAt((pool.bytes[pool.used++] ?? 0) % 62)
  return id
}

function now(): string {
  return `${new Date().toISOString().slice(0, -1)}+0000`
}

interface NewRow {
  readonly table: TableName
  readonly body: Body
}

async function insert(
  connection: Connection,
  userId: string,
  { table, body }: NewRow,
): Promise<string> {
  const id = newId(keyPrefixes[table])
  const at = now()
  const names = Object.keys(body)
  const owner = body['OwnerId'] === undefined ? ', OwnerId' : ''
  const ownerValue = owner === '' ? [] : [userId]
  const values = [
    id,
    at,
    userId,
    at,
    userId,
    at,
    ...ownerValue,
    ...Object.values(body).map(toValue),
  ]
  await connection.run(insertText(table, names, owner), values)
  return id
}

const insertTexts = new Map<string, string>()

function insertText(table: TableName, names: readonly string[], owner: string): string {
  const key = `${table} ${names.join()}`
  const known = insertTexts.get(key)
  if (known !== undefined) return known
  const columns = `Id, CreatedDate, CreatedById, LastModifiedDate, LastModifiedById, SystemModstamp${owner}`
  const count = names.length + columns.split(',').length
  const marks = Array.from({ length: count }, () => '?').join()
  const text = `insert into ${table} (${[columns, ...names].join()}) values (${marks})`
  insertTexts.set(key, text)
  return text
}

async function insertAll(
  connection: Connection,
  userId: string,
  rows: readonly NewRow[],
): Promise<readonly string[]> {
  await connection.exec('begin immediate')
  try {
    const ids = await Promise.all(rows.map((row) => insert(connection, userId, row)))
    await connection.exec('commit')
    return ids
  } catch (error) {
    await connection.exec('rollback')
    throw error
  }
}

async function update(
  connection: Connection,
  userId: string,
  { table, id, body, ifVersion }: Change,
): Promise<number | undefined> {
  const at = now()
  const values = [id, ifVersion, at, userId, at, ...Object.values(body).map(toValue)]
  const rows: readonly Row[] = await connection.all(updateText(table, Object.keys(body)), values)
  return rows[0] === undefined ? undefined : Number(rows[0].Version)
}

const updateTexts = new Map<string, string>()

function updateText(table: TableName, names: readonly string[]): string {
  const key = `${table} ${names.join()}`
  const known = updateTexts.get(key)
  if (known !== undefined) return known
  const own = names.map((name, index) => `${name} = ?${index + 6}`)
  const kept = 'LastModifiedDate = ?3, LastModifiedById = ?4, SystemModstamp = ?5'
  const text = `update ${table} set ${[kept, ...own].join()}, Version = Version + 1 where Id = ?1 and IsDeleted = 0 and (?2 is null or Version = ?2) returning Version`
  updateTexts.set(key, text)
  return text
}
