/** One component's JSON: read it, put another in its place, change attributes, delete it. */
import { message } from '../../base/message.ts'
import { baseLanguage } from '../../base/languages.ts'
import { modelFor, wordsFor } from '../language-of.ts'
import { inWords } from '../../deploy/plan-in-words.ts'
import type { Plan, ComponentChange } from '../../deploy/plan.ts'
import { refuse } from '../../base/refusal.ts'
import type { MetadataTypeName } from '../../model/declaration.ts'
import { membersOf } from '../../model/members.ts'
import { isInRecords, metadataTypes } from '../../model/metadata-types.ts'
import type { Model } from '../../model/model.ts'
import type { AppParts } from '../app-parts.ts'
import { etagOfText } from '../etag.ts'
import { booleanQuery, jsonObject } from '../json-request.ts'
import { json, matchesTag, tagged } from '../respond.ts'
import { setupRoute, type Call, type Route } from '../route.ts'
import { own } from './addresses.ts'
import { authorOf, sourceOf } from './author.ts'

type Parts = Pick<AppParts, 'deployer' | 'packages'>

export function metadataRoutes(parts: Parts): readonly Route[] {
  const path = `${own}/metadata/:type/:fullName`
  const change = (
    make: (call: Call, target: Target) => ComponentChange | Promise<ComponentChange>,
  ) => {
    return async (call: Call) => changeComponent(parts, call, make)
  }
  return [
    setupRoute('GET', `${own}/metadata`, async (call) => json(await list(parts, call))),
    setupRoute('GET', `${own}/model`, () => json(wholeModel(parts))),
    setupRoute('GET', `${own}/model/bodies/:hash`, (call) => formerBody(parts, call)),
    setupRoute('GET', path, (call) => read(parts, call)),
    setupRoute(
      'PUT',
      path,
      change(async (call, target) => ({ ...target, body: await objectBody(call) })),
    ),
    setupRoute(
      'PATCH',
      path,
      change(async (call, target) => ({ ...target, patch: await objectBody(call) })),
    ),
    setupRoute(
      'DELETE',
      path,
      change((_call, target) => ({ ...target, delete: true })),
    ),
  ]
}

/** As its files say it, with the hashes that a folder of files is compared by. */
function wholeModel({ deployer }: Parts): unknown {
  const { version, installation, declarations, hashes } = deployer.applied()
  const components = [...declarations].map(([key, { type, fullName, body }]) => {
    return { type, fullName, hash: hashes.get(key), body }
  })
  return { version, installation, components }
}

/** What a file started from that somebody changed; merges need it, and do without where nobody knows it. */
async function formerBody({ deployer }: Parts, call: Call): Promise<Response> {
  return json({ body: (await deployer.formerBody(call.param('hash'))) ?? null })
}

interface Target {
  readonly type: string
  readonly fullName: string
}

function targetOf(call: Call): Target {
  return { type: call.param('type'), fullName: call.param('fullName') }
}

async function objectBody(call: Call): Promise<Readonly<Record<string, unknown>>> {
  return Object.fromEntries(await jsonObject(call.request))
}

/** Objects and fields are called as in the caller's language; bodies stay as their files say them. */
async function list(parts: Parts, call: Call): Promise<readonly unknown[]> {
  const model = modelFor(parts, call.caller)
  const type = call.query('type')
  if (type !== undefined && isInRecords(type)) {
    const held = await parts.packages.recordComponents.read(type, authorOf(call))
    return held.map(({ fullName, body }) => ({ type, fullName, label: labelOf(body, fullName) }))
  }
  const all = metadataTypes.flatMap(({ name }) => componentsOf(model, name))
  return type === undefined ? all : all.filter((component) => component.type === type)
}

interface ComponentEntry {
  readonly type: string
  readonly fullName: string
  readonly label: string
}

function componentsOf(model: Model, type: MetadataTypeName): readonly ComponentEntry[] {
  return [...model.components(type)].flatMap((declaration) => [
    {
      type,
      fullName: declaration.fullName,
      label:
        (type === 'CustomObject' ? wordFor(model, declaration.fullName) : undefined) ??
        labelOf(declaration.body, declaration.fullName),
    },
    ...membersOf(declaration).map((member) => ({
      type: member.type,
      fullName: `${declaration.fullName}.${member.name}`,
      label:
        (member.type === 'CustomField'
          ? wordFor(model, declaration.fullName, member.name)
          : undefined) ?? labelOf(member.body, member.name),
    })),
  ])
}

/** Undefined in the base language, and for what is no object. */
function wordFor(model: Model, object: string, field?: string): string | undefined {
  if (model.language === baseLanguage) return undefined
  const found = model.object(object)
  return field === undefined ? found?.label : found?.fieldsByName.get(field.toLowerCase())?.label
}

function labelOf(body: object, fullName: string): string {
  if ('processLabel' in body && typeof body.processLabel === 'string') return body.processLabel
  return 'label' in body && typeof body.label === 'string' ? body.label : fullName
}

async function read(parts: Parts, call: Call): Promise<Response> {
  const target = targetOf(call)
  const text = isInRecords(target.type)
    ? await heldText(parts, call, target)
    : componentText(parts, target)
  return tagged(call.request, { text, etag: etagOfText(text) })
}

function componentText(parts: Parts, target: Target): string {
  const body = parts.deployer.component(target.type, target.fullName)
  if (body === undefined) throw notThere(target)
  return JSON.stringify(body)
}

async function heldText({ packages }: Parts, call: Call, target: Target): Promise<string> {
  const { type, fullName } = target
  const [held] = await packages.recordComponents.read(type, authorOf(call), [fullName])
  if (held === undefined) throw notThere(target)
  return JSON.stringify(held.body)
}

function notThere({ type, fullName }: Target) {
  return refuse('NOT_FOUND', message('There is no {type} {name}.', { type, name: fullName }))
}

async function changeComponent(
  parts: Parts,
  call: Call,
  make: (call: Call, target: Target) => ComponentChange | Promise<ComponentChange>,
): Promise<Response> {
  const target = targetOf(call)
  requireTag(parts, call, target)
  const change = await make(call, target)
  const made = await parts.deployer.plan([change], authorOf(call))
  const plan = inWords(made, wordsFor(parts, call.caller))
  if (booleanQuery(call.query('dryRun'))) return json(plan)
  requireApplicable(plan)
  await parts.deployer.apply(plan.id, {
    consent: booleanQuery(call.query('consent')),
    by: authorOf(call),
    source: sourceOf(call),
  })
  return json(plan)
}

/** Two people editing one component: the second is told. */
function requireTag(parts: Parts, call: Call, target: Target): void {
  const asked = call.request.headers.get('if-match')
  if (asked === null || asked.trim() === '*') return
  if (!matchesTag(asked, etagOfText(componentText(parts, target)))) {
    throw refuse('ENTITY_FAILED_IFMATCH', message('The component was changed meanwhile.'))
  }
}

function requireApplicable(plan: Plan): void {
  if (plan.applicable) return
  const reason = plan.problems.map((problem) => problem.reason).join(' ')
  throw refuse('DEPLOY_REFUSED', reason === '' ? message('the plan cannot be applied') : reason, {
    details: { plan },
  })
}
