/** Several requests in one: steps that refer to each other, graphs of them, and batches of independent ones. */
import { limits } from '../../base/limits.ts'
import { Refusal, refuse } from '../../base/refusal.ts'
import type { Records } from '../../records/records.ts'
import type { AppParts } from '../app-parts.ts'
import {
  createStepAnswers,
  resolveBody,
  resolveUrl,
  type StepAnswers,
} from '../composite-references.ts'
import {
  listMember,
  readReference,
  readRequest,
  readSteps,
  type Step,
} from '../composite-request.ts'
import { refusalAnswer } from '../error-answer.ts'
import { createRunInner, type InnerAnswer, type RunInner } from '../inner-requests.ts'
import { booleanMember, jsonObject } from '../json-request.ts'
import { modelFor } from '../language-of.ts'
import { json, jsonText } from '../respond.ts'
import { route, type Call, type Route } from '../route.ts'
import { withContents } from '../take-content.ts'
import { data } from './addresses.ts'
import { collectionRoutes } from './collections.ts'
import { queryRoutes } from './queries.ts'
import { quickActionRoutes } from './quick-actions.ts'
import { recordRoutes } from './records.ts'
import { resourceRoutes } from './resources.ts'

export type CompositeParts = Pick<
  AppParts,
  | 'bulk'
  | 'changeEvents'
  | 'clock'
  | 'contents'
  | 'databaseBytes'
  | 'deployer'
  | 'log'
  | 'guesses'
  | 'organization'
  | 'publicUrl'
  | 'recent'
  | 'records'
  | 'requestId'
  | 'streamingClients'
  | 'usage'
> & { readonly within?: true }

export function compositeRoutes(parts: CompositeParts): readonly Route[] {
  const { clock, deployer, log, organization, publicUrl, recent, records, requestId } = parts
  const { bulk, changeEvents, contents, databaseBytes, guesses, streamingClients, usage } = parts
  const steps = {
    clock,
    deployer,
    log,
    organization,
    publicUrl,
    bulk,
    changeEvents,
    contents,
    databaseBytes,
    guesses,
    streamingClients,
    usage,
  }
  const within = parts.within === true ? { within: parts.within } : {}
  const stepParts = { ...steps, recent, records, requestId, ...within }
  const inner = { ...stepParts, run: createRunInner(stepParts, stepRoutes) }
  return [
    route('GET', `${data}/composite`, (call) => json(resources(call), 200, call.limitInfo)),
    route('POST', `${data}/composite`, (call) => composite(bounded(inner), call)),
    route('POST', `${data}/composite/graph`, (call) => graphs(bounded(inner), call)),
    route('POST', `${data}/composite/batch`, (call) => batch(bounded(inner), call)),
  ]
}

/** What a step may be. */
function stepRoutes(parts: CompositeParts): readonly Route[] {
  return [
    ...resourceRoutes(parts),
    ...recordRoutes(parts),
    ...quickActionRoutes(parts),
    ...queryRoutes(parts),
    ...collectionRoutes(parts),
  ]
}

function resources(call: Call): unknown {
  const root = `/services/data/v${call.caller.apiVersion}/composite`
  return {
    tree: `${root}/tree`,
    batch: `${root}/batch`,
    sobjects: `${root}/sobjects`,
    graph: `${root}/graph`,
  }
}

interface Inner extends CompositeParts {
  readonly run: RunInner
}

/** The same for one request: what its steps answer together is bounded. */
function bounded(inner: Inner): Inner {
  let chars = 0
  return {
    ...inner,
    run: async (records, call, request) => {
      const answer =
        chars > limits.compositeAnswerCharsMax
          ? await answerOf(refusalAnswer(tooLong(), {}, modelFor(inner, call.caller)))
          : await inner.run(records, call, request)
      chars += answer.text.length
      return answer
    },
  }
}

function tooLong(): Refusal {
  return refuse(
    'LIMIT_EXCEEDED',
    `The steps before have answered more than ${limits.compositeAnswerCharsMax} characters (compositeAnswerCharsMax): ask in several requests.`,
  )
}

async function composite(inner: Inner, call: Call): Promise<Response> {
  const body = await withContents(inner, call, await jsonObject(call.request))
  const steps = readSteps(body)
  const done = booleanMember(body, 'allOrNone')
    ? (await asUnit(inner, call, steps)).done
    : await runSteps(inner, call, { records: inner.records, steps })
  return jsonText(compositeText(steps, done), 200, call.limitInfo)
}

function compositeText(steps: readonly Step[], done: readonly InnerAnswer[]): string {
  const entries = steps.map(({ referenceId }, index) => {
    const { text, status, location } = done[index] ?? halted
    const headers = location === undefined ? {} : { Location: location }
    return `{"body":${text === '' ? 'null' : text},"httpHeaders":${JSON.stringify(headers)},"httpStatusCode":${status},"referenceId":${JSON.stringify(referenceId)}}`
  })
  return `{"compositeResponse":[${entries.join(',')}]}`
}

const halted: InnerAnswer = {
  status: 400,
  location: undefined,
  text: JSON.stringify([
    {
      errorCode: 'PROCESSING_HALTED',
      message:
        'The transaction was rolled back since another operation in the same transaction failed.',
    },
  ]),
}

/** A step failed: nothing of its unit may stay. */
class UnitFailed extends Error {
  readonly index: number
  readonly answer: InnerAnswer
  constructor(index: number, answer: InnerAnswer) {
    super('a step of a unit failed')
    this.index = index
    this.answer = answer
  }
}

interface UnitOutcome {
  readonly isSuccessful: boolean
  readonly done: readonly InnerAnswer[]
}

/** All steps as one unit of work; when one fails, the others are answered as rolled back. */
async function asUnit(inner: Inner, call: Call, steps: readonly Step[]): Promise<UnitOutcome> {
  requireFewReads(steps)
  try {
    const done = await inner.records.together((records) =>
      runSteps(inner, call, { records, steps, isUnit: true }),
    )
    return { isSuccessful: true, done }
  } catch (error) {
    if (error instanceof UnitFailed) {
      const { index: failed, answer } = error
      return {
        isSuccessful: false,
        done: steps.map((_step, index) => (index === failed ? answer : halted)),
      }
    }
    // What is only known at the end of the unit concerns no step alone.
    if (error instanceof Refusal) {
      const answer = await answerOf(refusalAnswer(error, {}, modelFor(inner, call.caller)))
      return { isSuccessful: false, done: steps.map(() => answer) }
    }
    throw error
  }
}

/** Others wait while a unit reads: it may hold no more than a few queries. */
function requireFewReads(steps: readonly Step[]): void {
  const queries = steps.filter(({ url }) => /\/(?:query|queryAll)\b/i.test(url)).length
  if (queries <= limits.unitQueriesMax) return
  throw refuse(
    'LIMIT_EXCEEDED',
    `A unit of all or none may hold at most ${limits.unitQueriesMax} queries (unitQueriesMax).`,
  )
}

interface StepsToRun {
  readonly records: Records
  readonly steps: readonly Step[]
  readonly isUnit?: boolean
}

/** One after the other, each with what the former ones answered. */
async function runSteps(
  inner: Inner,
  call: Call,
  { records, steps, isUnit = false }: StepsToRun,
): Promise<readonly InnerAnswer[]> {
  const answers = createStepAnswers()
  const done: InnerAnswer[] = []
  for (const [index, step] of steps.entries()) {
    const answer = await runStep(inner, call, { records, step, answers })
    if (answer.status < 400) answers.add(step.referenceId, answer.text)
    else if (isUnit) throw new UnitFailed(index, answer)
    done.push(answer)
  }
  return done
}

interface StepToRun {
  readonly records: Records
  readonly step: Step
  readonly answers: StepAnswers
}

async function runStep(
  inner: Inner,
  call: Call,
  { records, step, answers }: StepToRun,
): Promise<InnerAnswer> {
  let request
  try {
    request = {
      ...step,
      url: resolveUrl(step.url, answers),
      body: resolveBody(step.body, answers),
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return answerOf(refusalAnswer(error, {}, modelFor(inner, call.caller)))
  }
  return inner.run(records, call, request)
}

async function answerOf(response: Response): Promise<InnerAnswer> {
  return { status: response.status, location: undefined, text: await response.text() }
}

/** Each graph is a unit of work of its own. */
async function graphs(inner: Inner, call: Call): Promise<Response> {
  const body = await withContents(inner, call, await jsonObject(call.request))
  const asked = listMember(body, 'graphs', limits.compositeGraphsMax).map((one) => ({
    graphId: readReference(one.get('graphId')),
    steps: readSteps(one),
  }))
  const nodes = asked.reduce((sum, { steps }) => sum + steps.length, 0)
  if (nodes > limits.compositeNodesMax) {
    const text = `Graphs may have at most ${limits.compositeNodesMax} steps together (compositeNodesMax).`
    throw refuse('LIMIT_EXCEEDED', text)
  }
  const texts: string[] = []
  for (const { graphId, steps } of asked) {
    const { done, isSuccessful } = await asUnit(inner, call, steps)
    texts.push(
      `{"graphId":${JSON.stringify(graphId)},"graphResponse":${compositeText(steps, done)},"isSuccessful":${isSuccessful}}`,
    )
  }
  return jsonText(`{"graphs":[${texts.join(',')}]}`, 200, call.limitInfo)
}

const batchHalted = JSON.stringify([
  {
    errorCode: 'BATCH_PROCESSING_HALTED',
    message: 'Batch processing halted per request',
  },
])

/** Independent requests, one after the other. */
async function batch(inner: Inner, call: Call): Promise<Response> {
  const body = await withContents(inner, call, await jsonObject(call.request))
  const halts = booleanMember(body, 'haltOnError')
  const requests = listMember(body, 'batchRequests', limits.compositeStepsMax).map(readRequest)
  const results: string[] = []
  let failed = false
  for (const request of requests) {
    if (failed && halts) {
      results.push(`{"statusCode":412,"result":${batchHalted}}`)
      continue
    }
    const { status, text } = await inner.run(inner.records, call, request)
    failed = failed || status >= 400
    results.push(`{"statusCode":${status},"result":${text === '' ? 'null' : text}}`)
  }
  return jsonText(`{"hasErrors":${failed},"results":[${results.join(',')}]}`, 200, call.limitInfo)
}
