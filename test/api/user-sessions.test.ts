/** Who is signed in where is seen and ended, by oneself and by who manages users. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openApi, password, repName, tokenForm, type Api } from '../support/api.ts'
import { databases } from '../support/databases.ts'

const own = '/services/fieldstone/v1'
const limitsPath = '/services/data/v67.0/limits'

describe.each(databases)('open sessions on $name', (database) => {
  let api: Api
  beforeAll(async () => {
    api = await openApi(database)
  })
  afterAll(() => api.close())

  const path = (user: string, session = ''): string =>
    `${own}/users/${user}/sessions${session === '' ? '' : `/${session}`}`
  const list = async (as: 'admin' | 'rep' = 'rep') => {
    const { json, status } = await api.ask('GET', path(api.repId), { as })
    expect(status).toBe(200)
    return [...json]
  }
  const token = async (): Promise<string> => {
    api.clock.now += 1_000
    const form = tokenForm(repName, password)
    return String((await api.ask('POST', '/services/oauth2/token', form)).json['access_token'])
  }
  const works = async (secret: string): Promise<boolean> => {
    const headers = { authorization: `Bearer ${secret}` }
    return (await api.ask('GET', limitsPath, { headers })).status === 200
  }

  it('are listed newest first, with nothing that opens one', async () => {
    const [first, second] = [await token(), await token()]
    const { text } = await api.ask('GET', path(api.repId), { as: 'rep' })
    for (const secret of [first, second, api.tokens.rep]) expect(text).not.toContain(secret)
    const rows = await list()
    expect(rows.length).toBeGreaterThanOrEqual(3)
    expect(rows.filter((row) => row['current'])).toHaveLength(1)
    expect(rows[0]).toMatchObject({ kind: 'token', client: 'PlatformCLI', current: false })
    expect(Date.parse(String(rows[0]?.['expiresAt']))).toBeGreaterThan(api.clock.now)
    const times = rows.map((row) => Date.parse(String(row['createdAt'])))
    expect(times).toEqual(times.toSorted((one, other) => other - one))
    expect((await list('admin')).map((row) => row['id'])).toEqual(rows.map((row) => row['id']))
  })

  it('end one by one with the very next request', async () => {
    const secret = await token()
    const before = await list()
    const [newest] = before
    const id = String(newest?.['id'])
    expect(await works(secret)).toBe(true)
    expect((await api.ask('DELETE', path(api.repId, id), { as: 'admin' })).status).toBe(204)
    expect(await works(secret)).toBe(false)
    expect(await list()).toHaveLength(before.length - 1)
    expect((await api.ask('DELETE', path(api.repId, id), { as: 'admin' })).status).toBe(404)
  })

  it('are nobody else’s business: another user is answered like one who does not exist', async () => {
    const { id: admin } = (await api.ask('GET', '/services/oauth2/userinfo', { as: 'admin' })).json
    const adminId = String(admin ?? '').slice(-18)
    const answers = []
    for (const user of [adminId, '005000000000000AAA', 'x', '001000000000000AAA']) {
      answers.push(await api.ask('GET', path(user), { as: 'rep' }))
      answers.push(await api.ask('DELETE', path(user), { as: 'rep' }))
    }
    for (const { status, text } of answers) {
      expect([status, text]).toEqual([404, answers[0]?.text])
    }
    expect((await api.ask('GET', path(api.repId))).status).toBe(401)
    expect((await list('admin')).length).toBeGreaterThan(0)
  })

  it('all end at once, the asking one too', async () => {
    const secret = await token()
    expect((await api.ask('DELETE', path(api.repId), { as: 'rep' })).status).toBe(204)
    expect(await works(secret)).toBe(false)
    expect((await api.ask('GET', limitsPath, { as: 'rep' })).status).toBe(401)
    await api.renewTokens(['rep'])
    expect(await list()).toHaveLength(1)
  })
})
