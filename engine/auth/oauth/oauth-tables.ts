/** The tables of programs that act for people: what was granted to them, and their own secrets. */
import type { EngineTable } from '../../storage/engine-tables.ts'

export const oauthTables: readonly EngineTable[] = [
  {
    name: 'fs_grant',
    columns: [
      { name: 'secret_hash', kind: { kind: 'text' } },
      { name: 'kind', kind: { kind: 'text' } },
      // Whatever came of one consent; it ends as a whole.
      { name: 'family', kind: { kind: 'text' } },
      { name: 'user_id', kind: { kind: 'id' } },
      { name: 'client', kind: { kind: 'text' } },
      { name: 'details', kind: { kind: 'text' } },
      { name: 'expires_at', kind: { kind: 'instant' } },
      { name: 'used_at', kind: { kind: 'instant' }, nullable: true },
    ],
    key: ['secret_hash'],
    indexes: [['family'], ['user_id'], ['expires_at']],
  },
  {
    name: 'fs_client_secret',
    columns: [
      { name: 'client', kind: { kind: 'text' } },
      { name: 'secret_hash', kind: { kind: 'text' } },
      { name: 'changed_at', kind: { kind: 'instant' } },
    ],
    key: ['client'],
    indexes: [],
  },
]
