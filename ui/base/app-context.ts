/** What the shell knows about user, apps and objects, handed down to every page. */
import { createContext } from '@lit/context'
import type { AppInfo, AppScreen, ObjectSummary } from './wire.ts'

export const appContext = createContext<AppScreen | undefined>(Symbol('app'))

export function findObject(screen: AppScreen | undefined, name: string): ObjectSummary | undefined {
  return screen?.objects.find((object) => object.name === name)
}

/** The named app, or the first one. */
export function findApp(
  screen: AppScreen | undefined,
  name: string | undefined,
): AppInfo | undefined {
  return screen?.apps.find((app) => app.name === name) ?? screen?.apps[0]
}

/** The object that an id belongs to, by its key prefix. */
export function objectOfId(screen: AppScreen | undefined, id: string): ObjectSummary | undefined {
  return screen?.objects.find((object) => object.keyPrefix === id.slice(0, 3))
}
