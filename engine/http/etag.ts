/** Entity tags: the row version of a record; model and rights of what is described. */
import { hashSecret } from '../auth/secrets.ts'
import type { Access } from '../access/access.ts'
import { refuse } from '../base/refusal.ts'
import type { Caller } from '../records/records.ts'

export function etagOfRecord(version: number): string {
  return `"${version}"`
}

const rightsTags = new WeakMap<Access, string>()

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
