/** Turns a finding about a component into a problem with file, line and column. */
import type { Declaration, SourceProblem } from './declaration.ts'

export type Pointer = readonly (string | number)[]

export interface Finding {
  readonly reason: string
  readonly suggestion?: string | undefined
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
    reason: finding.reason,
    ...(finding.suggestion === undefined ? {} : { suggestion: finding.suggestion }),
    component: finding.component ?? declaration.fullName,
  }
}

/** "did you mean …?" for a name that was nearly right. */
export function didYouMean(name: string | undefined): string | undefined {
  return name === undefined ? undefined : `did you mean "${name}"?`
}
