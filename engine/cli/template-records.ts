/** Records of a template file, with references and days put in; pure. */
import type { ObjectModel } from '../model/model.ts'

export interface TemplateRecord {
  readonly object: string
  readonly referenceId: string
  /** Of a User: the profile, the role and the permission sets the person gets. */
  readonly profile: string | undefined
  readonly role: string | undefined
  readonly permissionSets: readonly string[]
  /** Name of the record type that the record gets; the default one when absent. */
  readonly recordType: string | undefined
  readonly fields: ReadonlyMap<string, unknown>
}

/** Refuses what is not written as `templates/README.md` says. */
export function parseTemplateRecords(text: string, file: string): readonly TemplateRecord[] {
  const records = mapOf(JSON.parse(text)).get('records')
  if (!Array.isArray(records)) throw new Error(`${file}: "records" must be a list`)
  return records.map((record: unknown, index) => parseRecord(mapOf(record), `${file} [${index}]`))
}

function parseRecord(record: Map<string, unknown>, place: string): TemplateRecord {
  const attributes = mapOf(record.get('attributes'))
  const object = attributes.get('type')
  const referenceId = attributes.get('referenceId')
  if (typeof object !== 'string' || typeof referenceId !== 'string') {
    throw new Error(`${place}: attributes need type and referenceId`)
  }
  const profile = attributes.get('profile')
  const role = attributes.get('role')
  const sets = attributes.get('permissionSets')
  const recordType = attributes.get('recordType')
  const fields = new Map(record)
  fields.delete('attributes')
  return {
    object,
    referenceId,
    profile: typeof profile === 'string' ? profile : undefined,
    role: typeof role === 'string' ? role : undefined,
    permissionSets: Array.isArray(sets) ? sets.map(String) : [],
    recordType: typeof recordType === 'string' ? recordType : undefined,
    fields,
  }
}

export function mapOf(value: unknown): Map<string, unknown> {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : [])
}

/** The names of records that this one points to. */
export function referencesOf(record: TemplateRecord, object: ObjectModel): readonly string[] {
  return [...record.fields].flatMap(([name, value]) => reference(object, name, value) ?? [])
}

/** `{ "$named": "Group Collections" }`: a record that is there before the template. */
export interface NamedRecord {
  readonly object: string
  readonly name: string
}

export function namedIn(value: unknown): NamedRecord | undefined {
  const named = mapOf(value).get('$named')
  const [, object, name] = /^(\w+) (.+)$/.exec(typeof named === 'string' ? named : '') ?? []
  return object === undefined || name === undefined ? undefined : { object, name }
}

export interface Fill {
  /** The id of the record that was created under this name. */
  readonly idOf: (referenceId: string) => string
  /** The id of a record that the metadata brought, by its object and name. */
  readonly named: (record: NamedRecord) => string
  /** Midnight in UTC of the day of installation. */
  readonly today: number
}

/** The body to create, as the REST API takes it. */
export function fillRecord(
  record: TemplateRecord,
  object: ObjectModel,
  fill: Fill,
): Map<string, unknown> {
  return new Map(
    [...record.fields].map(([name, value]) => {
      const referenceId = reference(object, name, value)
      if (referenceId !== undefined) return [name, fill.idOf(referenceId)]
      const named = namedIn(value)
      return [name, named === undefined ? day(value, fill.today) : fill.named(named)]
    }),
  )
}

function reference(object: ObjectModel, name: string, value: unknown): string | undefined {
  if (typeof value !== 'string' || !value.startsWith('@')) return undefined
  const isLookup = object.fieldsByName.get(name.toLowerCase())?.reference !== undefined
  return isLookup ? value.slice(1) : undefined
}

const dayMs = 24 * 60 * 60_000

/** `{ "$days": n }` is a date, with `"$time"` an instant; everything else stays as it is. */
function day(value: unknown, today: number): unknown {
  const parts = mapOf(value)
  const days = parts.get('$days')
  if (typeof days !== 'number') return value
  const date = new Date(today + days * dayMs).toISOString().slice(0, 10)
  const time = parts.get('$time')
  return typeof time === 'string' ? `${date}T${time}:00.000+0000` : date
}
