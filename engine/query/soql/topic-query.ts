/** The query of a push topic: of one object, with fields of its own alone, so that it can be narrowed to some records. */
import { message, type Message } from '../../base/message.ts'
import { refuse } from '../../base/refusal.ts'
import { parseQuery } from './parse-query.ts'
import type { CallArgument, Condition, Query, SelectItem } from './query.ts'
import { tokenise } from './tokenise.ts'

export const topicObject = 'PushTopic'

export interface TopicQuery {
  /** Names as they are written. */
  readonly object: string
  readonly selected: readonly string[]
  /** Fields of the condition. */
  readonly compared: readonly string[]
  /** The object with its alias, as it stands behind FROM. */
  readonly source: string
  readonly where: string | undefined
}

/** Refuses what no topic can be followed by. */
export function readTopicQuery(text: string): TopicQuery {
  const query = parseQuery(text)
  if (hasMore(query)) throw wrong(onlyThree)
  const selected = query.select.map(selectedField)
  if (!selected.some((name) => name.toLowerCase() === 'id')) {
    throw wrong(message('The query of a push topic selects Id.'))
  }
  const compared = query.where === undefined ? [] : comparedFields(query.where)
  const behind = tokenise(text).filter(({ offset }) => offset > query.fromOffset)
  if (behind.some(({ word }) => word === 'with' || word === 'for')) throw wrong(onlyThree)
  const at = behind.find(({ word }) => word === 'where')?.offset
  return {
    object: query.from,
    selected,
    compared: [...new Set(compared)],
    source: text.slice(query.fromOffset, at).trim(),
    where: at === undefined ? undefined : text.slice(at + 'where'.length).trim(),
  }
}

/** Of those records alone whose ids are the variable `ids`. */
export function narrowedQuery({ source, where }: TopicQuery, fields: readonly string[]): string {
  const condition = where === undefined ? '' : `(${where}) AND `
  return `SELECT ${fields.join(', ')} FROM ${source} WHERE ${condition}Id IN :ids`
}

const onlyThree = message(
  'The query of a push topic has SELECT, FROM with one object and WHERE, and nothing more.',
)

function wrong(told: Message) {
  return refuse('MALFORMED_QUERY', told, { fields: ['Query'] })
}

function hasMore(query: Query): boolean {
  const { count, scope, groupBy, having, orderBy, limit, skip, allRows, viewed } = query
  const isWhole = !count && !allRows && viewed !== true && skip === 0 && orderBy.length === 0
  return !isWhole || [scope, groupBy, having, limit].some((clause) => clause !== undefined)
}

function selectedField(item: SelectItem): string {
  if (item.kind === 'path' && item.alias === undefined) return ownField(item.path)
  if (item.kind === 'path') throw wrong(onlyThree)
  throw wrong(
    message('A push topic tells fields by their names: no functions, no lists of children.'),
  )
}

function ownField(path: string): string {
  if (!path.includes('.')) return path
  throw wrong(
    message('{name} is no field of the object itself: a push topic reads no others.', {
      name: path,
    }),
  )
}

function comparedFields(condition: Condition): readonly string[] {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return condition.items.flatMap(comparedFields)
    case 'not':
      return comparedFields(condition.item)
    case 'join':
      throw wrong(onlyThree)
    default:
      return fieldsOf(condition.operand)
  }
}

function fieldsOf(operand: CallArgument): readonly string[] {
  if (operand.kind === 'path') return [ownField(operand.path)]
  return operand.kind === 'call' ? operand.args.flatMap(fieldsOf) : []
}
