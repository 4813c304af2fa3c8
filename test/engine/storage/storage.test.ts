/** The contract on both databases, and on the failing storage while it does not fail. */
import { storageContract } from '../../contract/storage-contract.ts'
import { databases } from '../../support/databases.ts'
import { failingStorage } from '../../support/failing-storage.ts'

for (const database of databases) storageContract(database)

storageContract({
  name: 'sqlite behind the failing storage',
  open: async (options) => {
    const opened = await databases[0].open(options)
    let storage = failingStorage(opened.storage)
    return {
      get storage() {
        return storage
      },
      url: opened.url,
      reopen: async () => {
        storage = failingStorage(await opened.reopen())
        return storage
      },
      close: () => opened.close(),
      keep: (folder) => opened.keep(folder),
    }
  },
})
