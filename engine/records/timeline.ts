/**
 * What happened around a record, and what is to be done: one query per source, by the rights of whoever asks, newest first,
 * page by page by the place of the last entry. A new kind of entry is one line in `sources`.
 */
import { limits } from '../base/limits.ts'
import { message } from '../base/message.ts'
import { normaliseId } from '../base/record-id.ts'
import { refuse } from '../base/refusal.ts'
import type { FieldModel, Model, ObjectModel } from '../model/model.ts'
import { queryRows, type AnswerRow } from './answer-rows.ts'
import type { Caller, Records } from './records.ts'
import { notFound } from './targets.ts'

export interface TimelineEntry {
  readonly id: string
  readonly object: string
  readonly kind: string
  readonly title: string
  /** A day where the kind has no hour. */
  readonly time: string
  readonly who: string | null
  readonly about: string | null
  readonly isOpen: boolean
}

export interface Timeline {
  /** Open, the most urgent first; on the first page alone. */
  readonly upcoming: readonly TimelineEntry[]
  readonly past: readonly TimelineEntry[]
  /** Asks for what came before; null at the end. */
  readonly next: string | null
}

export interface TimelineAsked {
  readonly id: string
  readonly before: string | undefined
  readonly now: number
}

interface Source {
  readonly object: string
  /** What its time is, and the fields beside it that are shown. */
  readonly time: string
  readonly isDay: boolean
  readonly about: string
  /** What it is about is a value of a list: it is told in the words of whoever asks. */
  readonly hasWords?: boolean
  readonly kindOf: (row: AnswerRow) => string
  /** Which are past and which are to come; a source without the second has no future. */
  readonly past: (now: string) => string
  readonly upcoming?: (now: string) => string
  /** Fields that the conditions need. */
  readonly needs: readonly string[]
}

const callOrTask: ReadonlyMap<unknown, string> = new Map([
  ['Call', 'call'],
  ['Email', 'email'],
  ['ListEmail', 'email'],
])

const sources: readonly Source[] = [
  {
    object: 'Task',
    time: 'ActivityDate',
    isDay: true,
    about: 'TaskSubtype',
    kindOf: (row) => callOrTask.get(row.get('TaskSubtype')) ?? 'task',
    past: () => 'IsClosed = true AND ActivityDate != null',
    upcoming: () => 'IsClosed = false',
    needs: ['IsClosed'],
  },
  {
    object: 'Event',
    time: 'StartDateTime',
    isDay: false,
    about: 'Location',
    kindOf: () => 'event',
    past: (now) => `StartDateTime < ${now}`,
    upcoming: (now) => `StartDateTime >= ${now}`,
    needs: [],
  },
  {
    object: 'Interaction',
    time: 'StartTime',
    isDay: false,
    about: 'InteractionType',
    hasWords: true,
    kindOf: () => 'interaction',
    past: (now) => `StartTime < ${now}`,
    upcoming: (now) => `StartTime >= ${now}`,
    needs: [],
  },
  {
    object: 'InteractionSummary',
    time: 'CreatedDate',
    isDay: false,
    about: 'InteractionPurpose',
    hasWords: true,
    kindOf: () => 'summary',
    past: () => 'CreatedDate != null',
    needs: [],
  },
]

/** Refuses a record that the caller may not see like one that is not there. */
export async function readTimeline(
  { records, model }: { readonly records: Records; readonly model: Model },
  caller: Caller,
  { id: given, before, now }: TimelineAsked,
): Promise<Timeline> {
  const id = normaliseId(given)
  const object = id === undefined ? undefined : model.objectByKeyPrefix(id.slice(0, 3))
  if (id === undefined || object === undefined || !caller.access.mayObject(object.name, 'read'))
    throw notFound(given)
  await records.retrieve(caller, object.name, id, ['Id'])
  const place = before === undefined ? undefined : readPlace(before)
  const open = sources.flatMap((source) => openSource({ model, caller, object }, source) ?? [])
  const moment = new Date(now).toISOString()
  const read = async (
    one: OpenSource,
    condition: string,
    order: string,
  ): Promise<TimelineEntry[]> => {
    const of = one.lookups.map((field) => `${field.name} = '${id}'`).join(' OR ')
    const fields = ['Id', one.name, one.source.time, ...one.extra].join(', ')
    const max = order === 'DESC' ? limits.timelinePageRows + 1 : limits.timelineUpcomingMax
    const soql = `SELECT ${fields} FROM ${one.source.object} WHERE (${of}) AND ${condition} ORDER BY ${one.source.time} ${order} NULLS LAST, Id ${order} LIMIT ${max}`
    return (await queryRows(records, caller, soql)).map((row) => entryOf(one, row, order === 'ASC'))
  }
  const past = await Promise.all(
    open.map((one) => {
      const behind = place === undefined ? [] : [behindPlace(one.source, place)]
      return read(one, [one.source.past(moment), ...behind].join(' AND '), 'DESC')
    }),
  )
  const upcoming = await Promise.all(
    open.flatMap((one) =>
      one.source.upcoming === undefined || place !== undefined
        ? []
        : [read(one, one.source.upcoming(moment), 'ASC')],
    ),
  )
  return page(past.flat(), upcoming.flat())
}

function page(past: TimelineEntry[], upcoming: TimelineEntry[]): Timeline {
  const ordered = past.sort((one, other) => compare(placeOf(other), placeOf(one)))
  const shown = ordered.slice(0, limits.timelinePageRows)
  const last = shown.at(-1)
  const hasMore = ordered.length > shown.length && last !== undefined
  return {
    upcoming: upcoming.sort((one, other) => compare(placeOf(one), placeOf(other))),
    past: shown,
    next: hasMore ? `${placeOf(last).time}_${last.id}` : null,
  }
}

interface OpenSource {
  readonly source: Source
  readonly name: string
  readonly lookups: readonly FieldModel[]
  readonly extra: readonly string[]
}

interface Asking {
  readonly model: Model
  readonly caller: Caller
  readonly object: ObjectModel
}

/** Undefined for what the caller may not read, or what has nothing to do with such records. */
function openSource({ model, caller, object }: Asking, source: Source): OpenSource | undefined {
  const { access } = caller
  const own = model.object(source.object)
  if (own === undefined || own === object || !access.mayObject(own.name, 'read')) return undefined
  const maySee = (name: string): boolean =>
    own.fieldsByName.has(name.toLowerCase()) && access.mayField(own.name, name, 'read')
  if (![source.time, ...source.needs].every(maySee)) return undefined
  const lookups = own.fields.filter(
    (field) =>
      !field.system &&
      field.reference?.targets.includes(object.name) === true &&
      maySee(field.name),
  )
  if (lookups.length === 0) return undefined
  const extra = [source.about, 'OwnerId'].filter(maySee)
  const shown = extra.map((name) => {
    if (name === 'OwnerId') return 'Owner.Name'
    return source.hasWords === true ? `toLabel(${name})` : name
  })
  return { source, name: own.nameField.name, lookups, extra: shown }
}

function entryOf({ source, name }: OpenSource, row: AnswerRow, isOpen: boolean): TimelineEntry {
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)
  const owner: unknown = row.get('Owner')
  const who = typeof owner === 'object' && owner !== null ? Reflect.get(owner, 'Name') : null
  return {
    id: text(row.get('Id')) ?? '',
    object: source.object,
    kind: source.kindOf(row),
    title: text(row.get(name)) ?? '',
    time: text(row.get(source.time)) ?? '',
    who: text(who),
    about: text(row.get(source.about)),
    isOpen,
  }
}

interface Place {
  readonly time: number
  readonly id: string
}

/** A day stands for its noon; what has no day at all comes last. */
function instantOf(time: string): number {
  if (time === '') return Number.MAX_SAFE_INTEGER
  return Date.parse(time.length === 10 ? `${time}T12:00:00.000Z` : time)
}

function placeOf({ time, id }: TimelineEntry): Place {
  return { time: instantOf(time), id }
}

function compare(one: Place, other: Place): number {
  if (one.time !== other.time) return one.time - other.time
  return one.id < other.id ? -1 : 1
}

function readPlace(text: string): Place {
  const [, time = '', id = ''] = /^(-?\d{1,15})_([A-Za-z0-9]{18})$/.exec(text) ?? []
  const isSound = time !== '' && Math.abs(Number(time)) <= 8_640_000_000_000_000
  if (!isSound) {
    throw refuse('INVALID_ARGUMENT', message('"before" is what the page before said as "next".'))
  }
  return { time: Number(time), id }
}

function behindPlace({ time, isDay }: Source, place: Place): string {
  const moment = new Date(place.time).toISOString()
  if (!isDay) return `(${time} < ${moment} OR (${time} = ${moment} AND Id < '${place.id}'))`
  const day = moment.slice(0, 10)
  const noon = instantOf(day)
  if (noon < place.time) return `${time} <= ${day}`
  if (noon > place.time) return `${time} < ${day}`
  return `(${time} < ${day} OR (${time} = ${day} AND Id < '${place.id}'))`
}
