/** Where people can go, for programs that show it: the objects of the applications that the caller sees. */
import { objectOfTab, standardTabPrefix, tabLabel } from '../../language/tab-label.ts'
import { isReadByAll } from '../../model/component-objects.ts'
import type { ObjectModel } from '../../model/model.ts'
import type { Gate } from '../../query/resolve.ts'
import type { AppParts } from '../app-parts.ts'
import { modelFor } from '../language-of.ts'
import { json } from '../respond.ts'
import { route, type Call, type Route } from '../route.ts'
import { listViews } from '../views/list-view.ts'
import { baseUrl, data } from './addresses.ts'

type Parts = Pick<AppParts, 'deployer' | 'publicUrl'>

export function tabRoutes(parts: Parts): readonly Route[] {
  return [
    route('GET', `${data}/tabs`, (call) => json(tabs(parts, call), 200, call.limitInfo)),
    route('GET', `${data}/theme`, (call) => json(theme(parts, call), 200, call.limitInfo)),
  ]
}

function tabs(parts: Parts, call: Call): readonly unknown[] {
  const gate = { model: modelFor(parts, call.caller), access: call.caller.access }
  const base = baseUrl(call.request, parts.publicUrl)
  const shown = new Map<string, unknown>()
  for (const { body } of gate.model.components('CustomApplication')) {
    for (const tab of body.tabs ?? []) {
      const object = gate.model.object(objectOfTab(tab))
      if (object === undefined || shown.has(object.name) || !isPlace(gate, object)) continue
      const view = listViews(gate, object)[0]?.name ?? ''
      const url = `${base}/app/${body.fullName}/${object.name}/list/${view}`
      shown.set(object.name, { ...noPictures, ...tabOf(gate, object), url })
    }
  }
  return [...shown.values()]
}

/** Pictures are the matter of the screens, which draw their own. */
const noPictures = { colors: [], iconUrl: null, icons: [], miniIconUrl: null }

function tabOf({ model }: Gate, object: ObjectModel) {
  const { name, custom } = object
  const label = tabLabel(model, object)
  return { custom, label, name: custom ? name : standardTabPrefix + name, sobjectName: name }
}

function isPlace({ access }: Gate, { name }: ObjectModel): boolean {
  return access.mayObject(name, 'read') && !isReadByAll(name)
}

function theme(parts: Parts, call: Call): unknown {
  const { access } = call.caller
  const names = modelFor(parts, call.caller).objectNames.filter((name) =>
    access.mayObject(name, 'read'),
  )
  return { themeItems: names.map((name) => ({ name, colors: [], icons: [] })) }
}
