/** One template out of a package as ordinary saves: what is published stays as it is, another content is another version. */
import type { ActionPlanTemplate } from '../../../../metadata/types.ts'
import { message } from '../../../base/message.ts'
import { Refusal, refuse } from '../../../base/refusal.ts'
import type { RecordBody } from '../../../records/records.ts'
import { readRows, textAt, type Reading } from '../../read-rows.ts'
import { newVersion } from '../clone-version.ts'
import { createRows } from '../fill-plans.ts'
import { fillVersion, uniqueNameIn, type EmptyVersion } from '../fill-version.ts'
import type { TemplateItem, TemplateVersion } from '../template-content.ts'
import { ownedByName, ownerNames, readTemplates, type StoredTemplate } from './read-templates.ts'
import { bodyOf, contentKey, itemsOf, templateFields, templateType } from './template-body.ts'

export type SavedAs = 'create' | 'update' | undefined

/** With the rights of whoever deploys; undefined when all of it was there already. */
export async function saveTemplate(by: Reading, body: ActionPlanTemplate): Promise<SavedAs> {
  const items = itemsOf(body)
  const names = await ownerNames(by, items)
  const wanted = { body, items: items.map((item) => ownedByName(item, names)) }
  const [stored] = await readTemplates(by, [body.fullName])
  if (stored === undefined) {
    await createTemplate(by, wanted)
    return 'create'
  }
  const isChanged = await updateTemplate(by, stored, body)
  const hasMoved = await moveVersion(by, stored, wanted)
  return isChanged || hasMoved ? 'update' : undefined
}

interface Wanted {
  readonly body: ActionPlanTemplate
  /** Owners by their names. */
  readonly items: readonly TemplateItem[]
}

async function createTemplate(by: Reading, { body, items }: Wanted): Promise<void> {
  const values = new Map<string, unknown>([['UniqueName', body.fullName], ...fieldsOf(body)])
  const [id = ''] = await createRows(by, templateType, [values])
  const [first] = await readRows(
    by,
    'SELECT Id FROM ActionPlanTemplateVersion WHERE ActionPlanTemplateId = :id',
    { id },
  )
  const versionId = first && textAt(first, 'Id')
  const version =
    versionId === undefined
      ? await newVersion(by, { id, name: body.name })
      : { id: versionId, number: 1 }
  await fillVersion(by, version, items)
  await setStatus(by, version, { from: 'Draft', to: body.status })
}

/** What the body does not speak of is left alone; an empty text clears. */
function fieldsOf(body: ActionPlanTemplate): readonly (readonly [string, unknown])[] {
  return templateFields.flatMap(([element, field]) => {
    const value = body[element]
    return value === undefined ? [] : [[field, value === '' ? null : value] as const]
  })
}

async function updateTemplate(
  by: Reading,
  stored: StoredTemplate,
  body: ActionPlanTemplate,
): Promise<boolean> {
  const changes = templateFields.flatMap(([element, field]) => {
    const value = body[element]
    const before = stored.body[element] ?? ''
    return value === undefined || value === before
      ? []
      : [[field, value === '' ? null : value] as const]
  })
  if (changes.length === 0) return false
  await update(by, templateType, stored.id, new Map<string, unknown>(changes))
  return true
}

/** Whether anything had to be done for the version to be as it is wanted. */
async function moveVersion(by: Reading, stored: StoredTemplate, wanted: Wanted): Promise<boolean> {
  const { version: current, drafts } = stored
  const to = wanted.body.status
  if (current !== undefined && holds(current, wanted)) {
    const isOver = current.status === 'Obsolete' && (to === 'Final' || to === 'Draft')
    if (!isOver) return setStatus(by, current, { from: current.status, to })
  }
  const ready = drafts.find((draft) => holds(draft, wanted))
  if (current?.status !== 'Draft' && ready !== undefined) {
    return setStatus(by, ready, { from: 'Draft', to })
  }
  const target =
    current?.status === 'Draft'
      ? await emptied(by, current)
      : await newVersion(by, { id: stored.id, name: wanted.body.name })
  await fillVersion(by, target, wanted.items)
  await setStatus(by, target, { from: 'Draft', to })
  return true
}

function holds(version: TemplateVersion, { items }: Wanted): boolean {
  const stored = (name: string): string => uniqueNameIn(version.number, name)
  const present = itemsOf(bodyOf(new Map(), '', version))
  return contentKey(present, stored) === contentKey(items, stored)
}

/** The draft without what plans would get from it; what is switched off stays. */
async function emptied(by: Reading, { id, number, items }: TemplateVersion): Promise<EmptyVersion> {
  const ids = items.map((item) => item.id)
  const outcomes =
    ids.length === 0 ? [] : await by.records.removeMany(by.caller, 'ActionPlanTemplateItem', ids)
  for (const refusal of outcomes) {
    if (refusal !== undefined) throw refusal
  }
  return { id, number }
}

interface Step {
  readonly from: string
  readonly to: ActionPlanTemplate['status']
}

/** Publishes or ends a version; nothing leads back. */
async function setStatus(by: Reading, version: EmptyVersion, { from, to }: Step): Promise<boolean> {
  const isForward =
    (from === 'Draft' && to === 'Final') || (from !== 'Obsolete' && to === 'Obsolete')
  if (!isForward) return false
  await update(by, 'ActionPlanTemplateVersion', version.id, new Map([['Status', to]]))
  return true
}

export async function removeTemplate(by: Reading, fullName: string): Promise<void> {
  const { id } = await requireTemplate(by, fullName)
  await by.records.remove(by.caller, templateType, id)
}

/** The items keep their names. */
export async function renameTemplate(by: Reading, fullName: string, to: string): Promise<void> {
  const { id } = await requireTemplate(by, fullName)
  await update(by, templateType, id, new Map([['UniqueName', to]]))
}

async function requireTemplate(by: Reading, fullName: string): Promise<StoredTemplate> {
  const [stored] = await readTemplates(by, [fullName])
  if (stored !== undefined) return stored
  throw refuse(
    'NOT_FOUND',
    message('There is no {type} {name}.', { type: templateType, name: fullName }),
  )
}

async function update(
  { records, caller }: Reading,
  ...[object, id, body]: readonly [string, string, RecordBody]
): Promise<void> {
  const [result] = await records.updateMany(caller, object, [{ id, body }], { allOrNone: true })
  if (result instanceof Refusal) throw result
}
