/** The tables of identity: password hashes, sessions and tokens, failed sign-ins. */
import type { EngineTable } from '../storage/engine-tables.ts'
import { frozenUserTable } from './frozen-users.ts'
import { secondFactorTables } from './second-factor.ts'
import { securityTable } from './security-settings.ts'

export const authTables: readonly EngineTable[] = [
  securityTable,
  frozenUserTable,
  ...secondFactorTables,
  {
    name: 'fs_former_password',
    columns: [
      { name: 'user_id', kind: { kind: 'id' } },
      { name: 'changed_at', kind: { kind: 'instant' } },
      { name: 'password_hash', kind: { kind: 'text' } },
    ],
    key: ['user_id', 'changed_at'],
    indexes: [],
  },
  {
    name: 'fs_credential',
    columns: [
      { name: 'user_id', kind: { kind: 'id' } },
      { name: 'password_hash', kind: { kind: 'text' } },
      { name: 'changed_at', kind: { kind: 'instant' } },
    ],
    key: ['user_id'],
    indexes: [],
  },
  {
    name: 'fs_session',
    columns: [
      { name: 'secret_hash', kind: { kind: 'text' } },
      { name: 'kind', kind: { kind: 'text' } },
      { name: 'user_id', kind: { kind: 'id' } },
      { name: 'client', kind: { kind: 'text' } },
      { name: 'created_at', kind: { kind: 'instant' } },
      { name: 'expires_at', kind: { kind: 'instant' } },
    ],
    key: ['secret_hash'],
    indexes: [['user_id'], ['expires_at']],
  },
  {
    // What a token was granted for; one that is not here is good for everything.
    name: 'fs_session_scope',
    columns: [
      { name: 'secret_hash', kind: { kind: 'text' } },
      { name: 'scope', kind: { kind: 'text' } },
      { name: 'expires_at', kind: { kind: 'instant' } },
    ],
    key: ['secret_hash'],
    indexes: [['expires_at']],
  },
  {
    name: 'fs_login_failure',
    columns: [
      { name: 'subject', kind: { kind: 'text' } },
      { name: 'failures', kind: { kind: 'integer' } },
      { name: 'window_start', kind: { kind: 'instant' } },
    ],
    key: ['subject'],
    indexes: [['window_start']],
  },
]
