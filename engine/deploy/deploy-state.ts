/** The applied model as one node holds it in memory. */
import { compileModel } from '../model/compile-model.ts'
import type { Declaration } from '../model/declaration.ts'
import type { Model } from '../model/model.ts'
import { componentKey } from '../model/resolve-mention.ts'
import type { AppliedModel } from './component-store.ts'

export interface DeployState extends Omit<AppliedModel, 'declarations'> {
  readonly model: Model
  /** By component key, "Layout Account-Account Layout". */
  readonly declarations: ReadonlyMap<string, Declaration>
}

/** Compiles what the database holds; what did not change is taken from the state before. */
export function stateOf(applied: AppliedModel, previous?: DeployState): DeployState {
  const declarations = new Map<string, Declaration>()
  for (const declaration of applied.declarations) {
    const key = componentKey(declaration.type, declaration.fullName)
    const same = previous?.hashes.get(key) === applied.hashes.get(key)
    const known = same ? previous?.declarations.get(key) : undefined
    declarations.set(key, known ?? declaration)
  }
  const compiled = compileModel({
    declarations: declarations.values(),
    bindings: keepEqualBindings(applied, previous),
    version: applied.version,
    previous: previous?.model,
    trusted: true,
  })
  if (compiled.model === undefined) throw new Error('the applied model does not compile')
  return { ...applied, declarations, model: compiled.model }
}

/** A binding that says the same stays the same object, so that what was compiled with it stays too. */
function keepEqualBindings(
  applied: AppliedModel,
  previous: DeployState | undefined,
): AppliedModel['bindings'] {
  if (previous === undefined) return applied.bindings
  return new Map(
    [...applied.bindings].map(([name, binding]) => {
      const before = previous.bindings.get(name)
      const same = before !== undefined && JSON.stringify(before) === JSON.stringify(binding)
      return [name, same ? before : binding]
    }),
  )
}
