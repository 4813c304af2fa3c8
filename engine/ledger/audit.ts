/** What the ledgers of Setup and of sign-ins hold, as those who write there say it. */
import { foldedSentence } from '../model/ledger-fields.ts'
import { setupAuditTable, signInTable } from '../model/ledger-objects.ts'
import type { Transaction } from '../storage/storage.ts'
import type { Ledger } from './ledger.ts'

/** Something was set up; the sentences are English, as in the trail of the platform. */
export interface SetupEntry {
  /** "createdCustomField", "changedUser". */
  readonly action: string
  /** Where in Setup: "Manage Users". */
  readonly section: string
  readonly display: string
  readonly by: string | null
  /** "setup", "api", "files" … */
  readonly way: string
}

const displayCharsMax = 1_000

export function noteSetup(
  ledger: Ledger,
  tx: Transaction,
  entries: readonly SetupEntry[],
): Promise<void> {
  return ledger.append(
    tx,
    setupAuditTable,
    entries.map(({ by, action, section, way, display: whole }) => {
      const display = whole.length > displayCharsMax ? `${whole.slice(0, displayCharsMax)}…` : whole
      const texts = { display, display__folded: foldedSentence(display) }
      return { by, values: { action, section, way, ...texts } }
    }),
  )
}

/** Somebody tried to sign in by a name that there is. */
export interface SignInEntry {
  readonly userId: string
  /** "Application", "Remote Access 2.0", "SAML Sfdc Initiated SSO" … as on the platform. */
  readonly type: string
  /** "Success", "Invalid Password" … */
  readonly status: string
  readonly address: string
  /** The program that asks; empty for the screens. */
  readonly client: string
}

export function noteSignIn(ledger: Ledger, tx: Transaction, entry: SignInEntry): Promise<void> {
  const { userId, type, status, address, client } = entry
  const application = client === '' ? 'Browser' : client
  const values = { login_type: type, status, source_ip: address, application }
  return ledger.append(tx, signInTable, [{ by: userId, values }])
}
