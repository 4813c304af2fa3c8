/** A storage that refuses writes beside a unit of work from within it: on SQLite the unit would wait for itself. */
import { AsyncLocalStorage } from 'node:async_hooks'
import type { Storage } from '../../engine/storage/storage.ts'

interface OpenUnit {
  isOpen: boolean
}

const units = new AsyncLocalStorage<OpenUnit>()

export function watchUnits(storage: Storage): Storage {
  const write: Storage['write'] = (work) => {
    requireNoUnit()
    return storage.write(async (tx) => {
      const unit = { isOpen: true }
      try {
        return await units.run(unit, () => work(tx))
      } finally {
        unit.isOpen = false
      }
    })
  }
  const writeGrouped: Storage['writeGrouped'] = (group, input) => {
    requireNoUnit()
    return storage.writeGrouped(group, input)
  }
  return new Proxy(storage, {
    get: (target, name) => {
      if (name === 'write') return write
      if (name === 'writeGrouped') return writeGrouped
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

function requireNoUnit(): void {
  if (units.getStore()?.isOpen !== true) return
  throw new Error('a write beside the unit of work that asks for it')
}
