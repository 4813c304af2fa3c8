/** A thousand objects in another language: only what is asked for is translated, and at once. */
import { describe, expect, it } from 'vitest'
import { systemCaller } from '../../engine/auth/system-caller.ts'
import { chooseBindings, nothingTaken } from '../../engine/deploy/choose-bindings.ts'
import { inLanguage } from '../../engine/language/in-language.ts'
import { compiledObjects, compileModel } from '../../engine/model/compile-model.ts'
import type { Declaration } from '../../engine/model/declaration.ts'
import { createDescribeCache, describeGlobal } from '../../engine/query/describe.ts'
import { fieldName, largeObject, objectName } from './large-model.ts'

const objects = 1_000
const fields = 100
const aims = { describeMs: 50, globalMs: 2_000 }
/** Other work on the machine. */
const room = 6

function component(type: string, body: object): Declaration {
  const { fullName } = body as { readonly fullName: string }
  return { type, fullName, body } as unknown as Declaration
}

const declarations = Array.from({ length: objects }, (_, index) => [
  component('CustomObject', largeObject(index, fields)),
  component('CustomObjectTranslation', {
    fullName: `${objectName(index)}-de`,
    caseValues: [{ plural: false, value: `Groß ${index}` }],
    fields: Array.from({ length: fields }, (_one, field) => ({
      name: fieldName(field),
      label: `Feld ${field}`,
      picklistValues: [{ masterLabel: 'Value 1', translation: 'Wert 1' }],
    })),
  }),
]).flat()

const bindings = chooseBindings({ declarations, bindings: new Map(), taken: nothingTaken })
const { model } = compileModel({ declarations, bindings, version: 1, trusted: true })
if (model === undefined) throw new Error('the model does not compile')
const access = systemCaller(model).access

function processorMs(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}

describe('a thousand objects in another language', () => {
  const german = inLanguage(model, 'de')
  const gate = { model: german, access }
  const describeText = createDescribeCache()

  it('are translated one by one, when they are asked for', () => {
    expect(compiledObjects(model)).toEqual([])
    expect(german.object(objectName(500))?.label).toBe('Groß 500')
    expect(compiledObjects(model)).toEqual([objectName(500)])
  })

  it('describe an object at once, and from memory the second time', () => {
    const first: number[] = []
    const second: number[] = []
    for (let index = 10; index < objects; index += 100) {
      const object = german.object(objectName(index))
      if (object === undefined) throw new Error('no object')
      const describeIt = (): void => {
        expect(describeText(gate, object, '67.0')).toContain('"label":"Feld 99"')
      }
      first.push(processorMs(describeIt))
      second.push(processorMs(describeIt))
    }
    const median = (samples: readonly number[]): number =>
      samples.toSorted((a, b) => a - b)[Math.floor(samples.length / 2)] ?? Infinity
    expect(median(first)).toBeLessThan(aims.describeMs)
    expect(median(second)).toBeLessThan(aims.describeMs / 5)
  })

  it('list all objects in time', () => {
    const ms = processorMs(() => {
      expect(JSON.stringify(describeGlobal(gate, '67.0'))).toContain('"label":"Groß 999"')
    })
    expect(ms).toBeLessThan(aims.globalMs * room)
    const again = processorMs(() => void JSON.stringify(describeGlobal(gate, '67.0')))
    expect(again).toBeLessThan(aims.globalMs)
  })
})
