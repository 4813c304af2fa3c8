/** Sign-in: tokens for programs, sessions for screens, and how both end. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { limits } from '../../engine/base/limits.ts'
import { sql } from '../../engine/sql/sql.ts'
import { adminName, openApi, password, repName, tokenForm, type Api } from '../support/api.ts'
import { databases } from '../support/databases.ts'

const tokenPath = '/services/oauth2/token'
const sessionPath = '/services/fieldstone/v1/session'
const own = { 'x-fieldstone-request': '1' }
const limitsPath = '/services/data/v67.0/limits'

describe.each(databases)('sign-in on $name', (database) => {
  let api: Api
  beforeAll(async () => {
    api = await openApi(database)
  })
  afterAll(() => api.close())

  const grant = (username: string, secret: string, address = '10.9.9.9') =>
    api.ask('POST', tokenPath, { ...tokenForm(username, secret), address })

  const openSession = async (username = repName): Promise<string> => {
    const { headers } = await api.ask('POST', sessionPath, {
      body: { username, password },
      headers: own,
    })
    return (headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  }

  describe('POST /services/oauth2/token', () => {
    it('answers as stock clients read it', async () => {
      const { status, json } = await grant(adminName.toUpperCase(), password)
      expect(status).toBe(200)
      expect(json).toMatchObject({
        instance_url: 'http://localhost',
        token_type: 'Bearer',
        scope: 'api id web',
      })
      expect(String(json['access_token'])).toMatch(/^00D[0-9A-Za-z]{12}![0-9A-Za-z.]{40,}$/)
      expect(String(json['id'])).toMatch(/\/id\/00D[0-9A-Za-z]{15}\/005[0-9A-Za-z]{15}$/)
      expect(String(json['issued_at'])).toMatch(/^\d{13}$/)
      expect(String(json['signature'])).not.toBe('')
    })

    it.each([
      ['a wrong password', adminName, 'wrong password'],
      ['an unknown user', 'nobody@example.com', password],
      ['a user without a password', '', ''],
      ['SQL as name', "' OR 1=1 --", password],
      ['a query as name', "admin@example.com' OR Name != '", password],
    ])('refuses %s, always in the same words', async (_name, username, secret) => {
      const { status, json } = await grant(username, secret, `10.1.0.${username.length}`)
      expect(status).toBe(400)
      expect(json).toEqual({
        error: 'invalid_grant',
        error_description: 'authentication failure',
      })
    })

    it.each([
      ['another grant type', { grant_type: 'magic' }, 'unsupported_grant_type'],
      ['an unknown client', { client_id: 'somebody' }, 'invalid_client_id'],
    ])('refuses %s', async (_name, change, error) => {
      const form = new URLSearchParams({
        grant_type: 'password',
        client_id: 'PlatformCLI',
        ...change,
      })
      const { status, json } = await api.ask('POST', tokenPath, {
        ...tokenForm('', ''),
        body: form.toString(),
      })
      expect([status, json['error']]).toEqual([400, error])
    })

    it('takes forms alone, and none of any size', async () => {
      const asJson = await api.ask('POST', tokenPath, { body: { grant_type: 'password' } })
      expect(asJson.status).toBe(415)
      const big = await grant(adminName, 'x'.repeat(20_000))
      expect(big.status).toBe(413)
    })

    it('stores neither passwords nor tokens', async () => {
      const rows = [
        ...(await api.database.storage.read(sql`select * from fs_session`)),
        ...(await api.database.storage.read(sql`select * from fs_credential`)),
      ]
      const stored = JSON.stringify(rows)
      expect(stored).not.toContain(api.tokens.admin)
      expect(stored).not.toContain(password)
      expect(stored).toContain('$argon2id$')
    })
  })

  describe('guessing', () => {
    it('is held back by account, whatever the address and the letter case', async () => {
      const name = 'guessed@example.com'
      for (let attempt = 0; attempt < limits.loginFailuresMax; attempt++) {
        const spelt = attempt % 2 === 0 ? name : name.toUpperCase()
        const { json } = await grant(spelt, 'wrong password', `10.2.0.${attempt}`)
        expect(json['error_description']).toBe('authentication failure')
      }
      const { json } = await grant(name, 'wrong password', '10.2.1.1')
      expect(json['error_description']).toMatch(/Too many failed sign-ins/)
    })

    it('is held back by the true address; a forwarded-for header changes nothing', async () => {
      const address = '10.3.0.1'
      const guess = (attempt: number) =>
        api.ask('POST', tokenPath, {
          ...tokenForm(`user${attempt}@example.com`, 'wrong password'),
          headers: {
            'content-type': 'application/x-www-form-urlencoded',
            'x-forwarded-for': `1.2.3.${attempt}`,
          },
          address,
        })
      for (let attempt = 0; attempt < limits.loginFailuresPerAddressMax; attempt++) {
        await guess(attempt)
      }
      expect((await guess(999)).json['error_description']).toMatch(/Too many/)
      expect((await grant(adminName, password, '10.3.0.2')).status).toBe(200)
    })

    it('a thousand attempts at once get no more tries than one after the other', async () => {
      const name = 'parallel@example.com'
      const answers = await Promise.all(
        Array.from({ length: 40 }, (_, index) => grant(name, 'wrong password', `10.4.0.${index}`)),
      )
      const tried = answers.filter(
        ({ json }) => String(json['error_description']) === 'authentication failure',
      )
      expect(tried.length).toBeLessThanOrEqual(limits.loginFailuresMax)
    })

    it('ends by itself: the owner is not locked out for long', async () => {
      api.clock.now += limits.loginWindowMs + 1
      const { json } = await grant('guessed@example.com', 'wrong password', '10.5.0.1')
      expect(json['error_description']).toBe('authentication failure')
    })
  })

  describe('tokens', () => {
    it.each([
      ['none', undefined],
      ['an unknown one', 'Bearer 00D000000000000!abc'],
      ['another scheme', 'Basic YWRtaW46YWRtaW4='],
      ['an empty one', 'Bearer '],
      ['one without its beginning', 'Bearer abc.def.ghi'],
    ])('%s is refused as INVALID_SESSION_ID', async (_name, authorization) => {
      const headers: Record<string, string> = authorization === undefined ? {} : { authorization }
      const { status, code } = await api.ask('GET', limitsPath, { headers })
      expect([status, code]).toEqual([401, 'INVALID_SESSION_ID'])
    })

    it('are taken as Bearer and as OAuth, but never from the address or as cookie', async () => {
      const token = api.tokens.rep
      const oauth = { authorization: `OAuth ${token}` }
      expect((await api.ask('GET', limitsPath, { headers: oauth })).status).toBe(200)
      expect((await api.ask('GET', `${limitsPath}?oauth_token=${token}`)).status).toBe(401)
      const cookie = { cookie: `sid=${token}` }
      expect((await api.ask('GET', limitsPath, { headers: cookie })).status).toBe(401)
    })

    it('a session is no token', async () => {
      const secret = (await openSession()).replace('sid=', '')
      const headers = { authorization: `Bearer ${secret}` }
      expect((await api.ask('GET', limitsPath, { headers })).status).toBe(401)
    })

    it('say who holds them', async () => {
      const { json } = await api.ask('GET', '/services/oauth2/userinfo', { as: 'rep' })
      expect(json).toMatchObject({ user_id: api.repId, preferred_username: repName })
      const organization = String(json['organization_id'])
      const path = `/id/${organization}/${api.repId}`
      const identity = await api.ask('GET', `${path}?oauth_token=${api.tokens.rep}`)
      expect(identity.json).toMatchObject({ user_id: api.repId, organization_id: organization })
      expect((await api.ask('GET', path)).status).toBe(401)
      expect((await api.ask('GET', path, { as: 'admin' })).status).toBe(404)
    })

    it('end when they are revoked, and with time', async () => {
      const token = String((await grant(repName, password)).json['access_token'])
      const headers = { authorization: `Bearer ${token}` }
      expect((await api.ask('GET', limitsPath, { headers })).status).toBe(200)
      const form = { ...tokenForm('', ''), body: new URLSearchParams({ token }).toString() }
      expect((await api.ask('POST', '/services/oauth2/revoke', form)).status).toBe(200)
      expect((await api.ask('GET', limitsPath, { headers })).status).toBe(401)

      const other = String((await grant(repName, password)).json['access_token'])
      api.clock.now += limits.sessionLifetimeMs
      const late = { authorization: `Bearer ${other}` }
      expect((await api.ask('GET', limitsPath, { headers: late })).status).toBe(401)
    })

    it('are not made longer by a clock that is set back', async () => {
      const token = String((await grant(repName, password)).json['access_token'])
      api.clock.now += limits.sessionLifetimeMs
      const headers = { authorization: `Bearer ${token}` }
      expect((await api.ask('GET', limitsPath, { headers })).status).toBe(401)
      api.clock.now -= limits.sessionLifetimeMs
      expect((await api.ask('GET', limitsPath, { headers })).status).toBe(401)
    })
  })

  describe('the session of the screens', () => {
    it('is a cookie that scripts cannot read', async () => {
      const { status, json, headers } = await api.ask('POST', sessionPath, {
        body: { username: repName, password },
        headers: own,
      })
      expect(status).toBe(200)
      expect(json).toEqual({
        userId: api.repId,
        name: 'Rita Rep',
        username: repName,
        language: 'en_US',
      })
      expect(headers.get('set-cookie')).toMatch(
        /^sid=[0-9A-Za-z]{40}; Path=\/; HttpOnly; SameSite=Lax$/,
      )
    })

    it('refuses a wrong password as INVALID_LOGIN and sets no cookie', async () => {
      const { status, code, headers } = await api.ask('POST', sessionPath, {
        body: { username: repName, password: 'wrong password' },
        headers: own,
      })
      expect([status, code]).toEqual([401, 'INVALID_LOGIN'])
      expect(headers.get('set-cookie')).toBeNull()
    })

    it('refuses what is no text', async () => {
      const { status } = await api.ask('POST', sessionPath, {
        body: { username: { $ne: '' }, password },
        headers: own,
      })
      expect(status).toBe(400)
    })

    it('gets a new id at sign-in; the one from before is dead', async () => {
      const planted = await openSession()
      const { headers } = await api.ask('POST', sessionPath, {
        body: { username: repName, password },
        headers: { ...own, cookie: planted },
      })
      const fresh = (headers.get('set-cookie') ?? '').split(';')[0] ?? ''
      expect(fresh).not.toBe(planted)
      expect((await api.ask('GET', sessionPath, { headers: { cookie: planted } })).status).toBe(401)
      expect((await api.ask('GET', sessionPath, { headers: { cookie: fresh } })).status).toBe(200)
    })

    it('ends with sign-out', async () => {
      const cookie = await openSession()
      const out = await api.ask('DELETE', sessionPath, { headers: { ...own, cookie } })
      expect(out.status).toBe(204)
      expect(out.headers.get('set-cookie')).toMatch(/^sid=; .*Max-Age=0/)
      expect((await api.ask('GET', sessionPath, { headers: { cookie } })).status).toBe(401)
    })
  })

  describe('changes with a session cookie', () => {
    const create = async (headers: Readonly<Record<string, string>>, body: unknown) => {
      const cookie = await openSession()
      return api.ask('POST', '/services/data/v67.0/sobjects/Account', {
        body,
        headers: { cookie, ...headers },
      })
    }
    const body = { Name: 'From a form' }

    it('are taken from our own pages', async () => {
      const sameOrigin = {
        ...own,
        origin: 'http://localhost',
        'sec-fetch-site': 'same-origin',
      }
      expect((await create(sameOrigin, body)).status).toBe(201)
      expect((await create(own, body)).status).toBe(201)
    })

    it.each([
      ['without the header', {}],
      ['from another origin', { ...own, origin: 'https://evil.example' }],
      ['from an origin that begins alike', { ...own, origin: 'http://localhost.evil.example' }],
      ['from another port', { ...own, origin: 'http://localhost:81' }],
      ['from no origin at all', { ...own, origin: 'null' }],
      ['from another site', { ...own, 'sec-fetch-site': 'cross-site' }],
      ['from a neighbouring site', { ...own, 'sec-fetch-site': 'same-site' }],
      ['as a form', { 'content-type': 'application/x-www-form-urlencoded' }],
      ['as text', { 'content-type': 'text/plain' }],
      ['as parts', { 'content-type': 'multipart/form-data; boundary=x' }],
    ])('are refused %s', async (_name, headers) => {
      const { status, code } = await create(headers as Record<string, string>, body)
      expect([status, code]).toEqual([403, 'INSUFFICIENT_ACCESS'])
    })

    it('sign-in and sign-out themselves are guarded too', async () => {
      expect(
        (await api.ask('POST', sessionPath, { body: { username: repName, password } })).status,
      ).toBe(403)
      const cookie = await openSession()
      expect((await api.ask('DELETE', sessionPath, { headers: { cookie } })).status).toBe(403)
      expect((await api.ask('GET', sessionPath, { headers: { cookie } })).status).toBe(200)
    })
  })

  describe('what ends at once', () => {
    beforeAll(() => api.renewTokens())

    const sobjects = '/services/data/v67.0/sobjects'
    const accounts = `/services/data/v67.0/query?q=${encodeURIComponent('SELECT Id FROM Account LIMIT 1')}`

    it('rights of a permission set that was taken away', async () => {
      expect((await api.ask('GET', accounts, { as: 'rep' })).status).toBe(200)
      const soql = `SELECT Id FROM PermissionSetAssignment WHERE AssigneeId = '${api.repId}'`
      const path = `/services/data/v67.0/query?q=${encodeURIComponent(soql)}`
      const found = await api.ask('GET', path, { as: 'admin' })
      const id = String(found.json['records']?.[0]?.['Id'])
      await api.ask('DELETE', `${sobjects}/PermissionSetAssignment/${id}`, { as: 'admin' })
      expect((await api.ask('GET', accounts, { as: 'rep' })).code).toBe('INVALID_TYPE')
      await api.ask('POST', `/services/fieldstone/v1/recycle-bin/${id}/undelete`, { as: 'admin' })
      expect((await api.ask('GET', accounts, { as: 'rep' })).status).toBe(200)
    })

    it('sessions and tokens of a user who was switched off', async () => {
      const cookie = await openSession()
      const change = (IsActive: boolean) =>
        api.ask('PATCH', `${sobjects}/User/${api.repId}`, { as: 'admin', body: { IsActive } })
      expect((await change(false)).status).toBe(204)
      expect((await api.ask('GET', sessionPath, { headers: { cookie } })).status).toBe(401)
      expect((await api.ask('GET', limitsPath, { as: 'rep' })).status).toBe(401)
      expect((await grant(repName, password)).status).toBe(400)
      await change(true)
      expect((await api.ask('GET', limitsPath, { as: 'rep' })).status).toBe(200)
    })

    it('sessions and tokens of a user whose password was changed', async () => {
      const cookie = await openSession()
      const path = `${sobjects}/User/${api.repId}/password`
      const set = await api.ask('POST', path, {
        as: 'admin',
        body: { NewPassword: 'another horse 8' },
      })
      expect(set.status).toBe(204)
      expect((await api.ask('GET', sessionPath, { headers: { cookie } })).status).toBe(401)
      expect((await api.ask('GET', limitsPath, { as: 'rep' })).status).toBe(401)
      expect((await grant(repName, password)).status).toBe(400)
      expect((await grant(repName, 'another horse 8')).status).toBe(200)
    })

    it('but nobody sets passwords without the right to, nor short ones', async () => {
      const path = `${sobjects}/User/${api.repId}/password`
      const token = String((await grant(repName, 'another horse 8')).json['access_token'])
      const headers = { authorization: `Bearer ${token}` }
      const own = await api.ask('POST', path, { headers, body: { NewPassword: 'mine, all mine' } })
      expect(own.status).toBe(403)
      const expired = async (of: string, asked: object) =>
        (await api.ask('GET', `${sobjects}/User/${of}/password`, asked)).text
      expect(await expired(api.repId, { headers })).toBe('{"isExpired":false}')
      expect(await expired(api.repId, { as: 'admin' })).toBe('{"isExpired":false}')
      const soql = `SELECT Id FROM User WHERE Username = '${adminName}'`
      const found = `/services/data/v67.0/query?q=${encodeURIComponent(soql)}`
      const { json } = await api.ask('GET', found, { as: 'admin' })
      const admin = String(json['records']?.[0]?.['Id'])
      expect(await expired(admin, { headers })).toContain('ManageUsers')
      const short = await api.ask('POST', path, { as: 'admin', body: { NewPassword: 'short' } })
      expect(short.status).toBe(400)
    })
  })
})
