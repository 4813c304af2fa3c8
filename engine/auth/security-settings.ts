/** What an organisation asks of those who sign in: one row, changed in Setup, known to every node. */
import { message } from '../base/message.ts'
import { limits } from '../base/limits.ts'
import { refuse } from '../base/refusal.ts'
import { noteSetup } from '../ledger/audit.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { sql } from '../sql/sql.ts'
import type { EngineTable } from '../storage/engine-tables.ts'
import type { Storage } from '../storage/storage.ts'

export interface SecuritySettings {
  readonly minimumPasswordLength: number
  /** So many former passwords are not taken again. */
  readonly passwordHistory: number
  /** After so many days a password must be changed before anything else; 0: never. */
  readonly passwordExpiresAfterDays: number
  /** Failed sign-ins of one account within a quarter of an hour. */
  readonly maxLoginAttempts: number
  /** Everybody needs a second factor for the screens; else those with the permission ForceTwoFactor. */
  readonly secondFactorRequired: boolean
  /** How long a session or token lasts that begins now. */
  readonly sessionLifetimeMinutes: number
  /** Programs may sign in by the name and password of a user, as older tools do. */
  readonly passwordGrantAllowed: boolean
}

export interface SecuritySettingsStore {
  current(): SecuritySettings
  change(wanted: ReadonlyMap<string, unknown>, by: Changer): Promise<SecuritySettings>
}

export interface Changer {
  readonly userId: string
  readonly way: string
}

export const securityTable: EngineTable = {
  name: 'fs_security_setting',
  columns: [
    { name: 'name', kind: { kind: 'text' } },
    { name: 'value', kind: { kind: 'text' } },
  ],
  key: ['name'],
  indexes: [],
}

const usual: SecuritySettings = {
  minimumPasswordLength: limits.passwordCharsMin,
  passwordHistory: 3,
  passwordExpiresAfterDays: 0,
  maxLoginAttempts: limits.loginFailuresMax,
  secondFactorRequired: false,
  sessionLifetimeMinutes: limits.sessionLifetimeMs / 60_000,
  passwordGrantAllowed: true,
}

type Range = readonly [min: number, max: number]

const ranges: ReadonlyMap<string, Range> = new Map([
  ['minimumPasswordLength', [limits.passwordCharsMin, 64]],
  ['passwordHistory', [0, 10]],
  ['passwordExpiresAfterDays', [0, 730]],
  ['sessionLifetimeMinutes', [15, limits.sessionLifetimeMs / 60_000]],
  ['maxLoginAttempts', [3, limits.loginFailuresMax]],
])

const channel = 'fs_security'

export async function createSecuritySettings(parts: {
  readonly storage: Storage
  readonly ledger: Ledger
  readonly reportError: (error: unknown) => void
}): Promise<SecuritySettingsStore> {
  const { storage, ledger, reportError } = parts
  let settings = await readSettings(storage)
  const reread = async (): Promise<void> => {
    settings = await readSettings(storage)
  }
  storage.listen(channel, () => void reread().catch(reportError))
  return {
    current: () => settings,
    change: async (wanted, { userId, way }) => {
      const next = checked({ ...settings }, wanted)
      const changed = Object.entries(next).filter(
        ([name, value]) => before(settings, name) !== value,
      )
      await storage.write(async (tx) => {
        for (const [name, value] of changed) {
          await tx.run(
            sql`insert into fs_security_setting (name, value) values (${name}, ${JSON.stringify(value)}) on conflict (name) do update set value = excluded.value`,
          )
        }
        const entries = changed.map(([name, value]) => ({
          action: 'changedSecuritySettings',
          section: 'Security Controls',
          display: `Changed ${name} from ${String(before(settings, name))} to ${String(value)}`,
          by: userId,
          way,
        }))
        await noteSetup(ledger, tx, entries)
      })
      settings = next
      await storage.notify(channel, '')
      return next
    },
  }
}

function before(settings: SecuritySettings, name: string): unknown {
  return new Map<string, unknown>(Object.entries(settings)).get(name)
}

async function readSettings(storage: Storage): Promise<SecuritySettings> {
  const rows = await storage.read(sql`select name, value from fs_security_setting`)
  const stored = rows.map((row) => [String(row['name']), JSON.parse(String(row['value']))] as const)
  const known = stored.filter(([name]) => Object.hasOwn(usual, name))
  return { ...usual, ...Object.fromEntries(known) }
}

function checked(
  settings: SecuritySettings,
  wanted: ReadonlyMap<string, unknown>,
): SecuritySettings {
  const next = new Map<string, unknown>(Object.entries(settings))
  for (const [name, value] of wanted) {
    if (!next.has(name)) throw refuse('INVALID_FIELD', noSetting(name), { fields: [name] })
    const range = ranges.get(name)
    const fits =
      range === undefined
        ? typeof value === 'boolean'
        : Number.isInteger(value) && Number(value) >= range[0] && Number(value) <= range[1]
    if (!fits) throw refuse('INVALID_ARGUMENT', unfit(name, range), { fields: [name] })
    next.set(name, value)
  }
  // Every member was checked, or is as it was.
  return Object.fromEntries(next) as unknown as SecuritySettings
}

function noSetting(name: string) {
  return message('There is no security setting {name}.', { name: name.slice(0, 80) })
}

function unfit(name: string, range: Range | undefined) {
  if (range === undefined) return message('{name} is true or false.', { name })
  const [min, max] = range
  return message('{name} is a whole number from {min} to {max}.', { name, min, max })
}
