/** Flows: what is wrong in them, and what of them the engine does not act on. Plans are kept with their bodies. */
import type { Flow } from '../../metadata/types.ts'
import { message } from '../base/message.ts'
import type { Declaration, SourceProblem } from './declaration.ts'
import { compileFlow, type CompiledFlow } from './flows/compile-flow.ts'
import type { Scope } from './scope.ts'
import { problemAt } from './source-problem.ts'

export function isFlow(declaration: Declaration): declaration is Declaration<'Flow'> {
  return declaration.type === 'Flow'
}

const compiled = new WeakMap<Scope, Map<Readonly<Flow>, CompiledFlow>>()

/** The same index understands a flow in one way. */
export function flowOf(body: Readonly<Flow>, index: Scope): CompiledFlow {
  const ofIndex = compiled.get(index) ?? new Map<Readonly<Flow>, CompiledFlow>()
  compiled.set(index, ofIndex)
  const known = ofIndex.get(body)
  if (known !== undefined) return known
  const made = compileFlow(body, index)
  ofIndex.set(body, made)
  return made
}

export function checkFlow(
  declaration: Declaration<'Flow'>,
  index: Scope,
): { readonly problems: readonly SourceProblem[]; readonly inert: readonly string[] } {
  const { plan, problems } = flowOf(declaration.body, index)
  return {
    problems: problems.map(({ pointer, reason }) =>
      problemAt(declaration, pointer, {
        reason: message('flow {flow}: {reason}', { flow: declaration.fullName, reason }),
      }),
    ),
    inert: plan.inert,
  }
}
