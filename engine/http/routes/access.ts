/** What a person may do and what gives it to him, and how two profiles or permission sets differ. */
import { compareRights, type RightsHolder } from '../../access/compare-rights-of-sets.ts'
import {
  effectiveObject,
  effectiveObjects,
  effectivePermissions,
} from '../../access/effective-access.ts'
import { groupAsSet } from '../../access/permission-set-groups.ts'
import type { SignedInUser } from '../../auth/auth.ts'
import { message } from '../../base/message.ts'
import { normaliseId } from '../../base/record-id.ts'
import { refuse } from '../../base/refusal.ts'
import { inLanguage } from '../../language/in-language.ts'
import type { Model } from '../../model/model.ts'
import type { AppParts } from '../app-parts.ts'
import { json } from '../respond.ts'
import { route, setupRoute, type Call, type Route } from '../route.ts'
import { own } from './addresses.ts'

type Parts = Pick<AppParts, 'auth' | 'deployer'>

export function accessRoutes(parts: Parts): readonly Route[] {
  const ofUser = `${own}/users/:id/access`
  return [
    route('GET', ofUser, async (call) => {
      const holder = await holderOf(parts, call)
      return json({
        permissions: effectivePermissions(holder),
        objects: effectiveObjects(holder),
      })
    }),
    route('GET', `${ofUser}/:object`, async (call) => {
      const holder = await holderOf(parts, call)
      const object = holder.model.object(call.param('object'))
      if (object === undefined) throw nothing()
      return json(effectiveObject(holder, object))
    }),
    setupRoute('GET', `${own}/rights-comparison`, (call) => compare(parts, call)),
  ]
}

async function holderOf({ auth, deployer }: Parts, call: Call) {
  // It tells of objects and fields that the asker may not see himself: for those who see all of Setup.
  const { access } = call.user
  if (!access.has('ManageUsers') || !access.has('ViewSetup')) {
    throw refuse(
      'INSUFFICIENT_ACCESS',
      message('This needs the permissions ManageUsers and ViewSetup.'),
    )
  }
  const id = normaliseId(call.param('id'))
  const user: SignedInUser | undefined = id === undefined ? undefined : await auth.userById(id)
  if (user === undefined) throw nothing()
  const model = inLanguage(deployer.store.current(), call.caller.language)
  return { model, access: user.access, grants: user.grants }
}

function nothing() {
  return refuse('NOT_FOUND', message('The requested resource does not exist'))
}

/** `left` and `right`: "Profile:Standard User", "PermissionSet:Sales", "PermissionSetGroup:All". */
function compare({ deployer }: Parts, call: Call): Response {
  const model = deployer.store.current()
  const left = rightsNamed(model, call.query('left'))
  const right = rightsNamed(model, call.query('right'))
  return json({ differences: compareRights(left, right) })
}

function rightsNamed(model: Model, written: string | undefined): RightsHolder {
  const [, type = '', name = ''] = /^(\w+):(.+)$/.exec(written ?? '') ?? []
  const found = bodies.get(type)?.(model, name)
  if (found !== undefined) return found
  throw refuse(
    'INVALID_ARGUMENT',
    message(
      'left and right name a Profile, PermissionSet or PermissionSetGroup, such as {example}.',
      {
        example: 'PermissionSet:Name',
      },
    ),
    { fields: ['left', 'right'] },
  )
}

type Find = (model: Model, name: string) => RightsHolder | undefined

const bodies: ReadonlyMap<string, Find> = new Map<string, Find>([
  ['Profile', (model, name) => model.component('Profile', name)?.body],
  ['PermissionSet', (model, name) => model.component('PermissionSet', name)?.body],
  [
    'PermissionSetGroup',
    (model, name) => {
      const group = model.component('PermissionSetGroup', name)
      return group && groupAsSet(model, group.body)
    },
  ],
])
