/** Participant roles as Setup shows them: with the objects that have participants, and how many hold each role. */
import { records } from '../api.ts'
import type { Choice } from './form-controls.ts'

export interface ParticipantRoleRow {
  readonly id: string
  readonly fullName: string
  readonly label: string
  readonly object: string
  /** None, Read or Edit. */
  readonly level: string
  readonly isActive: boolean
  readonly participants: number
}

export async function findParticipantRoles(): Promise<{
  readonly rows: readonly ParticipantRoleRow[]
  readonly objects: readonly Choice[]
}> {
  const [found, describe] = await Promise.all([
    records.query(
      'SELECT Id, MasterLabel, DeveloperName, ParentObject, DefaultAccessLevel, IsActive FROM ParticipantRole ORDER BY ParentObject, MasterLabel, Id LIMIT 2000',
    ),
    records.describe('ParticipantRole'),
  ])
  const holders = (describe.childRelationships ?? []).filter(
    ({ field }) => field === 'ParticipantRoleId',
  )
  const counted = await Promise.all(
    holders.map(({ childSObject }) =>
      records.query(
        `SELECT ParticipantRoleId role, COUNT(Id) n FROM ${childSObject} GROUP BY ParticipantRoleId`,
      ),
    ),
  )
  const participants = new Map<string, number>()
  for (const row of counted.flatMap((page) => page.records)) {
    const role = String(row['role'])
    participants.set(role, (participants.get(role) ?? 0) + Number(row['n']))
  }
  const parent = describe.fields.find(({ name }) => name === 'ParentObject')
  return {
    rows: found.records.map((row) => ({
      id: String(row['Id']),
      fullName: String(row['DeveloperName']),
      label: String(row['MasterLabel']),
      object: String(row['ParentObject']),
      level: String(row['DefaultAccessLevel']),
      isActive: row['IsActive'] === true,
      participants: participants.get(String(row['Id'])) ?? 0,
    })),
    objects: (parent?.picklistValues ?? []).map(({ value, label }) => ({
      value,
      label: label ?? value,
    })),
  }
}
