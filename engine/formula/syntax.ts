/** The tree of what was written, before names and types are looked at. */
import type { Span } from './problem.ts'

/** One step of a path; `target` is the object named after a colon, as in `Owner:User.Name`. */
export interface PathStep {
  readonly name: string
  readonly target?: string
}

export type Syntax =
  | { readonly kind: 'number'; readonly digits: string; readonly span: Span }
  | { readonly kind: 'text'; readonly value: string; readonly span: Span }
  | { readonly kind: 'boolean'; readonly value: boolean; readonly span: Span }
  | { readonly kind: 'null'; readonly span: Span }
  | { readonly kind: 'path'; readonly steps: readonly PathStep[]; readonly span: Span }
  | {
      readonly kind: 'call'
      /** As written. */
      readonly name: string
      readonly args: readonly Syntax[]
      readonly span: Span
    }
  | {
      readonly kind: 'operator'
      readonly operator: Operator
      /** One for a sign before its operand; more than two where a chain was written. */
      readonly operands: readonly Syntax[]
      readonly span: Span
    }

export type Operator =
  '+' | '-' | '*' | '/' | '^' | '&' | '=' | '<>' | '<' | '<=' | '>' | '>=' | '&&' | '||' | '!'

/** A path as people write it. */
export function printPath(steps: readonly PathStep[]): string {
  return steps
    .map((step) => (step.target === undefined ? step.name : `${step.name}:${step.target}`))
    .join('.')
}
