/** Old names go on answering; the answer says so in a `Warning` header, so that clients can move on. */
import type { Caller } from '../records/records.ts'
import type { Answer } from './route.ts'

/** The same caller; former names that a request uses are put into `noted` as texts of warnings. */
export function notingFormerNames(caller: Caller, noted: Set<string>): Caller {
  return {
    ...caller,
    onFormerName: ({ kind, former, current }) => {
      if (noted.size < warningsMax && wordy.test(former))
        noted.add(`The ${kind} ${former} is now called ${current}: use the new name.`)
    },
  }
}

/** A header of bounded size; one old name leads to the others. */
const warningsMax = 5

/** What stood in an address or a body is repeated in a header only when it is a name. */
const wordy = /^[\w.]{1,170}$/

export async function withWarnings(answer: Answer, noted: ReadonlySet<string>): Promise<Response> {
  const response = await answer
  for (const text of noted) response.headers.append('Warning', `299 - "${text}"`)
  return response
}
