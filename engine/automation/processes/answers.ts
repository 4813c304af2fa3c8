/** What was answered so far: values by attribute, and entries of repeated groups; read from JSON and written back. */
import { limits } from '../../base/limits.ts'
import { message } from '../../base/message.ts'
import { Refusal, refuse } from '../../base/refusal.ts'
import { nearestName } from '../../base/nearest-name.ts'
import type { ApiValue } from '../../fields/field-type.ts'
import type { ReadyProcess } from './ready-process.ts'

export type AnswerValues = ReadonlyMap<string, ApiValue>

export interface Entry {
  /** The record that was chosen, in groups that are chosen from records. */
  readonly id: string | undefined
  readonly values: AnswerValues
}

export interface Answers {
  /** By canonical developer name. */
  readonly values: AnswerValues
  /** By canonical name of the repeated group. */
  readonly entries: ReadonlyMap<string, readonly Entry[]>
}

export const noAnswers: Answers = { values: new Map(), entries: new Map() }

/** The chosen record of an entry, on the wire. */
export const entryId = '$id'

/** Names and sizes checked, values not yet; all that is wrong at once. */
export function parseAnswers(process: ReadyProcess, body: ReadonlyMap<string, unknown>): Answers {
  const values = new Map<string, ApiValue>()
  const entries = new Map<string, readonly Entry[]>()
  const problems: Refusal[] = []
  for (const [name, value] of body) {
    const group = repeatedGroup(process, name)
    const field = process.fields.get(name.toLowerCase())
    if (group !== undefined) entries.set(group, parseEntries(process, group, value))
    else if (field === undefined || field.repeatedIn !== undefined) {
      problems.push(unknown(process, name))
    } else values.set(field.name, asValue(value))
  }
  if (problems.length > 0) throw new Refusal(problems.flatMap((one) => one.problems))
  return { values, entries }
}

function repeatedGroup({ groups }: ReadyProcess, name: string): string | undefined {
  const folded = name.toLowerCase()
  return groups.find((one) => one.isRepeated === true && one.apiName.toLowerCase() === folded)
    ?.apiName
}

function parseEntries(process: ReadyProcess, group: string, value: unknown): readonly Entry[] {
  if (value === null) return []
  if (!Array.isArray(value)) {
    throw refuse('INVALID_ARGUMENT', `${group}: send a list of entries.`, { fields: [group] })
  }
  if (value.length > limits.processEntriesMax) {
    const text = `${group}: at most ${limits.processEntriesMax} entries (processEntriesMax).`
    throw refuse('LIMIT_EXCEEDED', text, { fields: [group] })
  }
  const list: readonly unknown[] = value
  return list.map((one, position) => parseEntry(process, one, { group, position }))
}

function parseEntry(
  process: ReadyProcess,
  one: unknown,
  { group, position }: { readonly group: string; readonly position: number },
): Entry {
  const place = `${group}[${position}]`
  if (typeof one !== 'object' || one === null || Array.isArray(one)) {
    throw refuse('INVALID_ARGUMENT', `${place}: an entry is an object.`, { fields: [place] })
  }
  const values = new Map<string, ApiValue>()
  let id: string | undefined
  for (const [name, value] of Object.entries(one)) {
    const field = process.fields.get(name.toLowerCase())
    if (name === entryId && typeof value === 'string') id = value
    else if (field?.repeatedIn !== group) throw unknown(process, name, place)
    else values.set(field.name, asValue(value))
  }
  return { id, values }
}

const shownCharsMax = 80

function unknown({ fields }: ReadyProcess, name: string, place?: string): Refusal {
  const shown = name.length > shownCharsMax ? `${name.slice(0, shownCharsMax)}…` : name
  const known = [...fields.values()].map((field) => field.name)
  const near = name.length > shownCharsMax ? undefined : nearestName(name, known)
  const where = place === undefined ? '' : `${place}.`
  const advice = near === undefined ? 'leave it out' : `did you mean ${near}`
  const text = `This process does not ask for ${where}${shown}: ${advice}?`
  return refuse('INVALID_FIELD', text, { fields: [`${where}${shown}`] })
}

/** Lists and objects are values of no attribute; their shape is refused with the others. */
function asValue(value: unknown): ApiValue {
  return (value ?? null) as ApiValue
}

/** As JSON has them; what is empty is left out. */
export function answersJson({ values, entries }: Answers): Readonly<Record<string, unknown>> {
  return {
    ...plain(values),
    ...Object.fromEntries(
      [...entries].map(([group, list]) => [
        group,
        list.map(({ id, values: own }) => ({
          ...(id === undefined ? {} : { [entryId]: id }),
          ...plain(own),
        })),
      ]),
    ),
  }
}

function plain(values: AnswerValues): Readonly<Record<string, ApiValue>> {
  return Object.fromEntries([...values].filter(([, value]) => value !== null))
}

/** What was kept in the database; attributes that the process no longer has are left out. */
export function keptAnswers(process: ReadyProcess, text: string): Answers {
  const kept = new Map(Object.entries(JSON.parse(text) as Record<string, unknown>))
  const known = [...kept].flatMap(([name, value]): readonly (readonly [string, unknown])[] => {
    const group = repeatedGroup(process, name)
    if (group !== undefined)
      return Array.isArray(value) ? [[name, ofGroup(process, group, value)]] : []
    const field = process.fields.get(name.toLowerCase())
    return field === undefined || field.repeatedIn !== undefined ? [] : [[name, value]]
  })
  return parseAnswers(process, new Map(known))
}

function ofGroup(
  { fields }: ReadyProcess,
  group: string,
  list: readonly unknown[],
): readonly unknown[] {
  return list.map((one) =>
    Object.fromEntries(
      Object.entries(one as Record<string, unknown>).filter(
        ([name]) => name === entryId || fields.get(name.toLowerCase())?.repeatedIn === group,
      ),
    ),
  )
}

/** Text of the answers as they are kept; refuses what is too long. */
export function answersText(answers: Answers): string {
  const text = JSON.stringify(answersJson(answers))
  if (text.length <= limits.processAnswersCharsMax) return text
  throw refuse(
    'LIMIT_EXCEEDED',
    message('The answers are too long: at most {most} characters (processAnswersCharsMax).', {
      most: limits.processAnswersCharsMax,
    }),
  )
}
