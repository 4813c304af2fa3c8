/** Templates as components of packages: what a version holds as the public type says it, and back. Pure. */
import type {
  ActionPlanTemplate,
  ActionPlanTemplateItem,
  ActionPlanTemplateItemDependency,
} from '../../../../metadata/types.ts'
import { message, type Message } from '../../../base/message.ts'
import type { Row } from '../../read-rows.ts'
import { uniqueNameOf } from '../fill-version.ts'
import type { TemplateItem, TemplateVersion } from '../template-content.ts'

export const templateType = 'ActionPlanTemplate'

/** Element of the type → field of the record. */
export const templateFields = [
  ['name', 'Name'],
  ['description', 'Description'],
  ['targetEntityType', 'TargetEntityType'],
  ['actionPlanType', 'ActionPlanType'],
  ['category', 'Category'],
  ['subcategory', 'Subcategory'],
  ['estimatedCompletionDays', 'EstimatedCompletionDays'],
  ['isAdHocItemCreationEnabled', 'IsAdHocItemCreationEnabled'],
  ['sourceType', 'SourceType'],
  ['fileBasedTemplatePath', 'FileBasedTemplatePath'],
] as const satisfies readonly (readonly [keyof ActionPlanTemplate, string])[]

/** Items by the unique name that they have in all versions, values by the names of their fields. */
export function bodyOf(
  template: Row,
  uniqueName: string,
  version: TemplateVersion | undefined,
): ActionPlanTemplate {
  const own = templateFields.flatMap(([element, field]) => {
    const value = template.get(field) ?? null
    return value === null ? [] : [[element, value] as const]
  })
  const items = (version?.items ?? []).map((item) => ({
    item,
    body: itemBody(item, version?.number ?? 1),
  }))
  const byId = new Map(items.map(({ item, body }) => [item.id, body]))
  const dependencies = items.flatMap(({ item, body }) =>
    item.previous.flatMap((one): readonly ActionPlanTemplateItemDependency[] => {
      const previous = byId.get(one.itemId)
      if (previous === undefined) return []
      return [
        {
          name: one.name,
          creationType: one.whenMade ? 'OnPreviousItemCreated' : 'OnPreviousItemCompleted',
          previousTemplateItem: previous,
          templateItem: body,
        },
      ]
    }),
  )
  const body: object = {
    fullName: uniqueName,
    uniqueName,
    ...Object.fromEntries(own),
    ...(items.length === 0 ? {} : { actionPlanTemplateItem: items.map((one) => one.body) }),
    ...(dependencies.length === 0 ? {} : { actionPlanTemplateItemDependencies: dependencies }),
    ...(version === undefined ? {} : { status: statusOf(version.status) }),
  }
  // Required fields of the records are those of the type.
  return body as ActionPlanTemplate
}

/** A version that is only read is published as well. */
function statusOf(status: string): 'Draft' | 'Final' | 'Obsolete' {
  if (status === 'Draft' || status === 'Obsolete') return status
  return 'Final'
}

function itemBody(item: TemplateItem, number: number): ActionPlanTemplateItem {
  const { name, object, order, required, values } = item
  const body: ActionPlanTemplateItem = {
    uniqueName: uniqueNameOf(number, item.uniqueName),
    name,
    itemEntityType: object,
    isRequired: required,
  }
  if (order !== undefined) body.displayOrder = order
  if (values.length === 0) return body
  body.actionPlanTemplateItemValue = values.map(({ field, literal, formula }) => ({
    name: field,
    itemEntityType: object,
    ...(literal === undefined ? {} : { valueLiteral: literal }),
    ...(formula === undefined ? {} : { valueFormula: formula }),
  }))
  return body
}

/** The items that a body asks for; their ids are their unique names. */
export function itemsOf(body: Readonly<ActionPlanTemplate>): readonly TemplateItem[] {
  const dependencies = body.actionPlanTemplateItemDependencies ?? []
  return (body.actionPlanTemplateItem ?? []).map((item) => ({
    id: item.uniqueName,
    name: item.name ?? item.uniqueName,
    uniqueName: item.uniqueName,
    object: objectOf(item),
    order: item.displayOrder,
    required: item.isRequired ?? false,
    values: (item.actionPlanTemplateItemValue ?? []).map((value) => ({
      field: fieldOf(value.name, objectOf(item)),
      literal: filled(value.valueLiteral),
      formula: filled(value.valueFormula),
    })),
    previous: dependencies
      .filter((one) => one.templateItem.uniqueName === item.uniqueName)
      .map((one) => ({
        name: one.name ?? item.name ?? item.uniqueName,
        itemId: one.previousTemplateItem.uniqueName,
        whenMade: one.creationType === 'OnPreviousItemCreated',
      })),
  }))
}

function objectOf({ itemEntityType }: ActionPlanTemplateItem): string {
  return itemEntityType ?? 'Task'
}

/** Some tools write the field with its object. */
function fieldOf(name: string, object: string): string {
  return name.startsWith(`${object}.`) ? name.slice(object.length + 1) : name
}

function filled(text: string | undefined): string | undefined {
  return text === '' ? undefined : text
}

/** What is wrong in a body whatever the model is. */
export function bodyProblems(body: Readonly<ActionPlanTemplate>): readonly Message[] {
  const problems: Message[] = []
  if (body.uniqueName !== body.fullName) {
    problems.push(
      message(
        'uniqueName is {written}, but the component is called {name}: write the same name twice.',
        {
          written: body.uniqueName,
          name: body.fullName,
        },
      ),
    )
  }
  const items = body.actionPlanTemplateItem ?? []
  const seen = new Set<string>()
  for (const { uniqueName } of items) {
    const name = uniqueName.toLowerCase()
    if (seen.has(name)) {
      problems.push(message('The item {name} is there twice.', { name: uniqueName }))
    }
    seen.add(name)
  }
  const known = new Set(items.map(({ uniqueName }) => uniqueName))
  for (const one of body.actionPlanTemplateItemDependencies ?? []) {
    for (const { uniqueName } of [one.previousTemplateItem, one.templateItem]) {
      if (!known.has(uniqueName)) {
        problems.push(
          message('A dependency names the item {name}, which is not there.', { name: uniqueName }),
        )
      }
    }
  }
  return [...problems, ...items.flatMap(itemProblems)]
}

function itemProblems(item: ActionPlanTemplateItem): readonly Message[] {
  const object = objectOf(item)
  return (item.actionPlanTemplateItemValue ?? []).flatMap((value) => {
    const own = value.itemEntityType
    if (own === undefined || own === object) return []
    return [
      message('Item {name} makes a record of {object}: it has no value for {other}.', {
        name: item.uniqueName,
        object,
        other: own,
      }),
    ]
  })
}

/** Equal for bodies that give the same plans. */
export function contentKey(items: readonly TemplateItem[], storedName: (name: string) => string) {
  const content = items.map((item) => ({
    name: item.name,
    uniqueName: storedName(item.uniqueName),
    object: item.object,
    order: item.order ?? null,
    required: item.required,
    values: item.values
      .map(({ field, literal, formula }) =>
        JSON.stringify([field, literal ?? null, formula ?? null]),
      )
      .sort(),
    previous: item.previous
      .map(({ name, itemId, whenMade }) => JSON.stringify([storedName(itemId), name, whenMade]))
      .sort(),
  }))
  return JSON.stringify(content.sort((a, b) => (a.uniqueName < b.uniqueName ? -1 : 1)))
}
