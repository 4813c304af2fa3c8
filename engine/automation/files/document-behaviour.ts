/** The file as a whole: made by its first version, never by itself; what its versions say of it is theirs to say. */
import { message } from '../../base/message.ts'
import { outcomes, text, wrong } from '../plans/plan-behaviour.ts'
import type { FileBehaviour } from './content-hooks.ts'
import { keptAsItWas } from './kept-fields.ts'

const ofVersions = [
  'LatestPublishedVersionId',
  'FileType',
  'FileExtension',
  'ContentSize',
  'ContentSizeLong',
  'ContentModifiedDate',
  'PublishStatus',
  'ArchivedById',
  'ArchivedDate',
  'MalwareScanStatus',
  'MalwareScanDate',
]

export const documentBehaviour: FileBehaviour = {
  beforeInsert: async ({ rows, unit }) => {
    const told = message('A file is made by its first version: insert a ContentVersion.')
    // What comes with the product, or back from a copy of it, is as it should be.
    const isTrusted = unit.person.source === 'system'
    return outcomes(rows, () => (isTrusted ? undefined : wrong(told)))
  },
  beforeUpdate: async ({ rows, unit }) =>
    outcomes(rows, (row) => {
      const refused = keptAsItWas(row, ofVersions)
      if (refused !== undefined) return refused
      const isArchived = row.values.get('IsArchived') === true
      if (isArchived === (row.old?.get('IsArchived') === true)) return undefined
      const changes = new Map<string, unknown>([
        ['ArchivedById', isArchived ? unit.person.userId : null],
        ['ArchivedDate', isArchived ? unit.now.slice(0, 10) : null],
      ])
      return { changes }
    }),
  afterUpdate: async ({ rows, unit }) => {
    const renamed = rows.filter((row) => row.old?.get('Title') !== row.values.get('Title'))
    const changes = renamed.flatMap((row) => {
      const id = text(row, 'LatestPublishedVersionId')
      return id === undefined ? [] : [{ id, body: new Map([['Title', row.values.get('Title')]]) }]
    })
    if (changes.length > 0) {
      await unit.records.updateMany(unit.caller, 'ContentVersion', changes, { allOrNone: true })
    }
    return outcomes(rows, () => undefined)
  },
}
