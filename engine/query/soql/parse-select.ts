/** The list behind SELECT. */
import { limits } from '../../base/limits.ts'
import { refuse } from '../../base/refusal.ts'
import { readCall, readPath } from './parse-operand.ts'
import type { CallOperand, PathOperand, Query, SelectItem, TypeofCase } from './query.ts'
import type { TokenReader } from './token-reader.ts'

export interface SelectReader {
  readonly reader: TokenReader
  /** Reads a child query; stands behind its opening parenthesis. */
  readonly readChildren: () => Query
}

export function readSelect(context: SelectReader): Pick<Query, 'select' | 'count'> {
  const { reader } = context
  const isCount = reader.peekWord('count') && reader.peekSymbol('(', 1) && reader.peekSymbol(')', 2)
  // With an alias, or among others, COUNT() is an aggregate like any other.
  if (isCount && reader.peekWord('from', 3)) {
    reader.skip(3)
    return { select: [], count: true }
  }
  const select: SelectItem[] = []
  do {
    if (select.length >= limits.queryFieldsMax) {
      throw refuse(
        'LIMIT_EXCEEDED',
        `A query selects at most ${limits.queryFieldsMax} fields (queryFieldsMax).`,
      )
    }
    select.push(readItem(context))
  } while (reader.takeSymbol(','))
  return { select, count: false }
}

function readItem({ reader, readChildren }: SelectReader): SelectItem {
  const offset = reader.offset()
  if (reader.takeSymbol('(')) {
    const query = readChildren()
    reader.expectSymbol(')')
    return { kind: 'children', query, offset }
  }
  if (reader.peekWord('typeof') && reader.peekName(1)) return readTypeof(reader)
  const path = readPath(reader, 'a field')
  if (path.path.toLowerCase() === 'from' && reader.peekName() && !reader.peekWord('from')) {
    throw reader.refusal('expected FROM')
  }
  if (!reader.peekSymbol('(')) {
    return { kind: 'path', path: path.path, alias: readAlias(reader), offset }
  }
  const call = readCall(reader, path)
  if (call.name === 'fields') return allFields(reader, call)
  return { kind: 'call', call, alias: readAlias(reader), offset }
}

function readAlias(reader: TokenReader): string | undefined {
  if (!reader.peekName() || reader.peekWord('from')) return undefined
  return reader.expectName('an alias')
}

function allFields(reader: TokenReader, { args, offset }: CallOperand): SelectItem {
  const [first, ...rest] = args
  const which = first?.kind === 'path' && rest.length === 0 ? first.path.toUpperCase() : ''
  if (which === 'ALL' || which === 'STANDARD' || which === 'CUSTOM') {
    return { kind: 'fields', which, offset }
  }
  throw reader.refusal('FIELDS takes ALL, STANDARD or CUSTOM')
}

function readTypeof(reader: TokenReader): SelectItem {
  const offset = reader.offset()
  reader.expectWord('typeof')
  const { path } = readPath(reader, 'a lookup with several targets')
  const cases: TypeofCase[] = []
  while (reader.takeWord('when')) {
    const place = reader.offset()
    const object = reader.expectName('the name of an object')
    reader.expectWord('then')
    cases.push({ object, offset: place, paths: readPaths(reader) })
  }
  if (cases.length === 0) throw reader.refusal('expected WHEN')
  const otherwise = reader.takeWord('else') ? readPaths(reader) : []
  reader.expectWord('end')
  return { kind: 'typeof', path, offset, cases, otherwise }
}

function readPaths(reader: TokenReader): readonly PathOperand[] {
  const paths: PathOperand[] = []
  do paths.push(readPath(reader, 'a field'))
  while (reader.takeSymbol(','))
  return paths
}
