/** Who changes the metadata, and by which way, as the journal keeps it. */
import type { Author, DeploySource } from '../../deploy/plan.ts'
import type { Call } from '../route.ts'

export function authorOf(call: Call): Author {
  const { id, name, limitedTo } = call.user
  return { id, name, limitedTo }
}

export function sourceOf(call: Call): DeploySource {
  return call.credential.kind === 'session' ? 'setup' : 'api'
}
