/** What the server proves itself with to identity providers: encrypted, never shown again. */
import type { Clock } from '../../base/clock.ts'
import type { FieldServices } from '../../fields/field-type.ts'
import { sql } from '../../sql/sql.ts'
import type { Storage, Transaction } from '../../storage/storage.ts'

export interface ProviderSecrets {
  of(provider: string): Promise<string | undefined>
  /** An empty one takes it away. */
  set(tx: Transaction, provider: string, secret: string): Promise<void>
}

export function createProviderSecrets(parts: {
  readonly storage: Storage
  readonly clock: Clock
  readonly services: Pick<FieldServices, 'encrypt' | 'decrypt'>
}): ProviderSecrets {
  const { storage, clock, services } = parts
  const { dialect } = storage
  const text = (value: string) => dialect.bound({ kind: 'text' }, value)
  return {
    of: async (provider) => {
      const [row] = await storage.read(
        sql`select secret from fs_provider_secret where provider = ${text(provider)}`,
      )
      return row === undefined ? undefined : services.decrypt(String(row['secret']))
    },
    set: async (tx, provider, secret) => {
      await tx.run(sql`delete from fs_provider_secret where provider = ${text(provider)}`)
      if (secret === '') return
      const now = dialect.bound({ kind: 'instant' }, clock.now())
      await tx.run(
        sql`insert into fs_provider_secret (provider, secret, changed_at) values (${text(provider)}, ${text(services.encrypt(secret))}, ${now})`,
      )
    },
  }
}
