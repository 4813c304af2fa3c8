/** Plans, the journal of what was applied, and what waits or is wrong in the folder. */
import { message } from '../../base/message.ts'
import { limits } from '../../base/limits.ts'
import { refuse } from '../../base/refusal.ts'
import { inWords, problemInWords } from '../../deploy/plan-in-words.ts'
import type { ComponentChange } from '../../deploy/plan.ts'
import type { AppParts } from '../app-parts.ts'
import { booleanMember, jsonObject, optionalJsonObject } from '../json-request.ts'
import { wordsFor } from '../language-of.ts'
import { json } from '../respond.ts'
import { setupRoute, type Call, type Route } from '../route.ts'
import { own } from './addresses.ts'
import { authorOf, sourceOf } from './author.ts'

type Parts = Pick<AppParts, 'deployer' | 'hooks' | 'ledger'>

export function planRoutes(parts: Parts): readonly Route[] {
  const { deployer } = parts
  return [
    setupRoute('POST', `${own}/plans`, (call) => makePlan(parts, call)),
    setupRoute('GET', `${own}/plans/:id`, (call) => readPlan(parts, call)),
    setupRoute('POST', `${own}/plans/:id/apply`, (call) => apply(parts, call)),
    setupRoute('GET', `${own}/journal`, (call) => journal(parts, call)),
    setupRoute('GET', `${own}/journal/:number`, (call) => journalEntry(parts, call)),
    setupRoute('POST', `${own}/journal/:number/revert`, (call) => revert(parts, call)),
    setupRoute('GET', `${own}/problems`, (call) => folderProblems(parts, call)),
    setupRoute('GET', `${own}/roll-ups/wrong`, async () =>
      json(await deployer.wrongSummaries(limits.problemsReportedMax)),
    ),
    setupRoute('POST', `${own}/roll-ups/repair`, async () =>
      json({ repaired: await deployer.repairSummaries() }),
    ),
    setupRoute('GET', `${own}/ledger/faults`, async () => json(await parts.ledger.verify())),
    setupRoute('GET', `${own}/usage/:object`, (call) => usage(parts, call)),
  ]
}

/** What is wrong in the folders of metadata and hooks, while the last good ones serve. */
function folderProblems(parts: Parts, call: Call): Response {
  const say = wordsFor(parts, call.caller)
  const problems = [...parts.deployer.problems(), ...parts.hooks.problems()]
  return json(problems.map((problem) => problemInWords(problem, say)))
}

/** How much the fields of an object hold, and what uses them. */
async function usage(parts: Parts, call: Call): Promise<Response> {
  const { records, fields } = await parts.deployer.usage(call.param('object'))
  const say = wordsFor(parts, call.caller)
  const worded = Object.entries(fields).map(([name, { filled, usedBy }]) => [
    name,
    { filled, usedBy: usedBy.map(say) },
  ])
  return json({ records, fields: Object.fromEntries(worded) })
}

async function makePlan(parts: Parts, call: Call): Promise<Response> {
  const body = await jsonObject(call.request)
  const plan = await parts.deployer.plan(readChanges(body.get('changes')), authorOf(call))
  return json(inWords(plan, wordsFor(parts, call.caller)))
}

async function readPlan(parts: Parts, call: Call): Promise<Response> {
  const id = call.param('id')
  const say = wordsFor(parts, call.caller)
  if (id !== 'pending') return json(inWords(parts.deployer.planById(id), say))
  const report = await parts.deployer.pending()
  const found = [...report.problems, ...parts.hooks.problems()]
  const problems = found.map((problem) => problemInWords(problem, say))
  return json({ ...report, problems, plan: report.plan && inWords(report.plan, say) })
}

function readChanges(value: unknown): readonly ComponentChange[] {
  if (!Array.isArray(value) || value.length === 0) throw badChange('"changes" must be a list.')
  return value.map((entry: unknown) => readChange(entry))
}

function readChange(value: unknown): ComponentChange {
  if (typeof value !== 'object' || value === null) throw badChange('Each change is an object.')
  const entry = new Map<string, unknown>(Object.entries(value))
  const type = entry.get('type')
  const fullName = entry.get('fullName')
  if (typeof type !== 'string' || typeof fullName !== 'string') {
    throw badChange('Each change says "type" and "fullName".')
  }
  const renameTo = entry.get('renameTo')
  if (typeof renameTo === 'string') return { type, fullName, renameTo }
  if (entry.get('delete') === true) return { type, fullName, delete: true }
  if (entry.has('replaceValue')) return readReplacement(type, fullName, entry)
  const body = entry.get('body')
  if (body !== undefined) return { type, fullName, body }
  throw badChange(`${type} ${fullName}: say "body", "delete": true or "renameTo".`)
}

function readReplacement(
  type: string,
  fullName: string,
  entry: ReadonlyMap<string, unknown>,
): ComponentChange {
  const [replaceValue, by, remove] = [
    entry.get('replaceValue'),
    entry.get('by'),
    entry.get('remove'),
  ]
  if (typeof replaceValue !== 'string' || replaceValue === '') {
    throw badChange(`${type} ${fullName}: "replaceValue" is the value that gives way.`)
  }
  if (by !== null && (typeof by !== 'string' || by === '')) {
    throw badChange(
      `${type} ${fullName}: "by" is the value that takes the place, or null to empty.`,
    )
  }
  return { type, fullName, replaceValue, by, remove: remove === true }
}

function badChange(message: string) {
  return refuse('INVALID_ARGUMENT', message, { fields: ['changes'] })
}

async function apply(parts: Parts, call: Call): Promise<Response> {
  const body = await optionalJsonObject(call.request)
  const options = {
    consent: booleanMember(body, 'consent'),
    by: authorOf(call),
    source: sourceOf(call),
  }
  const entry = await parts.deployer.apply(call.param('id'), options)
  return json(inWords(entry, wordsFor(parts, call.caller)))
}

async function journal(parts: Parts, call: Call): Promise<Response> {
  const before = call.query('before')
  const number = before === undefined ? undefined : entryNumber(before)
  const entries = await parts.deployer.journal(number)
  const say = wordsFor(parts, call.caller)
  return json(entries.map((entry) => inWords(entry, say)))
}

async function journalEntry(parts: Parts, call: Call): Promise<Response> {
  const number = entryNumber(call.param('number'))
  const entry = await parts.deployer.journalEntry(number)
  if (entry === undefined)
    throw refuse('NOT_FOUND', message('there is no journal entry {number}', { number }))
  return json(inWords(entry, wordsFor(parts, call.caller)))
}

async function revert(parts: Parts, call: Call): Promise<Response> {
  const body = await optionalJsonObject(call.request)
  const result = await parts.deployer.revert(entryNumber(call.param('number')), {
    consent: booleanMember(body, 'consent'),
    dryRun: booleanMember(body, 'dryRun'),
    by: authorOf(call),
    source: sourceOf(call),
  })
  return json(inWords(result, wordsFor(parts, call.caller)))
}

function entryNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) {
    throw refuse('INVALID_ARGUMENT', 'A journal entry is named by its number.')
  }
  return Number(text)
}
