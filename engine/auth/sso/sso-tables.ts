/** The tables of single sign-on: secrets at providers, encrypted, and who is who there. */
import type { EngineTable } from '../../storage/engine-tables.ts'

export const ssoTables: readonly EngineTable[] = [
  {
    name: 'fs_provider_secret',
    columns: [
      { name: 'provider', kind: { kind: 'text' } },
      { name: 'secret', kind: { kind: 'text' } },
      { name: 'changed_at', kind: { kind: 'instant' } },
    ],
    key: ['provider'],
    indexes: [],
  },
  {
    // A subject of an issuer, and the one user that it stands for.
    name: 'fs_account_link',
    columns: [
      { name: 'provider', kind: { kind: 'text' } },
      { name: 'issuer', kind: { kind: 'text' } },
      { name: 'subject', kind: { kind: 'text' } },
      { name: 'user_id', kind: { kind: 'id' } },
      { name: 'created_at', kind: { kind: 'instant' } },
    ],
    key: ['provider', 'issuer', 'subject'],
    indexes: [['user_id']],
  },
]
