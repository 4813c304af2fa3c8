/** A plan in words: what each class of step means, what it touches, and what stands in its way. */
import { structuredPatch } from 'diff'
import { t, textLanguage } from '../base/text.ts'
import type { PlanChange, PlanFile, PlanStep, StepClass } from '../base/wire-metadata.ts'

export type Tone = 'success' | 'accent' | 'warning' | 'danger' | ''

export interface ClassView {
  readonly label: string
  readonly tone: Tone
  readonly meaning: string
}

export function classView(name: StepClass): ClassView {
  const views: Readonly<Record<StepClass, ClassView>> = {
    instant: {
      label: t('Instant'),
      tone: 'success',
      meaning: t('Takes effect at once, however many records there are.'),
    },
    scans: {
      label: t('Scans'),
      tone: 'accent',
      meaning: t('Reads all records once, in the background.'),
    },
    rewrites: {
      label: t('Rewrites'),
      tone: 'warning',
      meaning: t('Writes stored values anew, in the background.'),
    },
    losesData: {
      label: t('Loses data'),
      tone: 'danger',
      meaning: t('Stored values are given up.'),
    },
    changesAccess: {
      label: t('Changes access'),
      tone: 'warning',
      meaning: t('Other people may see or change something than before.'),
    },
  }
  return views[name]
}

const order: readonly StepClass[] = ['losesData', 'changesAccess', 'rewrites', 'scans', 'instant']

/** The gravest steps first. */
export function orderedSteps(steps: readonly PlanStep[]): readonly PlanStep[] {
  return steps.toSorted((one, other) => order.indexOf(one.class) - order.indexOf(other.class))
}

/** "12 of 40,000 records", when the server counted. */
export function figures(step: PlanStep): string | undefined {
  if (step.total === undefined && step.affected === undefined) return undefined
  const number = new Intl.NumberFormat(textLanguage())
  if (step.total === undefined)
    return t('{count, plural, one {# record} other {# records}}', { count: step.affected ?? 0 })
  if (step.affected === undefined)
    return t('{count, plural, one {# record} other {# records}}', { count: step.total })
  return t('{affected} of {total} records', {
    affected: number.format(step.affected),
    total: number.format(step.total),
  })
}

const leading: readonly string[] = ['CustomObject', 'CustomField']

/** Objects and fields first, then what follows from them. */
export function orderedChanges(changes: readonly PlanChange[]): readonly PlanChange[] {
  const rank = ({ type }: PlanChange) =>
    leading.includes(type) ? leading.indexOf(type) : leading.length
  return changes.toSorted((one, other) => rank(one) - rank(other))
}

export function orderedFiles(files: readonly PlanFile[]): readonly PlanFile[] {
  const rank = (file: PlanFile) => (file.path.startsWith('objects/') ? 0 : 1)
  return files.toSorted((one, other) => rank(one) - rank(other))
}

export function changeLabel(change: PlanChange['change']): string {
  const labels: Readonly<Record<PlanChange['change'], string>> = {
    create: t('Added'),
    update: t('Changed'),
    delete: t('Deleted'),
    rename: t('Renamed'),
  }
  return labels[change]
}

export function changeTone(change: PlanChange['change']): Tone {
  const tones = {
    create: 'success',
    update: 'accent',
    delete: 'danger',
    rename: 'warning',
  } as const
  return tones[change]
}

export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed'
  readonly text: string
  /** Counted from 1; absent on the side that lacks the line. */
  readonly before?: number
  readonly after?: number
}

export interface DiffHunk {
  readonly lines: readonly DiffLine[]
  /** Unchanged lines left out before this hunk. */
  readonly skipped: number
}

const contextLines = 3
const editsMax = 4_000

/** The lines that differ, with a few around them; undefined when the texts differ too much to compare. */
export function diffFile(file: PlanFile): readonly DiffHunk[] | undefined {
  const options = { context: contextLines, maxEditLength: editsMax }
  const [before, after] = [file.before ?? '', file.after ?? '']
  const patch = structuredPatch('', '', before, after, undefined, undefined, options)
  if (patch === undefined) return undefined
  let shownUpTo = 0
  return patch.hunks.map((hunk) => {
    const skipped = Math.max(0, hunk.oldStart - 1 - shownUpTo)
    shownUpTo = hunk.oldStart - 1 + hunk.oldLines
    return { lines: numbered(hunk.lines, hunk.oldStart, hunk.newStart), skipped }
  })
}

function numbered(marked: readonly string[], oldStart: number, newStart: number): DiffLine[] {
  let [before, after] = [oldStart, newStart]
  return marked
    .filter((line) => !line.startsWith('\\'))
    .map((line) => {
      const text = line.slice(1)
      if (line.startsWith('+')) return { kind: 'added', text, after: after++ }
      if (line.startsWith('-')) return { kind: 'removed', text, before: before++ }
      return { kind: 'same', text, before: before++, after: after++ }
    })
}

export function diffCounts(hunks: readonly DiffHunk[]): { added: number; removed: number } {
  const lines = hunks.flatMap((hunk) => hunk.lines)
  const count = (kind: DiffLine['kind']) => lines.filter((line) => line.kind === kind).length
  return { added: count('added'), removed: count('removed') }
}
