/** Why somebody may (not) see and change a record. */
import { explainField, explainObject } from '../../access/explain-rights.ts'
import { objectSharing } from '../../access/object-sharing.ts'
import type { SignedInUser } from '../../auth/auth.ts'
import { limits } from '../../base/limits.ts'
import { message } from '../../base/message.ts'
import { refuse } from '../../base/refusal.ts'
import { normaliseId } from '../../base/record-id.ts'
import type { AppParts } from '../app-parts.ts'
import { textAt, toMap } from '../../records/answer-rows.ts'
import { jsonObject, textMember } from '../json-request.ts'
import { modelFor } from '../language-of.ts'
import { json, jsonText } from '../respond.ts'
import { forManagers, route, setupRoute, type Call, type Route } from '../route.ts'
import { own } from './addresses.ts'

type Parts = Pick<AppParts, 'auth' | 'deployer' | 'records' | 'accessPreview'>

export function sharingRoutes(parts: Parts): readonly Route[] {
  return [
    route('GET', `${own}/sharing/:id`, (call) => explain(parts, call)),
    route('GET', `${own}/sharing/:id/shares`, async (call) =>
      jsonText(await parts.records.listShares(call.caller, call.param('id'))),
    ),
    setupRoute('GET', `${own}/sharing-settings`, (call) => json(settings(parts, call))),
    setupRoute('GET', `${own}/plans/:id/access`, async (call) =>
      json(await parts.accessPreview({ plan: call.param('id') })),
    ),
    forManagers(route('POST', `${own}/sharing/preview`, (call) => preview(parts, call))),
  ]
}

/** The organisation-wide default of every object, and how many rules open more. */
function settings(parts: Parts, call: Call): readonly unknown[] {
  const model = modelFor(parts, call.caller)
  return model.objectNames.flatMap((name) => {
    const object = model.object(name)
    if (object === undefined || object.ledger !== undefined) return []
    const { declaration, label } = object
    const { hierarchy, parents, rules } = objectSharing(model, object)
    const internal = declaration.sharingModel ?? 'ReadWrite'
    return {
      object: name,
      label,
      sharingModel: internal,
      externalSharingModel: declaration.externalSharingModel ?? internal,
      hierarchy,
      controlledBy: parents.map((field) => field.label),
      rules: rules.length,
    }
  })
}

/**
 * `{ "plan": …, "members": { "add": [{ "group", "who" }], "remove": [ids of GroupMember] }, "roles": [{ "user", "role" }] }`:
 * who would gain and lose what, counted, before anything is changed.
 */
async function preview({ accessPreview }: Parts, call: Call): Promise<Response> {
  const body = await jsonObject(call.request)
  const plan = body.get('plan')
  if (plan !== undefined && !call.caller.access.has('CustomizeApplication')) {
    throw refuse(
      'INSUFFICIENT_ACCESS',
      message('What a plan would change is told to whoever may change the metadata.'),
    )
  }
  const members = toMap(body.get('members'))
  const add = list(members.get('add'), 'members.add').map((one) => {
    const entry = toMap(one)
    return [idIn(entry.get('group'), 'group'), idIn(entry.get('who'), 'who')] as const
  })
  const remove = list(members.get('remove'), 'members.remove').map((one) => idIn(one, 'remove'))
  const roles = list(body.get('roles'), 'roles').map((one) => {
    const entry = toMap(one)
    const role = entry.get('role')
    return [idIn(entry.get('user'), 'user'), role === null ? null : idIn(role, 'role')] as const
  })
  const hasMembers = add.length + remove.length > 0
  return json(
    await accessPreview({
      ...(plan !== undefined && { plan: textMember(body, 'plan') }),
      people: {
        ...(hasMembers && { members: { add, remove } }),
        ...(roles.length > 0 && { roles }),
      },
    }),
  )
}

function list(value: unknown, name: string): readonly unknown[] {
  if (value === undefined) return []
  if (Array.isArray(value) && value.length <= limits.previewChangesMax) return value
  const told = message('"{name}" is a list of at most {max} entries.', {
    name,
    max: limits.previewChangesMax,
  })
  throw refuse('INVALID_ARGUMENT', told, { fields: [name] })
}

function idIn(value: unknown, name: string): string {
  const id = typeof value === 'string' ? normaliseId(value) : undefined
  if (id !== undefined) return id
  throw refuse('INVALID_ARGUMENT', message('"{name}" is the id of a record.', { name }), {
    fields: [name],
  })
}

/** `?user=`: about whom; absent, about the caller himself. `?field=`: also why he may (not) read and edit that field. */
async function explain(parts: Parts, call: Call): Promise<Response> {
  const { caller } = call
  const subject = await subjectOf(parts, call)
  const text = await parts.records.explainSharing(
    caller,
    subject.caller(caller.source, caller.apiVersion),
    call.param('id'),
  )
  const model = parts.deployer.store.current()
  const object = model.object(textAt(toMap(JSON.parse(text)), 'object') ?? '')
  if (object === undefined) return jsonText(text)
  const rights = explainObject(model, subject, object)
  const asked = call.query('field')
  if (asked === undefined) return jsonText(withMembers(text, { rights }))
  const field = object.fieldsByName.get(asked.toLowerCase())
  const knows = (of: string, name: string): boolean => caller.access.mayField(of, name, 'read')
  if (field === undefined || !knows(object.name, field.name)) {
    const told = message('There is no field {field} of {object}.', {
      field: asked,
      object: object.name,
    })
    throw refuse('INVALID_FIELD', told, { fields: ['field'] })
  }
  const explained = { name: field.name, rights: explainField(model, subject, { field, knows }) }
  return jsonText(withMembers(text, { rights, field: explained }))
}

function withMembers(text: string, members: object): string {
  return JSON.stringify({ ...Object.fromEntries(toMap(JSON.parse(text))), ...members })
}

async function subjectOf({ auth }: Parts, call: Call): Promise<SignedInUser> {
  const { caller } = call
  const userId = normaliseId(call.query('user') ?? caller.userId)
  if (userId === caller.userId) return call.user
  const user = caller.access.has('ManageUsers') && userId ? await auth.userById(userId) : undefined
  if (user !== undefined) return user
  throw refuse(
    'INVALID_ARGUMENT',
    '"user" must be the id of an active user; of others, whoever manages users may ask.',
    {
      fields: ['user'],
    },
  )
}
