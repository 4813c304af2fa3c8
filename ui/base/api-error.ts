/** What the server refused, or that it could not be reached; pages show `message` and place `problems`. */
import type { Conflict, WireProblem } from './wire.ts'

export class ApiError extends Error {
  readonly status: number
  readonly problems: readonly WireProblem[]

  constructor(status: number, problems: readonly WireProblem[]) {
    super(problems.map((problem) => problem.message).join(' '))
    this.name = 'ApiError'
    this.status = status
    this.problems = problems
  }

  /** `NETWORK` when no answer came at all. */
  get code(): string {
    return this.problems[0]?.errorCode ?? 'UNKNOWN_EXCEPTION'
  }

  /** What our own routes add to a refusal. */
  get details(): Readonly<Record<string, unknown>> {
    return this.problems[0]?.details ?? {}
  }

  get conflicts(): readonly Conflict[] {
    const list = this.details['conflicts']
    // The shape is fixed by the extension API; anything but a list means there are none.
    return Array.isArray(list) ? (list as readonly Conflict[]) : []
  }
}

/** The words to show for anything that was thrown. */
export function errorText(error: unknown): string {
  return error instanceof Error && error.message !== '' ? error.message : String(error)
}

/** What an answer that is no good says; nothing where it is a page of somebody else. */
export function parseProblems(text: string): readonly WireProblem[] {
  try {
    const parsed: unknown = JSON.parse(text)
    return Array.isArray(parsed) ? parsed.flatMap(problemsIn) : []
  } catch {
    // A proxy's page instead of an answer of ours: the status says the rest.
    return []
  }
}

/** Actions tell of what they refuse within an outcome. */
function problemsIn(entry: WireProblem | FailedOutcome): readonly WireProblem[] {
  if (!('isSuccess' in entry)) return [entry]
  return (entry.errors ?? []).map(({ statusCode, ...told }) => ({ ...told, errorCode: statusCode }))
}

interface FailedOutcome {
  readonly isSuccess: boolean
  readonly errors:
    | readonly {
        readonly statusCode: string
        readonly message: string
        readonly fields: readonly string[]
      }[]
    | null
}
