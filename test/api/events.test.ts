/** Live events: what the user may know of, for as long as the session lives. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { limits } from '../../engine/base/limits.ts'
import { openApi, password, repName, tokenForm, type Api } from '../support/api.ts'
import { databases } from '../support/databases.ts'

const eventsPath = '/services/fieldstone/v1/events'
const sobjects = '/services/data/v67.0/sobjects'

/** Reads events one by one; undefined at the end of the stream. */
function reader(response: Response) {
  const source = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  return {
    next: async (): Promise<{ event: string; data: unknown } | undefined> => {
      for (;;) {
        const end = text.indexOf('\n\n')
        if (end !== -1) {
          const block = text.slice(0, end)
          text = text.slice(end + 2)
          const match = /^event: (\w+)\ndata: (.*)$/.exec(block)
          if (match !== null) return { event: match[1] ?? '', data: JSON.parse(match[2] ?? '') }
          continue
        }
        const piece = await source?.read()
        if (piece === undefined || piece.done) return undefined
        text += piece.value
      }
    },
    cancel: () => source?.cancel(),
  }
}

describe.each(databases)('live events on $name', (database) => {
  let api: Api
  beforeAll(async () => {
    api = await openApi(database)
  })
  afterAll(() => api.close())

  const create = async (object: string, body: object): Promise<string> => {
    const { json } = await api.ask('POST', `${sobjects}/${object}`, { as: 'admin', body })
    return String(json['id'])
  }

  it('begin with the version, then tell of records and of the model', async () => {
    const response = await api.send('GET', eventsPath, { as: 'admin' })
    expect(response.headers.get('content-type')).toBe('text/event-stream;charset=UTF-8')
    const events = reader(response)
    const version = api.engine.deployer.store.current().version
    expect(await events.next()).toEqual({ event: 'hello', data: { version } })
    const id = await create('Account', { Name: 'Told' })
    expect(await events.next()).toEqual({
      event: 'record',
      data: { object: 'Account', id, change: 'create', by: expect.any(String) },
    })
    await api.ask('DELETE', `${sobjects}/Account/${id}`, { as: 'admin' })
    expect(await events.next()).toMatchObject({ data: { id, change: 'delete' } })
    await events.cancel()
  })

  it('tell nobody of objects that he may not read', async () => {
    const events = reader(await api.send('GET', eventsPath, { as: 'rep' }))
    await events.next()
    await create('CollectionPlanReason', { Name: 'Secret', Code: 'SECRET' })
    const id = await create('Account', { Name: 'Known' })
    expect(await events.next()).toMatchObject({ data: { object: 'Account', id } })
    await events.cancel()
  })

  it('end when the session ends', async () => {
    const { json } = await api.ask('POST', '/services/oauth2/token', tokenForm(repName, password))
    const token = String(json['access_token'])
    const headers = { authorization: `Bearer ${token}` }
    const events = reader(await api.send('GET', eventsPath, { headers }))
    expect(await events.next()).toMatchObject({ event: 'hello' })
    const form = { ...tokenForm('', ''), body: new URLSearchParams({ token }).toString() }
    await api.ask('POST', '/services/oauth2/revoke', form)
    expect(await events.next()).toBeUndefined()
  })

  it('cut off whoever does not read, and go on for the others', async () => {
    const slow = await api.send('GET', eventsPath, { as: 'admin' })
    const bodies = Array.from({ length: 200 }, (_, index) => ({
      attributes: { type: 'Account' },
      Name: `Flood ${index}`,
    }))
    for (let sent = 0; sent <= limits.eventBacklogMax; sent += bodies.length) {
      await api.ask('POST', '/services/data/v67.0/composite/sobjects', {
        as: 'admin',
        body: { records: bodies },
      })
    }
    const events = reader(slow)
    let seen = 0
    while ((await events.next()) !== undefined) seen += 1
    expect(seen).toBeLessThanOrEqual(limits.eventBacklogMax)
  })

  it('are opened so often by one user and no more', async () => {
    const opened: Response[] = []
    for (let index = 0; index < limits.eventStreamsPerUserMax; index++) {
      opened.push(await api.send('GET', eventsPath, { as: 'rep' }))
    }
    const refused = await api.ask('GET', eventsPath, { as: 'rep' })
    expect([refused.status, refused.code]).toEqual([429, 'TOO_MANY_REQUESTS'])
    for (const response of opened) await response.body?.cancel()
    const again = await api.send('GET', eventsPath, { as: 'rep' })
    expect(again.status).toBe(200)
    await again.body?.cancel()
  })
})
