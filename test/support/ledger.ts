/** Keeps book of what a server acknowledged, and compares it with what the server then has. */
import { call } from './server-process.ts'

const gone = 'gone'

interface Batch {
  readonly size: number
  acknowledged: boolean
}

interface Row {
  readonly Id: string
  readonly Name: string
  readonly Phone: string | null
  readonly SourceSystemIdentifier: string
}

/**
 * An account's phone is the value that changes: after an acknowledged write there is one that it
 * may have, while an answer is missing there are two.
 */
export class Ledger {
  readonly #phones = new Map<string, Set<string>>()
  readonly #batches = new Map<string, Batch>()
  /** Answers that no load may get. */
  readonly surprises: string[] = []
  acknowledged = 0
  /** Accounts whose creation was sent with a key, the name, and not answered. */
  readonly unanswered: { readonly Name: string }[] = []

  created(id: string, phone: string): void {
    this.acknowledged++
    this.#phones.set(id, new Set([phone]))
  }

  /** Gives the function that is called when the answer came. */
  changing(id: string, phone: string): () => void {
    this.#phones.get(id)?.add(phone)
    return () => {
      this.acknowledged++
      this.#phones.set(id, new Set([phone]))
    }
  }

  deleting(id: string): () => void {
    return this.changing(id, gone)
  }

  /** The records of a batch carry its name. */
  beginning(name: string, size: number): () => void {
    const batch = { size, acknowledged: false }
    this.#batches.set(name, batch)
    return () => {
      this.acknowledged++
      batch.acknowledged = true
    }
  }

  /** Sends once more what was not answered; afterwards each of them is there once, whether it had been saved or not. */
  async repeatUnanswered(url: string, token: string): Promise<void> {
    for (const body of this.unanswered.splice(0)) {
      const headers = { 'idempotency-key': body.Name.replaceAll(' ', '-') }
      const path = '/services/data/v67.0/sobjects/Account'
      const ask = { method: 'POST', path, body, headers }
      const { status, body: made } = await call<{ readonly id: string }>(url, token, ask)
      if (status === 201) this.created(made.id, 'new')
      else this.surprises.push(`${body.Name} repeated: ${status} ${JSON.stringify(made)}`)
    }
  }

  /** What contradicts the book, in words. */
  async contradictions(url: string, token: string): Promise<readonly string[]> {
    const rows = await allRows(url, token)
    const found = [...this.surprises]
    for (const [id, phones] of this.#phones) {
      const present = rows.get(id)?.Phone ?? gone
      if (!phones.has(present)) found.push(`${id} is ${present}, not ${[...phones].join(' or ')}`)
    }
    const sizes = new Map<string, number>()
    for (const row of rows.values()) {
      sizes.set(row.Name, (sizes.get(row.Name) ?? 0) + 1)
      const isAlone = row.SourceSystemIdentifier === `${row.Name} alone`
      if (isAlone && sizes.get(row.Name) !== 1) found.push(`${row.Name} is there twice`)
      const isWhole = row.Phone !== null && row.SourceSystemIdentifier.startsWith(row.Name)
      if (!isWhole) found.push(`${row.Id} is half there: ${JSON.stringify(row)}`)
    }
    for (const [name, { size, acknowledged }] of this.#batches) {
      const present = sizes.get(name) ?? 0
      const fits = present === size || (present === 0 && !acknowledged)
      if (!fits) found.push(`batch ${name} has ${present} of ${size} records`)
    }
    return found
  }
}

async function allRows(url: string, token: string): Promise<ReadonlyMap<string, Row>> {
  const rows = new Map<string, Row>()
  const soql =
    'SELECT Id, Name, Phone, SourceSystemIdentifier FROM Account ' +
    "WHERE SourceSystemIdentifier LIKE 'load %'"
  let path: string | undefined = `/services/data/v67.0/query?q=${encodeURIComponent(soql)}`
  while (path !== undefined) {
    const page: Page = (await call<Page>(url, token, { path })).body
    for (const row of page.records) rows.set(row.Id, row)
    path = page.nextRecordsUrl
  }
  return rows
}

interface Page {
  readonly records: readonly Row[]
  readonly nextRecordsUrl?: string
}
