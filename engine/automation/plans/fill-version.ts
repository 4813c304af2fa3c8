/** Items with values and dependencies as records of a version that is still empty. */
import type { Reading } from '../read-rows.ts'
import { createRows } from './fill-plans.ts'
import type { TemplateItem } from './template-content.ts'

export interface EmptyVersion {
  readonly id: string
  readonly number: number
}

/** With the rights of whoever fills it. `uniqueName` of the items is that of all versions, `previous` names their ids. */
export async function fillVersion(
  by: Reading,
  version: EmptyVersion,
  items: readonly TemplateItem[],
): Promise<void> {
  const ids = await createRows(
    by,
    'ActionPlanTemplateItem',
    items.map((item) => itemBody(version, item)),
  )
  await createRows(
    by,
    'ActionPlanTemplateItemValue',
    items.flatMap((item, index) => valueBodies(ids[index] ?? '', item)),
  )
  const places = new Map(items.map((item, index) => [item.id, ids[index]]))
  await createRows(
    by,
    'ActionPlnTmplItmDependency',
    items.flatMap((item) => dependencyBodies(item, places)),
  )
}

type Body = ReadonlyMap<string, unknown>

const uniqueCharsMax = 80

/** Unique names are unique among all versions: from the second on, they end with the version. */
export function uniqueNameIn(number: number, name: string): string {
  const end = endOf(number)
  return `${name.slice(0, uniqueCharsMax - end.length)}${end}`
}

/** The name without the end that its version gives it. */
export function uniqueNameOf(number: number, stored: string): string {
  const end = endOf(number)
  return end !== '' && stored.endsWith(end) ? stored.slice(0, -end.length) : stored
}

function endOf(number: number): string {
  return number > 1 ? `_v${number}` : ''
}

function itemBody({ id, number }: EmptyVersion, item: TemplateItem): Body {
  return new Map<string, unknown>([
    ['ActionPlanTemplateVersionId', id],
    ['Name', item.name],
    ['UniqueName', uniqueNameIn(number, item.uniqueName)],
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
  { id, previous }: TemplateItem,
  places: ReadonlyMap<string, string | undefined>,
): readonly Body[] {
  return previous.map(
    ({ name, itemId, whenMade }) =>
      new Map<string, unknown>([
        ['Name', name],
        ['TemplateItemId', places.get(id) ?? null],
        ['PreviousTemplateItemId', places.get(itemId) ?? null],
        ['CreationType', whenMade ? 'OnPreviousItemCreated' : 'OnPreviousItemCompleted'],
      ]),
  )
}
