/** Models for tests, compiled from JSON as from a metadata folder. */
import { chooseBindings, nothingTaken } from '../../engine/deploy/choose-bindings.ts'
import { compileModel } from '../../engine/model/compile-model.ts'
import type { Model } from '../../engine/model/model.ts'
import { parseDeclarations } from '../../engine/model/parse-declarations.ts'
import type { MetadataFile } from './test-objects.ts'

/** The model of these files; throws with all problems when they are wrong. */
export function modelOf(files: readonly MetadataFile[], version = 1): Model {
  const sources = files.map(([path, body]) => ({ path, text: JSON.stringify(body, null, 2) }))
  const parsed = parseDeclarations(sources)
  if (parsed.problems.length > 0) throw new Error(JSON.stringify(parsed.problems, null, 2))
  const { declarations } = parsed
  const bindings = chooseBindings({ declarations, bindings: new Map(), taken: nothingTaken })
  const compiled = compileModel({ declarations, bindings, version })
  if (compiled.model === undefined) throw new Error(JSON.stringify(compiled.problems, null, 2))
  return compiled.model
}
