/** Assertions of programs that sign with a key of their own (JWT bearer). */
import { createPublicKey, X509Certificate, type KeyObject } from 'node:crypto'
import { decodeJwt, errors, jwtVerify } from 'jose'
import type { Clock } from '../../base/clock.ts'
import { limits } from '../../base/limits.ts'
import { oauthRefusal } from './oauth-refusal.ts'

export interface Assertion {
  /** The client's id. */
  readonly issuer: string
  /** The name of the user whom it wants to act for. */
  readonly subject: string
}

const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'ES256', 'ES384']
const assertionCharsMax = 8_000
const toleranceMs = 5 * 60_000

/** Who says that he issued it; nothing is believed yet. */
export function issuerOf(token: string): string {
  if (token === '' || token.length > assertionCharsMax) throw invalid('invalid assertion')
  try {
    return decodeJwt(token).iss ?? ''
  } catch (error) {
    if (error instanceof errors.JOSEError) throw invalid('invalid assertion')
    throw error
  }
}

export interface Expected {
  readonly certificate: string
  readonly audience: string
  readonly clock: Clock
}

/** Checks signature, audience and time. */
export async function readAssertion(token: string, expected: Expected): Promise<Assertion> {
  const payload = await verified(token, keyOf(expected.certificate), expected.clock.now())
  const audiences = [payload.aud ?? []].flat().map((one) => one.replace(/\/+$/, ''))
  if (!audiences.includes(expected.audience)) {
    throw invalid(`audience is invalid: it must be ${expected.audience}`)
  }
  checkTime(payload.exp, expected.clock.now())
  if (typeof payload.sub !== 'string' || payload.sub === '') throw invalid('no subject')
  return { issuer: payload.iss ?? '', subject: payload.sub }
}

/** Stock clients write milliseconds where the standard has seconds, and as good as no time to spare. */
function checkTime(exp: number | undefined, now: number): void {
  if (typeof exp !== 'number') throw invalid('the assertion has no exp')
  const ends = exp > 100_000_000_000 ? exp : exp * 1000
  if (ends + toleranceMs <= now) throw invalid('expired authorization code')
  if (ends > now + limits.assertionLifetimeMs) throw invalid('exp is too far away')
}

async function verified(token: string, key: KeyObject, now: number) {
  try {
    const currentDate = new Date(now)
    const { payload } = await jwtVerify(token, key, {
      algorithms,
      currentDate,
      clockTolerance: toleranceMs / 1000,
    })
    return payload
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError) {
      throw invalid('invalid assertion')
    }
    throw error
  }
}

function keyOf(pem: string): KeyObject {
  try {
    return pem.includes('BEGIN CERTIFICATE')
      ? new X509Certificate(pem).publicKey
      : createPublicKey(pem)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    throw invalid('the certificate of the connected app cannot be read')
  }
}

function invalid(description: string) {
  return oauthRefusal('invalid_grant', description)
}
