/** What versions of templates hold: their items with values and what each waits for. */
import { groupedBy, readRows, textAt, type Reading, type Row } from '../read-rows.ts'

export type VersionStatus = 'Draft' | 'Final' | 'Obsolete' | 'ReadOnly'

export interface TemplateVersion {
  readonly id: string
  /** Counted from 1; that of a version which says none is 1. */
  readonly number: number
  readonly templateId: string
  readonly templateName: string
  readonly status: string
  readonly targetObject: string
  readonly type: string | undefined
  readonly takesMoreItems: boolean
  readonly items: readonly TemplateItem[]
}

export interface TemplateItem {
  readonly id: string
  readonly name: string
  readonly uniqueName: string
  /** The object of the record that is made. */
  readonly object: string
  readonly order: number | undefined
  readonly required: boolean
  readonly values: readonly TemplateValue[]
  readonly previous: readonly Prerequisite[]
}

export interface TemplateValue {
  /** Without the object: "ActivityDate". */
  readonly field: string
  readonly literal: string | undefined
  readonly formula: string | undefined
}

export interface Prerequisite {
  /** What people call the dependency. */
  readonly name: string
  /** The item that comes before. */
  readonly itemId: string
  /** It is enough that the other one was made; else it must be complete. */
  readonly whenMade: boolean
}

const ofVersions = 'ActionPlanTemplateVersionId IN :ids'

/** By id; those that are not there, or deleted, are missing. */
export async function readVersions(
  reading: Reading,
  ids: readonly string[],
): Promise<ReadonlyMap<string, TemplateVersion>> {
  const values = { ids: [...new Set(ids)] }
  if (values.ids.length === 0) return new Map()
  const versions = await readRows(
    reading,
    'SELECT Id, Version, Status, ActionPlanTemplateId, ActionPlanTemplate.Name, ActionPlanTemplate.TargetEntityType, ActionPlanTemplate.ActionPlanType, ActionPlanTemplate.IsAdHocItemCreationEnabled FROM ActionPlanTemplateVersion WHERE Id IN :ids',
    values,
  )
  const parts = {
    items: groupedBy(
      await readRows(
        reading,
        `SELECT Id, Name, UniqueName, ActionPlanTemplateVersionId, ItemEntityType, DisplayOrder, IsRequired FROM ActionPlanTemplateItem WHERE ${ofVersions} AND IsActive = true ORDER BY DisplayOrder NULLS LAST, Id`,
        values,
      ),
      'ActionPlanTemplateVersionId',
    ),
    values: groupedBy(
      await readRows(
        reading,
        `SELECT ActionPlanTemplateItemId, ItemEntityFieldName, ValueLiteral, ValueFormula FROM ActionPlanTemplateItemValue WHERE IsActive = true AND ActionPlanTemplateItem.${ofVersions} ORDER BY Id`,
        values,
      ),
      'ActionPlanTemplateItemId',
    ),
    previous: groupedBy(
      await readRows(
        reading,
        `SELECT Name, TemplateItemId, PreviousTemplateItemId, CreationType FROM ActionPlnTmplItmDependency WHERE TemplateItem.${ofVersions} ORDER BY Id`,
        values,
      ),
      'TemplateItemId',
    ),
  }
  return new Map(versions.map((row) => [textAt(row, 'Id') ?? '', versionOf(row, parts)]))
}

type Groups = ReadonlyMap<string, readonly Row[]>

interface Parts {
  readonly items: Groups
  readonly values: Groups
  readonly previous: Groups
}

function versionOf(row: Row, parts: Parts): TemplateVersion {
  const id = textAt(row, 'Id') ?? ''
  const items = (parts.items.get(id) ?? []).map((item) => itemOf(item, parts))
  const known = new Set(items.map((item) => item.id))
  return {
    id,
    number: versionNumber(row),
    templateId: textAt(row, 'ActionPlanTemplateId') ?? '',
    templateName: textAt(row, 'ActionPlanTemplate.Name') ?? '',
    status: textAt(row, 'Status') ?? 'Draft',
    targetObject: textAt(row, 'ActionPlanTemplate.TargetEntityType') ?? '',
    type: textAt(row, 'ActionPlanTemplate.ActionPlanType'),
    takesMoreItems: flagAt(row, 'ActionPlanTemplate', 'IsAdHocItemCreationEnabled'),
    // An item that is switched off keeps nobody waiting.
    items: items.map((item) => ({
      ...item,
      previous: item.previous.filter(({ itemId }) => known.has(itemId)),
    })),
  }
}

export function versionNumber(row: Row): number {
  const number = row.get('Version')
  return typeof number === 'number' ? number : 1
}

function flagAt(row: Row, parent: string, name: string): boolean {
  const found = row.get(parent)
  return typeof found === 'object' && found !== null && Reflect.get(found, name) === true
}

function itemOf(row: Row, { values, previous }: Parts): TemplateItem {
  const id = textAt(row, 'Id') ?? ''
  const order = row.get('DisplayOrder')
  return {
    id,
    name: textAt(row, 'Name') ?? '',
    uniqueName: textAt(row, 'UniqueName') ?? '',
    object: textAt(row, 'ItemEntityType') ?? '',
    order: typeof order === 'number' ? order : undefined,
    required: row.get('IsRequired') === true,
    values: (values.get(id) ?? []).map(valueOf),
    previous: (previous.get(id) ?? []).map((one) => ({
      name: textAt(one, 'Name') ?? '',
      itemId: textAt(one, 'PreviousTemplateItemId') ?? '',
      whenMade: textAt(one, 'CreationType') === 'OnPreviousItemCreated',
    })),
  }
}

function valueOf(row: Row): TemplateValue {
  const name = textAt(row, 'ItemEntityFieldName') ?? ''
  return {
    field: name.slice(name.indexOf('.') + 1),
    literal: textAt(row, 'ValueLiteral'),
    formula: textAt(row, 'ValueFormula'),
  }
}
