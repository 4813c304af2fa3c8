/** What people are told: notifications that they find in the product, and e-mails on their way out of the house. */
import type { ColumnKind } from '../../sql/column-kind.ts'
import type { EngineTable } from '../../storage/engine-tables.ts'

const text: ColumnKind = { kind: 'text' }
const id: ColumnKind = { kind: 'id' }
const integer: ColumnKind = { kind: 'integer' }
const instant: ColumnKind = { kind: 'instant' }

export const messageTables: readonly EngineTable[] = [
  {
    name: 'fs_notification',
    columns: [
      { name: 'id', kind: id },
      { name: 'recipient_id', kind: id },
      { name: 'type', kind: text },
      // JSON of a text, or of a sentence of ours that is said in the reader's language.
      { name: 'title', kind: text },
      { name: 'body', kind: text },
      { name: 'target_id', kind: id, nullable: true },
      { name: 'created_by', kind: id },
      { name: 'created_at', kind: instant },
      { name: 'seen_at', kind: instant, nullable: true },
      { name: 'read_at', kind: instant, nullable: true },
    ],
    key: ['id'],
    indexes: [['recipient_id', 'created_at'], ['created_at']],
  },
  {
    name: 'fs_email',
    columns: [
      { name: 'id', kind: id },
      { name: 'state', kind: text },
      // JSON of what is sent: to, cc, bcc, replyTo, subject, text, html.
      { name: 'content', kind: text },
      { name: 'subject', kind: text },
      { name: 'recipients', kind: text },
      { name: 'related_id', kind: id, nullable: true },
      { name: 'created_by', kind: id },
      { name: 'created_at', kind: instant },
      { name: 'attempts', kind: integer },
      { name: 'next_at', kind: instant },
      { name: 'tried_at', kind: instant, nullable: true },
      { name: 'answer', kind: text },
    ],
    key: ['id'],
    indexes: [['state', 'next_at'], ['created_at']],
  },
]
