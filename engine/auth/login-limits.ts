/** Holds back guessing, and e-mails to others: tries are counted by account and by the true address of the peer. */
import { message, type Message } from '../base/message.ts'
import { foldText } from '../base/fold-text.ts'
import { limits } from '../base/limits.ts'
import { refuse } from '../base/refusal.ts'
import type { Clock } from '../base/clock.ts'
import { sql } from '../sql/sql.ts'
import type { Storage, Transaction } from '../storage/storage.ts'
import { hashSecret } from './secrets.ts'

export interface LoginAttempt {
  readonly username: string
  readonly address: string
}

export interface LoginLimits {
  /**
   * Counts the attempt as failed before the password is looked at, so that a thousand attempts at once are not all let
   * through; refuses when there were too many.
   */
  begin(attempt: LoginAttempt): Promise<void>
  succeeded(attempt: LoginAttempt): Promise<void>
  /** It was no failure either: something is still missing. */
  unfinished(attempt: LoginAttempt): Promise<void>
}

interface Subject {
  readonly key: string
  readonly failuresMax: number
}

export interface TriesAllowed {
  /** What is tried; counted apart from all else. */
  readonly what: '' | 'forgotten '
  /** Of one account; may change while the server runs. */
  perAccount(): number
  readonly perAddress: number
  readonly refusal: (minutes: number) => Message
}

/** Of passwords; every success takes the failures before it away. */
export function signInTries(perAccount: () => number): TriesAllowed {
  return {
    what: '',
    perAccount,
    perAddress: limits.loginFailuresPerAddressMax,
    refusal: (minutes) =>
      message('Too many failed sign-ins. Try again in at most {minutes} minutes.', { minutes }),
  }
}

export function createLoginLimits(
  storage: Storage,
  clock: Clock,
  allowed: TriesAllowed,
): LoginLimits {
  const subjectsOf = (attempt: LoginAttempt) => subjectsWith(attempt, allowed)
  const { dialect } = storage
  const text = (value: string) => dialect.bound({ kind: 'text' }, value)
  const instant = (value: number) => dialect.bound({ kind: 'instant' }, value)
  const windowStart = (): number => clock.now() - limits.loginWindowMs

  const failures = async (reader: Pick<Storage | Transaction, 'read'>, subject: Subject) => {
    const rows = await reader.read(
      sql`select failures from fs_login_failure where subject = ${text(subject.key)} and window_start > ${instant(windowStart())}`,
    )
    return Number(rows[0]?.['failures'] ?? 0)
  }
  const count = (tx: Transaction, subject: Subject) => {
    const stale = sql`fs_login_failure.window_start <= ${instant(windowStart())}`
    return tx.run(sql`
      insert into fs_login_failure (subject, failures, window_start)
      values (${text(subject.key)}, 1, ${instant(clock.now())})
      on conflict (subject) do update set
        failures = case when ${stale} then 1 else fs_login_failure.failures + 1 end,
        window_start = case when ${stale} then excluded.window_start else fs_login_failure.window_start end`)
  }
  const forgive = (tx: Transaction, { key }: Subject) =>
    tx.run(
      sql`update fs_login_failure set failures = failures - 1 where subject = ${text(key)} and failures > 0`,
    )
  return {
    begin: async (attempt) => {
      for (const subject of subjectsOf(attempt)) {
        if ((await failures(storage, subject)) >= subject.failuresMax) throw tooMany(allowed)
      }
      const counts = await storage.write(async (tx) => {
        const seen: boolean[] = []
        // Old rows go as new ones come: names that nobody has must not fill the table.
        await tx.run(
          sql`delete from fs_login_failure where window_start <= ${instant(windowStart())}`,
        )
        for (const subject of subjectsOf(attempt)) {
          await count(tx, subject)
          seen.push((await failures(tx, subject)) <= subject.failuresMax)
        }
        return seen
      })
      if (counts.includes(false)) throw tooMany(allowed)
    },
    succeeded: async (attempt) => {
      const [account, address] = subjectsOf(attempt)
      await storage.write(async (tx) => {
        await tx.run(sql`delete from fs_login_failure where subject = ${text(account.key)}`)
        await forgive(tx, address)
      })
    },
    unfinished: (attempt) =>
      storage.write(async (tx) => {
        for (const subject of subjectsOf(attempt)) await forgive(tx, subject)
      }),
  }
}

function subjectsWith(
  attempt: LoginAttempt,
  { what, perAccount, perAddress }: TriesAllowed,
): readonly [account: Subject, address: Subject] {
  return [
    {
      key: hashSecret(`${what}account ${foldText(attempt.username.trim())}`),
      failuresMax: perAccount(),
    },
    {
      key: hashSecret(`${what}address ${attempt.address}`),
      failuresMax: perAddress,
    },
  ]
}

function tooMany({ refusal }: TriesAllowed) {
  return refuse('TOO_MANY_REQUESTS', refusal(limits.loginWindowMs / 60_000))
}
