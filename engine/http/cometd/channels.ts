/**
 * Channels of the streaming API: what each is about, and what a reader is told over it.
 * `/data/ChangeEvents`, `/data/AccountChangeEvent`, `/data/Boat__ChangeEvent`: changes as they are committed;
 * `/topic/<name>`: records of a push topic; `/u/<name>`: messages of programs.
 */
import { limits } from '../../base/limits.ts'
import { Refusal } from '../../base/refusal.ts'
import type { Topic } from '../../events/push-topics.ts'
import { channelObject } from '../../events/streaming-hooks.ts'
import { topicEvents } from '../../events/topic-events.ts'
import type { ObjectModel } from '../../model/model.ts'
import { topicObject } from '../../query/soql/topic-query.ts'
import type { Caller } from '../../records/records.ts'
import type { AppParts } from '../app-parts.ts'
import { eventsAfter, type FollowParts } from '../follow-events.ts'

export type ChannelParts = FollowParts & Pick<AppParts, 'pushTopics'>

/** What somebody follows over a channel. */
export type Followed =
  /** Undefined for all objects whose changes are told. */
  | { readonly kind: 'changes'; readonly object: string | undefined }
  | { readonly kind: 'topic'; readonly id: string }
  | { readonly kind: 'messages'; readonly id: string }

export interface ChannelNews {
  /** As each stands behind `data`. */
  readonly found: readonly object[]
  /** Where to go on. */
  readonly next: number
}

const allChanges = '/data/ChangeEvents'
const topicChannel = /^\/topic\/([\w-]+)$/

/** Undefined alike where there is no such channel, and where the caller may not know of what it is about. */
export async function channelNamed(
  parts: ChannelParts,
  caller: Caller,
  name: string,
): Promise<Followed | undefined> {
  if (name === allChanges) return { kind: 'changes', object: undefined }
  if (name.startsWith('/u/')) return messagesNamed(parts, caller, name)
  const [, topicName] = topicChannel.exec(name) ?? []
  if (topicName === undefined) return changesNamed(parts, caller, name)
  const topic = await parts.pushTopics.find(topicName)
  if (topic === undefined || (await objectOf(parts, caller, topic)) === undefined) return undefined
  return { kind: 'topic', id: topic.id }
}

function changesNamed(parts: ChannelParts, caller: Caller, name: string): Followed | undefined {
  const model = parts.deployer.store.current()
  const asked = /^\/data\/(\w+)ChangeEvent$/.exec(name)?.[1] ?? ''
  const object = model.object(asked.endsWith('__') ? `${asked}c` : asked)
  const isTold = object !== undefined && changesOf(object) === name
  return isTold && caller.access.mayObject(object.name, 'read')
    ? { kind: 'changes', object: object.name }
    : undefined
}

/** `Boat__c` tells on `/data/Boat__ChangeEvent`. */
function changesOf({ name, declaration }: ObjectModel): string | undefined {
  if (declaration.enableChangeDataCapture !== true) return undefined
  return `/data/${name.replace(/__c$/, '__')}ChangeEvent`
}

async function messagesNamed(
  { records }: ChannelParts,
  caller: Caller,
  name: string,
): Promise<Followed | undefined> {
  const soql = `SELECT Id FROM ${channelObject} WHERE Name = :name`
  try {
    const { text } = await records.query(caller, soql, { variables: new Map([['name', name]]) })
    const found = JSON.parse(text) as { readonly records: readonly { readonly Id: string }[] }
    const [channel] = found.records
    return channel && { kind: 'messages', id: channel.Id }
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

/** The object that a topic is about, where the caller may know of both. */
async function objectOf(
  { deployer, records }: ChannelParts,
  caller: Caller,
  { id, query }: Topic,
): Promise<string | undefined> {
  const object = deployer.store.current().object(query.object)
  if (object === undefined || !caller.access.mayObject(object.name, 'read')) return undefined
  return (await records.sees(caller, topicObject, id)) ? object.name : undefined
}

export interface PlaceOfChannel {
  readonly followed: Followed
  readonly after: number
}

/** Looks on until something is found for the caller, or there is nothing more. */
export async function channelNews(
  parts: ChannelParts,
  caller: Caller,
  { followed, after }: PlaceOfChannel,
): Promise<ChannelNews> {
  if (followed.kind === 'topic') return topicNews(parts, caller, { id: followed.id, after })
  if (followed.kind === 'messages') return messageNews(parts, caller, { id: followed.id, after })
  const objects = followed.object === undefined ? undefined : [followed.object]
  const { events, next } = await eventsAfter(parts, caller, { after, objects })
  const found = events.map(({ replayId, payload }) => ({ event: { replayId }, payload }))
  return { found, next }
}

interface PlaceOfRecord {
  /** Of the topic, or of the channel. */
  readonly id: string
  readonly after: number
}

async function topicNews(
  parts: ChannelParts,
  caller: Caller,
  { id, after }: PlaceOfRecord,
): Promise<ChannelNews> {
  const topic = parts.pushTopics.get(id)
  const object = topic && (await objectOf(parts, caller, topic))
  if (topic === undefined || object === undefined) return { found: [], next: after }
  const { changeEvents, deployer, records } = parts
  const max = limits.changeEventsPageMax
  let next = after
  for (;;) {
    const page = await changeEvents.read(next, { max, objects: [object] })
    next = page.at(-1)?.replayId ?? next
    const reader = { caller, model: deployer.store.current(), records }
    const found = await topicEvents(reader, topic, page)
    if (found.length > 0 || page.length < max) return { found, next }
  }
}

async function messageNews(
  { changeEvents, records }: ChannelParts,
  caller: Caller,
  { id, after }: PlaceOfRecord,
): Promise<ChannelNews> {
  if (!(await records.sees(caller, channelObject, id))) return { found: [], next: after }
  const max = limits.changeEventsPageMax
  let next = after
  for (;;) {
    const page = await changeEvents.readPushed(id, next, max)
    next = page.at(-1)?.replayId ?? next
    const found = page
      .filter(({ userIds }) => userIds.length === 0 || userIds.includes(caller.userId))
      .map(({ replayId, at, payload }) => ({
        event: { createdDate: new Date(at).toISOString(), replayId },
        payload,
      }))
    if (found.length > 0 || page.length < max) return { found, next }
  }
}
