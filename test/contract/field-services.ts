/** The real services of field types, with fixed keys so that tests repeat. */
import { createHash } from 'node:crypto'
import { cleanHtml } from '../../engine/fields/clean-html.ts'
import { createEncryption } from '../../engine/fields/encryption.ts'
import type { FieldServices } from '../../engine/fields/field-type.ts'

export function testKey(seed: string): Uint8Array {
  return createHash('sha256').update(seed).digest()
}

/** Bytes that differ from call to call and are the same in every run. */
export function countedBytes(): (count: number) => Uint8Array {
  let calls = 0
  return (count) => testKey(`bytes ${calls++}`).subarray(0, count)
}

export const testServices: FieldServices = {
  ...createEncryption(
    { keys: new Map([['k1', testKey('k1')]]), currentKeyId: 'k1' },
    countedBytes(),
  ),
  cleanHtml,
}
