/** Approvals as stock clients ask for them, and what the screens need beside that. */
import {
  answerKinds,
  type AnswerKind,
  type FinishedOutcome,
} from '../../automation/approvals/approvals.ts'
import { limits } from '../../base/limits.ts'
import { Refusal, refuse } from '../../base/refusal.ts'
import { settled } from '../../records/outcomes.ts'
import type { AppParts } from '../app-parts.ts'
import { saveErrors } from '../error-answer.ts'
import { booleanMember, jsonObject, textMember } from '../json-request.ts'
import { modelFor } from '../language-of.ts'
import { json } from '../respond.ts'
import { route, type Call, type Route } from '../route.ts'
import { data, own } from './addresses.ts'

type Parts = Pick<AppParts, 'automation' | 'deployer' | 'log' | 'requestId'>
type Body = ReadonlyMap<string, unknown>

export function approvalRoutes(parts: Parts): readonly Route[] {
  const approvals = () => parts.automation.approvals
  const all = `${data}/process/approvals`
  return [
    route('GET', all, (call) => json({ approvals: approvals().processes(call.caller) })),
    route('POST', all, async (call) => {
      const requests = readRequests((await jsonObject(call.request)).get('requests'))
      return answerAll(parts, call, requests)
    }),
    route('GET', `${own}/approvals`, async (call) => json(await approvals().waiting(call.caller))),
    route('GET', `${own}/approvals/records/:id`, async (call) =>
      json(await approvals().ofRecord(call.caller, call.param('id'))),
    ),
  ]
}

const commentsCharsMax = 4_000

/** Each is a unit of work of its own, as the public resource has it. */
async function answerAll(parts: Parts, call: Call, requests: readonly Body[]): Promise<Response> {
  const model = modelFor(parts, call.caller)
  const results: object[] = []
  let hasFailure = false
  for (const request of requests) {
    const outcome = await settled(() => perform(parts, call, request))
    hasFailure ||= outcome instanceof Refusal
    results.push(
      outcome instanceof Refusal
        ? { ...nothingDone, errors: saveErrors(outcome, model, parts) }
        : outcomeView(outcome),
    )
  }
  parts.automation.wake()
  return json(results, hasFailure && results.length === 1 ? 400 : 200)
}

const nothingDone = {
  actorIds: null,
  entityId: null,
  instanceId: null,
  instanceStatus: null,
  newWorkitemIds: null,
  success: false,
}

function outcomeView({ status, newWorkitemIds, ...outcome }: FinishedOutcome): object {
  return { ...outcome, errors: null, instanceStatus: status, newWorkitemIds, success: true }
}

function perform({ automation }: Parts, { caller }: Call, body: Body): Promise<FinishedOutcome> {
  const type = textMember(body, 'actionType')
  const comments = textMember(body, 'comments')
  if (comments.length > commentsCharsMax) {
    throw refuse('STRING_TOO_LONG', `"comments" has at most ${commentsCharsMax} characters.`, {
      fields: ['comments'],
    })
  }
  const contextId = textMember(body, 'contextId')
  const chosen = idsOf(body, 'nextApproverIds')
  if (type === 'Submit') {
    const process = textMember(body, 'processDefinitionNameOrId') || undefined
    const skipsCriteria = process !== undefined && booleanMember(body, 'skipEntryCriteria')
    const submission = { recordId: contextId, comments, process, chosen, skipsCriteria }
    return automation.approvals.submit(caller, submission)
  }
  const kind = answerKinds.find((one): one is AnswerKind => one === type)
  if (kind === undefined) {
    const known = ['Submit', ...answerKinds].join(', ')
    throw refuse('INVALID_ARGUMENT', `"actionType" is one of ${known}.`, { fields: ['actionType'] })
  }
  return automation.approvals.answer(caller, kind, { workitemId: contextId, comments, chosen })
}

function idsOf(body: Body, name: string): readonly string[] {
  const given = body.get(name) ?? []
  const isList = Array.isArray(given) && given.every((id) => typeof id === 'string')
  if (isList && given.length <= limits.bulkRecordsMax) return given
  throw refuse('INVALID_ARGUMENT', `"${name}" is a list of ids.`, { fields: [name] })
}

function readRequests(given: unknown): readonly Body[] {
  const isRight = Array.isArray(given) && given.length > 0 && given.length <= limits.bulkRecordsMax
  const bodies = isRight ? given : []
  if (isRight && bodies.every((one) => typeof one === 'object' && one !== null)) {
    return bodies.map((one) => new Map(Object.entries(one)))
  }
  throw refuse(
    'INVALID_ARGUMENT',
    `"requests" is a list of 1 to ${limits.bulkRecordsMax} objects: {"requests": [{"actionType": "Submit", "contextId": "…"}]}.`,
    { fields: ['requests'] },
  )
}
