/** A new draft of a template that holds what one of its versions holds: the way to change a published template. */
import { message } from '../../base/message.ts'
import { Refusal, refuse } from '../../base/refusal.ts'
import { readRows, type Reading } from '../read-rows.ts'
import { versionBody } from './template-behaviours.ts'
import { readVersions, type TemplateItem } from './template-content.ts'

/** With the rights of whoever clones; the id of the new version. */
export async function cloneVersion(by: Reading, versionId: string): Promise<string> {
  const version = (await readVersions(by, [versionId])).get(versionId)
  if (version === undefined) {
    throw refuse('NOT_FOUND', message('There is no such version of a template.'))
  }
  const { templateId, templateName, items } = version
  const [last] = await readRows(
    by,
    'SELECT Version FROM ActionPlanTemplateVersion WHERE ActionPlanTemplateId = :templateId AND Version != null ORDER BY Version DESC LIMIT 1',
    { templateId },
  )
  const number = Number(last?.get('Version') ?? 0) + 1
  const [id = ''] = await create(by, 'ActionPlanTemplateVersion', [
    versionBody(templateId, templateName, number),
  ])
  const ids = await create(
    by,
    'ActionPlanTemplateItem',
    items.map((item) => itemBody(id, item, number)),
  )
  await create(
    by,
    'ActionPlanTemplateItemValue',
    items.flatMap((item, index) => valueBodies(ids[index] ?? '', item)),
  )
  const places = new Map(items.map((item, index) => [item.id, ids[index]]))
  await create(
    by,
    'ActionPlnTmplItmDependency',
    items.flatMap((item) => dependencyBodies(item, places)),
  )
  return id
}

type Body = ReadonlyMap<string, unknown>

const uniqueCharsMax = 80

function itemBody(versionId: string, item: TemplateItem, number: number): Body {
  const end = `_v${number}`
  const stem = item.uniqueName.replace(/_v\d+$/, '').slice(0, uniqueCharsMax - end.length)
  return new Map<string, unknown>([
    ['ActionPlanTemplateVersionId', versionId],
    ['Name', item.name],
    ['UniqueName', `${stem}${end}`],
    ['ItemEntityType', item.object],
    ['DisplayOrder', item.order ?? null],
    ['IsRequired', item.required],
    ['IsActive', true],
  ])
}

function valueBodies(itemId: string, { name, object, values }: TemplateItem): readonly Body[] {
  return values.map(
    ({ field, literal, formula }) =>
      new Map<string, unknown>([
        ['ActionPlanTemplateItemId', itemId],
        ['Name', `${name}: ${field}`.slice(0, 255)],
        ['ItemEntityFieldName', `${object}.${field}`],
        ['ValueLiteral', literal ?? null],
        ['ValueFormula', formula ?? null],
        ['IsActive', true],
      ]),
  )
}

function dependencyBodies(
  { id, name, previous }: TemplateItem,
  places: ReadonlyMap<string, string | undefined>,
): readonly Body[] {
  return previous.map(
    ({ itemId, whenMade }) =>
      new Map<string, unknown>([
        ['Name', name],
        ['TemplateItemId', places.get(id) ?? null],
        ['PreviousTemplateItemId', places.get(itemId) ?? null],
        ['CreationType', whenMade ? 'OnPreviousItemCreated' : 'OnPreviousItemCompleted'],
      ]),
  )
}

async function create(
  { records, caller }: Reading,
  object: string,
  bodies: readonly Body[],
): Promise<readonly string[]> {
  if (bodies.length === 0) return []
  const results = await records.createMany(caller, object, bodies, { allOrNone: true })
  return results.map((result) => {
    if (result instanceof Refusal) throw result
    return result.id
  })
}
