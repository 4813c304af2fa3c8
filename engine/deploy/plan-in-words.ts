/** Plans and journal entries as they are answered: their sentences in the reader's language, without what they are made of. */
import type { Message } from '../base/message.ts'
import type { PlanProblem, PlanStep } from './plan.ts'

interface Told {
  readonly summary: string
  readonly told?: Message
  readonly steps: readonly PlanStep[]
  readonly problems?: readonly PlanProblem[]
}

export type Say = (told: Message) => string

/** The same shape; what has no parts, such as an old entry of the journal, stays as it is written. */
export function inWords<Shown extends Told>(shown: Shown, say: Say): Shown {
  const { told, ...rest } = shown
  const { steps, problems } = shown
  return {
    ...rest,
    summary: told === undefined ? shown.summary : say(told),
    steps: steps.map((step) => stepInWords(step, say)),
    ...(problems && { problems: problems.map((problem) => problemInWords(problem, say)) }),
    // Only the member that is left out is missing, and that may be missing.
  } as unknown as Shown
}

function stepInWords({ told, ...step }: PlanStep, say: Say): PlanStep {
  return told === undefined ? step : { ...step, description: say(told) }
}

type ToldProblem = Pick<
  PlanProblem,
  'reason' | 'suggestion' | 'told' | 'toldSuggestion' | 'toldReferences'
>

/** Of a plan, or of a file that could not be taken over. */
export function problemInWords<Problem extends ToldProblem>(
  { told, toldSuggestion, toldReferences, ...problem }: Problem,
  say: Say,
): Omit<Problem, 'told' | 'toldSuggestion' | 'toldReferences'> {
  return {
    ...problem,
    ...(told && { reason: say(told) }),
    ...(toldSuggestion && { suggestion: say(toldSuggestion) }),
    ...(toldReferences && { references: toldReferences.map(say) }),
  }
}
