/** What can be said of one object without looking at others: its fields with their types, in describe order. */
import { message, type Message } from '../base/message.ts'
import type { CustomField, CustomObject } from '../../metadata/types.ts'
import type { FieldOptions, FieldType } from '../fields/field-type.ts'
import { formulaOptions, formulaResult, formulaType } from '../fields/formula-types.ts'
import { fieldType } from '../fields/index.ts'
import type { Declaration } from './declaration.ts'
import { settingFields, settingName } from './custom-settings.ts'
import { idFieldType } from './id-field-type.ts'
import {
  isCustomMetadataType,
  metadataTypeFields,
  metadataTypeName,
} from './metadata-type-fields.ts'
import type { ChildRelationship, FieldFormula } from './model.ts'
import { childName, parentPath } from './relationship-names.ts'
import {
  auditFields,
  isSystemFieldName,
  leadingSystemFields,
  ownerSystemField,
  queueOwnerSystemField,
  recordTypeSystemField,
  type SystemField,
} from './system-fields.ts'

export type FieldOrigin = 'system' | 'name' | 'declared' | 'part'

/** A field before it is linked to other objects. */
export interface FieldSketch {
  readonly name: string
  readonly type: FieldType
  readonly options: FieldOptions
  readonly origin: FieldOrigin
  /** System fields alone: whether callers may set it (OwnerId). */
  readonly settable: boolean
  readonly formula: FieldFormula | undefined
  readonly compound: string | undefined
  readonly components: readonly string[]
  readonly previousNames: readonly string[]
}

/** A declared field that the engine keeps but cannot act on yet, and why. */
export interface KeptField {
  readonly name: string
  readonly reason: Message
}

/** A field that points at other objects. */
export interface OutlineReference {
  readonly field: FieldSketch
  readonly targets: readonly string[]
  /** The parent path in queries. */
  readonly path: string
  /** How the targets list these children; undefined for the engine's own fields, which nobody lists. */
  readonly relation: ChildRelationship | undefined
}

export interface ObjectOutline {
  readonly name: string
  readonly declaration: Declaration<'CustomObject'>
  /** No name field is declared: a file that only adds to an object whose base is elsewhere. */
  readonly partial: boolean
  readonly isDetail: boolean
  readonly nameField: string
  readonly fields: readonly FieldSketch[]
  /** Those whose values are computed, by formula or as roll-ups. */
  readonly computed: readonly FieldSketch[]
  readonly references: readonly OutlineReference[]
  /** By lower-case name; previous names answer where no field has the name now. */
  readonly byName: ReadonlyMap<string, FieldSketch>
  /** The object or one of its fields was once called otherwise. */
  readonly hasFormerNames: boolean
  /** By lower-case name. */
  readonly kept: ReadonlyMap<string, KeptField>
}

const nameCharsMax = 80

/** Outlines depend on nothing but the body, so an unchanged body keeps its outline from model to model. */
const outlines = new WeakMap<Readonly<CustomObject>, ObjectOutline>()

export function outlineOf(
  declaration: Declaration<'CustomObject'>,
  onOutline?: (object: string) => void,
): ObjectOutline {
  const known = outlines.get(declaration.body)
  if (known !== undefined) return known
  onOutline?.(declaration.fullName)
  const outline = makeOutline(declaration)
  outlines.set(declaration.body, outline)
  return outline
}

function makeOutline(declaration: Declaration<'CustomObject'>): ObjectOutline {
  const body = declaration.body
  const kept = new Map<string, KeptField>()
  const isMetadata = isCustomMetadataType(declaration.fullName)
  const { customSettingsType: settings } = body
  const ofSettings = settings === undefined ? [] : settingFields(settings)
  const implicit = isMetadata ? metadataTypeFields : ofSettings
  const declared: FieldSketch[] = implicit.flatMap((field) => sketchWithParts(field, 'declared'))
  for (const field of body.fields ?? []) {
    const reason = reasonToKeep(field)
    if (reason === undefined) declared.push(...declaredSketches(field))
    else kept.set(field.fullName.toLowerCase(), { name: field.fullName, reason })
  }
  const isDetail = declared.some((field) => kindOf(field) === 'MasterDetail')
  const ownName = settings === undefined ? nameFieldOf(body) : settingName(settings)
  const nameDeclaration = isMetadata ? metadataTypeName : ownName
  const names = sketchWithParts(nameDeclaration, 'name')
  const hasOwner = !isDetail && settings === undefined
  const owner = mayBelongToQueues(declaration) ? queueOwnerSystemField : ownerSystemField
  const hasRecordTypes = (body.recordTypes ?? []).length > 0
  const after = systemAfter({ owner: hasOwner ? owner : undefined, hasRecordTypes })
  const fields = [...systemBefore(), ...names, ...after, ...declared]
  const byName = indexFields(fields)
  return {
    name: declaration.fullName,
    declaration,
    partial: body.nameField === undefined && !isMetadata && settings === undefined,
    isDetail,
    nameField: nameDeclaration.fullName,
    fields,
    computed: fields.filter(isComputed),
    references: fields.flatMap((field) => referenceOf(declaration.fullName, field)),
    byName,
    hasFormerNames: byName.size > fields.length || (body.previousNames ?? []).length > 0,
    kept,
  }
}

/** Custom objects always, as on the platform; others where they say so. */
function mayBelongToQueues({ fullName, body }: Declaration<'CustomObject'>): boolean {
  return body.enableQueues ?? /__c$/i.test(fullName)
}

export function isComputed({ formula, options }: FieldSketch): boolean {
  return formula !== undefined || options.summaryOperation !== undefined
}

function kindOf(field: FieldSketch): string | undefined {
  return field.type.reference?.(field.options)?.kind
}

function referenceOf(object: string, field: FieldSketch): OutlineReference[] {
  const reference = field.type.reference?.(field.options)
  if (reference === undefined) return []
  const relation: ChildRelationship = {
    childObject: object,
    field: field.name,
    relationshipName: childName(field.options),
    onDelete: reference.onDelete,
    kind: reference.kind,
  }
  return [
    {
      field,
      targets: reference.targets,
      path: parentPath(field.options),
      relation: field.origin === 'system' ? undefined : Object.freeze(relation),
    },
  ]
}

/** Why a declared field gets no column now; undefined when it is an ordinary stored field. */
function reasonToKeep(field: CustomField): Message | undefined {
  if (isSystemFieldName(field.fullName)) {
    return message('is kept by the engine on every object')
  }
  if (field.type === undefined) {
    return message('has no type; it adds to a field whose base is not here')
  }
  if (fieldType(field.type) === undefined)
    return message('has the type {type}, which is not acted on yet', { type: field.type })
  if (field.formula !== undefined && formulaType(field.type) === undefined)
    return message('has the type {type}, which no formula can give', { type: field.type })
  return undefined
}

function nameFieldOf(body: Readonly<CustomObject>): CustomField {
  const declared = body.nameField
  const type = declared?.type ?? 'Text'
  const isText = type === 'Text'
  return {
    ...(isText ? { length: nameCharsMax } : {}),
    ...declared,
    fullName: declared?.fullName ?? 'Name',
    label: declared?.label ?? 'Name',
    type,
    ...(isText ? { required: declared?.required ?? true } : {}),
  }
}

function declaredSketches(declaration: CustomField): FieldSketch[] {
  const type = formulaType(declaration.type ?? '')
  const { formula: text } = declaration
  if (text === undefined || type === undefined) return sketchWithParts(declaration, 'declared')
  const blanks = declaration.formulaTreatBlanksAs === 'BlankAsZero' ? 'zero' : 'blank'
  const formula: FieldFormula = { text, blanks, result: formulaResult(declaration) }
  const options = formulaOptions(declaration)
  return [sketch(type, options, { origin: 'declared', settable: false, formula })]
}

function sketchWithParts(declaration: CustomField, origin: 'name' | 'declared'): FieldSketch[] {
  const type = fieldType(declaration.type ?? '')
  if (type === undefined) throw new Error(`no field type ${declaration.type ?? ''}`)
  const parts = type.components?.(declaration) ?? []
  const whole = sketch(type, declaration, {
    origin,
    components: parts.map((part) => part.fullName),
  })
  return [whole, ...parts.map((part) => partSketch(part, declaration.fullName))]
}

function partSketch(options: FieldOptions, compound: string): FieldSketch {
  const type = fieldType(options.type ?? '')
  if (type === undefined) throw new Error(`no field type ${options.type ?? ''}`)
  return sketch(type, options, { origin: 'part', compound })
}

function sketch(
  type: FieldType,
  options: FieldOptions,
  more: Pick<FieldSketch, 'origin'> & Partial<FieldSketch>,
): FieldSketch {
  return {
    name: options.fullName,
    type,
    options,
    settable: true,
    formula: undefined,
    compound: undefined,
    components: [],
    previousNames: options.previousNames ?? [],
    ...more,
  }
}

/** System fields are alike on every object; one sketch of each serves them all. */
const systemSketches = new WeakMap<CustomField, FieldSketch>()

function systemSketch(declaration: CustomField, settable: boolean): FieldSketch {
  const known = systemSketches.get(declaration)
  if (known !== undefined) return known
  const type = fieldType(declaration.type ?? '') ?? idFieldType
  const made = sketch(type, declaration, { origin: 'system', settable })
  systemSketches.set(declaration, made)
  return made
}

function systemBefore(): FieldSketch[] {
  return leadingSystemFields.map((field) => systemSketch(field.declaration, false))
}

function systemAfter(has: {
  readonly owner: SystemField | undefined
  readonly hasRecordTypes: boolean
}): FieldSketch[] {
  const fields = auditFields.map((field) => systemSketch(field.declaration, false))
  if (has.owner !== undefined) fields.push(systemSketch(has.owner.declaration, true))
  if (has.hasRecordTypes) fields.push(systemSketch(recordTypeSystemField.declaration, true))
  return fields
}

export function indexFields(fields: readonly FieldSketch[]): ReadonlyMap<string, FieldSketch> {
  const byName = new Map<string, FieldSketch>()
  for (const field of fields) {
    // The first of two equal names stands; the clash itself is found by the name checks.
    if (!byName.has(field.name.toLowerCase())) byName.set(field.name.toLowerCase(), field)
  }
  for (const field of fields) {
    for (const previous of field.previousNames) {
      if (!byName.has(previous.toLowerCase())) byName.set(previous.toLowerCase(), field)
    }
  }
  return byName
}
