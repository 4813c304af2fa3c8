/** Compares the real tables with the shape of the model: they must be equal at any time. */
import { render } from '../sql/sql.ts'
import type { ColumnKind } from '../sql/column-kind.ts'
import type { Dialect } from '../sql/dialect.ts'
import type { Storage, TableShape } from '../storage/storage.ts'
import { columnsOfBase } from './column-bases.ts'
import type { DeployState } from './deploy-state.ts'
import { tableSpecs, type TableSpec } from './table-specs.ts'

/** What differs, in words; empty when nothing does. Tables of the engine itself are left out. */
export async function verifyTables(storage: Storage, state: DeployState): Promise<string[]> {
  const shapes = new Map(
    (await storage.tables())
      .filter((table) => !table.name.startsWith('fs_'))
      .map((table) => [table.name, table]),
  )
  const kept = keptColumnsByTable(state)
  const differences: string[] = []
  for (const spec of tableSpecs(state.model)) {
    const shape = shapes.get(spec.name)
    shapes.delete(spec.name)
    if (shape === undefined) differences.push(`table ${spec.name} is missing`)
    else differences.push(...compareTable(spec, shape, { dialect: storage.dialect, kept }))
  }
  const keptTables = new Set([...state.keptBindings.values()].map((binding) => binding.table))
  for (const name of shapes.keys()) {
    if (!keptTables.has(name)) differences.push(`table ${name} belongs to no object`)
  }
  return differences
}

function keptColumnsByTable(state: DeployState): ReadonlyMap<string, ReadonlySet<string>> {
  const kept = new Map<string, Set<string>>()
  for (const base of [...state.bases.values()].flat()) {
    if (base.state !== 'kept' && base.state !== 'replaced') continue
    const names = kept.get(base.table) ?? new Set<string>()
    kept.set(base.table, names)
    for (const column of columnsOfBase(base)) names.add(column)
  }
  return kept
}

interface Context {
  readonly dialect: Dialect
  readonly kept: ReadonlyMap<string, ReadonlySet<string>>
}

function compareTable(spec: TableSpec, shape: TableShape, context: Context): readonly string[] {
  const differences: string[] = []
  const columns = new Map(shape.columns.map((column) => [column.name, column]))
  for (const column of spec.columns) {
    const real = columns.get(column.name)
    columns.delete(column.name)
    const wanted = typeName(column.kind, context.dialect)
    if (real === undefined) differences.push(`column ${spec.name}.${column.name} is missing`)
    else if (real.type.toLowerCase() !== wanted) {
      differences.push(`column ${spec.name}.${column.name} is ${real.type}, not ${wanted}`)
    }
  }
  for (const name of columns.keys()) {
    if (context.kept.get(spec.name)?.has(name) === true) continue
    differences.push(`column ${spec.name}.${name} belongs to no field`)
  }
  return [...differences, ...compareIndexes(spec, shape)]
}

function compareIndexes(spec: TableSpec, shape: TableShape): readonly string[] {
  const differences: string[] = []
  const indexes = new Map(shape.indexes.map((index) => [index.name, index]))
  for (const index of spec.indexes) {
    const real = indexes.get(index.name)
    indexes.delete(index.name)
    if (real === undefined) differences.push(`index ${index.name} is missing`)
    else if (real.unique !== index.unique)
      differences.push(`index ${index.name} is of another kind`)
  }
  return [
    ...differences,
    ...[...indexes.keys()]
      .filter((name) => !name.startsWith('fs_'))
      .map((name) => `index ${name} is not wanted`),
  ]
}

/** As the catalogues print it: without collation and blanks. */
function typeName(kind: ColumnKind, dialect: Dialect): string {
  const { text } = render(dialect.columnType(kind), dialect)
  return text.replace(/ collate .*$/, '').replaceAll(' ', '')
}
