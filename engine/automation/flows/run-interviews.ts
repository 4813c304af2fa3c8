/** Runs many interviews side by side: each goes on until it needs others' records, and those that wait at one element are served together. */
import { Refusal, refuse } from '../../base/refusal.ts'
import { FormulaFailure } from '../../formula/problem.ts'
import { inEnglish } from '../../base/message.ts'
import type { FlowWork } from './flow-work.ts'
import type { Interview } from './interview.ts'
import { runFrom, type Demand, type Reply, type Run, type RunServices } from './run-elements.ts'
import { placed, serve } from './serve-demands.ts'

export interface Started {
  readonly interview: Interview
  /** The element to begin with. */
  readonly start: string | undefined
}

interface Waiting {
  readonly index: number
  readonly run: Run
  readonly demand: Demand
}

/** For each of them why it failed; undefined where it came to its end. */
export async function runInterviews(
  work: FlowWork,
  services: RunServices,
  started: readonly Started[],
): Promise<readonly (Refusal | undefined)[]> {
  const failures: (Refusal | undefined)[] = started.map(() => undefined)
  let waiting: Waiting[] = []
  const step = (index: number, run: Run, reply?: Reply): void => {
    const interview = started[index]?.interview
    if (interview === undefined) return
    try {
      const next = reply === undefined ? run.next() : run.next(reply)
      if (next.done !== true) waiting.push({ index, run, demand: next.value })
    } catch (error) {
      failures[index] = failureOf(interview, error)
    }
  }
  started.forEach(({ interview, start }, index) => {
    step(index, runFrom(interview, services, start))
  })
  while (waiting.length > 0) {
    const together = nextOnes(waiting)
    const others = new Set(together)
    waiting = waiting.filter((one) => !others.has(one))
    const [first] = together
    if (first === undefined) break
    const interviews = together.map(({ demand }) => demand.interview)
    const replies = await serve(work, first.demand.element, interviews)
    together.forEach(({ index, run }, place) => {
      const reply = replies[place]
      if (reply !== undefined) step(index, run, reply)
    })
  }
  return failures
}

/** Those who are furthest behind, and all who wait at the same element: the others may yet come there. */
function nextOnes(waiting: readonly Waiting[]): readonly Waiting[] {
  const least = Math.min(...waiting.map(({ demand }) => demand.interview.demands))
  const first = waiting.find(({ demand }) => demand.interview.demands === least)
  if (first === undefined) return []
  const { element, interview } = first.demand
  return waiting.filter(
    ({ demand }) => demand.element === element && demand.interview.plan === interview.plan,
  )
}

/** What a flow did wrong is a refusal; whatever else was thrown is a bug. */
export function failureOf(interview: Interview, error: unknown): Refusal {
  if (error instanceof Refusal) return placed(interview, error)
  if (!(error instanceof FormulaFailure)) throw error
  return placed(interview, refuse('CANNOT_EXECUTE_FLOW_TRIGGER', inEnglish(error.told)))
}
