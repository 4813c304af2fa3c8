/** Connected apps: each asks under a key of its own, or one would be taken for the other. */
import type { ConnectedApp } from '../../metadata/types.ts'
import { message } from '../base/message.ts'
import { stockClients } from '../base/stock-clients.ts'
import type { Declaration, SourceProblem } from './declaration.ts'
import type { Components } from './model-index.ts'
import { problemAt } from './source-problem.ts'

/** Under which an app asks for tokens: its consumer key, or its name where none was given; undefined for one that never asks. */
export function clientIdOf(app: ConnectedApp): string | undefined {
  return app.oauthConfig === undefined ? undefined : (app.oauthConfig.consumerKey ?? app.fullName)
}

export function checkConnectedApp(
  declaration: Declaration<'ConnectedApp'>,
  components: Components,
): readonly SourceProblem[] {
  const key = clientIdOf(declaration.body)
  if (key === undefined) return []
  const owner = stockClients.get(key) ?? otherWith(key, declaration, components)
  if (owner === undefined) return []
  const { fullName } = declaration
  const reason = message(
    'ConnectedApp {name}: the consumer key "{key}" is that of {owner} already.',
    { name: fullName, key, owner },
  )
  return [problemAt(declaration, ['oauthConfig', 'consumerKey'], { reason })]
}

function otherWith(
  key: string,
  { fullName }: Declaration<'ConnectedApp'>,
  components: Components,
): string | undefined {
  for (const other of components.get('ConnectedApp')?.values() ?? []) {
    if (other.fullName !== fullName && isApp(other) && clientIdOf(other.body) === key) {
      return other.fullName
    }
  }
  return undefined
}

export function isApp(declaration: Declaration): declaration is Declaration<'ConnectedApp'> {
  return declaration.type === 'ConnectedApp'
}
