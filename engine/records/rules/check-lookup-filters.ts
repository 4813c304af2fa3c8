/** Filters of lookups at a save: the record that is pointed at must meet them, whoever chose it and by which way. */
import { fullAccess } from '../../access/full-access.ts'
import { newestApiVersionText } from '../../base/api-versions.ts'
import { message } from '../../base/message.ts'
import { wording, type Problem } from '../../base/refusal.ts'
import { compileLinked } from '../../query/compile-linked.ts'
import { fieldProblem } from '../../query/plan-write.ts'
import { maySee } from '../../query/resolve.ts'
import { readerOf } from '../formulas/formula-row.ts'
import { lockOf, type RowReader } from '../formulas/load-rows.ts'
import { momentOf } from '../targets.ts'
import type { RuleRows } from './check-rules.ts'
import type { WriterCheck } from './check-save.ts'
import type { FilteredLookup } from './filtered-lookups.ts'

/** One problem per lookup that leads outside its filter. */
export async function findOutside(
  reader: RowReader,
  check: WriterCheck,
  rows: RuleRows,
): Promise<readonly Problem[]> {
  const problems: Problem[] = []
  for (const lookup of check.rules.filters) {
    const { field } = lookup
    const id = check.save.value(field)
    const isJudged = !check.save.refused.has(field.name.toLowerCase())
    if (typeof id !== 'string' || id === '' || !isJudged) continue
    if (!(await isInside(reader, { lookup, id, check, rows })))
      problems.push(outside(lookup, check))
  }
  return problems
}

interface LookupCheck {
  readonly lookup: FilteredLookup
  readonly id: string
  readonly check: WriterCheck
  readonly rows: RuleRows
}

async function isInside(
  { dialect, read }: RowReader,
  { lookup, id, check, rows }: LookupCheck,
): Promise<boolean> {
  const { model } = rows.surroundings
  const query = compileLinked({
    gate: { model, access: fullAccess(model) },
    ...lookup,
    readSource: readerOf(rows.row, rows.surroundings),
    moment: momentOf(check.caller, check.now),
    dialect,
    lock: lockOf(lookup.target),
    apiVersion: newestApiVersionText,
  })
  return (await read(query, { id })).length > 0
}

function outside({ field, filter }: FilteredLookup, { save }: WriterCheck): Problem {
  const code = 'FIELD_FILTER_VALIDATION_EXCEPTION'
  const problem = fieldProblem(
    field,
    code,
    message('the chosen record does not meet the filter of this field'),
  )
  const fields = maySee(save.gate, field) ? problem.fields : []
  const { errorMessage: text } = filter
  if (text === undefined) return { ...problem, fields }
  const filterText = { text, object: field.object, part: 'lookupFilter', name: field.name } as const
  return { ...problem, ...wording(message('{filter}', { filter: filterText })), fields }
}
