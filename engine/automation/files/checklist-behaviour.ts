/** Requests for documents: a file that comes in makes them pending, somebody accepts or rejects what came. */
import { message } from '../../base/message.ts'
import type { HookOutcome, HookRow } from '../../records/hooks/record-hooks.ts'
import { isChanged, outcomes, text, wrong } from '../plans/plan-behaviour.ts'
import { readRows, textAt } from '../read-rows.ts'
import type { FileBehaviour } from './content-hooks.ts'
import type { ContentUnit } from './content-unit.ts'

const object = 'DocumentChecklistItem'

export const checklistBehaviour: FileBehaviour = {
  beforeUpdate: async ({ unit, rows }) => outcomes(rows, (row) => judged(unit, row)),
}

/** What is judged says by whom and when; one that is frozen stays as it is until somebody thaws it. */
function judged(unit: ContentUnit, row: HookRow): Partial<HookOutcome> | undefined {
  const isFrozen = row.old?.get('IsFrozen') === true && row.values.get('IsFrozen') === true
  if (isFrozen && isChanged(row, 'Status')) {
    return wrong(message('The item is frozen: nothing about it changes any more.'), 'Status')
  }
  if (!isChanged(row, 'Status')) return undefined
  const status = text(row, 'Status')
  const isJudged = status === 'Accepted' || status === 'Rejected' || status === 'Waived'
  const changes = new Map<string, unknown>([
    ['IsAccepted', status === 'Accepted'],
    ['ValidatedById', isJudged ? unit.person.userId : null],
    ['ValidationDateTime', isJudged ? unit.now : null],
  ])
  return { changes }
}

/** A file came in: what was asked for, or came and was not good enough, waits to be judged. */
export async function noteUploads(unit: ContentUnit, linked: readonly string[]): Promise<void> {
  const prefix = unit.model.object(object)?.keyPrefix
  const ids = linked.filter((id) => prefix !== undefined && id.startsWith(prefix))
  const items = await readRows(
    unit,
    `SELECT Id, Status, IsFrozen FROM ${object} WHERE Id IN :ids`,
    {
      ids,
    },
  )
  const open = items.filter((item) => {
    const status = textAt(item, 'Status') ?? 'New'
    return (status === 'New' || status === 'Rejected') && item.get('IsFrozen') !== true
  })
  if (open.length === 0) return
  const changes = open.map((item) => ({
    id: textAt(item, 'Id') ?? '',
    body: new Map<string, unknown>([
      ['Status', 'Pending'],
      ['UploadedById', unit.person.userId],
      ['ValidatedById', null],
      ['ValidationDateTime', null],
    ]),
  }))
  await unit.records.updateMany(unit.caller, object, changes, { allOrNone: true })
}
