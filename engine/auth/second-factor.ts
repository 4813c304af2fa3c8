/** The second factor: codes that change with time (TOTP), each good once, and recovery codes for a lost device. */
import { Secret, TOTP } from 'otpauth'
import type { Clock, RandomBytes } from '../base/clock.ts'
import { message } from '../base/message.ts'
import { refuse } from '../base/refusal.ts'
import type { FieldServices } from '../fields/field-type.ts'
import { sql } from '../sql/sql.ts'
import type { EngineTable } from '../storage/engine-tables.ts'
import type { Storage } from '../storage/storage.ts'
import { hashSecret, randomText } from './secrets.ts'

export interface SecondFactor {
  isEnrolled(userId: string): Promise<boolean>
  /** A new secret that counts once a code of it was given; the address is what programs read from the picture. */
  begin(user: { readonly id: string; readonly username: string }): Promise<Enrolment>
  /** Gives recovery codes, shown this once; undefined when the code is wrong or nothing was begun. */
  confirm(userId: string, code: string): Promise<readonly string[] | undefined>
  /** True once for each code: a code that was used, or one before it, is none any more. */
  accepts(userId: string, code: string): Promise<boolean>
  recoveryCodesLeft(userId: string): Promise<number>
  remove(userId: string): Promise<void>
}

export interface Enrolment {
  readonly secret: string
  readonly uri: string
}

export interface SecondFactorParts {
  readonly storage: Storage
  readonly clock: Clock
  readonly randomBytes: RandomBytes
  /** The secret must come back, so it is encrypted, not hashed. */
  readonly services: Pick<FieldServices, 'encrypt' | 'decrypt'>
}

export const secondFactorTables: readonly EngineTable[] = [
  {
    name: 'fs_second_factor',
    columns: [
      { name: 'user_id', kind: { kind: 'id' } },
      { name: 'secret', kind: { kind: 'text' } },
      { name: 'confirmed_at', kind: { kind: 'instant' }, nullable: true },
      // Codes of this step and of those before it were used.
      { name: 'last_step', kind: { kind: 'integer' } },
    ],
    key: ['user_id'],
    indexes: [],
  },
  {
    name: 'fs_recovery_code',
    columns: [
      { name: 'user_id', kind: { kind: 'id' } },
      { name: 'code_hash', kind: { kind: 'text' } },
    ],
    key: ['user_id', 'code_hash'],
    indexes: [],
  },
]

const issuer = 'Fieldstone'
const secretBytes = 20
const periodSeconds = 30
/** Clocks of people's devices may be this many steps apart from ours. */
const stepsApart = 1
const recoveryCodes = 10
const recoveryCodeChars = 16

export function createSecondFactor(parts: SecondFactorParts): SecondFactor {
  const { storage, randomBytes, services } = parts
  return {
    isEnrolled: async (userId) => (await readFactor(parts, userId))?.isConfirmed === true,
    begin: async ({ id, username }) => {
      if ((await readFactor(parts, id))?.isConfirmed === true) throw alreadyEnrolled()
      const bytes = Uint8Array.from(randomBytes(secretBytes))
      const secret = new Secret({ buffer: bytes.buffer }).base32
      const encrypted = services.encrypt(secret)
      await storage.write((tx) =>
        tx.run(
          sql`insert into fs_second_factor (user_id, secret, confirmed_at, last_step) values (${id}, ${encrypted}, null, 0)
              on conflict (user_id) do update set secret = excluded.secret where fs_second_factor.confirmed_at is null`,
        ),
      )
      return { secret, uri: totp(secret, username).toString() }
    },
    confirm: (userId, given) => confirm(parts, userId, plain(given)),
    accepts: async (userId, given) => {
      const factor = await readFactor(parts, userId)
      const code = plain(given)
      if (factor?.isConfirmed !== true) return false
      const step = /^\d{6}$/.test(code) ? stepOf(parts, factor.secret, code) : undefined
      return step === undefined
        ? takeRecoveryCode(storage, userId, code)
        : takeStep(storage, userId, step)
    },
    recoveryCodesLeft: async (userId) => {
      const [row] = await storage.read(
        sql`select count(*) as n from fs_recovery_code where user_id = ${userId}`,
      )
      return Number(row?.['n'] ?? 0)
    },
    remove: (userId) =>
      storage.write(async (tx) => {
        await tx.run(sql`delete from fs_second_factor where user_id = ${userId}`)
        await tx.run(sql`delete from fs_recovery_code where user_id = ${userId}`)
      }),
  }
}

interface Factor {
  readonly secret: string
  readonly isConfirmed: boolean
}

async function readFactor(
  { storage, services }: SecondFactorParts,
  userId: string,
): Promise<Factor | undefined> {
  const [row] = await storage.read(
    sql`select secret, confirmed_at from fs_second_factor where user_id = ${userId}`,
  )
  if (row === undefined) return undefined
  const isConfirmed = (row['confirmed_at'] ?? null) !== null
  return { secret: services.decrypt(String(row['secret'])), isConfirmed }
}

/** The step of time that the code belongs to; undefined when it is none of now. */
function stepOf({ clock }: SecondFactorParts, secret: string, code: string): number | undefined {
  const timestamp = clock.now()
  const delta = totp(secret, '').validate({ token: code, timestamp, window: stepsApart })
  return delta === null ? undefined : Math.floor(timestamp / 1_000 / periodSeconds) + delta
}

/** The database decides between two who come with one code at the same time. */
async function takeStep(storage: Storage, userId: string, step: number): Promise<boolean> {
  const taken = await storage.write((tx) =>
    tx.run(
      sql`update fs_second_factor set last_step = ${step} where user_id = ${userId} and last_step < ${step}`,
    ),
  )
  return taken === 1
}

async function takeRecoveryCode(storage: Storage, userId: string, code: string): Promise<boolean> {
  const hashed = hashSecret(code.toUpperCase())
  const taken = await storage.write((tx) =>
    tx.run(sql`delete from fs_recovery_code where user_id = ${userId} and code_hash = ${hashed}`),
  )
  return taken === 1
}

async function confirm(
  parts: SecondFactorParts,
  userId: string,
  code: string,
): Promise<readonly string[] | undefined> {
  const { storage, clock, randomBytes } = parts
  const factor = await readFactor(parts, userId)
  const step = factor && !factor.isConfirmed ? stepOf(parts, factor.secret, code) : undefined
  if (step === undefined) return undefined
  const codes = Array.from({ length: recoveryCodes }, () =>
    randomText(randomBytes, recoveryCodeChars).toUpperCase(),
  )
  const now = storage.dialect.bound({ kind: 'instant' }, clock.now())
  const isFirst = await storage.write(async (tx) => {
    const confirmed = await tx.run(
      sql`update fs_second_factor set confirmed_at = ${now}, last_step = ${step} where user_id = ${userId} and confirmed_at is null`,
    )
    if (confirmed !== 1) return false
    await tx.run(sql`delete from fs_recovery_code where user_id = ${userId}`)
    for (const one of codes) {
      await tx.run(
        sql`insert into fs_recovery_code (user_id, code_hash) values (${userId}, ${hashSecret(one)})`,
      )
    }
    return true
  })
  return isFirst ? codes : undefined
}

function totp(secret: string, label: string): TOTP {
  const settings = { algorithm: 'SHA1', digits: 6, period: periodSeconds }
  return new TOTP({ issuer, label, ...settings, secret: Secret.fromBase32(secret) })
}

/** As people type it: blanks and dashes between the digits. */
function plain(code: string): string {
  return code.replaceAll(/[\s-]/g, '').slice(0, 40)
}

function alreadyEnrolled() {
  return refuse(
    'CONFLICT',
    message('There is a second factor already: remove it before you set up another.'),
  )
}
