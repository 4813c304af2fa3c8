/** Checks JSON text as it is typed: where it stops being JSON, and keys given twice. */
import { parseTree, printParseErrorCode } from 'jsonc-parser'
import type { Node, ParseError } from 'jsonc-parser'

export interface JsonFault {
  /** Offset into the text, for the editor. */
  readonly from: number
  readonly to: number
  readonly line: number
  readonly column: number
  /** The parser's code ("CommaExpected"), or "DuplicateKey" with `key`. */
  readonly code: string
  readonly key?: string
}

export type JsonReading =
  | { readonly faults: readonly []; readonly value: unknown }
  | { readonly faults: readonly [JsonFault, ...JsonFault[]]; readonly value?: undefined }

export function readJsonText(text: string): JsonReading {
  const errors: ParseError[] = []
  const tree = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false })
  const faults = errors.map((error) => faultAt(text, error, printParseErrorCode(error.error)))
  if (tree !== undefined) faults.push(...duplicateKeys(text, tree))
  const [first, ...others] = faults.toSorted((one, other) => one.from - other.from)
  if (first !== undefined) return { faults: [first, ...others] }
  const value: unknown = JSON.parse(text)
  return { faults: [], value }
}

export function formatJson(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`
}

function duplicateKeys(text: string, node: Node): JsonFault[] {
  const faults: JsonFault[] = []
  const waiting: Node[] = [node]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const seen = new Set<unknown>()
    for (const child of next.children ?? []) {
      const key = next.type === 'object' ? child.children?.[0] : undefined
      if (key !== undefined && seen.has(key.value)) {
        const fault = faultAt(text, key, 'DuplicateKey')
        faults.push({ ...fault, key: String(key.value) })
      }
      if (key !== undefined) seen.add(key.value)
      waiting.push(child)
    }
  }
  return faults
}

function faultAt(
  text: string,
  { offset, length }: { readonly offset: number; readonly length: number },
  code: string,
): JsonFault {
  const before = text.slice(0, offset)
  const line = before.split('\n').length
  const column = offset - before.lastIndexOf('\n')
  return {
    from: offset,
    to: Math.min(text.length, offset + Math.max(1, length)),
    line,
    column,
    code,
  }
}
