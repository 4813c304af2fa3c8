/** Live events for whoever is on screen: `model` when the model changed, `record` when data did, `notification` for the user. */
import { openEvents } from '../api.ts'
import type { ModelEvent, RecordEvent } from './wire.ts'

interface LiveEvents {
  model: ModelEvent
  record: RecordEvent
  /** Something concerns the user; what it is, is asked for. */
  notification: undefined
}

type Listener<Kind extends keyof LiveEvents> = (event: LiveEvents[Kind]) => void

class Live {
  #source: EventSource | undefined
  #version: number | undefined
  readonly #model = new Set<Listener<'model'>>()
  readonly #record = new Set<Listener<'record'>>()
  readonly #notification = new Set<Listener<'notification'>>()

  start(): void {
    if (this.#source) return
    const source = openEvents()
    source.addEventListener('model', (event) => this.#onModel(parse<ModelEvent>(event)))
    source.addEventListener('record', (event) => {
      const change = parse<RecordEvent>(event)
      for (const listener of this.#record) listener(change)
    })
    source.addEventListener('notification', () => this.#onNotification())
    source.addEventListener('hello', (event) => this.#onHello(parse<Partial<ModelEvent>>(event)))
    this.#source = source
  }

  stop(): void {
    this.#source?.close()
    this.#source = undefined
  }

  /** Listens until the returned function is called. */
  onModel(listener: Listener<'model'>): () => void {
    this.#model.add(listener)
    return () => this.#model.delete(listener)
  }

  onRecord(listener: Listener<'record'>): () => void {
    this.#record.add(listener)
    return () => this.#record.delete(listener)
  }

  onNotification(listener: Listener<'notification'>): () => void {
    this.#notification.add(listener)
    return () => this.#notification.delete(listener)
  }

  /** Everything that the model says is read anew, as after a change of it: its words are others now. */
  readAnew(): void {
    const version = this.#version ?? 0
    for (const listener of this.#model) listener({ version, objects: [] })
  }

  #onNotification(): void {
    for (const listener of this.#notification) listener(undefined)
  }

  #onModel(event: ModelEvent): void {
    this.#version = event.version
    for (const listener of this.#model) listener(event)
  }

  // After a broken connection the model may have moved on unseen: then every object counts as changed.
  #onHello(event: Partial<ModelEvent>): void {
    const version = event.version
    if (version === undefined) return
    const missed = this.#version !== undefined && this.#version !== version
    this.#version = version
    // News may have come meanwhile, too.
    this.#onNotification()
    if (missed) for (const listener of this.#model) listener({ version, objects: [] })
  }
}

/** True when the event concerns the object; an empty list means "any". */
export function concerns(event: ModelEvent, object: string): boolean {
  return event.objects.length === 0 || event.objects.includes(object)
}

function parse<Event>(message: MessageEvent<string>): Event {
  // The shapes are fixed by docs/extension-api.md.
  return JSON.parse(message.data) as Event
}

export const live = new Live()
