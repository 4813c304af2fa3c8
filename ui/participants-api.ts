/** Participants of records and the roles that they can have, as the screens read them. */
import { parentText, readRows, textAt } from './base/row-values.ts'
import { fieldName, textLiteral } from './base/soql.ts'
import type { ParticipantsInfo } from './base/wire.ts'

export interface Participant {
  readonly id: string
  readonly name: string
  readonly role: string
  readonly level: string
}

export interface ParticipantRole {
  readonly id: string
  readonly name: string
  readonly level: string
}

const rowsMax = 200

/** A lookup without its ending is what leads to the parent. */
const parentName = (field: string): string => field.replace(/Id$/, '').replace(/__c$/, '__r')

export async function participantsOf(
  info: ParticipantsInfo,
  recordId: string,
): Promise<readonly Participant[]> {
  const [person, role] = [parentName(info.principal), parentName(info.role)]
  const fields = [`${person}.Name`, `${role}.MasterLabel`, `${role}.DefaultAccessLevel`]
  const inForce = info.active === undefined ? '' : ` AND ${fieldName(info.active)} = true`
  const rows = await readRows(
    `SELECT Id, ${fields.map(fieldName).join(', ')} FROM ${fieldName(info.object)} WHERE ${fieldName(info.record)} = ${textLiteral(recordId)}${inForce} ORDER BY CreatedDate, Id LIMIT ${rowsMax}`,
  )
  return rows.map((row) => ({
    id: row.Id ?? '',
    name: parentText(row, person, 'Name') ?? '',
    role: parentText(row, role, 'MasterLabel') ?? '',
    level: parentText(row, role, 'DefaultAccessLevel') ?? 'None',
  }))
}

export async function participantRoles(object: string): Promise<readonly ParticipantRole[]> {
  const rows = await readRows(
    `SELECT Id, MasterLabel, DefaultAccessLevel FROM ParticipantRole WHERE ParentObject = ${textLiteral(object)} AND IsActive = true ORDER BY MasterLabel, Id LIMIT ${rowsMax}`,
  )
  return rows.map((row) => ({
    id: row.Id ?? '',
    name: textAt(row, 'MasterLabel') ?? '',
    level: textAt(row, 'DefaultAccessLevel') ?? 'None',
  }))
}
