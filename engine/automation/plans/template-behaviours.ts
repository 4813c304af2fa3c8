/** Templates and their versions: the first version comes with the template, a published one is checked and locked. */
import { message } from '../../base/message.ts'
import type { HookRow } from '../../records/hooks/record-hooks.ts'
import { readRows, textAt } from '../read-rows.ts'
import { versionProblems } from './check-version.ts'
import { createRows } from './fill-plans.ts'
import {
  isChanged,
  outcomes,
  text,
  wrong,
  type Behaviour,
  type ObjectBehaviour,
} from './plan-behaviour.ts'
import type { PlanUnit } from './plan-unit.ts'
import { updateRows } from './refresh-plans.ts'
import { readVersions } from './template-content.ts'

export const templateBehaviour: ObjectBehaviour = {
  beforeInsert: async ({ rows }) =>
    outcomes(rows, (row) =>
      text(row, 'Status') === undefined
        ? { changes: new Map([['Status', 'Draft']]) }
        : row.values.get('Status') === 'Draft'
          ? undefined
          : wrong(message('A new template is a draft: publish its version.'), 'Status'),
    ),
  afterInsert: async ({ unit, rows }) => {
    await createRows(
      unit,
      'ActionPlanTemplateVersion',
      rows.map((row) => versionBody(row.id ?? '', text(row, 'Name') ?? '', 1)),
    )
    return outcomes(rows, () => undefined)
  },
  beforeUpdate: async ({ rows }) =>
    outcomes(rows, (row) =>
      isChanged(row, 'TargetEntityType')
        ? wrong(
            message('For what a template is meant stays as it is: make another template.'),
            'TargetEntityType',
          )
        : undefined,
    ),
}

export function versionBody(
  templateId: string,
  templateName: string,
  version: number,
): ReadonlyMap<string, unknown> {
  const end = `, version ${version}`
  return new Map<string, unknown>([
    ['ActionPlanTemplateId', templateId],
    ['Name', `${templateName.slice(0, 255 - end.length)}${end}`],
    ['Version', version],
    ['Status', 'Draft'],
  ])
}

const locked = message('A published version stays as it is: make a new version and change that.')

export const versionBehaviour: ObjectBehaviour = {
  beforeInsert: async ({ rows }) =>
    outcomes(rows, (row) => {
      const status = text(row, 'Status')
      if (status === undefined) return { changes: new Map([['Status', 'Draft']]) }
      if (status === 'Draft') return undefined
      return wrong(message('A new version is a draft: give it items, then publish it.'), 'Status')
    }),
  beforeUpdate: beforeVersionUpdate,
  afterUpdate: afterVersionUpdate,
}

const free: ReadonlySet<string> = new Set([
  'Status',
  'InactivationDateTime',
  'OwnerId',
  'ItemCount',
  'LastModifiedDate',
  'LastModifiedById',
  'SystemModstamp',
])

async function beforeVersionUpdate({ unit, rows }: Parameters<Behaviour>[0]) {
  const published = rows.filter((row) => isPublishing(row))
  const versions = await readVersions(
    unit,
    published.map(({ id }) => id ?? ''),
  )
  const found = new Map<HookRow, Awaited<ReturnType<typeof versionProblems>>>()
  for (const row of published) {
    const version = versions.get(row.id ?? '')
    if (version !== undefined) found.set(row, await versionProblems(unit, version))
  }
  const moment = new Date(unit.now).toISOString()
  return outcomes(rows, (row) => {
    const before = textAt(row.old ?? row.values, 'Status')
    if (before !== 'Draft') {
      const changed = [...row.values.keys()].find((name) => !free.has(name) && isChanged(row, name))
      if (changed !== undefined) return wrong(locked, changed)
      const ends = before !== 'Obsolete' && text(row, 'Status') === 'Obsolete'
      return ends ? { changes: new Map([['InactivationDateTime', moment]]) } : undefined
    }
    if (isChanged(row, 'ActionPlanTemplateId')) return wrong(locked, 'ActionPlanTemplateId')
    const problems = found.get(row)
    if (problems === undefined) return undefined
    if (problems.length > 0) {
      return { errors: problems.map((told) => ({ message: told, field: 'Status' })) }
    }
    return { changes: new Map([['ActivationDateTime', moment]]) }
  })
}

function isPublishing(row: HookRow): boolean {
  return row.old?.get('Status') === 'Draft' && text(row, 'Status') === 'Final'
}

/** The version before becomes obsolete; the template is what its newest version is. */
async function afterVersionUpdate({ unit, rows }: Parameters<Behaviour>[0]) {
  const moved = rows.filter((row) => isChanged(row, 'Status'))
  if (moved.length === 0) return outcomes(rows, () => undefined)
  const templates = [...new Set(moved.map((row) => text(row, 'ActionPlanTemplateId') ?? ''))]
  const published = new Set(moved.filter(isPublishing).map(({ id }) => id))
  const others = await otherVersions(unit, templates)
  const moment = new Date(unit.now).toISOString()
  const replaced = others.filter(
    (one) =>
      textAt(one, 'Status') === 'Final' &&
      !published.has(textAt(one, 'Id')) &&
      moved.some(
        (row) => isPublishing(row) && sameTemplate(row, textAt(one, 'ActionPlanTemplateId')),
      ),
  )
  await updateRows(
    unit,
    'ActionPlanTemplateVersion',
    replaced.map((one) => ({
      id: textAt(one, 'Id') ?? '',
      body: new Map([
        ['Status', 'Obsolete'],
        ['InactivationDateTime', moment],
      ]),
    })),
  )
  await updateRows(
    unit,
    'ActionPlanTemplate',
    templates.map((id) => ({ id, body: new Map([['Status', statusOf(others, published, id)]]) })),
  )
  return outcomes(rows, () => undefined)
}

function sameTemplate(row: HookRow, id: string | undefined): boolean {
  return text(row, 'ActionPlanTemplateId') === id
}

function otherVersions(unit: PlanUnit, templates: readonly string[]) {
  return readRows(
    unit,
    'SELECT Id, Status, ActionPlanTemplateId FROM ActionPlanTemplateVersion WHERE ActionPlanTemplateId IN :templates',
    { templates },
  )
}

function statusOf(
  versions: Awaited<ReturnType<typeof otherVersions>>,
  published: ReadonlySet<string | undefined>,
  templateId: string,
): string {
  const own = versions.filter((one) => textAt(one, 'ActionPlanTemplateId') === templateId)
  const states = own.map((one) =>
    published.has(textAt(one, 'Id')) ? 'Final' : (textAt(one, 'Status') ?? 'Draft'),
  )
  return ['Final', 'ReadOnly', 'Draft', 'Obsolete'].find((one) => states.includes(one)) ?? 'Draft'
}

/** What belongs to a version goes the way of the version: nothing of a published one can be added, changed or taken. */
export function partBehaviour(pathToVersion: string, object: string): ObjectBehaviour {
  const check: Behaviour = async ({ unit, rows }) => {
    const stored = await readRows(
      unit,
      `SELECT Id, ${pathToVersion}.Status FROM ${object} WHERE Id IN :ids`,
      { ids: rows.map(({ id }) => id) },
    )
    const drafts = new Map(
      stored.map((row) => [textAt(row, 'Id'), textAt(row, `${pathToVersion}.Status`)]),
    )
    return outcomes(rows, ({ id }) => {
      // What goes along with its version is not there any more.
      const status = drafts.get(id) ?? 'Draft'
      return status === 'Draft' ? undefined : wrong(locked)
    })
  }
  return {
    afterInsert: check,
    // An item that is moved out of a published version was part of it before.
    beforeUpdate: check,
    afterUpdate: check,
    beforeDelete: check,
    afterUndelete: check,
  }
}

const dependencyParts = partBehaviour(
  'TemplateItem.ActionPlanTemplateVersion',
  'ActionPlnTmplItmDependency',
)

/** Items wait for items of their own version. */
const withinVersion: Behaviour = async ({ unit, rows }) => {
  const ids = rows.flatMap((row) => [
    text(row, 'TemplateItemId') ?? '',
    text(row, 'PreviousTemplateItemId') ?? '',
  ])
  const items = await readRows(
    unit,
    'SELECT Id, ActionPlanTemplateVersionId FROM ActionPlanTemplateItem WHERE Id IN :ids',
    { ids },
  )
  const versions = new Map(
    items.map((row) => [textAt(row, 'Id'), textAt(row, 'ActionPlanTemplateVersionId')]),
  )
  return outcomes(rows, (row) =>
    versions.get(text(row, 'TemplateItemId')) === versions.get(text(row, 'PreviousTemplateItemId'))
      ? undefined
      : wrong(
          message('An item can wait for items of its own version alone.'),
          'PreviousTemplateItemId',
        ),
  )
}

export const dependencyBehaviour: ObjectBehaviour = {
  ...dependencyParts,
  beforeInsert: withinVersion,
  beforeUpdate: async (call) => {
    const [first, second] = [await dependencyParts.beforeUpdate?.(call), await withinVersion(call)]
    return second.map((one, index) => ({
      ...one,
      errors: [...(first?.[index]?.errors ?? []), ...one.errors],
    }))
  },
}

/** The kind of a value is that of its item. */
export const valueBehaviour: ObjectBehaviour = {
  ...partBehaviour(
    'ActionPlanTemplateItem.ActionPlanTemplateVersion',
    'ActionPlanTemplateItemValue',
  ),
  beforeInsert: async ({ unit, rows }) => {
    const items = await readRows(
      unit,
      'SELECT Id, ItemEntityType FROM ActionPlanTemplateItem WHERE Id IN :ids',
      { ids: rows.map((row) => text(row, 'ActionPlanTemplateItemId') ?? '') },
    )
    const types = new Map(items.map((row) => [textAt(row, 'Id'), textAt(row, 'ItemEntityType')]))
    return outcomes(rows, (row) => {
      const type = types.get(text(row, 'ActionPlanTemplateItemId'))
      if (type === undefined) return undefined
      const name = text(row, 'ItemEntityFieldName') ?? ''
      if (!name.startsWith(`${type}.`)) {
        return wrong(
          message('The item makes a record of {object}: choose a field of it.', { object: type }),
          'ItemEntityFieldName',
        )
      }
      return { changes: new Map([['ItemEntityType', type]]) }
    })
  },
}
