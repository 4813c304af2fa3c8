/** Users and what they hold, as Setup asks for them and shows them. */
import { records } from '../api.ts'
import { likeLiteral } from '../base/soql.ts'
import type { Value, WireRecord } from '../base/wire.ts'

/** More than these are found by typing. */
export const usersShownMax = 200

export interface UserRow {
  readonly id: string
  readonly name: string
  readonly username: string
  readonly email: string
  readonly profile: string
  readonly role: string
  readonly isActive: boolean
}

export interface Assignment {
  readonly id: string
  readonly permissionSetId: string
  readonly label: string
}

export interface PermissionSetChoice {
  readonly id: string
  readonly label: string
}

const userFields = 'Id, Name, Username, Email, IsActive, Profile.Name, UserRole.Name'

export async function findUsers(words: string): Promise<readonly UserRow[]> {
  const some = likeLiteral(words.trim(), 'anywhere')
  const where =
    words.trim() === ''
      ? ''
      : ` WHERE Name LIKE ${some} OR Username LIKE ${some} OR Email LIKE ${some}`
  const soql = `SELECT ${userFields} FROM User${where} ORDER BY Name, Id LIMIT ${usersShownMax + 1}`
  return (await records.query(soql)).records.map(userRow)
}

export async function findUser(id: string): Promise<UserRow | undefined> {
  if (!/^[A-Za-z0-9]{15,18}$/.test(id)) return undefined
  const [record] = (await records.query(`SELECT ${userFields} FROM User WHERE Id = '${id}'`))
    .records
  return record === undefined ? undefined : userRow(record)
}

/** The sets a user holds, and those that could be added; the sets that belong to profiles are none of either. */
export async function permissionSetsOf(user: string): Promise<{
  readonly held: readonly Assignment[]
  readonly others: readonly PermissionSetChoice[]
}> {
  const [held, all] = await Promise.all([
    records.query(
      `SELECT Id, PermissionSetId, PermissionSet.Label, PermissionSet.Name FROM PermissionSetAssignment WHERE AssigneeId = '${user}' ORDER BY PermissionSet.Label, Id`,
    ),
    records.query('SELECT Id, Label, Name FROM PermissionSet ORDER BY Label, Id LIMIT 2000'),
  ])
  const assignments = held.records.map((record) => ({
    id: textOf(record['Id']),
    permissionSetId: textOf(record['PermissionSetId']),
    label: labelOf(parentOf(record, 'PermissionSet')),
  }))
  const taken = new Set(assignments.map(({ permissionSetId }) => permissionSetId))
  const others = all.records
    .map((record) => ({ id: textOf(record['Id']), label: labelOf(record) }))
    .filter(({ id }) => !taken.has(id))
  return { held: assignments, others }
}

function userRow(record: WireRecord): UserRow {
  return {
    id: textOf(record['Id']),
    name: textOf(record['Name']),
    username: textOf(record['Username']),
    email: textOf(record['Email']),
    profile: textOf(parentOf(record, 'Profile')['Name']),
    role: textOf(parentOf(record, 'UserRole')['Name']),
    isActive: record['IsActive'] === true,
  }
}

function parentOf(record: WireRecord, name: string): WireRecord {
  const parent = record[name]
  // A parent that is there is a record of its own.
  return typeof parent === 'object' && parent !== null ? (parent as WireRecord) : {}
}

function labelOf(set: WireRecord): string {
  return textOf(set['Label']) || textOf(set['Name'])
}

function textOf(value: Value | undefined): string {
  return typeof value === 'string' ? value : ''
}
