/** Slow, salted password hashes (argon2id); a bounded number at once, so that the databases keep their threads. */
import { message } from '../base/message.ts'
import { hash, verify } from '@node-rs/argon2'
import { limits } from '../base/limits.ts'
import { refuse } from '../base/refusal.ts'

export interface Passwords {
  hash(password: string): Promise<string>
  /** Takes as long for an unknown user (no hash) as for a known one, and is false then. */
  verify(stored: string | undefined, password: string): Promise<boolean>
}

const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** A well-formed hash that no password has. */
const nobodysHash = `$argon2id$v=19$m=${cost.memoryCost},t=${cost.timeCost},p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`

export function createPasswords(): Passwords {
  const turn = createTurns(limits.passwordHashesAtOnceMax, limits.passwordHashesWaitingMax)
  return {
    hash: (password) => turn(() => hash(password.normalize('NFC'), cost)),
    verify: async (stored, password) => {
      const matches = await turn(() => verify(stored ?? nobodysHash, password.normalize('NFC')))
      return matches && stored !== undefined
    },
  }
}

/** Refuses what is too short or too long to be hashed; says what to do. */
export function checkPassword(password: string, charsMin: number = limits.passwordCharsMin): void {
  if (password.length < charsMin) {
    throw refuse(
      'INVALID_ARGUMENT',
      message('The password needs at least {min} characters.', { min: charsMin }),
    )
  }
  if (password.length > limits.passwordCharsMax) {
    throw refuse(
      'INVALID_ARGUMENT',
      message('The password may have at most {max} characters.', { max: limits.passwordCharsMax }),
    )
  }
}

type Turns = <Result>(work: () => Promise<Result>) => Promise<Result>

function createTurns(atOnceMax: number, waitingMax: number): Turns {
  const waiting: (() => void)[] = []
  let running = 0
  return async (work) => {
    if (running >= atOnceMax) {
      if (waiting.length >= waitingMax) {
        throw refuse(
          'TOO_MANY_REQUESTS',
          message('Too many people sign in right now. Try again shortly.'),
        )
      }
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else running += 1
    try {
      return await work()
    } finally {
      // The place goes over to the next in line, so that `running` stays as it is.
      const next = waiting.shift()
      if (next === undefined) running -= 1
      else next()
    }
  }
}
