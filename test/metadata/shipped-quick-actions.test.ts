/** Every shipped quick action acts, and every one that a shipped layout names is there. */
import { expect, it } from 'vitest'
import { quickActions } from '../../engine/automation/quick-actions/quick-actions.ts'
import { chooseBindings, nothingTaken } from '../../engine/deploy/choose-bindings.ts'
import { compileModel } from '../../engine/model/compile-model.ts'
import { parseDeclarations } from '../../engine/model/parse-declarations.ts'
import { shippedSources } from './shipped-sources.ts'

const { declarations } = parseDeclarations(shippedSources())
const bindings = chooseBindings({ declarations, bindings: new Map(), taken: nothingTaken })
const { model } = compileModel({ declarations, bindings, version: 1, trusted: true })
if (model === undefined) throw new Error('the shipped model does not compile')

const acting = new Set(quickActions(model).map(({ plan }) => plan.name))

it('shipped quick actions have an effect', () => {
  const declared = [...model.components('QuickAction')].map(({ fullName }) => fullName)
  expect(declared.filter((name) => !acting.has(name))).toEqual([])
  expect(declared.length).toBeGreaterThan(0)
})

it('shipped layouts offer actions that are there, of their object or global', () => {
  for (const { fullName, body } of model.components('Layout')) {
    const object = fullName.slice(0, fullName.indexOf('-'))
    for (const { quickActionName: name } of body.quickActionList?.quickActionListItems ?? []) {
      expect([fullName, name, acting.has(name)]).toEqual([fullName, name, true])
      if (name.includes('.')) expect(name.startsWith(`${object}.`)).toBe(true)
    }
  }
})
