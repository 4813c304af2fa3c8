/** AES-256-GCM for fields that are encrypted at rest; the key's id stands before each value. */
import { createCipheriv, createDecipheriv } from 'node:crypto'
import type { RandomBytes } from '../base/clock.ts'
import type { FieldServices } from './field-type.ts'

const algorithm = 'aes-256-gcm'
const keyBytes = 32
const nonceBytes = 12
const tagBytes = 16
const keyIdPattern = /^[A-Za-z0-9_-]{1,40}$/

export interface EncryptionKeys {
  /** Key id → 32 bytes; old keys stay until every value was rewritten. */
  readonly keys: ReadonlyMap<string, Uint8Array>
  /** The key that new values are encrypted with. */
  readonly currentKeyId: string
}

export type Encryption = Pick<FieldServices, 'encrypt' | 'decrypt'>

/**
 * A value is `<key id>:<nonce, ciphertext and tag in base64url>`; its key id is authenticated with
 * it.
 */
export function createEncryption(secrets: EncryptionKeys, randomBytes: RandomBytes): Encryption {
  for (const [keyId, key] of secrets.keys) checkKey(keyId, key)
  const currentKey = keyOf(secrets, secrets.currentKeyId)
  return {
    encrypt(plain) {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv(algorithm, currentKey, nonce)
      cipher.setAAD(Buffer.from(secrets.currentKeyId))
      const sealed = [nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]
      return `${secrets.currentKeyId}:${Buffer.concat(sealed).toString('base64url')}`
    },
    decrypt(stored) {
      const keyId = keyIdOf(stored)
      const bytes = Buffer.from(stored.slice(keyId.length + 1), 'base64url')
      if (bytes.length < nonceBytes + tagBytes) throw new Error('an encrypted value is cut short')
      const decipher = createDecipheriv(
        algorithm,
        keyOf(secrets, keyId),
        bytes.subarray(0, nonceBytes),
        { authTagLength: tagBytes },
      )
      decipher.setAAD(Buffer.from(keyId))
      decipher.setAuthTag(bytes.subarray(-tagBytes))
      const plain = decipher.update(bytes.subarray(nonceBytes, -tagBytes))
      return Buffer.concat([plain, decipher.final()]).toString('utf8')
    },
  }
}

/** The id of the key that a stored value was encrypted with; tells what a rotation must rewrite. */
export function keyIdOf(stored: string): string {
  const colon = stored.indexOf(':')
  if (colon < 1) throw new Error('an encrypted value carries no key id')
  return stored.slice(0, colon)
}

function checkKey(keyId: string, key: Uint8Array): void {
  if (!keyIdPattern.test(keyId)) throw new Error(`not a key id: ${JSON.stringify(keyId)}`)
  if (key.length !== keyBytes) throw new Error(`key ${keyId} must have ${keyBytes} bytes`)
}

function keyOf(secrets: EncryptionKeys, keyId: string): Uint8Array {
  const key = secrets.keys.get(keyId)
  if (key === undefined) throw new Error(`no encryption key with the id ${keyId}`)
  return key
}
