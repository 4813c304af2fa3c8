/** A new draft of a template that holds what one of its versions holds: the way to change a published template. */
import { message } from '../../base/message.ts'
import { refuse } from '../../base/refusal.ts'
import { readRows, type Reading } from '../read-rows.ts'
import { createRows } from './fill-plans.ts'
import { fillVersion, uniqueNameOf, type EmptyVersion } from './fill-version.ts'
import { versionBody } from './template-behaviours.ts'
import { readVersions, versionNumber } from './template-content.ts'

/** With the rights of whoever clones; the id of the new version. */
export async function cloneVersion(by: Reading, versionId: string): Promise<string> {
  const version = (await readVersions(by, [versionId])).get(versionId)
  if (version === undefined) {
    throw refuse('NOT_FOUND', message('There is no such version of a template.'))
  }
  const next = await newVersion(by, { id: version.templateId, name: version.templateName })
  const items = version.items.map((item) => ({
    ...item,
    uniqueName: uniqueNameOf(version.number, item.uniqueName),
  }))
  await fillVersion(by, next, items)
  return next.id
}

/** A draft without items, the newest of its template. */
export async function newVersion(
  by: Reading,
  template: { readonly id: string; readonly name: string },
): Promise<EmptyVersion> {
  const [last] = await readRows(
    by,
    'SELECT Version FROM ActionPlanTemplateVersion WHERE ActionPlanTemplateId = :templateId AND Version != null ORDER BY Version DESC LIMIT 1',
    { templateId: template.id },
  )
  const number = (last === undefined ? 0 : versionNumber(last)) + 1
  const [id = ''] = await createRows(by, 'ActionPlanTemplateVersion', [
    versionBody(template.id, template.name, number),
  ])
  return { id, number }
}
