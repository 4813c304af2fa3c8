/** Seals of what must not be changed any more: made with a key that lies outside the database. */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'

/** Key id → key; old keys stay for as long as something is sealed with them. */
export interface SealKeys {
  readonly keys: ReadonlyMap<string, Uint8Array>
  readonly currentKeyId: string
}

export interface Sealer {
  /** `<key id>:<HMAC-SHA-256 in base64url>`. */
  seal(content: string): string
  /** False for a seal of other content, of an unknown key, and for what is no seal. */
  isSeal(seal: string, content: string): boolean
}

const sealKeyBytes = 32

/** The keys of encrypted fields, made into others: who knows a seal learns nothing of what encrypts. */
export function createSealer({ keys, currentKeyId }: SealKeys): Sealer {
  const own = new Map(
    [...keys].map(([keyId, key]) => [
      keyId,
      Buffer.from(hkdfSync('sha256', key, '', 'fieldstone ledger', sealKeyBytes)),
    ]),
  )
  const sealWith = (keyId: string, content: string): string | undefined => {
    const key = own.get(keyId)
    if (key === undefined) return undefined
    return `${keyId}:${createHmac('sha256', key).update(content).digest('base64url')}`
  }
  return {
    seal: (content) => {
      const made = sealWith(currentKeyId, content)
      if (made === undefined) throw new Error(`no key with the id ${currentKeyId}`)
      return made
    },
    isSeal: (seal, content) => {
      const wanted = sealWith(seal.slice(0, Math.max(seal.indexOf(':'), 0)), content)
      if (wanted === undefined || wanted.length !== seal.length) return false
      return timingSafeEqual(Buffer.from(wanted), Buffer.from(seal))
    },
  }
}
