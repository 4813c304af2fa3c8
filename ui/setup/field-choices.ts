/** Fields of an object as choices for layouts, columns and filters. */
import type { ObjectInfo } from '../base/wire.ts'
import type { Choice } from './form-controls.ts'

/** What a page layout can show: compounds in place of their parts. */
export function layoutFields(describe: ObjectInfo): readonly Choice[] {
  const compounds = new Set(describe.fields.map((field) => field.name))
  return sorted(
    describe.fields
      .filter((field) => {
        const compound = field.compoundFieldName
        return compound === undefined || compound === null || !compounds.has(compound)
      })
      .map(choiceOf),
  )
}

/** What a list can show in a column. */
export function columnFields(describe: ObjectInfo): readonly Choice[] {
  return sorted(describe.fields.filter((field) => field.htmlFormatted !== true).map(choiceOf))
}

/** What a list can be filtered by. */
export function filterFields(describe: ObjectInfo): readonly Choice[] {
  return sorted(describe.fields.filter((field) => field.filterable !== false).map(choiceOf))
}

/** With the present one, whatever became of it. */
export function numberFields(describe: ObjectInfo | undefined, present: string): readonly Choice[] {
  const fields = (describe?.fields ?? []).filter(
    ({ type, name }) => type === 'double' || type === 'int' || name === present,
  )
  const known = sorted(fields.map(choiceOf))
  const isKnown = present === '' || known.some(({ value }) => value === present)
  return isKnown ? known : [{ value: present, label: present }, ...known]
}

function choiceOf({ name, label }: { readonly name: string; readonly label: string }): Choice {
  return { value: name, label }
}

function sorted(choices: readonly Choice[]): readonly Choice[] {
  return choices.toSorted((one, other) => one.label.localeCompare(other.label))
}
