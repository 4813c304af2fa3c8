/** Deleted records as rows of the recycle bin. */
import type { Value, WireRecord } from '../base/wire.ts'

export interface DeletedRow {
  readonly id: string
  readonly name: string
  readonly at: string
  readonly by: string
}

const rowsMax = 200

export function deletedQuery(object: string, nameField: string): string {
  const name = nameField === 'Id' ? '' : `${nameField}, `
  return (
    `SELECT Id, ${name}LastModifiedDate, LastModifiedBy.Name FROM ${object} ` +
    `WHERE IsDeleted = true ORDER BY LastModifiedDate DESC LIMIT ${rowsMax}`
  )
}

export function deletedRowOf(record: WireRecord, nameField: string): DeletedRow {
  const id = textOf(record.Id)
  const name = textOf(record[nameField])
  return {
    id,
    name: name === '' ? id : name,
    at: textOf(record['LastModifiedDate']),
    by: nameOf(record['LastModifiedBy']),
  }
}

function nameOf(parent: Value | undefined): string {
  const isNested = typeof parent === 'object' && parent !== null && 'Name' in parent
  return isNested ? textOf(parent.Name) : ''
}

function textOf(value: Value | undefined): string {
  return typeof value === 'string' ? value : ''
}
