/** Entity tags: the row version of a record; model and rights of what is described. */
import { hashSecret } from '../auth/secrets.ts'
import type { Access } from '../access/access.ts'
import { refuse } from '../base/refusal.ts'
import type { Caller } from '../records/records.ts'
import type { Modified } from './respond.ts'

export function etagOfRecord(version: number): string {
  return `"${version}"`
}

const rightsTags = new WeakMap<Access, string>()
const describedSince = new WeakMap<Access, number>()

/**
 * Since when what is described to these rights is as it is, at the latest; rights are compiled anew whenever they or
 * the model change. Within the same second nothing newer could be told apart from it, so that second does not count.
 */
export function describeChangedAt(access: Access, now: number): Modified {
  const since = describedSince.get(access) ?? now
  describedSince.set(access, since)
  const isSettled = Math.floor(now / 1000) > Math.floor(since / 1000)
  return { modified: since, told: isSettled ? since : since - 1000 }
}

/** Equal for callers with equal rights and language under one model version; says nothing about the rights themselves. */
export function etagOfDescribe({ access, language }: Pick<Caller, 'access' | 'language'>): string {
  return `"${rightsTag(access)}-${language}"`
}

function rightsTag(access: Access): string {
  const known = rightsTags.get(access)
  if (known !== undefined) return known
  const tag = `${access.modelVersion}-${hashSecret(access.signature).slice(0, 16)}`
  rightsTags.set(access, tag)
  return tag
}

export function etagOfText(text: string): string {
  return `"${hashSecret(text).slice(0, 22)}"`
}

const recordTag = /^"(\d{1,15})"$/

/** The version that `If-Match` names; undefined when any will do. */
export function ifMatchVersion(request: Request): number | undefined {
  const asked = request.headers.get('if-match')?.trim()
  if (asked === undefined || asked === '*') return undefined
  const version = recordTag.exec(asked)?.[1]
  if (version === undefined) {
    throw refuse('INVALID_ARGUMENT', 'If-Match takes one ETag of the record, such as "3".')
  }
  return Number(version)
}
