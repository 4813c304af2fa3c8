/** How imports are spoken of. */
import { t } from '../../base/text.ts'
import type { ImportInfo } from '../../base/wire-imports.ts'

export function stateWord({ state, undo }: ImportInfo): string {
  if (undo?.state === 'running') return t('Being taken back')
  if (undo?.state === 'done') return t('Taken back')
  return {
    empty: t('Waits for its file'),
    mapping: t('Waits for its columns'),
    rehearsing: t('Being rehearsed'),
    rehearsed: t('Rehearsed'),
    running: t('Being imported'),
    done: t('Imported'),
    stopped: t('Stopped'),
    failed: t('Failed'),
  }[state]
}

export function headingOf({ state, undo }: ImportInfo): string {
  if (undo?.state === 'running') return t('The import is taken back')
  if (undo !== null) return t('What was taken back')
  return {
    empty: t('Choose a file'),
    mapping: t('Say what the columns mean'),
    rehearsing: t('The import is rehearsed'),
    rehearsed: t('What the import would do'),
    running: t('The import runs'),
    done: t('What was imported'),
    stopped: t('The import was stopped'),
    failed: t('The import failed'),
  }[state]
}
