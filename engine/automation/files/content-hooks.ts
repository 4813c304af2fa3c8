/** Files as a listener of saves: the objects, and what each does. */
import type { Clock } from '../../base/clock.ts'
import {
  NeedsUnit,
  type HookEvent,
  type HookOutcome,
  type HookRow,
  type RecordHooks,
} from '../../records/hooks/record-hooks.ts'
import type { Models } from '../../records/record-parts.ts'
import { nothing } from '../combine-hooks.ts'
import { checklistBehaviour } from './checklist-behaviour.ts'
import { contentUnit, isOwnWrite, type ContentUnit } from './content-unit.ts'
import { documentBehaviour } from './document-behaviour.ts'
import type { FileContents } from './file-contents.ts'
import { linkBehaviour } from './link-behaviour.ts'
import { versionBehaviour } from './version-behaviour.ts'

export interface FileCall {
  readonly unit: ContentUnit
  readonly rows: readonly HookRow[]
  readonly contents: FileContents
}

export type FileBehaviour = Readonly<
  Partial<Record<HookEvent, (call: FileCall) => Promise<readonly HookOutcome[]>>>
>

const behaviours: ReadonlyMap<string, FileBehaviour> = new Map<string, FileBehaviour>([
  ['ContentVersion', versionBehaviour],
  ['ContentDocument', documentBehaviour],
  ['ContentDocumentLink', linkBehaviour],
  ['DocumentChecklistItem', checklistBehaviour],
])

/** Without all of these there are no files. */
const needed = ['ContentVersion', 'ContentDocument', 'ContentDocumentLink']

export interface ContentHooksParts {
  readonly models: Models
  readonly clock: Clock
  readonly contents: FileContents
}

export function createContentHooks({ models, clock, contents }: ContentHooksParts): RecordHooks {
  const hasFiles = (): boolean =>
    needed.every((name) => models.current().object(name) !== undefined)
  const find = (object: string, event: HookEvent) => behaviours.get(object)?.[event]
  return {
    has: (object, event) => find(object, event) !== undefined && hasFiles(),
    call: async ({ object, event, rows, caller, records, mayWrite }) => {
      const behaviour = find(object, event)
      if (behaviour === undefined || isOwnWrite(caller)) return rows.map(() => nothing)
      // The file is made with its first version, or not at all.
      if (!mayWrite && object === 'ContentVersion') throw new NeedsUnit()
      const unit = contentUnit({ records, caller }, models.current(), clock.now())
      return behaviour({ unit, rows, contents })
    },
  }
}
