/** What a lead knows, and where it goes: the standard mapping, as far as the model has the fields and the caller may use them. */
import type { FieldModel, Model, ObjectModel } from '../../model/model.ts'
import type { Caller } from '../../records/records.ts'

export const [leadObject, accountObject, contactObject, opportunityObject] = [
  'Lead',
  'Account',
  'Contact',
  'Opportunity',
] as const

export type MadeObject = typeof accountObject | typeof contactObject | typeof opportunityObject

type FieldNames = readonly (readonly [from: string, to: string])[]

const mappings: Readonly<Record<MadeObject, FieldNames>> = {
  Account: [
    ['Company', 'Name'],
    ['Phone', 'Phone'],
    ['Fax', 'Fax'],
    ['Website', 'Website'],
    ['Industry', 'Industry'],
    ['Rating', 'Rating'],
    ['AnnualRevenue', 'AnnualRevenue'],
    ['NumberOfEmployees', 'NumberOfEmployees'],
    ['CompanyDunsNumber', 'DunsNumber'],
    ['LeadSource', 'AccountSource'],
    ['Address', 'BillingAddress'],
  ],
  Contact: [
    ['Name', 'Name'],
    ['Title', 'Title'],
    ['Phone', 'Phone'],
    ['MobilePhone', 'MobilePhone'],
    ['Fax', 'Fax'],
    ['Email', 'Email'],
    ['EmailBouncedDate', 'EmailBouncedDate'],
    ['EmailBouncedReason', 'EmailBouncedReason'],
    ['DoNotCall', 'DoNotCall'],
    ['HasOptedOutOfEmail', 'HasOptedOutOfEmail'],
    ['HasOptedOutOfFax', 'HasOptedOutOfFax'],
    ['LeadSource', 'LeadSource'],
    ['Pronouns', 'Pronouns'],
    ['GenderIdentity', 'GenderIdentity'],
    ['Description', 'Description'],
    ['Address', 'MailingAddress'],
  ],
  Opportunity: [['LeadSource', 'LeadSource']],
}

export interface MappedField {
  readonly from: FieldModel
  readonly to: FieldModel
}

/** A field, or all parts of a compound: they go together, or stay together. */
export type MappedFields = readonly MappedField[]

export function mappedFields(
  model: Model,
  { access }: Caller,
  target: MadeObject,
): readonly MappedFields[] {
  const lead = model.object(leadObject)
  const object = model.object(target)
  if (lead === undefined || object === undefined) return []
  return mappings[target].map(([from, to]) =>
    pairs([lead, from], [object, to]).filter(
      (pair) =>
        access.mayField(lead.name, pair.from.name, 'read') &&
        access.mayField(object.name, pair.to.name, 'edit') &&
        pair.to.createable &&
        pair.to.updateable,
    ),
  )
}

type Place = readonly [object: ObjectModel, field: string]

/** The parts of compounds of one type stand in one order. */
function pairs([lead, from]: Place, [object, to]: Place): MappedFields {
  const source = fieldOf(lead, from)
  const target = fieldOf(object, to)
  if (source === undefined || target === undefined) return []
  if (target.components.length === 0) return [{ from: source, to: target }]
  return source.components.flatMap((name, index) => {
    const part = fieldOf(lead, name)
    const place = fieldOf(object, target.components[index] ?? '')
    return part === undefined || place === undefined ? [] : [{ from: part, to: place }]
  })
}

export function fieldOf(object: ObjectModel, name: string): FieldModel | undefined {
  return object.fieldsByName.get(name.toLowerCase())
}
