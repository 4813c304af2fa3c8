/** Session and token secrets: random, shown once, kept as hashes. */
import { hash } from 'node:crypto'
import type { RandomBytes } from '../base/clock.ts'

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const unbiasedBytesMax = 256 - (256 % alphabet.length)

/** 238 random bits. */
const secretChars = 40

/** Letters and digits alone, each equally likely. */
export function randomText(randomBytes: RandomBytes, chars: number): string {
  let text = ''
  while (text.length < chars) {
    for (const byte of randomBytes(chars)) {
      if (byte < unbiasedBytesMax && text.length < chars) {
        text += alphabet.charAt(byte % alphabet.length)
      }
    }
  }
  return text
}

export function newSessionSecret(randomBytes: RandomBytes): string {
  return randomText(randomBytes, secretChars)
}

/** The form that stock clients expect: the organisation's 15 characters, `!`, letters, digits and dots. */
export function newTokenSecret(randomBytes: RandomBytes, organizationId: string): string {
  const half = secretChars / 2
  return `${organizationId.slice(0, 15)}!${randomText(randomBytes, half)}.${randomText(randomBytes, half)}`
}

/** The secrets are random, so a fast hash without salt hides them well. */
export function hashSecret(secret: string): string {
  return hash('sha256', secret, 'base64url')
}
