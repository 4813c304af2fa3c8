/** Describes of objects that are made of the model. */
import { virtualObject, virtualObjects } from './virtual-objects.ts'
import type { Gate } from '../resolve.ts'
import type { ColumnType, VirtualObject } from './virtual-object.ts'

/** `root` is what addresses begin with, such as `/services/data/v60.0/tooling`. */
export function describeVirtualGlobal(gate: Gate, root: string): object {
  const sobjects = virtualObjects(gate).map((object) => summary(object, root))
  return { encoding: 'UTF-8', maxBatchSize: 200, sobjects }
}

/** Undefined where there is none of this name, as for callers who may not know of it. */
export function describeVirtual(gate: Gate, name: string, root: string): object | undefined {
  const object = virtualObject(gate, name)
  if (object === undefined) return undefined
  return {
    ...summary(object, root),
    childRelationships: [],
    fields: [...object.columns].map(([column, type]) => describeColumn(column, type)),
    recordTypeInfos: [],
  }
}

function summary({ name, label, keyPrefix }: VirtualObject, root: string) {
  const sobject = `${root}/sobjects/${name}`
  return {
    activateable: false,
    createable: false,
    custom: false,
    customSetting: false,
    deletable: false,
    deprecatedAndHidden: false,
    feedEnabled: false,
    keyPrefix,
    label,
    labelPlural: `${label}s`,
    layoutable: false,
    mergeable: false,
    mruEnabled: false,
    name,
    queryable: true,
    replicateable: false,
    retrieveable: false,
    searchable: false,
    triggerable: false,
    undeletable: false,
    updateable: false,
    urls: { sobject, describe: `${sobject}/describe`, rowTemplate: `${sobject}/{ID}` },
  }
}

const soapTypes: Readonly<Record<ColumnType, string>> = {
  id: 'tns:ID',
  string: 'xsd:string',
  boolean: 'xsd:boolean',
  int: 'xsd:int',
  reference: 'tns:ID',
  complexvalue: 'urn:ComplexValue',
}

function describeColumn(name: string, type: ColumnType) {
  const plain = type !== 'complexvalue'
  return {
    name,
    label: name.replace(/(?<=[a-z])(?=[A-Z])/g, ' '),
    type,
    soapType: soapTypes[type],
    length: type === 'string' ? 255 : type === 'id' || type === 'reference' ? 18 : 0,
    byteLength: type === 'string' ? 765 : 0,
    calculated: false,
    createable: false,
    custom: false,
    defaultedOnCreate: false,
    filterable: plain,
    groupable: false,
    idLookup: type === 'id',
    nameField: false,
    nillable: type !== 'id',
    permissionable: false,
    picklistValues: [],
    referenceTo: type === 'reference' ? ['EntityDefinition'] : [],
    relationshipName: type === 'reference' ? 'EntityDefinition' : null,
    sortable: plain,
    unique: false,
    updateable: false,
  }
}
