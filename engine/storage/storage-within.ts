/** An open unit of work in the shape of a storage: whatever is done through it becomes part of that unit. */
import type { Storage, Transaction } from './storage.ts'

/** Good for as long as the unit is open; afterwards everything is refused by the transaction itself. */
export function storageWithin(storage: Storage, tx: Transaction): Storage {
  return {
    dialect: tx.dialect,
    // The unit's own time holds for its reads too.
    read: (query, { holes } = {}) => tx.read(query, holes),
    write: (work) => work(tx),
    writeGrouped: async (group, input) => {
      const [result] = await group.run(tx, [input])
      if (result === undefined) throw new Error('a group of one write gave no result')
      return result
    },
    runAlone: () => Promise.reject(new Error('a unit of work has no place outside of itself')),
    tables: () => storage.tables(),
    tableNames: () => storage.tableNames(),
    exclusive: () => Promise.reject(new Error('a unit of work must not wait for others')),
    notify: (channel, payload) => storage.notify(channel, payload),
    listen: (channel, onMessage) => storage.listen(channel, onMessage),
    health: () => storage.health(),
    close: () => Promise.reject(new Error('a unit of work does not own the storage')),
  }
}
