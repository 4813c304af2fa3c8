/** Templates as they stand in the records, each by the version that speaks for it, with the rights of whoever reads. */
import type { ActionPlanTemplate } from '../../../../metadata/types.ts'
import { normaliseId } from '../../../base/record-id.ts'
import { groupedBy, readRows, textAt, type Reading, type Row } from '../../read-rows.ts'
import { readVersions, type TemplateItem, type TemplateVersion } from '../template-content.ts'
import { bodyOf, templateFields } from './template-body.ts'

export interface StoredTemplate {
  readonly id: string
  readonly name: string
  /** The published one, else the newest draft, else the newest; undefined where somebody deleted all. */
  readonly version: TemplateVersion | undefined
  /** Drafts that are newer than that version; the newest first. */
  readonly drafts: readonly TemplateVersion[]
  readonly body: ActionPlanTemplate
}

/** In the order of their names; all, where no names are given. */
export async function readTemplates(
  by: Reading,
  names?: readonly string[],
): Promise<readonly StoredTemplate[]> {
  const fields = templateFields.map(([, field]) => field).join(', ')
  const only = names === undefined ? '' : ' WHERE UniqueName IN :names'
  const rows = await readRows(
    by,
    `SELECT Id, UniqueName, ${fields} FROM ActionPlanTemplate${only} ORDER BY UniqueName, Id`,
    names === undefined ? {} : { names },
  )
  const outlines = groupedBy(
    await readRows(
      by,
      'SELECT Id, Version, Status, ActionPlanTemplateId FROM ActionPlanTemplateVersion WHERE ActionPlanTemplateId IN :ids ORDER BY Version DESC NULLS LAST, Id DESC',
      { ids: rows.map((row) => textAt(row, 'Id') ?? '') },
    ),
    'ActionPlanTemplateId',
  )
  const chosen = rows.map((row) => chooseVersions(outlines.get(textAt(row, 'Id') ?? '') ?? []))
  const versions = await readVersions(
    by,
    chosen.flatMap(({ first, drafts }) => (first === undefined ? drafts : [first, ...drafts])),
  )
  const named = await withOwnersByName(by, versions)
  return rows.map((row, index) => storedTemplate(row, chosen[index], named))
}

interface Chosen {
  readonly first: string | undefined
  readonly drafts: readonly string[]
}

/** Of versions whose newest comes first. */
function chooseVersions(versions: readonly Row[]): Chosen {
  const isIn = (row: Row, ...states: readonly string[]): boolean =>
    states.includes(textAt(row, 'Status') ?? 'Draft')
  const first =
    versions.find((row) => isIn(row, 'Final', 'ReadOnly')) ??
    versions.find((row) => isIn(row, 'Draft')) ??
    versions[0]
  const newer = first === undefined ? [] : versions.slice(0, versions.indexOf(first))
  const ids = (some: readonly Row[]): readonly string[] =>
    some.map((row) => textAt(row, 'Id') ?? '')
  return {
    first: first && textAt(first, 'Id'),
    drafts: ids(newer.filter((row) => isIn(row, 'Draft'))),
  }
}

function storedTemplate(
  row: Row,
  { first, drafts }: Chosen = { first: undefined, drafts: [] },
  versions: ReadonlyMap<string, TemplateVersion>,
): StoredTemplate {
  const version = versions.get(first ?? '')
  return {
    id: textAt(row, 'Id') ?? '',
    name: textAt(row, 'Name') ?? '',
    version,
    drafts: drafts.flatMap((id) => versions.get(id) ?? []),
    body: bodyOf(row, textAt(row, 'UniqueName') ?? '', version),
  }
}

/** Ids of people and queues mean nothing elsewhere: owners are written by their names, which plans understand as well. */
async function withOwnersByName(
  by: Reading,
  versions: ReadonlyMap<string, TemplateVersion>,
): Promise<ReadonlyMap<string, TemplateVersion>> {
  const items = [...versions.values()].flatMap((version) => version.items)
  const names = await ownerNames(by, items)
  if (names.size === 0) return versions
  return new Map(
    [...versions].map(([id, version]) => [
      id,
      { ...version, items: version.items.map((item) => ownedByName(item, names)) },
    ]),
  )
}

export function ownedByName(item: TemplateItem, names: ReadonlyMap<string, string>): TemplateItem {
  const values = item.values.map((value) => {
    const id = ownerIdIn(value)
    const literal = id === undefined ? undefined : names.get(id)
    return literal === undefined ? value : { ...value, literal }
  })
  return { ...item, values }
}

/** By the ids that own what the items make; those that the reader may not see keep their ids. */
export async function ownerNames(
  by: Reading,
  items: readonly TemplateItem[],
): Promise<ReadonlyMap<string, string>> {
  const ids = [
    ...new Set(items.flatMap(({ values }) => values.flatMap((one) => ownerIdIn(one) ?? []))),
  ]
  const people = await readRows(by, 'SELECT Id, Username FROM User WHERE Id IN :ids', {
    ids: ids.filter((id) => id.startsWith('005')),
  })
  const queues = await readRows(
    by,
    "SELECT Id, DeveloperName FROM Group WHERE Type = 'Queue' AND Id IN :ids",
    { ids: ids.filter((id) => id.startsWith('00G')) },
  )
  const all = [
    ...people.map((row) => [row, 'Username'] as const),
    ...queues.map((row) => [row, 'DeveloperName'] as const),
  ]
  return new Map(
    all.flatMap(([row, field]) => {
      const name = textAt(row, field)
      return name === undefined ? [] : [[textAt(row, 'Id') ?? '', name] as const]
    }),
  )
}

function ownerIdIn({ field, literal }: TemplateItem['values'][number]): string | undefined {
  if (literal === undefined || field.toLowerCase() !== 'ownerid') return undefined
  return normaliseId(literal)
}
