/** Address: a postal address, made of street, city, state, postal code, country and a point. */
import { message } from '../base/message.ts'
import type { ColumnKind } from '../sql/column-kind.ts'
import { partLabel, partName, partsJson, refuseCompound } from './compound.ts'
import type { FieldOptions, FieldType, PicklistEntry } from './field-type.ts'
import { optionsSchema } from './options-schema.ts'

interface AddressPart {
  readonly name: string
  readonly label: string
  readonly key: string
  readonly kind: ColumnKind
  readonly options: Omit<FieldOptions, 'fullName' | 'label'>
}

const text: ColumnKind = { kind: 'text' }
const degrees: ColumnKind = { kind: 'decimal', precision: 18, scale: 15 }

function textPart(label: string, key: string, length: number): AddressPart {
  return { name: label.replace(' ', ''), label, key, kind: text, options: { type: 'Text', length } }
}

function degreesPart(name: string, key: string, degreesMax: number): AddressPart {
  const bounds = { minimum: -degreesMax, maximum: degreesMax }
  return {
    name,
    label: name,
    key,
    kind: degrees,
    options: { type: 'Number', precision: 18, scale: 15, ...bounds },
  }
}

/** How exactly a point is known, from a house down to a state. */
const accuracies: readonly PicklistEntry[] = [
  ['Address', 'Address'],
  ['NearAddress', 'Near address'],
  ['Block', 'Block'],
  ['Street', 'Street'],
  ['ExtendedZip', 'Extended zip'],
  ['Zip', 'Zip'],
  ['Neighborhood', 'Neighborhood'],
  ['City', 'City'],
  ['County', 'County'],
  ['State', 'State'],
  ['Unknown', 'Unknown'],
].map(([value = '', label = '']) => ({ value, label, active: true, isDefault: false }))

const parts: readonly AddressPart[] = [
  {
    name: 'Street',
    label: 'Street',
    key: 'street',
    kind: text,
    options: { type: 'TextArea', length: 255 },
  },
  textPart('City', 'city', 40),
  textPart('State', 'state', 80),
  textPart('Postal Code', 'postalCode', 20),
  textPart('Country', 'country', 80),
  degreesPart('Latitude', 'latitude', 90),
  degreesPart('Longitude', 'longitude', 180),
  {
    name: 'GeocodeAccuracy',
    label: 'Geocode Accuracy',
    key: 'geocodeAccuracy',
    kind: text,
    options: { type: 'Picklist', valueSet: { restricted: true }, values: accuracies },
  },
]

const lastWord = 'Address'

/**
 * `BillingAddress` has `BillingStreet`, `Address` has `Street`, `PrimaryBillAddr` has
 * `PrimaryBillAddrStreet`.
 */
function nameOf(options: FieldOptions, part: AddressPart): string {
  const { fullName } = options
  const stem = fullName.endsWith(lastWord) ? fullName.slice(0, -lastWord.length) : fullName
  return partName(options, stem, part.name)
}

function component(options: FieldOptions, part: AddressPart): FieldOptions {
  return {
    ...part.options,
    fullName: nameOf(options, part),
    label: partLabel(options, lastWord, part.label),
  }
}

export const address: FieldType = {
  name: 'Address',
  purpose: 'A postal address whose parts can be filtered and sorted on their own.',
  options: optionsSchema({}),
  operators: [],
  columns: () => ({}),
  schema: () => ({ type: 'object' }),
  check: refuseCompound,
  toColumns: () => ({}),
  readJson: (column, options, dialect) => {
    const jsonParts = parts.map((part) => {
      const expression = column(nameOf(options, part))
      return { key: part.key, column: expression, json: dialect.json(part.kind, expression) }
    })
    return partsJson(jsonParts, dialect)
  },
  describe: () => ({ type: 'address', soapType: 'urn:address', editor: 'address' }),
  formulaUse: () => ({ kind: 'unusable', kindLabel: message('an address as a whole') }),
  components: (options) => parts.map((part) => component(options, part)),
}
