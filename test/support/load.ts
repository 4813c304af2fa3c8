/** Clients that create, change, delete, save in batches and read until they are told to stop. */
import type { Ledger } from './ledger.ts'
import type { Random } from './random.ts'

const data = '/services/data/v67.0'

export interface LoadOptions {
  readonly url: string
  readonly token: string
  readonly ledger: Ledger
  readonly random: Random
  readonly clients?: number
  readonly batchSize?: number
  /** Batches alone. */
  readonly onlyBatches?: boolean
}

export interface Load {
  /** Ends when every client has its last answer, or none. */
  stop(): Promise<void>
  /** Answers by status; 0: no answer. */
  readonly statuses: ReadonlyMap<number, number>
}

let loads = 0

export function startLoad(options: LoadOptions): Load {
  const prefix = `load ${options.random.seed} ${++loads}`
  const statuses = new Map<number, number>()
  let stopping = false
  const clients = Array.from({ length: options.clients ?? 8 }, async (_, number) => {
    const client = new Client(options, `${prefix} ${number}`, statuses)
    while (!stopping && (await client.step()));
  })
  return {
    statuses,
    stop: async () => {
      stopping = true
      await Promise.all(clients)
    },
  }
}

interface Content {
  readonly body?: unknown
  readonly key?: string
}

interface Answer {
  readonly status: number
  readonly text: string
}

/** Touches no records but its own, so that it knows what each of them may be. */
class Client {
  readonly #options: LoadOptions
  readonly #name: string
  readonly #statuses: Map<number, number>
  readonly #own: string[] = []
  #count = 0

  constructor(options: LoadOptions, name: string, statuses: Map<number, number>) {
    this.#options = options
    this.#name = name
    this.#statuses = statuses
  }

  /** False when the server is away. */
  step(): Promise<boolean> {
    const { random, onlyBatches } = this.#options
    this.#count++
    if (onlyBatches === true) return this.#batch()
    const id = this.#own[random.below(this.#own.length)]
    const chance = random.next()
    if (id === undefined || chance < 0.35) return this.#create()
    if (chance < 0.6) return this.#change(id)
    if (chance < 0.7) return this.#delete(id)
    return chance < 0.8 ? this.#batch() : this.#read(id)
  }

  async #create(): Promise<boolean> {
    const Name = `${this.#name} ${this.#count}`
    const body = { Name, Phone: 'new', SourceSystemIdentifier: `${Name} alone` }
    const { ledger } = this.#options
    const answer = await this.#send('POST', '/sobjects/Account', { body, key: Name })
    if (answer.status === 0) ledger.unanswered.push(body)
    if (answer.status === 201) {
      const { id } = JSON.parse(answer.text) as { id: string }
      this.#own.push(id)
      ledger.created(id, 'new')
      await this.#addContact(id)
    }
    return answer.status !== 0
  }

  /** Goes with its account when that is deleted. */
  async #addContact(AccountId: string): Promise<void> {
    await this.#send('POST', '/sobjects/Contact', {
      body: { LastName: this.#name, AccountId },
    })
  }

  async #change(id: string): Promise<boolean> {
    const Phone = `change ${this.#count}`
    const acknowledge = this.#options.ledger.changing(id, Phone)
    const { status } = await this.#send('PATCH', `/sobjects/Account/${id}`, { body: { Phone } })
    if (status === 204) acknowledge()
    return status !== 0
  }

  async #delete(id: string): Promise<boolean> {
    const acknowledge = this.#options.ledger.deleting(id)
    this.#own.splice(this.#own.indexOf(id), 1)
    const { status } = await this.#send('DELETE', `/sobjects/Account/${id}`)
    if (status === 204) acknowledge()
    return status !== 0
  }

  async #batch(): Promise<boolean> {
    const Name = `${this.#name} ${this.#count} batch`
    const size = this.#options.batchSize ?? 20
    const acknowledge = this.#options.ledger.beginning(Name, size)
    const records = Array.from({ length: size }, (_, index) => ({
      attributes: { type: 'Account' },
      Name,
      Phone: 'batch',
      SourceSystemIdentifier: `${Name} ${index}`,
    }))
    const body = { allOrNone: true, records }
    const { status, text } = await this.#send('POST', '/composite/sobjects', { body })
    if (status === 200 && !text.includes('"success":false')) acknowledge()
    return status !== 0
  }

  async #read(id: string): Promise<boolean> {
    const soql = `SELECT Id, Account.Phone FROM Contact WHERE AccountId = '${id}'`
    const path = this.#options.random.next() < 0.5 ? `/sobjects/Account/${id}` : query(soql)
    return (await this.#send('GET', path)).status !== 0
  }

  async #send(method: string, path: string, content: Content = {}): Promise<Answer> {
    const answer = await this.#ask(method, path, content)
    this.#statuses.set(answer.status, (this.#statuses.get(answer.status) ?? 0) + 1)
    // 503 says that nothing was done; whatever else is no success should not happen to anybody.
    const isExpected = answer.status < 300 || answer.status === 503
    if (!isExpected) {
      this.#options.ledger.surprises.push(`${method} ${path}: ${answer.status} ${answer.text}`)
    }
    return answer
  }

  async #ask(method: string, path: string, { body, key }: Content): Promise<Answer> {
    const headers = {
      authorization: `Bearer ${this.#options.token}`,
      'content-type': 'application/json',
      ...(key === undefined ? {} : { 'idempotency-key': key.replaceAll(' ', '-') }),
    }
    const content = body === undefined ? {} : { body: JSON.stringify(body) }
    try {
      const answer = await fetch(`${this.#options.url}${data}${path}`, {
        method,
        headers,
        ...content,
      })
      return { status: answer.status, text: await answer.text() }
    } catch {
      // The connection was cut: what became of the request is not known.
      return { status: 0, text: '' }
    }
  }
}

function query(soql: string): string {
  return `/query?q=${encodeURIComponent(soql)}`
}
