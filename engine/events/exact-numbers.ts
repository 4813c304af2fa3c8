/** Long numbers of events, which are kept as texts so that none bends: numbers again where `printAside` prints them. */
import type { ObjectModel } from '../model/model.ts'
import { exactDigits } from '../records/exact-json.ts'

type Values = Readonly<Record<string, unknown>>

const numberTypes: ReadonlySet<string> = new Set(['double', 'int', 'currency', 'percent'])
/** A text of a field that has become a number since then may be none. */
const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

export function exactNumbers(object: ObjectModel, values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const field = object.fieldsByName.get(name.toLowerCase())
      const isNumber = typeof value === 'string' && jsonNumber.test(value)
      const isExact = isNumber && field && numberTypes.has(field.type.describe(field.options).type)
      return [name, isExact === true ? exactDigits(value) : value]
    }),
  )
}
