/** Rights within limits: what somebody may do, as far as other grants allow it as well; for programs that act for him. */
import type { PermissionSet } from '../../metadata/types.ts'
import type { Model } from '../model/model.ts'
import type { Access, ObjectRight } from './access.ts'
import { compileAccess, rightsLeaders } from './compile-access.ts'
import { decidesRights, isBound } from './delegation.ts'

const changes: ReadonlySet<ObjectRight> = new Set(['create', 'edit', 'delete', 'modifyAll'])

/** Whoever uses the API at all has this one by his own rights. */
const entry = 'ApiEnabled'

/**
 * Pure. Whatever is not granted by the limits does not exist for the program: objects, fields, permissions; where the
 * limits do not open all records, those that are shared with the user are left. Without a set there is nothing.
 */
export function limitAccess(model: Model, whole: Access, sets: readonly PermissionSet[]): Access {
  const { userId, outside } = whole
  const permissionSets = sets.map((body) => ({ fullName: body.fullName, body }))
  const grants = { profile: undefined, permissionSets }
  const limit = compileAccess({ model, userId, grants, outside })
  const leaders = rightsLeaders(model)
  /** Shares and the like follow the object that they open: who may only read it here gives it to nobody. */
  const mayLead = (object: string, right: ObjectRight): boolean => {
    const leader = changes.has(right) ? leaders.get(object) : undefined
    return leader === undefined || limit.mayObject(leader, 'edit')
  }
  /** What somebody changes by delegation alone is asked of whom he administers, and a program administers nobody. */
  const isDelegated = (object: string, right: ObjectRight): boolean =>
    changes.has(right) && decidesRights.has(object) && isBound(whole)
  const mayObject: Access['mayObject'] = (object, right) =>
    whole.mayObject(object, right) &&
    limit.mayObject(object, right) &&
    mayLead(object, right) &&
    !isDelegated(object, right)
  return Object.freeze<Access>({
    userId,
    outside,
    signature: `${whole.signature}&${limit.signature}`,
    modelVersion: whole.modelVersion,
    mayObject,
    mayField: (object, field, right) =>
      whole.mayField(object, field, right) && limit.mayField(object, field, right),
    // Where both leave out records, both leave out the same ones: what is shared with the user decides.
    rows: (object, right) => whole.rows(object, right) ?? limit.rows(object, right),
    recordTypes: (object) => whole.recordTypes(object),
    objectsWithRecordTypes: () =>
      whole.objectsWithRecordTypes().filter((object) => mayObject(object, 'read')),
    defaultRecordType: (object) => whole.defaultRecordType(object),
    has: (permission) => whole.has(permission) && (permission === entry || limit.has(permission)),
    // Programs within limits administer nobody.
    delegations: [],
    hasCustom: (permission) => whole.hasCustom(permission) && limit.hasCustom(permission),
  })
}
