/** Describe answers, in the words of the public REST API: what the caller may see, and nothing of the rest. */
import type { Access } from '../access/access.ts'
import type { ApiValue, PicklistEntry } from '../fields/field-type.ts'
import { inBaseLanguage } from '../language/in-language.ts'
import { say } from '../language/say.ts'
import type { FieldModel, Model, ObjectModel } from '../model/model.ts'
import { describeComparing, describeComputed, isMarkup } from './describe-computed.ts'
import { describeInput, describeOwn } from './describe-input.ts'
import { describeFieldSets } from './describe-field-sets.ts'
import { describeRecordTypes } from './describe-record-types.ts'
import { ownScopes } from './plan-scope.ts'
import { isComputedDefault, literalDefault } from './literal-default.ts'
import { maySee, visibleFields, type Gate } from './resolve.ts'

export interface ObjectSummary {
  readonly name: string
  readonly label: string
  readonly labelPlural: string
  readonly keyPrefix: string
  readonly [attribute: string]: unknown
}

/** The attributes that the list of objects and an object's own describe share. */
export function describeSummary(
  access: Access,
  object: ObjectModel,
  version: string,
): ObjectSummary {
  const may = (right: 'create' | 'edit' | 'delete'): boolean => access.mayObject(object.name, right)
  const base = `/services/data/v${version}/sobjects/${object.name}`
  return {
    activateable: false,
    associateEntityType: null,
    associateParentEntity: null,
    createable: may('create'),
    custom: object.custom,
    customSetting: object.declaration.customSettingsType !== undefined,
    deepCloneable: false,
    deletable: may('delete'),
    deprecatedAndHidden: false,
    feedEnabled: false,
    hasSubtypes: false,
    isInterface: false,
    isSubtype: false,
    keyPrefix: object.keyPrefix,
    label: object.label,
    labelPlural: object.labelPlural,
    layoutable: true,
    mergeable: false,
    mruEnabled: true,
    name: object.name,
    queryable: true,
    replicateable: true,
    retrieveable: true,
    searchLayoutable: true,
    searchable: false,
    triggerable: false,
    undeletable: may('delete'),
    updateable: may('edit'),
    urls: {
      sobject: base,
      describe: `${base}/describe`,
      layouts: `${base}/describe/layouts`,
      compactLayouts: `${base}/describe/compactLayouts`,
      rowTemplate: `${base}/{ID}`,
    },
  }
}

export function describeGlobal(gate: Gate, version: string): unknown {
  const sobjects = [...gate.model.objectNames, ...gate.model.ledgerNames]
    .sort()
    .filter((name) => gate.access.mayObject(name, 'read'))
    .map((name) => gate.model.object(name))
    .filter((object) => object !== undefined)
    .map((object) => describeSummary(gate.access, object, version))
  return { encoding: 'UTF-8', maxBatchSize: 200, sobjects }
}

/** The full describe of one object. */
export function describeObject(gate: Gate, object: ObjectModel, version: string): unknown {
  const { access, model } = gate
  return {
    actionOverrides: [],
    ...describeSummary(access, object, version),
    childRelationships: describeChildren(gate, object),
    compactLayoutable: true,
    defaultImplementation: null,
    extendedBy: null,
    extendsInterfaces: null,
    fields: visibleFields(gate, object).map((field) => describeField(gate, object, field)),
    implementedBy: null,
    implementsInterfaces: null,
    listviewable: null,
    lookupLayoutable: null,
    namedLayoutInfos: [],
    networkScopeFieldName: null,
    recordTypeInfos: describeRecordTypes(gate, object, version),
    sobjectDescribeOption: 'FULL',
    supportedScopes: describeScopes(gate, object),
    fieldstone: { modelVersion: model.version, fieldSets: describeFieldSets(gate, object) },
  }
}

function describeScopes(gate: Gate, object: ObjectModel): readonly unknown[] {
  const all = { label: labelOfAll(gate, object), name: 'everything' }
  return [
    all,
    ...ownScopes(gate, object).map((name) => ({ label: labelOfScope(gate, object, name), name })),
  ]
}

const scopeLabels: ReadonlyMap<string, string> = new Map([
  ['mine', 'My {objects}'],
  ['mine_and_my_groups', 'My {objects} and those of my queues'],
  ['my_queues', '{objects} of my queues'],
  ['delegated', '{objects} that I delegated'],
  ['team', '{objects} of my teams'],
])

/** "My Cases", in the model's language. */
export function labelOfScope(gate: Gate, object: ObjectModel, scope: string): string {
  return say(gate.model, scopeLabels.get(scope) ?? scope, { objects: object.labelPlural })
}

/** "All Accounts", in the model's language. */
export function labelOfAll(gate: Gate, object: ObjectModel): string {
  return say(gate.model, 'All {objects}', { objects: object.labelPlural })
}

function describeChildren(gate: Gate, object: ObjectModel): readonly unknown[] {
  return object.children
    .filter((child) => gate.access.mayField(child.childObject, child.field, 'read'))
    .map((child) => ({
      cascadeDelete: child.onDelete === 'Cascade',
      childSObject: child.childObject,
      deprecatedAndHidden: false,
      field: child.field,
      junctionIdListNames: [],
      junctionReferenceTo: [],
      relationshipName: child.relationshipName ?? null,
      restrictedDelete: child.onDelete === 'Restrict',
    }))
}

/** Attributes of the platform that no field of ours has. */
const sameForAllFields = {
  aiPredictionField: false,
  deprecatedAndHidden: false,
  highScaleNumber: false,
  mask: null,
  queryByDistance: false,
  referenceTargetField: null,
  writeRequiresMasterRead: false,
}

function describeOrigin(field: FieldModel): Readonly<Record<string, unknown>> {
  const calculated = field.formula !== undefined || field.type.calculated === true
  return { ...sameForAllFields, calculated }
}

function describeField(gate: Gate, object: ObjectModel, field: FieldModel): unknown {
  const hint = field.type.describe(field.options)
  const mayEdit = gate.access.mayField(object.name, field.name, 'edit')
  const fallback = literalDefault(field)
  const isGiven = fallback !== undefined || isComputedDefault(field)
  const isFilled = isGiven || field.system || field.type.generate !== undefined
  const controlling = visibleController(gate, object, field)
  return {
    ...describeOrigin(field),
    ...describeInput(gate, object, field),
    ...describeComputed(gate, field),
    ...describeComparing(gate, field),
    autoNumber: field.type.generate !== undefined,
    byteLength: (hint.length ?? 0) * 3,
    cascadeDelete: field.reference?.onDelete === 'Cascade',
    caseSensitive: field.options.caseSensitive === true,
    compoundFieldName: field.compound ?? null,
    controllerName: controlling?.name ?? null,
    createable: field.createable && mayEdit,
    custom: field.custom,
    defaultValue: fallback ?? (hint.type === 'boolean' ? false : null),
    defaultedOnCreate: isFilled || hint.type === 'boolean',
    dependentPicklist: controlling !== undefined,
    digits: hint.digits ?? 0,
    displayLocationInDecimal: field.options.displayLocationInDecimal === true,
    encrypted: hint.type === 'encryptedstring',
    externalId: field.externalId,
    extraTypeInfo: hint.extraTypeInfo ?? null,
    htmlFormatted: hint.htmlFormatted === true || isMarkup(gate, field),
    idLookup: field.externalId || field.name === 'Id' || (field.isName && field.unique),
    inlineHelpText: field.options.inlineHelpText ?? null,
    label: field.label,
    length: hint.length ?? 0,
    maskType: field.options.maskType ?? null,
    name: field.name,
    nameField: field.isName,
    namePointing: (field.reference?.targets.length ?? 0) > 1,
    nillable: !field.required && hint.type !== 'boolean' && !field.isName,
    permissionable: !field.system && !field.required && !field.isName,
    picklistValues: describeValues(field, controlling),
    polymorphicForeignKey: (field.reference?.targets.length ?? 0) > 1,
    precision: hint.precision ?? 0,
    referenceTo: visibleTargets(gate, field),
    relationshipName: field.reference?.relationshipName ?? null,
    relationshipOrder: relationshipOrder(object, field),
    restrictedDelete: field.reference?.onDelete === 'Restrict',
    restrictedPicklist: field.options.valueSet?.restricted === true,
    scale: hint.scale ?? 0,
    searchPrefilterable: field.reference !== undefined,
    soapType: hint.soapType,
    type: hint.type,
    unique: field.unique,
    updateable: field.updateable && mayEdit,
    fieldstone: describeOwn(field, hint.editor),
  }
}

function visibleTargets(gate: Gate, field: FieldModel): readonly string[] {
  return (field.reference?.targets ?? []).filter((target) => gate.access.mayObject(target, 'read'))
}

function relationshipOrder(object: ObjectModel, field: FieldModel): number | null {
  const position = object.masterFields.indexOf(field)
  return position === -1 ? null : position
}

/** The field that decides over the values of this one, unless the caller may not know of it. */
function visibleController(
  gate: Gate,
  object: ObjectModel,
  field: FieldModel,
): FieldModel | undefined {
  const controlling = object.fieldsByName.get(field.controllingField?.toLowerCase() ?? '')
  return controlling !== undefined && maySee(gate, controlling) ? controlling : undefined
}

function describeValues(
  field: FieldModel,
  controlling: FieldModel | undefined,
): readonly unknown[] {
  return field.values.map((entry) => ({
    active: entry.active,
    defaultValue: entry.isDefault,
    label: entry.label,
    validFor: controlling === undefined ? null : validForBits(entry, controlling),
    value: entry.value,
  }))
}

/** Base64 of a bit per controlling value, the first in the highest bit of the first byte. */
function validForBits(entry: PicklistEntry, controlling: FieldModel): string {
  const names: readonly ApiValue[] =
    controlling.values.length > 0
      ? controlling.values.map((value) => value.value)
      : ['unchecked', 'checked']
  const bytes = new Uint8Array(Math.ceil(names.length / 8))
  names.forEach((name, index) => {
    if (entry.validFor !== undefined && !entry.validFor.includes(String(name))) return
    const byte = index >> 3
    bytes[byte] = (bytes[byte] ?? 0) | (0x80 >> (index & 7))
  })
  return btoa(String.fromCharCode(...bytes))
}

/** One text per object, language, caller's rights and version: describes are asked often and change with the model alone. */
export function createDescribeCache(): (
  gate: Gate,
  object: ObjectModel,
  version: string,
) => string {
  let model: Model | undefined
  const texts = new Map<string, string>()
  return (gate, object, version) => {
    const base = inBaseLanguage(gate.model)
    if (base !== model) {
      texts.clear()
      model = base
    }
    const key = `${gate.model.language} ${gate.access.signature} ${object.name} ${version}`
    const known = texts.get(key)
    if (known !== undefined) return known
    const text = JSON.stringify(describeObject(gate, object, version))
    if (texts.size >= describeTextsMax) texts.clear()
    texts.set(key, text)
    return text
  }
}

const describeTextsMax = 500
