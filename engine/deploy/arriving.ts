/** The state while summaries are computed: the model in force, told of those that all writers keep already. */
import { compileModel } from '../model/compile-model.ts'
import type { ArrivingSummaries } from '../model/model.ts'
import type { DeployState } from './deploy-state.ts'

/** The same model under another version, with or without arriving summaries. */
export function stateWith(
  state: DeployState,
  version: number,
  arriving?: ArrivingSummaries,
): DeployState {
  const compiled = compileModel({
    declarations: state.declarations.values(),
    bindings: state.bindings,
    version,
    previous: state.model,
    trusted: true,
    arriving,
  })
  if (compiled.model === undefined) throw new Error('the applied model does not compile')
  return { ...state, version, model: compiled.model }
}
