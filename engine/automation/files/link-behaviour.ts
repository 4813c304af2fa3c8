/** What a file belongs to: each record once; what comes in for a request for a document shows there. */
import { message } from '../../base/message.ts'
import type { HookRow } from '../../records/hooks/record-hooks.ts'
import { outcomes, text, wrong } from '../plans/plan-behaviour.ts'
import { readRows, textAt } from '../read-rows.ts'
import { noteUploads } from './checklist-behaviour.ts'
import type { FileBehaviour, FileCall } from './content-hooks.ts'
import { keptAsItWas } from './kept-fields.ts'

export const linkBehaviour: FileBehaviour = {
  beforeInsert: beforeLink,
  afterInsert: async ({ unit, rows }) => {
    await noteUploads(unit, linkedIds(rows))
    return outcomes(rows, () => undefined)
  },
  beforeUpdate: async ({ rows }) =>
    outcomes(rows, (row) => keptAsItWas(row, ['ContentDocumentId', 'LinkedEntityId'])),
}

function linkedIds(rows: readonly HookRow[]): readonly string[] {
  return rows.flatMap((row) => text(row, 'LinkedEntityId') ?? [])
}

async function beforeLink({ unit, rows }: FileCall) {
  const ids = [...new Set(rows.flatMap((row) => text(row, 'ContentDocumentId') ?? []))]
  const documents = await readRows(
    unit,
    'SELECT Id, OwnerId, SharingOption FROM ContentDocument WHERE Id IN :ids',
    { ids },
  )
  const byId = new Map(documents.map((row) => [textAt(row, 'Id'), row]))
  const present = await readRows(
    unit,
    'SELECT ContentDocumentId, LinkedEntityId FROM ContentDocumentLink WHERE ContentDocumentId IN :ids AND LinkedEntityId IN :linked',
    { ids, linked: linkedIds(rows) },
  )
  const taken = new Set(
    present.map((row) => pair(textAt(row, 'ContentDocumentId'), textAt(row, 'LinkedEntityId'))),
  )
  return outcomes(rows, (row) => {
    const document = byId.get(text(row, 'ContentDocumentId'))
    const key = pair(text(row, 'ContentDocumentId'), text(row, 'LinkedEntityId'))
    if (taken.has(key)) {
      const told = message('The file belongs to that record already.')
      return { errors: [{ message: told, field: 'LinkedEntityId', errorCode: 'DUPLICATE_VALUE' }] }
    }
    taken.add(key)
    const isClosed = document !== undefined && textAt(document, 'SharingOption') === 'R'
    if (isClosed && textAt(document, 'OwnerId') !== unit.person.userId) {
      return wrong(message('Only its owner may share this file further.'), 'ContentDocumentId')
    }
    return undefined
  })
}

function pair(document: string | undefined, linked: string | undefined): string {
  return `${document ?? ''} ${linked ?? ''}`
}
