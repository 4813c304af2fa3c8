/** Listens to a server's live events as a screen does. */

export interface ServerEvent {
  readonly name: string
  readonly data: Readonly<Record<string, unknown>>
  /** When it came, by the clock of the test. */
  readonly at: number
}

export interface EventLog {
  readonly events: readonly ServerEvent[]
  close(): void
}

/** Resolves when the stream says hello. */
export async function listenTo(url: string, token: string): Promise<EventLog> {
  const events: ServerEvent[] = []
  const abort = new AbortController()
  const answer = await fetch(`${url}/services/fieldstone/v1/events`, {
    headers: { authorization: `Bearer ${token}` },
    signal: abort.signal,
  })
  if (answer.body === null) throw new Error(`no stream: ${answer.status}`)
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader()
  const hello = new Promise<void>((resolve) => {
    const follow = async (): Promise<void> => {
      let text = ''
      for (;;) {
        const { done, value } = await reader.read()
        if (done) return
        const blocks = (text + value).split('\n\n')
        text = blocks.pop() ?? ''
        events.push(...blocks.flatMap(readEvent))
        if (events.length > 0) resolve()
      }
    }
    // The end of the stream, by either side, ends the listening.
    follow().catch(() => undefined)
  })
  await hello
  return { events, close: () => abort.abort() }
}

function readEvent(block: string): readonly ServerEvent[] {
  const [, name, data] = /^event: (.+)\ndata: (.+)$/.exec(block) ?? []
  if (name === undefined || data === undefined) return []
  return [{ name, data: JSON.parse(data) as ServerEvent['data'], at: performance.now() }]
}
