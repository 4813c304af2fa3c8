/** The catalogue's own records of a process: its definition and attributes, made when first something refers to them. */
import { fullAccess } from '../../access/full-access.ts'
import { Refusal } from '../../base/refusal.ts'
import { rowsOf, textAt } from '../../records/answer-rows.ts'
import type { Model } from '../../model/model.ts'
import type { Caller, RecordBody, Records } from '../../records/records.ts'
import type { Storage } from '../../storage/storage.ts'
import type { ReadyProcess } from './ready-process.ts'

export interface DefinitionRows {
  /** Undefined where the model has no catalogue. */
  readonly definitionId: string | undefined
  /** By developer name. */
  readonly attributeIds: ReadonlyMap<string, string>
}

export interface DefinitionParts {
  readonly storage: Storage
  readonly records: Records
}

/** What is kept about a process on the engine's own account, in the name of whoever submits it. */
export function engineAs(model: Model, caller: Caller): Caller {
  return { ...caller, access: fullAccess(model) }
}

const nothing: DefinitionRows = { definitionId: undefined, attributeIds: new Map() }
const known = new WeakMap<object, DefinitionRows>()

/** The rows as the process is now; asked again only after it changed. */
export async function definitionRows(
  parts: DefinitionParts,
  caller: Caller,
  { model, process }: { readonly model: Model; readonly process: ReadyProcess },
): Promise<DefinitionRows> {
  const has = (object: string): boolean => model.object(object) !== undefined
  if (!has('SvcCatalogItemDef') || !has('SvcCatalogItemAttribute')) return nothing
  const ready = known.get(process.body)
  if (ready !== undefined) return ready
  // One maker at a time, whichever node asks: the names of definitions are there once.
  const made = await parts.storage.exclusive('service-process-definitions', () =>
    bringUpToDate(parts.records, engineAs(model, caller), process),
  )
  known.set(process.body, made)
  return made
}

async function bringUpToDate(
  records: Records,
  engine: Caller,
  { body, name, fields }: ReadyProcess,
): Promise<DefinitionRows> {
  const [present] = rowsOf(
    await records.query(engine, 'SELECT Id FROM SvcCatalogItemDef WHERE DeveloperName = :name', {
      variables: new Map([['name', name]]),
    }),
  )
  const definition = definitionBody(body)
  const id = present && textAt(present, 'Id')
  const definitionId = id ?? (await records.create(engine, 'SvcCatalogItemDef', definition)).id
  if (id !== undefined) await records.update(engine, 'SvcCatalogItemDef', id, definition)
  const soql =
    'SELECT Id, DeveloperName FROM SvcCatalogItemAttribute WHERE SvcCatalogItemDefId = :id LIMIT 2000'
  const variables = new Map([['id', definitionId]])
  const attributeIds = new Map<string, string>()
  for (const row of rowsOf(await records.query(engine, soql, { variables }))) {
    attributeIds.set(textAt(row, 'DeveloperName') ?? '', textAt(row, 'Id') ?? '')
  }
  const missing = [...fields.values()].filter((field) => !attributeIds.has(field.name))
  for (const group of blocks(missing)) {
    const bodies = group.map((field) => attributeBody(definitionId, field.attribute))
    const results = await records.createMany(engine, 'SvcCatalogItemAttribute', bodies, {
      allOrNone: true,
    })
    results.forEach((result, at) => {
      const field = group[at]
      if (result instanceof Refusal) throw result
      if (field !== undefined) attributeIds.set(field.name, result.id)
    })
  }
  return { definitionId, attributeIds }
}

const blockRows = 200
const labelCharsMax = 80
const descriptionCharsMax = 255

function blocks<One>(all: readonly One[]): readonly (readonly One[])[] {
  const count = Math.ceil(all.length / blockRows)
  return Array.from({ length: count }, (_, at) => all.slice(at * blockRows, (at + 1) * blockRows))
}

function definitionBody(body: ReadyProcess['body']): RecordBody {
  const { fullName, processLabel, description, shortDescription, status, usageType } = body
  return new Map<string, unknown>([
    ['DeveloperName', fullName],
    ['MasterLabel', processLabel.slice(0, labelCharsMax)],
    ['Description', description ?? null],
    ['ShortDescription', shortDescription?.slice(0, descriptionCharsMax) ?? null],
    ['Status', status ?? 'Draft'],
    ['UsageType', usageType],
  ])
}

function attributeBody(
  definitionId: string,
  attribute: NonNullable<ReadyProcess['body']['serviceProcessAttributes']>[number],
): RecordBody {
  const { developerName, label, dataType, isRequired, sortOrder, attributeType } = attribute
  return new Map<string, unknown>([
    ['SvcCatalogItemDefId', definitionId],
    ['DeveloperName', developerName],
    ['Label', label.slice(0, labelCharsMax)],
    ['DataType', dataType ?? 'Text'],
    ['AttributeType', attributeType ?? 'Extended'],
    ['IsRequired', isRequired === true],
    ['SortOrder', sortOrder ?? null],
    ['Description', attribute.description?.slice(0, descriptionCharsMax) ?? null],
  ])
}
