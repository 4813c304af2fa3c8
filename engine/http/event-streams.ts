/** Live events: each open stream gets what its user may know of, and ends with the session. */
import type { Auth, Credential, SignedInUser } from '../auth/auth.ts'
import type { Notifications } from '../automation/messages/notifications.ts'
import { newestApiVersionText } from '../base/api-versions.ts'
import { limits } from '../base/limits.ts'
import { Refusal, refuse } from '../base/refusal.ts'
import type { Model } from '../model/model.ts'
import type { RecordChange, Records } from '../records/records.ts'

export interface ModelChange {
  readonly version: number
  readonly objects: readonly string[]
}

export interface ModelSource {
  current(): Model
  onSwap(listener: (change: ModelChange) => void): () => void
}

export interface EventStreams {
  /** Refuses when there are too many. */
  open(user: SignedInUser, credential: Credential): ReadableStream<Uint8Array>
  /** Ends all streams; for the end of the server. */
  close(): void
}

export interface EventStreamParts {
  readonly auth: Auth
  readonly records: Records
  readonly models: ModelSource
  readonly notifications: Pick<Notifications, 'onNews'>
  readonly reportError: (error: unknown) => void
}

interface Stream {
  readonly credential: Credential
  readonly controller: ReadableStreamDefaultController<Uint8Array>
  user: SignedInUser
}

/** Undefined when this user may not know of it. */
type EventFor = (user: SignedInUser) => Uint8Array | undefined

const encoder = new TextEncoder()
const heartbeat = encoder.encode(': \n\n')

export function createEventStreams(parts: EventStreamParts): EventStreams {
  const { auth, records, models } = parts
  const streams = new Set<Stream>()
  let closed = false

  const end = (stream: Stream): void => {
    if (!streams.delete(stream)) return
    stream.controller.close()
  }
  const send = (stream: Stream, event: Uint8Array): void => {
    // Whoever reads slower than things happen is cut off, and starts anew with a fresh look.
    if ((stream.controller.desiredSize ?? 0) <= 0) end(stream)
    else stream.controller.enqueue(event)
  }
  const broadcast = (makeEvent: () => EventFor): void => {
    if (streams.size === 0) return
    const eventFor = makeEvent()
    for (const stream of streams) {
      const event = eventFor(stream.user)
      if (event !== undefined) send(stream, event)
    }
  }
  const recheck = async (stream: Stream): Promise<void> => {
    try {
      stream.user = await auth.user(stream.credential)
    } catch (error) {
      end(stream)
      if (!(error instanceof Refusal)) parts.reportError(error)
    }
  }
  const recheckAll = (): void => {
    for (const stream of streams) void recheck(stream)
  }
  const stops = [
    records.onChange((change) => tellChange({ ...parts, streams, send }, change)),
    models.onSwap((change) => {
      recheckAll()
      broadcast(() => modelEvent(change))
    }),
    auth.onChange(recheckAll),
    parts.notifications.onNews((userIds) => broadcast(() => newsFor(userIds))),
  ]
  const beat = setInterval(() => {
    recheckAll()
    broadcast(() => () => heartbeat)
  }, limits.eventHeartbeatMs)
  beat.unref()

  return {
    open: (user, credential) => {
      // Nobody would end a stream that is opened after the end; it would hold up the stop.
      if (closed) throw refuse('SERVER_UNAVAILABLE', 'The server is stopping. Try again shortly.')
      refuseTooMany(streams, user)
      return makeStream(streams, { user, credential }, helloEvent(models.current().version))
    },
    close: () => {
      closed = true
      clearInterval(beat)
      for (const stop of stops) stop()
      for (const stream of streams) end(stream)
    },
  }
}

interface Telling extends Pick<EventStreamParts, 'records' | 'reportError'> {
  readonly streams: ReadonlySet<Stream>
  send(stream: Stream, event: Uint8Array): void
}

/** The text is made once for all streams; who does not see all records of the object is asked about this one. */
function tellChange(telling: Telling, change: RecordChange): void {
  const { streams, records, send, reportError } = telling
  if (streams.size === 0) return
  const { object, id, change: what, by } = change
  const event = eventText('record', { object, id, change: what, by })
  const tell = async (stream: Stream, seen: Promise<boolean>): Promise<void> => {
    if ((await seen) && streams.has(stream)) send(stream, event)
  }
  for (const stream of streams) {
    const sees = records.sees(stream.user.caller('api', newestApiVersionText), object, id)
    if (sees === true) send(stream, event)
    else if (sees !== false) tell(stream, sees).catch(reportError)
  }
}

function refuseTooMany(streams: ReadonlySet<Stream>, user: SignedInUser): void {
  let own = 0
  for (const stream of streams) if (stream.user.id === user.id) own += 1
  if (streams.size >= limits.eventStreamsMax || own >= limits.eventStreamsPerUserMax) {
    throw refuse('TOO_MANY_REQUESTS', 'Too many event streams are open.')
  }
}

function makeStream(
  streams: Set<Stream>,
  holder: { readonly user: SignedInUser; readonly credential: Credential },
  first: Uint8Array,
): ReadableStream<Uint8Array> {
  let opened: Stream | undefined
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        opened = { ...holder, controller }
        streams.add(opened)
        controller.enqueue(first)
      },
      cancel: () => {
        if (opened !== undefined) streams.delete(opened)
      },
    },
    new CountQueuingStrategy({ highWaterMark: limits.eventBacklogMax }),
  )
}

function eventText(name: string, data: unknown): Uint8Array {
  return encoder.encode(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`)
}

function helloEvent(version: number): Uint8Array {
  return eventText('hello', { version })
}

/** Undefined: everybody. */
function newsFor(userIds: readonly string[] | undefined): EventFor {
  const told = userIds && new Set(userIds)
  return (user) => ((told?.has(user.id) ?? true) ? notificationEvent : undefined)
}

/** What is new is asked for by whoever shows it. */
const notificationEvent = eventText('notification', {})

/** Everybody learns the version; names of objects only who may read them. */
function modelEvent(change: ModelChange): EventFor {
  return (user) =>
    eventText('model', {
      version: change.version,
      objects: change.objects.filter((object) => user.access.mayObject(object, 'read')),
    })
}
