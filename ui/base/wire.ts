/** The answers of the server, as far as the screens read them. */

import type { PageAction } from './wire-actions.ts'

export type Value =
  string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value }

/** A record as retrieve and query give it: field values, parents nested under their relationship name. */
export interface WireRecord {
  readonly attributes?: { readonly type: string; readonly url?: string }
  readonly Id?: string
  readonly [field: string]: Value | undefined
}

export interface PicklistValue {
  readonly value: string
  readonly label: string
  readonly active: boolean
  readonly defaultValue: boolean
  /** Base64 of a bit set over the controlling field's values. */
  readonly validFor?: string | null
}

/** One field of a describe. */
export interface FieldInfo {
  readonly name: string
  readonly label: string
  readonly type: string
  readonly inlineHelpText?: string | null
  readonly length?: number
  readonly precision?: number
  readonly scale?: number
  readonly digits?: number
  readonly nillable: boolean
  readonly createable: boolean
  readonly updateable: boolean
  readonly defaultedOnCreate?: boolean
  readonly defaultValue?: Value
  readonly calculated?: boolean
  readonly calculatedFormula?: string | null
  readonly autoNumber?: boolean
  readonly custom?: boolean
  readonly unique?: boolean
  readonly externalId?: boolean
  readonly nameField?: boolean
  readonly filterable?: boolean
  readonly sortable?: boolean
  readonly htmlFormatted?: boolean
  readonly encrypted?: boolean
  readonly mask?: string | null
  readonly picklistValues?: readonly PicklistValue[]
  readonly restrictedPicklist?: boolean
  readonly dependentPicklist?: boolean
  readonly controllerName?: string | null
  readonly referenceTo?: readonly string[]
  readonly relationshipName?: string | null
  readonly compoundFieldName?: string | null
  /** Present where a lookup offers some records only. */
  readonly filteredLookupInfo?: {
    readonly controllingFields: readonly string[]
    readonly dependent: boolean
    readonly optionalFilter: boolean
  } | null
  readonly fieldstone?: {
    readonly editor: string
    readonly type: string
    /** What to say beside a lookup that is filtered. */
    readonly lookupInfo?: string
  }
}

export interface ChildRelationshipInfo {
  readonly childSObject: string
  readonly field: string
  readonly relationshipName: string | null
}

export interface ObjectInfo {
  readonly name: string
  readonly label: string
  readonly labelPlural: string
  readonly keyPrefix?: string | null
  readonly custom: boolean
  readonly createable: boolean
  readonly updateable: boolean
  readonly deletable: boolean
  readonly undeletable?: boolean
  readonly fields: readonly FieldInfo[]
  readonly childRelationships?: readonly ChildRelationshipInfo[]
}

export type CellBehavior = 'Edit' | 'Required' | 'Readonly'

export interface LayoutCell {
  readonly field: string
  readonly behavior: CellBehavior
}

export interface LayoutSection {
  readonly label: string
  readonly columns: 1 | 2
  readonly heading: boolean
  readonly rows: readonly (readonly (LayoutCell | null)[])[]
}

export interface RelatedList {
  readonly object: string
  readonly field: string
  readonly relationshipName: string
  readonly label: string
  readonly columns: readonly string[]
}

export interface ListView {
  readonly name: string
  readonly label: string
  readonly columns: readonly string[]
  readonly where: string | null
  /** As in USING SCOPE. */
  readonly scope: string | null
  readonly orderBy: readonly { readonly field: string; readonly direction: 'asc' | 'desc' }[]
}

/** The values of one picklist that a record type offers. */
export interface RecordTypeLimit {
  readonly field: string
  readonly values: readonly string[]
  readonly defaults: readonly string[]
}

export interface RecordTypeScreen {
  readonly id: string
  readonly name: string
  readonly label: string
  readonly description: string | null
  /** This user may give it to a record. */
  readonly available: boolean
  readonly isDefault: boolean
  /** The name of one of the screen's layouts. */
  readonly layout: string
  readonly compactLayout: readonly string[]
  readonly picklists: readonly RecordTypeLimit[]
}

export interface PageLayout {
  readonly name: string
  readonly sections: readonly LayoutSection[]
  readonly relatedLists: readonly RelatedList[]
  readonly quickActions: readonly PageAction[]
}

/** The object that lets people take part in records of another one, and its lookups. */
export interface ParticipantsInfo {
  readonly object: string
  readonly record: string
  readonly principal: string
  readonly role: string
  /** The field that says whether the access is in force, where there is one. */
  readonly active?: string
}

/** All a page needs to know of one object. */
export interface ObjectScreen {
  readonly modelVersion: number
  readonly describe: ObjectInfo
  /** For records without a record type. */
  readonly layout: PageLayout
  /** Those of the record types. */
  readonly layouts?: readonly PageLayout[]
  readonly recordTypes?: readonly RecordTypeScreen[]
  readonly compactLayout: readonly string[]
  /** Columns of a table to choose from, the name first. */
  readonly lookupColumns: readonly string[]
  /** Columns of what a search finds, the name first. */
  readonly searchColumns: readonly string[]
  readonly listViews: readonly ListView[]
  /** Records can be submitted for approval. */
  readonly hasApprovals?: boolean
  /** Whose deadlines concern its records. */
  readonly deadlines?: readonly DeadlineSource[]
  /** By which object people take part in its records, each with a role. */
  readonly participants?: ParticipantsInfo
  /** What stands beside the related lists of its records. */
  readonly cards?: readonly string[]
}

/** Deadlines of a record itself, or of one that it belongs to. */
export interface DeadlineSource {
  /** Where they are kept, and its lookup to the record that they are of. */
  readonly object: string
  readonly parent: string
  /** The field with the id of that record. */
  readonly of: string
  /** The field that says since when a clock stands still. */
  readonly stopped?: string
}

/** A name in a rule, as the server resolved it. */
export interface RuleMention {
  readonly path: string
  readonly kind: string
}

export interface RuleInfo {
  readonly name: string
  readonly message: string
  /** Where the message is shown; at the top when null. */
  readonly field: string | null
  readonly formula: string
  readonly mentions: readonly RuleMention[]
}

/** What a form needs beside its layout. */
export interface FormFacts {
  /** The clock of the server. */
  readonly now: number
  readonly zone: readonly (readonly [from: number, offsetMs: number])[]
  readonly defaults: Readonly<Record<string, Value>>
  readonly globals: Readonly<Record<string, Value>>
  readonly rules: readonly RuleInfo[]
}

export interface RecordScreen {
  readonly record: WireRecord
  readonly etag: string
  readonly editable: boolean
  readonly deletable: boolean
}

export interface SessionUser {
  readonly userId: string
  readonly name: string
  readonly username: string
  /** What must be done before anything else; absent where nothing must. */
  readonly pending?: { readonly newPassword: boolean; readonly secondFactor: boolean }
}

export interface SignInInput {
  readonly username: string
  readonly password: string
  /** Of the second factor. */
  readonly code?: string
}

/** What a device takes up a second factor from: by camera, or typed. */
export interface FactorPicture {
  readonly secret: string
  readonly uri: string
  /** SVG. */
  readonly picture: string
}

export interface AppInfo {
  readonly name: string
  readonly label: string
  readonly description?: string
  readonly color?: string
  readonly tabs: readonly string[]
}

export interface ObjectSummary {
  readonly name: string
  readonly label: string
  readonly labelPlural: string
  /** What the navigation says. */
  readonly tabLabel: string
  readonly keyPrefix: string
  /** What names a record: Name, CaseNumber, Subject … */
  readonly nameField: string
  readonly createable: boolean
  readonly custom: boolean
  /** Rows of values for the organisation, profiles and users. */
  readonly customSetting?: boolean
}

/** What the shell needs in one request. */
export interface AppScreen {
  readonly user: {
    readonly id: string
    readonly name: string
    readonly username: string
    /** As the platform writes it: "de", "en_US". */
    readonly language: string
    readonly locale: string
    readonly timeZone: string
    readonly isAdministrator: boolean
    /** All users, or some of them. */
    readonly managesUsers: boolean
    /** Names of the public groups into which he puts the users delegated to him. */
    readonly managesGroups: readonly string[]
  }
  readonly organization: { readonly id: string; readonly name: string; readonly currency?: string }
  readonly modelVersion: number
  readonly apps: readonly AppInfo[]
  readonly objects: readonly ObjectSummary[]
  /** The global ones. */
  readonly quickActions: readonly PageAction[]
}

export interface QueryAnswer {
  readonly totalSize: number
  readonly done: boolean
  readonly nextRecordsUrl?: string
  readonly records: readonly WireRecord[]
}

export interface SearchAnswer {
  /** Those of an object stand together, the best first; with excerpts where words were found, marked in HTML. */
  readonly searchRecords: readonly WireRecord[]
  /** What was searched instead, because nothing has the words that were asked for. */
  readonly corrected?: string | null
}

export interface SaveAnswer {
  readonly id: string
  readonly success: boolean
}

/** One entry of an error answer. */
export interface WireProblem {
  readonly message: string
  readonly errorCode: string
  readonly fields?: readonly string[]
  readonly details?: Readonly<Record<string, unknown>>
}

/** A field that two people changed at once. */
export interface Conflict {
  readonly field: string
  readonly base: Value
  readonly yours: Value
  readonly theirs: Value
  /** Id of a user. */
  readonly changedBy: string | undefined
  readonly changedAt?: string
}

export interface ModelEvent {
  readonly version: number
  readonly objects: readonly string[]
}

export interface RecordEvent {
  readonly object: string
  readonly id: string
  readonly change: 'create' | 'update' | 'delete' | 'undelete'
  readonly by?: string
}
