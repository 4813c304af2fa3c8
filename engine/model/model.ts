/** The frozen Model: what all requests are planned against. */
import type { CustomObject, Layout, MetadataTypes } from '../../metadata/types.ts'
import type { FieldOptions, FieldType, PicklistEntry, Reference } from '../fields/field-type.ts'
import type { FormulaResult } from '../formula/result.ts'
import type { BlankHandling } from '../formula/types.ts'
import type { ColumnKind } from '../sql/column-kind.ts'
import type { Identifier } from '../sql/sql.ts'
import type { Declaration, MetadataTypeName, SourceProblem } from './declaration.ts'

/** Where a field's values lie. Chosen once, never reused. */
export interface Column {
  /** The part's name in the field type's set; '' is the main one. */
  readonly part: string
  readonly kind: ColumnKind
  readonly name: Identifier
}

export interface FieldModel {
  readonly object: string
  readonly name: string
  readonly label: string
  readonly type: FieldType
  readonly options: FieldOptions
  readonly columns: ReadonlyMap<string, Column>
  /** Present for a field that is computed by a formula; `analysedFormula` makes it ready. */
  readonly formula: FieldFormula | undefined
  readonly custom: boolean
  /** Kept by the engine (Id, audit fields, OwnerId …), not declared in the file. */
  readonly system: boolean
  readonly required: boolean
  readonly unique: boolean
  readonly externalId: boolean
  readonly createable: boolean
  readonly updateable: boolean
  readonly isName: boolean
  readonly reference: FieldReference | undefined
  readonly values: readonly PicklistEntry[]
  /** The field that decides which values may be chosen. */
  readonly controllingField: string | undefined
  /** The compound that this field is a part of. */
  readonly compound: string | undefined
  /** Names of the parts, when this is a compound. */
  readonly components: readonly string[]
  readonly previousNames: readonly string[]
}

/** A formula as the field declares it. */
export interface FieldFormula {
  readonly text: string
  readonly blanks: BlankHandling
  readonly result: FormulaResult
}

export interface FieldReference extends Reference {
  /** The parent path in queries: "Account", "Parent__r". */
  readonly relationshipName: string
  readonly childRelationshipName: string | undefined
}

/** A child list as seen from the parent. */
export interface ChildRelationship {
  readonly childObject: string
  readonly field: string
  readonly relationshipName: string | undefined
  /** `Keep`: what the engine wrote about a record stays when the record goes. */
  readonly onDelete: Reference['onDelete'] | 'Keep'
  readonly kind: Reference['kind']
}

export interface ObjectModel {
  readonly name: string
  readonly label: string
  readonly labelPlural: string
  readonly keyPrefix: string
  readonly custom: boolean
  readonly table: Identifier
  /** By lower-case API name; includes previous names as aliases of fields. Use `field(object, name)`. */
  readonly fieldsByName: ReadonlyMap<string, FieldModel>
  /** In describe order: Id first, then system, name and declared fields with their parts. */
  readonly fields: readonly FieldModel[]
  readonly nameField: FieldModel
  /** By lower-case relationship name ("account", "parent__r"). */
  readonly parents: ReadonlyMap<string, FieldModel>
  readonly children: readonly ChildRelationship[]
  readonly ownerField: FieldModel | undefined
  readonly masterFields: readonly FieldModel[]
  /** RecordTypeId, where the object has record types. */
  readonly recordTypeField: FieldModel | undefined
  /** In the order of the file, inactive ones too. */
  readonly recordTypes: readonly RecordTypeModel[]
  readonly declaration: Readonly<CustomObject>
  /** For objects that the engine writes for good and nobody else: who may read them. */
  readonly ledger?: LedgerReaders
}

/** Who may read rows of a ledger: whoever may read what they are about, or has a permission. */
export type LedgerReaders =
  | { readonly kind: 'readers of'; readonly object: ObjectModel }
  /** `own`: the field that tells whose row it is; everybody reads his own. */
  | { readonly kind: 'permission'; readonly permission: string; readonly own?: string }
  /** Whoever takes part in the approval that the row belongs to, by the column that names it. */
  | { readonly kind: 'parties'; readonly permission: string; readonly column: string }
  | { readonly kind: 'everybody' }

/** A kind of record: which picklist values it may have, and which ones it begins with. */
export interface RecordTypeModel {
  /** Given once per database; survives a rename. */
  readonly id: string
  readonly name: string
  readonly label: string
  readonly description: string | undefined
  /** False: records keep it, no record gets it any more. */
  readonly active: boolean
  readonly compactLayout: string | undefined
  /** By canonical field name; a picklist that is not named here offers all its values. */
  readonly picklists: ReadonlyMap<string, RecordTypeValues>
}

export interface RecordTypeValues {
  readonly values: ReadonlySet<string>
  readonly defaults: readonly string[]
}

/** Physical names of one object, kept in the database beside the components. */
export interface ObjectBinding {
  readonly table: string
  readonly keyPrefix: string
  /** API field name → the base of its column names. */
  readonly columns: Readonly<Record<string, string>>
  /** Name of a record type → its id; absent where the object never had one. */
  readonly recordTypes?: Readonly<Record<string, string>>
}

export interface Model {
  readonly version: number
  /** The language of its labels and messages; others are had from `inLanguage`. */
  readonly language: string
  /** All components by type, then by full name. */
  component<Name extends MetadataTypeName>(
    type: Name,
    fullName: string,
  ): Declaration<Name> | undefined
  components<Name extends MetadataTypeName>(type: Name): Iterable<Declaration<Name>>
  readonly bindings: ReadonlyMap<string, ObjectBinding>
  /** Canonical object names, sorted. */
  readonly objectNames: readonly string[]
  /** Objects that the engine writes for good, such as the history of fields; in order. */
  readonly ledgerNames: ReadonlySet<string>
  /** Some object or field was renamed: callers may still use its former name. */
  readonly hasFormerNames: boolean
  /** Compiled on first use; any letter case, previous names too. Undefined when there is none. */
  object(name: string): ObjectModel | undefined
  objectByKeyPrefix(keyPrefix: string): ObjectModel | undefined
  layoutsOf(object: string): readonly Readonly<Layout>[]
  /** Roll-up summaries of the model that a deploy is about to bring: nobody sees them yet, all writers keep them. */
  readonly arriving?: ArrivingSummaries
  /** What the files say and the engine keeps, but does not act on (formulas, roll-ups, foreign names …). */
  notActedOn(): readonly NotActedOn[]
}

export interface ArrivingSummaries {
  readonly model: Model
  /** "Object.Field". */
  readonly fields: ReadonlySet<string>
}

/** Something declared that has no effect yet, by the component that says it. */
export interface NotActedOn {
  readonly component: string
  readonly reason: string
}

export type CompiledModel =
  | { readonly model: Model; readonly problems: readonly [] }
  | { readonly model: undefined; readonly problems: readonly SourceProblem[] }

export type { CustomObject, MetadataTypes }
