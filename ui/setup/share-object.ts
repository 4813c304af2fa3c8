/** The object whose records open single records of a custom object by hand, as its file is written. */
import type { ObjectBody } from './component-bodies.ts'

/** "Visit__c" → "Visit__Share"; undefined for objects that come with the product. */
export function shareObjectName(object: string): string | undefined {
  return /__c$/i.test(object) ? object.replace(/__c$/i, '__Share') : undefined
}

/** Sharing by hand is of use where not everybody may do everything anyway. */
export function isSharedByHand(sharingModel: string | undefined): boolean {
  return sharingModel === 'Private' || sharingModel === 'Read'
}

export function shareObjectBody(object: string, label: string): ObjectBody {
  const name = shareObjectName(object) ?? `${object}Share`
  return {
    fullName: name,
    label: `${label} Share`,
    pluralLabel: `${label} Shares`,
    nameField: { label: 'Share Number', type: 'AutoNumber', displayFormat: 'SHR-{000000}' },
    sharingModel: 'ControlledByParent',
    sharingParents: ['ParentId'],
    rightsFollow: object,
    sharingGrants: [
      {
        record: 'ParentId',
        principal: 'UserOrGroupId',
        accessLevel: 'AccessLevel',
        endsWithOwner: true,
      },
    ],
    fields: shareFields(object, { label, name }),
  }
}

function shareFields(
  object: string,
  { label, name }: { readonly label: string; readonly name: string },
): NonNullable<ObjectBody['fields']> {
  const value = (fullName: string, isDefault: boolean) => ({
    fullName,
    label: fullName,
    default: isDefault,
  })
  const list = (...values: readonly ReturnType<typeof value>[]) => ({
    restricted: true,
    valueSetDefinition: { sorted: false, value: values },
  })
  return [
    {
      fullName: 'ParentId',
      label,
      type: 'Lookup',
      referenceTo: [object],
      relationshipName: 'Shares',
      deleteConstraint: 'Cascade',
      required: true,
    },
    {
      fullName: 'UserOrGroupId',
      label: 'User or Group',
      type: 'Lookup',
      referenceTo: ['Group', 'User'],
      relationshipName: `${name.replace('__', '')}s`,
      deleteConstraint: 'Cascade',
      required: true,
    },
    {
      fullName: 'AccessLevel',
      label: 'Access Level',
      type: 'Picklist',
      required: true,
      valueSet: list(value('Read', true), value('Edit', false)),
    },
    {
      fullName: 'RowCause',
      label: 'Row Cause',
      type: 'Picklist',
      required: true,
      valueSet: list(value('Manual', true)),
    },
  ]
}
