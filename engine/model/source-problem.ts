/** Turns a finding about a component into a problem with file, line and column. */
import { inEnglish, message, type Message } from '../base/message.ts'
import type { Declaration, SourceProblem } from './declaration.ts'

export type Pointer = readonly (string | number)[]

export interface Finding {
  readonly reason: Message
  readonly suggestion?: Message | undefined
  /** The member concerned, such as "CollectionPlan.Status"; the component itself when absent. */
  readonly component?: string
}

/** The place of a pointer within the declaration's file; the file's start when it came without one. */
export function problemAt(
  declaration: Declaration,
  pointer: Pointer,
  finding: Finding,
): SourceProblem {
  const place = declaration.locate?.(pointer) ?? { line: 1, column: 1 }
  return {
    file: declaration.file ?? `${declaration.type} ${declaration.fullName}`,
    line: place.line,
    column: place.column,
    ...reasoned(finding.reason, finding.suggestion),
    component: finding.component ?? declaration.fullName,
  }
}

/** What is wrong and what would be right: in English, and as what it can be said in other languages by. */
export function reasoned(
  told: Message,
  toldSuggestion?: Message,
): Pick<SourceProblem, 'reason' | 'suggestion' | 'told' | 'toldSuggestion'> {
  const reason = { reason: inEnglish(told), told }
  if (toldSuggestion === undefined) return reason
  return { ...reason, suggestion: inEnglish(toldSuggestion), toldSuggestion }
}

/** "did you mean …?" for a name that was nearly right. */
export function didYouMean(name: string | undefined): Message | undefined {
  return name === undefined ? undefined : message('did you mean "{name}"?', { name })
}
