/** Turns an object's outline, its physical names and its links into the frozen ObjectModel. */
import type { FieldOptions, Reference } from '../fields/field-type.ts'
import { identifier } from '../sql/sql.ts'
import type {
  ChildRelationship,
  Column,
  FieldModel,
  FieldReference,
  ObjectBinding,
  ObjectModel,
} from './model.ts'
import type { FieldSketch, ObjectOutline } from './object-outline.ts'
import { isSorted, picklistEntries, type ValueSetLookup } from './picklist-entries.ts'
import { childName, parentPath } from './relationship-names.ts'
import { compileRecordTypes } from './record-types.ts'
import { isSystemFieldName, ownerField, recordTypeField } from './system-fields.ts'

/** What an object needs to know of the others. */
export interface ObjectLinks {
  readonly children: readonly ChildRelationship[]
  readonly valueSets: ValueSetLookup
  /** Canonical names of those targets that exist. */
  targets(names: readonly string[]): readonly string[]
}

const customSuffix = /__[a-z]+$/i

export function isCustomName(name: string): boolean {
  return customSuffix.test(name)
}

export function compileObject(
  outline: ObjectOutline,
  binding: ObjectBinding,
  links: ObjectLinks,
): ObjectModel {
  const fields = outline.fields.map((field) => compileField(outline, field, { binding, links }))
  const byCanonicalName = new Map(fields.map((field) => [field.name, field]))
  const nameField = byCanonicalName.get(outline.nameField)
  if (nameField === undefined) throw new Error(`${outline.name} has no name field`)
  const body = outline.declaration.body
  return Object.freeze({
    name: outline.name,
    label: body.label ?? outline.name,
    labelPlural: body.pluralLabel ?? body.label ?? outline.name,
    keyPrefix: binding.keyPrefix,
    custom: isCustomName(outline.name),
    table: identifier(binding.table),
    fieldsByName: aliases(outline, byCanonicalName),
    fields: Object.freeze(fields),
    nameField,
    parents: parentsOf(fields),
    children: links.children,
    ownerField: byCanonicalName.get(ownerField),
    masterFields: Object.freeze(fields.filter((field) => field.reference?.kind === 'MasterDetail')),
    recordTypeField: byCanonicalName.get(recordTypeField),
    recordTypes: compileRecordTypes(outline, binding),
    declaration: body,
  })
}

function aliases(
  outline: ObjectOutline,
  fields: ReadonlyMap<string, FieldModel>,
): ReadonlyMap<string, FieldModel> {
  const byName = new Map<string, FieldModel>()
  for (const [name, sketch] of outline.byName) {
    const field = fields.get(sketch.name)
    if (field !== undefined) byName.set(name, field)
  }
  return byName
}

function parentsOf(fields: readonly FieldModel[]): ReadonlyMap<string, FieldModel> {
  const parents = new Map<string, FieldModel>()
  for (const field of fields) {
    if (field.reference !== undefined) {
      parents.set(field.reference.relationshipName.toLowerCase(), field)
    }
  }
  return parents
}

interface FieldContext {
  readonly binding: ObjectBinding
  readonly links: ObjectLinks
}

function compileField(
  outline: ObjectOutline,
  sketch: FieldSketch,
  context: FieldContext,
): FieldModel {
  const options = completeOptions(sketch, context.links)
  const { type } = sketch
  const isComputed = type.generate !== undefined || type.calculated === true
  const settable = sketch.settable && !isComputed && sketch.components.length === 0
  const reference = compileReference(sketch, options, context.links)
  return Object.freeze({
    object: outline.name,
    name: sketch.name,
    label: options.label ?? sketch.name,
    type,
    options,
    columns: compileColumns(outline.name, sketch, context.binding),
    formula: sketch.formula,
    custom: isCustomName(sketch.name),
    system: sketch.origin === 'system',
    required: isAlwaysFilled(sketch) || options.required === true || isMaster(reference),
    unique: options.unique === true,
    externalId: options.externalId === true,
    createable: settable,
    updateable: settable && (!isMaster(reference) || options.reparentableMasterDetail === true),
    isName: sketch.origin === 'name',
    reference,
    values: options.values ?? [],
    controllingField: options.valueSet?.controllingField,
    compound: sketch.compound,
    components: sketch.components,
    previousNames: sketch.previousNames,
  })
}

/** A record may be of no record type; the engine's other fields are never empty. */
function isAlwaysFilled(sketch: FieldSketch): boolean {
  return sketch.origin === 'system' && sketch.name !== recordTypeField
}

function isMaster(reference: FieldReference | undefined): boolean {
  return reference?.kind === 'MasterDetail'
}

function completeOptions(sketch: FieldSketch, links: ObjectLinks): FieldOptions {
  const values = sketch.options.values ?? picklistEntries(sketch.options, links.valueSets)
  if (values === undefined) return sketch.options
  const sorted = isSorted(sketch.options, links.valueSets) ? { valuesSorted: true } : {}
  return Object.freeze({ ...sketch.options, values, ...sorted })
}

function compileReference(
  sketch: FieldSketch,
  options: FieldOptions,
  links: ObjectLinks,
): FieldReference | undefined {
  const reference: Reference | undefined = sketch.type.reference?.(options)
  if (reference === undefined) return undefined
  const targets = links.targets(reference.targets)
  // Only a system lookup to User can be without its target: models without users are of use in tests and imports.
  if (targets.length === 0) return undefined
  return {
    ...reference,
    targets,
    relationshipName: parentPath(options),
    childRelationshipName: childName(options),
  }
}

function compileColumns(
  object: string,
  sketch: FieldSketch,
  binding: ObjectBinding,
): ReadonlyMap<string, Column> {
  const columns = new Map<string, Column>()
  for (const [part, kind] of Object.entries(sketch.type.columns(sketch.options))) {
    const base = isSystemFieldName(sketch.name) ? sketch.name : binding.columns[sketch.name]
    if (base === undefined) throw new Error(`no column is bound to ${object}.${sketch.name}`)
    columns.set(part, { part, kind, name: identifier(columnName(base, part)) })
  }
  return columns
}

/** The physical name of one of a field's columns. */
export function columnName(base: string, part: string): string {
  return part === '' ? base : `${base}__${part}`
}
