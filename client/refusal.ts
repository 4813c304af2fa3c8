/** What the server says no with, as errors that programs can read. */

export interface Problem {
  readonly errorCode: string
  readonly message: string
  readonly fields: readonly string[]
}

/** The server refused: `code` says why for programs, `message` for people, `fields` where. */
export class Refusal extends Error {
  readonly status: number
  readonly code: string
  readonly fields: readonly string[]
  /** All that is wrong; the first is the one above. */
  readonly problems: readonly Problem[]

  constructor(status: number, problems: readonly Problem[]) {
    const [first] = problems
    super(first?.message ?? `the server answers ${status}`)
    this.name = 'Refusal'
    this.status = status
    this.code = first?.errorCode ?? 'UNKNOWN'
    this.fields = first?.fields ?? []
    this.problems = problems
  }
}

/** A field that two people changed to different values. */
export interface FieldConflict {
  readonly field: string
  readonly base: unknown
  readonly yours: unknown
  readonly theirs: unknown
  readonly changedBy: string | null
  readonly changedAt: string | null
}

/** Somebody else changed the record meanwhile: nothing was written. */
export class Conflict extends Refusal {
  /** Empty where only a version was compared. */
  readonly conflicts: readonly FieldConflict[]

  constructor(problems: readonly Problem[], conflicts: readonly FieldConflict[]) {
    super(conflictStatus, problems)
    this.name = 'Conflict'
    this.conflicts = conflicts
  }
}

const conflictStatus = 412

type Members = Readonly<Record<string, unknown>>

/** The error behind an answer that is none of success. */
export function refusalOf(status: number, text: string): Refusal {
  const entries = entriesOf(text)
  const problems = entries.map(problemOf)
  if (problems.length === 0) {
    const message = `the address answers ${status}, and not as Fieldstone does`
    return new Refusal(status, [{ errorCode: 'UNKNOWN', message, fields: [] }])
  }
  if (status !== conflictStatus) return new Refusal(status, problems)
  const details = membersOf(entries[0]?.['details'])
  const conflicts = Array.isArray(details['conflicts']) ? details['conflicts'] : []
  return new Conflict(problems, conflicts as readonly FieldConflict[])
}

/** A list of problems, or the single object of a refused sign-in. */
function entriesOf(text: string): readonly Members[] {
  try {
    const body: unknown = JSON.parse(text)
    return (Array.isArray(body) ? body : [body]).map(membersOf).filter(isProblem)
  } catch (error) {
    // No answer of ours: a proxy on the way, or another program at that address.
    if (error instanceof SyntaxError) return []
    throw error
  }
}

function isProblem(entry: Members): boolean {
  return 'errorCode' in entry || 'error' in entry
}

function problemOf(entry: Members): Problem {
  const { fields } = entry
  return {
    errorCode: String(entry['errorCode'] ?? entry['error']),
    message: String(entry['message'] ?? entry['error_description'] ?? entry['error']),
    fields: Array.isArray(fields) ? fields.map(String) : [],
  }
}

function membersOf(value: unknown): Members {
  return typeof value === 'object' && value !== null ? (value as Members) : {}
}
