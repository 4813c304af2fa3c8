/** Figures as tables of text that are Markdown at the same time. */

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)),
  )
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, column) => pad(cells[column] ?? '', width, column)).join(' | ')} |`
  const rule = `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`
  return [line(head), rule, ...rows.map(line)].join('\n')
}

function pad(text: string, width: number, column: number): string {
  return column === 0 ? text.padEnd(width) : text.padStart(width)
}

/** 12345.6 → "12,346"; small numbers keep a decimal or two. */
export function figure(value: number): string {
  if (Number.isNaN(value)) return '–'
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2
  return value.toLocaleString('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
}

export interface Aim {
  readonly text: string
  readonly reached: boolean
}

/** Whether `value` is at least, or at most, what was aimed at. */
export function atLeast(value: number, aim: number): Aim {
  return { text: `≥ ${aim}`, reached: value >= aim }
}

export function below(value: number, aim: number, unit: string): Aim {
  return { text: `< ${figure(aim)} ${unit}`.trim(), reached: value < aim }
}

export function aimCells(aim: Aim | undefined): readonly [string, string] {
  return aim === undefined ? ['', ''] : [aim.text, aim.reached ? 'reached' : 'missed']
}
