/** Components that are kept as records: how packages and the Metadata API reach them; whoever keeps them fills this. */
import type { ModelChange } from '../../model/compare-models.ts'
import type { Declaration, SourceProblem } from '../../model/declaration.ts'
import { isInRecords } from '../../model/metadata-types.ts'
import type { Model } from '../../model/model.ts'
import type { Transaction } from '../../storage/storage.ts'
import type { Author, ComponentChange } from '../plan.ts'

/** As changes of components of the model are asked for. */
export type RecordComponentChange =
  | { readonly type: string; readonly fullName: string; readonly body: unknown }
  | { readonly type: string; readonly fullName: string; readonly delete: true }
  | { readonly type: string; readonly fullName: string; readonly renameTo: string }

export type ComponentProblem = Pick<SourceProblem, 'component' | 'reason'>

export interface RecordComponents {
  /** Those that the author may see; all of the type, where no names are given. */
  read(type: string, by: Author, names?: readonly string[]): Promise<readonly Declaration[]>
  /** What is wrong with them, all at once and before anything is written; under a model that may be still to come. */
  check(
    changes: readonly RecordComponentChange[],
    under: { readonly by: Author; readonly model: Model | undefined },
  ): Promise<readonly ComponentProblem[]>
  /** All or none, with the rights of the author; throws `ComponentsRefused`. Tells what became of each. */
  save(changes: readonly RecordComponentChange[], how: SaveHow): Promise<readonly ModelChange[]>
}

export interface SaveHow {
  readonly by: Author
  /** The open deploy of which it becomes a part; a unit of work of its own when absent. */
  readonly within?: { readonly tx: Transaction; readonly model: Model }
  /** False: nothing of it stays. */
  readonly keep: boolean
}

/** Why nothing was saved, by component. */
export class ComponentsRefused extends Error {
  readonly problems: readonly ComponentProblem[]

  constructor(problems: readonly ComponentProblem[]) {
    super(problems.map(({ reason }) => reason).join(' '))
    this.name = 'ComponentsRefused'
    this.problems = problems
  }
}

/** Takes what a rehearsed deploy found out of the transaction that it undoes. */
export class RehearsedDeploy extends Error {
  readonly changes: readonly ModelChange[]

  constructor(changes: readonly ModelChange[]) {
    super('a rehearsal leaves nothing behind')
    this.name = 'RehearsedDeploy'
    this.changes = changes
  }
}

/** Splits what is kept as records from what is part of the model. */
export function splitRecords<One extends { readonly type: string }>(
  all: readonly One[],
): { readonly inModel: readonly One[]; readonly inRecords: readonly One[] } {
  return {
    inModel: all.filter(({ type }) => !isInRecords(type)),
    inRecords: all.filter(({ type }) => isInRecords(type)),
  }
}

/** Records are written whole: parts of them are changed where records are changed. */
export function isRecordChange(
  change: ComponentChange,
): change is ComponentChange & RecordComponentChange {
  return isInRecords(change.type) && !('replaceValue' in change) && !('patch' in change)
}
