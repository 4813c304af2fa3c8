/** The tables of an organisation with the shapes that a backup keeps: those of the model, of deleted things, and our own. */
import { flowLogTables } from '../../automation/flows/flow-log-store.ts'
import { flowTables } from '../../automation/flows/path-store.ts'
import { fileTable } from '../../automation/files/file-contents.ts'
import { approvalTables } from '../../automation/approvals/approval-tables.ts'
import { messageTables } from '../../automation/messages/message-tables.ts'
import { authTables } from '../../auth/auth-tables.ts'
import { ssoTables } from '../../auth/sso/sso-tables.ts'
import { oauthTables } from '../../auth/oauth/oauth-tables.ts'
import { bulkTables } from '../../bulk/bulk-tables.ts'
import { importTables } from '../../bulk/import/import-tables.ts'
import { columnsOfBase, formerField } from '../../deploy/column-bases.ts'
import { packageTables } from '../../deploy/package/package-jobs.ts'
import type { DeployState } from '../../deploy/deploy-state.ts'
import { searchTables } from '../../deploy/search-tables.ts'
import { wordTables } from '../../deploy/search-words.ts'
import { systemTables } from '../../deploy/system-tables.ts'
import { tableSpecs, type ColumnSpec } from '../../deploy/table-specs.ts'
import { changeEventTables } from '../../events/change-events.ts'
import { jobTables } from '../../jobs/job-tables.ts'
import { ledgerEngineTables } from '../../ledger/ledger-tables.ts'
import { auditFields, leadingSystemFields, versionColumn } from '../../model/system-fields.ts'
import { processRunTable } from '../../automation/processes/run-store.ts'
import { recentTable } from '../../records/recent-views.ts'
import { recordTables } from '../../records/record-tables.ts'
import { savedAnswerTable } from '../../records/saved-answers.ts'
import { webhookTables } from '../../webhooks/delivery-store.ts'
import type { ColumnKind } from '../../sql/column-kind.ts'
import type { EngineTable } from '../../storage/engine-tables.ts'
import type { TableShape } from '../../storage/storage.ts'
import type { ArchivedTable } from './archive.ts'

/** Every table that the engine makes for itself. */
export const engineTables: readonly EngineTable[] = [
  ...systemTables,
  ...searchTables,
  ...wordTables,
  ...recordTables,
  recentTable,
  savedAnswerTable,
  processRunTable,
  ...authTables,
  ...oauthTables,
  ...ssoTables,
  ...jobTables,
  ...flowTables,
  fileTable,
  ...flowLogTables,
  ...messageTables,
  ...approvalTables,
  ...bulkTables,
  ...importTables,
  ...packageTables,
  ...changeEventTables,
  ...webhookTables,
  ...ledgerEngineTables,
]

/** Made anew from the records by the first search. */
const derived = new Set([...searchTables, ...wordTables].map(({ name }) => name))

/** Tables of the search indexes of SQLite. */
const derivedName = /^fs_f_/

export interface TablesToSave {
  /** Our own first: what the others look like follows from them. */
  readonly tables: readonly ArchivedTable[]
  /** What lies in the database and is none of ours. */
  readonly strange: readonly string[]
}

export function tablesToSave(state: DeployState, shapes: readonly TableShape[]): TablesToSave {
  const own = new Map(engineTables.map((table) => [table.name, table]))
  const specs = new Map(tableSpecs(state.model).map((spec) => [spec.name, spec]))
  const kept = new Set([...state.keptBindings.values()].map((binding) => binding.table))
  const engine: ArchivedTable[] = []
  const records: ArchivedTable[] = []
  const strange: string[] = []
  for (const shape of shapes) {
    const { name } = shape
    const table = own.get(name)
    const spec = specs.get(name)
    if (derived.has(name) || derivedName.test(name)) continue
    if (table !== undefined) engine.push({ of: 'engine', ...table })
    else if (spec !== undefined || kept.has(name)) {
      const columns = columnsOf(state, shape, spec?.columns ?? [])
      // An index that is still to be built is built by the start of the server.
      const built = new Set(shape.indexes.map((index) => index.name))
      const indexes = (spec?.indexes ?? []).filter((index) => built.has(index.name))
      records.push({ of: 'records', name, columns, key: ['Id'], indexes })
    } else strange.push(name)
  }
  return { tables: [...engine, ...records], strange }
}

/** All columns that are there: those of deleted fields hold data that can come back. */
function columnsOf(
  state: DeployState,
  shape: TableShape,
  known: readonly ColumnSpec[],
): readonly ColumnSpec[] {
  const specs = new Map(known.map((column) => [column.name, column]))
  const former = formerKinds(state, shape.name)
  return shape.columns.map(
    ({ name, type }) =>
      specs.get(name) ??
      systemColumns.get(name) ?? {
        name,
        kind: former.get(name) ?? kindOfType(type),
        role: 'value',
      },
  )
}

/** In tables of deleted objects, which no object describes any more. */
const systemColumns: ReadonlyMap<string, ColumnSpec> = new Map(
  [
    ...[...leadingSystemFields, ...auditFields].map(({ declaration: { fullName }, kind }) => {
      const role =
        fullName === 'Id' ? 'key' : fullName === 'IsDeleted' ? 'kept by the engine' : 'value'
      return { name: fullName, kind, role } as const
    }),
    { name: versionColumn, kind: { kind: 'integer' }, role: 'kept by the engine' } as const,
  ].map((column) => [column.name, column]),
)

function formerKinds(state: DeployState, table: string): ReadonlyMap<string, ColumnKind> {
  const kinds = new Map<string, ColumnKind>()
  for (const base of state.bases.get(table) ?? []) {
    const field = formerField(base)
    if (field === undefined || base.state === 'purged') continue
    const ofField = Object.values(field.type.columns(field.options))
    columnsOfBase(base).forEach((name, index) => {
      const kind = ofField[index]
      if (kind !== undefined) kinds.set(name, kind)
    })
  }
  return kinds
}

/** For a column that nothing is known of: what its type can hold. */
function kindOfType(type: string): ColumnKind {
  const [, precision, scale] = /^numeric\((\d+),\s*(\d+)\)$/i.exec(type) ?? []
  if (precision !== undefined) {
    return { kind: 'decimal', precision: Number(precision), scale: Number(scale) }
  }
  const kinds: ReadonlyMap<string, ColumnKind> = new Map([
    ['boolean', { kind: 'boolean' }],
    ['date', { kind: 'date' }],
    ['integer', { kind: 'integer' }],
    ['bigint', { kind: 'integer' }],
  ])
  return kinds.get(type.toLowerCase()) ?? { kind: 'text' }
}
