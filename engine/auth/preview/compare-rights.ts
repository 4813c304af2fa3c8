/** Which rights on objects, fields and the system somebody has after a change and did not have before, and the other way; pure. */
import type { Access, FieldRight, ObjectRight } from '../../access/access.ts'
import type { Grants } from '../../access/compile-access.ts'

export interface HeldAccess {
  readonly access: Access
  readonly grants: Grants
}

export interface RightDifference {
  /** An object, `Object.Field`, or empty for system permissions. */
  readonly on: string
  readonly right: string
  readonly gained: boolean
}

const objectRights: readonly ObjectRight[] = [
  'read',
  'create',
  'edit',
  'delete',
  'viewAll',
  'modifyAll',
]

const fieldRights: readonly FieldRight[] = ['read', 'edit']

export function differentRights(before: HeldAccess, after: HeldAccess): readonly RightDifference[] {
  const named = namesIn([before.grants, after.grants])
  const asked = [
    ...[...named.objects].flatMap((object) =>
      objectRights.map((right) => question(object, right, (one) => one.mayObject(object, right))),
    ),
    ...[...named.fields].flatMap((qualified) => {
      const dot = qualified.indexOf('.')
      const [object, field] = [qualified.slice(0, dot), qualified.slice(dot + 1)]
      return fieldRights.map((right) =>
        question(qualified, right, (one) => one.mayField(object, field, right)),
      )
    }),
    ...[...named.permissions].map((name) => question('', name, (one) => one.has(name))),
  ]
  return asked.flatMap(({ on, right, has }) => {
    const [had, gained] = [has(before.access), has(after.access)]
    return had === gained ? [] : [{ on, right, gained }]
  })
}

interface Question {
  readonly on: string
  readonly right: string
  has(access: Access): boolean
}

function question(on: string, right: string, has: Question['has']): Question {
  return { on, right, has }
}

interface Named {
  readonly objects: ReadonlySet<string>
  readonly fields: ReadonlySet<string>
  readonly permissions: ReadonlySet<string>
}

/** What the sets speak of: nothing else can differ between them. */
function namesIn(both: readonly Grants[]): Named {
  const bodies = both.flatMap(({ profile, permissionSets }) => [
    ...(profile === undefined ? [] : [profile.body]),
    ...permissionSets.map(({ body }) => body),
  ])
  return {
    objects: new Set(
      bodies.flatMap((body) => (body.objectPermissions ?? []).map(({ object }) => object)),
    ),
    fields: new Set(
      bodies.flatMap((body) => (body.fieldPermissions ?? []).map(({ field }) => field)),
    ),
    permissions: new Set(
      bodies.flatMap((body) => (body.userPermissions ?? []).map(({ name }) => name)),
    ),
  }
}
