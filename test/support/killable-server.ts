/** A server that a test kills amid its work and starts again; whoever asks afterwards asks the one on what was left. */
import { expect } from 'vitest'
import type { ServerKind } from './server-kinds.ts'
import { call, tokenOf } from './server-process.ts'

const data = '/services/data/v67.0'
const recordsAtOnce = 200

export interface Question {
  readonly method: string
  readonly path: string
  readonly body?: unknown
}

export interface KillableServer {
  /** Of the one that serves now. */
  url(): string
  readonly token: string
  /** Fails the test where it is refused. */
  ask<Body>(method: string, path: string, body?: unknown): Promise<Body>
  /** Whatever it answers. */
  send(question: Question): Promise<unknown>
  query<Row>(soql: string): Promise<readonly Row[]>
  create(object: string, body: object): Promise<string>
  /** The ids of as many records. */
  createMany(object: string, bodies: readonly object[]): Promise<readonly string[]>
  /** At this very moment. */
  kill(): Promise<void>
  /**
   * Sends all at once and kills the server when so many are answered: each of the others is before, within or after its unit
   * of work, wherever that is this time.
   */
  cutOff(questions: readonly Question[], answered?: number): Promise<void>
  remove(): Promise<void>
}

export async function startKillable({ start }: Pick<ServerKind, 'start'>): Promise<KillableServer> {
  let server = await start()
  const token = await tokenOf(server.url)
  const ask = async <Body>(method: string, path: string, body?: unknown): Promise<Body> => {
    const answer = await call<Body>(server.url, token, { method, path, body })
    expect(answer.status, `${path} ${JSON.stringify(answer.body)}`).toBeLessThan(300)
    return answer.body
  }
  const kill = async (): Promise<void> => {
    await server.stop('SIGKILL')
    server = await server.startAgain()
  }
  return {
    url: () => server.url,
    token,
    ask,
    send: (question) => call(server.url, token, question),
    query: async <Row>(soql: string) => {
      const path = `${data}/query?q=${encodeURIComponent(soql)}`
      return (await ask<{ readonly records: readonly Row[] }>('GET', path)).records
    },
    create: async (object, body) =>
      (await ask<{ readonly id: string }>('POST', `${data}/sobjects/${object}`, body)).id,
    createMany: async (type, bodies) => {
      const ids: string[] = []
      for (let at = 0; at < bodies.length; at += recordsAtOnce) {
        const block = bodies.slice(at, at + recordsAtOnce)
        const records = block.map((body) => ({ attributes: { type }, ...body }))
        const path = `${data}/composite/sobjects`
        type Saved = readonly { readonly id: string; readonly success: boolean }[]
        const saved = await ask<Saved>('POST', path, { allOrNone: true, records })
        expect(saved.filter(({ success }) => !success)).toEqual([])
        ids.push(...saved.map(({ id }) => id))
      }
      return ids
    },
    kill,
    cutOff: async (questions, answered = 0) => {
      const sent: Promise<void>[] = []
      const enough = new Promise<void>((resolve) => {
        let heard = 0
        const hear = (): void => {
          heard += 1
          if (heard >= answered) resolve()
        }
        if (answered === 0) resolve()
        for (const one of questions) sent.push(call(server.url, token, one).then(hear, hear))
      })
      await enough
      await kill()
      await Promise.all(sent)
    },
    remove: () => server.remove(),
  }
}
