/** What an import did, in lines for people. */
import type { Declaration, SourceProblem } from '../model/declaration.ts'
import type { MergeConflict } from '../model/merge-bodies.ts'
import type { NotUnderstood, NotUnderstoodKind } from '../model/not-understood.ts'

interface Reported {
  readonly created: readonly Declaration[]
  readonly changed: readonly Declaration[]
  readonly unchanged: readonly Declaration[]
  readonly notUnderstood: readonly NotUnderstood[]
  readonly asRecords: readonly Declaration[]
  readonly others: readonly string[]
  readonly conflicts: readonly MergeConflict[]
  readonly problems: readonly SourceProblem[]
}

export function importLines(
  report: Reported,
  { check, into }: { readonly check?: boolean; readonly into: string },
): readonly string[] {
  const refused = report.problems.length > 0 || report.conflicts.length > 0
  if (refused) return refusalLines(report)
  const verb = check === true ? 'Would take' : 'Taken'
  return [
    ...section(`${verb}, new`, report.created.map(nameOf)),
    ...section(`${verb}, added to what was there`, report.changed.map(nameOf)),
    ...section('There already, unchanged', report.unchanged.map(nameOf)),
    ...notUnderstoodLines(report.notUnderstood),
    ...section(
      'Not taken, kept as records: deploy the package to a server',
      report.asRecords.map(nameOf),
    ),
    ...section('Not metadata, left where they are', report.others),
    summary(report, check === true ? `Nothing was written to ${into}` : `Written to ${into}`),
  ]
}

function refusalLines({ problems, conflicts }: Reported): readonly string[] {
  return [
    ...section(
      'Wrong',
      problems.map(({ file, line, column, reason, suggestion }) => {
        const advice = suggestion === undefined ? '' : ` (${suggestion})`
        return `${file}:${line}:${column} ${reason}${advice}`
      }),
    ),
    ...section(
      'Different in the metadata folder',
      conflicts.map(({ path, ours, theirs }) => {
        return `${path}: there ${shown(ours)}, in the source ${shown(theirs)}`
      }),
    ),
    conflicts.length > 0 && problems.length === 0
      ? 'Nothing was written. With --force the values of the source replace the others.'
      : 'Nothing was written.',
  ]
}

const shownCharsMax = 60

function shown(value: unknown): string {
  if (value === undefined) return 'nothing'
  const text = JSON.stringify(value)
  return text.length <= shownCharsMax ? text : `${text.slice(0, shownCharsMax)}…`
}

function nameOf({ type, fullName }: Declaration): string {
  return `${type} ${fullName}`
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0
    ? []
    : [`${title} (${lines.length}):`, ...lines.map((line) => `  ${line}`), '']
}

const titles: Readonly<Record<NotUnderstoodKind, string>> = {
  file: 'Not read: files of types that are not understood yet',
  component: 'Kept without effect',
  field: 'Fields kept without a column',
  element: 'Elements kept without effect',
  mention: 'Mentions without effect',
}

function notUnderstoodLines(entries: readonly NotUnderstood[]): readonly string[] {
  return (Object.keys(titles) as NotUnderstoodKind[]).flatMap((kind) => {
    const ofKind = entries.filter((entry) => entry.kind === kind)
    return section(titles[kind], kind === 'element' ? byElement(ofKind) : ofKind.map(lineOf))
  })
}

function lineOf({ kind, component, reason }: NotUnderstood): string {
  // The reason of a field names the field.
  return kind === 'field' ? reason : `${component}: ${reason}`
}

/** One line per element, with the components that have it. */
function byElement(entries: readonly NotUnderstood[]): readonly string[] {
  const components = new Map<string, string[]>()
  for (const { element, component } of entries) {
    const list = components.get(element)
    if (list === undefined) components.set(element, [component])
    else list.push(component)
  }
  return [...components]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([element, names]) => `${element}: ${names.join(', ')}`)
}

function summary(report: Reported, where: string): string {
  const { created, changed, unchanged, notUnderstood } = report
  return (
    `${where}: ${created.length} new, ${changed.length} grown, ${unchanged.length} unchanged; ` +
    `${notUnderstood.length} things not understood.`
  )
}
