/** The function reference as Markdown, made from the registry, so that it cannot be out of date. */
import { signature, type FormulaFunction, type FunctionGroup } from './function-entry.ts'
import { formulaFunctions } from './functions/index.ts'

const groups: readonly FunctionGroup[] = ['logical', 'text', 'math', 'date and time', 'advanced']

const places = { field: 'formula fields', rule: 'rules', default: 'defaults', flow: 'flows' }

const introduction = `# Formulas

The functions, generated from \`engine/formula/functions/\`. After a change:
\`UPDATE_REFERENCE=1 npx vitest run test/engine/formula/function-reference.test.ts\`.

- Operators: \`+ - * / ^ &\`, \`= == <> !=\`, \`< <= > >=\`, \`&& ||\` and \`!\`. Comments stand between \`/*\` and \`*/\`.
- Numbers are exact fractions: nothing is lost before a function or the field itself rounds, half away from zero. A percent of
  50 is the number 0.5. \`TEXT\` shows ten digits behind the point where a division never ends.
- An empty text is a text without characters. Other empty values make what is computed from them empty, and comparisons with
  them unknown; AND, OR and IF count unknown as false. A field may declare that empty numbers count as zero.
- What cannot be computed (a division by zero, a date that does not exist, more than 18 digits) leaves the whole formula blank.
- Characters are counted as Unicode code points. TODAY and DATEVALUE follow the zone of the user; NOW and times of day are GMT.
- A formula whose functions SQL computes can be filtered, sorted and grouped by; any other one is evaluated after the read. On SQLite
  whole numbers have 64 bits: a product that needs more on the way leaves the formula blank there.`

/** The whole page. */
export function functionReference(): string {
  const sections = groups.map((group) => {
    const rows = [...formulaFunctions.values()]
      .filter((entry) => entry.group === group)
      .map(row)
      .sort()
    const title = group.charAt(0).toUpperCase() + group.slice(1)
    return `## ${title}\n\n| function | gives | used in | computed in SQL |\n|---|---|---|---|\n${rows.join('\n')}`
  })
  return `${introduction}\n\n${sections.join('\n\n')}\n`
}

function row(entry: FormulaFunction): string {
  const used = entry.contexts?.map((context) => places[context]).join(', ') ?? 'everywhere'
  return `| \`${signature(entry)}\` | ${entry.doc} | ${used} | ${entry.sql === undefined ? 'no' : 'yes'} |`
}
