/** Generated models, far larger than people write: many objects, or one object with many fields. */

type Body = Readonly<Record<string, unknown>>

const values = Array.from({ length: 8 }, (_, index) => ({
  fullName: `Value ${index}`,
  label: `Value ${index}`,
  default: false,
}))

/** In turn, so that every object has some of each. */
const attributes: readonly Body[] = [
  { type: 'Text', length: 80 },
  { type: 'Number', precision: 12, scale: 2 },
  { type: 'Checkbox', defaultValue: 'false' },
  { type: 'Date' },
  { type: 'Currency', precision: 18, scale: 2 },
  {
    type: 'Picklist',
    valueSet: { restricted: true, valueSetDefinition: { sorted: false, value: values } },
  },
  { type: 'Email' },
  { type: 'DateTime' },
  { type: 'LongTextArea', length: 32_000, visibleLines: 3 },
  { type: 'Phone' },
]

export function objectName(index: number): string {
  return `Large_${String(index).padStart(4, '0')}__c`
}

export function fieldName(index: number): string {
  return `Field_${String(index).padStart(3, '0')}__c`
}

/** An object whose first field, where there is an object before it, points at that one. */
export function largeObject(index: number, fields: number): Body {
  const up = {
    type: 'Lookup',
    referenceTo: [objectName(index - 1)],
    relationshipName: `Followers_${index}`,
    deleteConstraint: 'SetNull',
  }
  return {
    fullName: objectName(index),
    label: `Large ${index}`,
    pluralLabel: `Large ${index}`,
    nameField: { label: 'Name', type: 'Text' },
    sharingModel: 'ReadWrite',
    fields: Array.from({ length: fields }, (_, field) => ({
      fullName: fieldName(field),
      label: `Field ${field}`,
      ...(field === 0 && index > 0 ? up : attributes[field % attributes.length]),
    })),
  }
}
