/** CSV as bulk jobs read and write it. */
import { parse, type Parser } from 'csv-parse'
import { stringify } from 'csv-stringify/sync'
import { limits } from '../base/limits.ts'

export const delimiters: ReadonlyMap<string, string> = new Map([
  ['COMMA', ','],
  ['TAB', '\t'],
  ['PIPE', '|'],
  ['SEMICOLON', ';'],
  ['CARET', '^'],
  ['BACKQUOTE', '`'],
])

export const lineEndings: ReadonlyMap<string, string> = new Map([
  ['LF', '\n'],
  ['CRLF', '\r\n'],
])

export interface CsvFormat {
  readonly columnDelimiter: string
  readonly lineEnding: string
  /** Before everything else, such as the mark by which spreadsheets know UTF-8. */
  readonly start?: string
}

export function delimiterOf({ columnDelimiter }: CsvFormat): string {
  return delimiters.get(columnDelimiter) ?? ','
}

/** A stream from bytes to rows of cells. Both line ends are taken whichever was announced. */
export function csvParser(format: CsvFormat): Parser {
  return parse({
    bom: true,
    delimiter: delimiterOf(format),
    record_delimiter: ['\r\n', '\n'],
    // How many cells a row has is that row's own matter.
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: limits.bulkRowCharsMax,
  })
}

export function csvText(format: CsvFormat, rows: readonly (readonly string[])[]): string {
  // The library takes no lists that cannot be changed; it does not change them.
  return stringify(rows as string[][], {
    delimiter: delimiterOf(format),
    record_delimiter: lineEndings.get(format.lineEnding) ?? '\n',
    quoted: true,
    quoted_empty: true,
  })
}
