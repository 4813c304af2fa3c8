/** Programs that act for people: codes, refresh tokens, assertions, users of their own, and SOAP sign-in. */
import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto'
import { writeFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { limits } from '../../engine/base/limits.ts'
import { sql } from '../../engine/sql/sql.ts'
import { adminName, openApi, password, repName, type Api, type Told } from '../support/api.ts'
import { databases } from '../support/databases.ts'

const callback = 'http://localhost:1717/OauthRedirect'
const limitsPath = '/services/data/v67.0/limits'
const authorizePath = '/services/oauth2/authorize'
const keys = generateKeyPairSync('rsa', { modulusLength: 2048 })
const strangerKeys = generateKeyPairSync('rsa', { modulusLength: 2048 })

const apps = {
  Warehouse: {
    label: 'Warehouse <sync>',
    oauthConfig: {
      consumerKey: 'warehouse.key',
      callbackUrl: 'https://warehouse.example.com/back\nwarehouse://back',
      isRefreshTokenRotationEnabled: true,
      isClientCredentialEnabled: true,
      oauthClientCredentialUser: repName,
      scopes: ['Api', 'Basic', 'RefreshToken'],
    },
  },
  Robot: {
    label: 'Robot',
    oauthConfig: {
      consumerKey: 'robot.key',
      isAdminApproved: true,
      certificate: String(keys.publicKey.export({ type: 'spki', format: 'pem' })),
    },
  },
}

function addApps(metadataDir: string): Promise<void> {
  mkdirSync(join(metadataDir, 'connectedApps'), { recursive: true })
  for (const [fullName, body] of Object.entries(apps)) {
    const file = join(metadataDir, 'connectedApps', `${fullName}.json`)
    writeFileSync(file, JSON.stringify({ fullName, ...body }))
  }
  return Promise.resolve()
}

describe.each(databases)('programs on $name', (database) => {
  let api: Api
  let warehouseSecret = ''
  beforeAll(async () => {
    api = await openApi(database, { prepare: addApps })
    const path = '/services/fieldstone/v1/connected-apps/Warehouse/secret'
    const { json } = await api.ask('POST', path, { as: 'admin' })
    warehouseSecret = String(json['consumerSecret'])
  })
  afterAll(() => api.close())

  const post = (
    path: string,
    form: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Told> =>
    api.ask('POST', path, {
      body: new URLSearchParams(form).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    })
  const token = (form: Readonly<Record<string, string>>) => post('/services/oauth2/token', form)
  const works = async (accessToken: unknown): Promise<boolean> => {
    const headers = { authorization: `Bearer ${String(accessToken)}` }
    return (await api.ask('GET', limitsPath, { headers })).status === 200
  }

  const verifier = randomBytes(128).toString('base64url')
  const cli = {
    response_type: 'code',
    client_id: 'PlatformCLI',
    redirect_uri: 'http://localhost:1817/OauthRedirect',
    state: 'a state',
    prompt: 'login',
    scope: 'refresh_token api web',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
  }
  const own = { origin: 'http://localhost' }
  const allow = (
    form: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>> = own,
  ) => post(authorizePath, { ...form, decision: 'allow', username: repName, password }, headers)
  const sentTo = ({ headers }: Told): URL => new URL(headers.get('location') ?? 'about:blank')
  const codeFor = async (form: Readonly<Record<string, string>>): Promise<string> =>
    sentTo(await allow(form)).searchParams.get('code') ?? ''
  const redeem = (code: string, change: Readonly<Record<string, string>> = {}) =>
    token({
      grant_type: 'authorization_code',
      client_id: cli.client_id,
      redirect_uri: cli.redirect_uri,
      code,
      code_verifier: verifier,
      ...change,
    })

  describe('the page that asks', () => {
    const page = (change: Readonly<Record<string, string>>, language = 'de') =>
      api.ask('GET', `${authorizePath}?${new URLSearchParams({ ...cli, ...change })}`, {
        headers: { 'accept-language': language },
      })

    it('says in the reader’s language who wants what, and holds back scripts and frames', async () => {
      const { status, text, headers } = await page({})
      expect(status).toBe(200)
      expect(text).toContain('<html lang="de">')
      expect(text).toContain('Salesforce CLI möchte in Ihrem Namen Daten lesen und ändern.')
      expect(text).toContain('bis Sie ihn zurücknehmen')
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("form-action 'self' http://localhost:1817")
      expect(headers.get('x-frame-options')).toBe('DENY')
    })

    it('never writes what was asked as markup', async () => {
      const { text } = await page({
        client_id: 'warehouse.key',
        redirect_uri: 'https://warehouse.example.com/back',
        scope: 'api',
        state: '"><script>alert(1)</script>',
      })
      expect(text).not.toContain('<script')
      expect(text).toContain('Warehouse &lt;sync&gt;')
    })

    it.each([
      ['an unknown program', { client_id: 'nobody' }],
      ['another address', { redirect_uri: 'https://evil.example.com/OauthRedirect' }],
      ['another path on the own machine', { redirect_uri: 'http://localhost:1717/other' }],
      [
        'a name that only begins like the own machine',
        { redirect_uri: 'http://localhost.evil.example.com/OauthRedirect' },
      ],
      ['an address with a user', { redirect_uri: 'http://x@localhost:1717/OauthRedirect' }],
      ['a script as address', { redirect_uri: 'javascript:alert(1)' }],
      ['an address with a fragment', { redirect_uri: `${callback}#` }],
      ['an encoded path', { redirect_uri: 'http://localhost:1717/%4FauthRedirect' }],
      [
        'a longer address than the registered one',
        { client_id: 'warehouse.key', redirect_uri: 'https://warehouse.example.com/back/../evil' },
      ],
    ])('is not shown for %s, and nobody is sent there', async (_name, change) => {
      const { status, headers } = await page(change)
      expect(status).toBe(400)
      expect(headers.get('location')).toBeNull()
    })

    it.each([
      ['no challenge', { code_challenge: '' }, 'invalid_request'],
      ['a plain challenge', { code_challenge_method: 'plain' }, 'invalid_request'],
      ['tokens in the address', { response_type: 'token' }, 'unsupported_response_type'],
      ['an unknown scope', { scope: 'everything' }, 'invalid_scope'],
      [
        'a scope that the program was not given',
        {
          client_id: 'warehouse.key',
          redirect_uri: 'https://warehouse.example.com/back',
          scope: 'api web',
        },
        'invalid_scope',
      ],
    ])('is not shown for %s: the program is told', async (_name, change, error) => {
      const told = await page(change)
      expect([told.status, sentTo(told).searchParams.get('error')]).toEqual([302, error])
      expect(sentTo(told).searchParams.get('state')).toBe('a state')
    })

    it('asks again after a wrong password, and sends a no back as such', async () => {
      const wrong = await post(
        authorizePath,
        { ...cli, decision: 'allow', username: repName, password: 'nope nope' },
        own,
      )
      expect(wrong.status).toBe(400)
      expect(wrong.text).toContain('role="alert"><p')
      const denied = await post(authorizePath, { ...cli, decision: 'deny' }, own)
      expect(sentTo(denied).searchParams.get('error')).toBe('access_denied')
    })

    it('takes its form from itself alone', async () => {
      expect((await allow(cli, {})).status).toBe(403)
      expect((await allow(cli, { origin: 'http://evil.example.com' })).status).toBe(403)
      const crossSite = { origin: 'http://localhost', 'sec-fetch-site': 'cross-site' }
      expect((await allow(cli, crossSite)).status).toBe(403)
    })

    it('lets whoever is signed in agree without a password, unless the program wants one', async () => {
      const signedIn = await api.ask('POST', '/services/fieldstone/v1/session', {
        body: { username: repName, password },
        headers: { 'x-fieldstone-request': '1' },
      })
      const cookie = (signedIn.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
      const agreed = await post(
        authorizePath,
        { ...cli, prompt: '', decision: 'allow' },
        { ...own, cookie },
      )
      expect(sentTo(agreed).searchParams.get('code')).toMatch(/^\w{40}$/)
      const asked = await post(authorizePath, { ...cli, decision: 'allow' }, { ...own, cookie })
      expect(asked.text).toContain('type="password"')
    })
  })

  describe('codes and refresh tokens', () => {
    it('give a token that works, and another whenever it is refreshed', async () => {
      const answer = await allow(cli)
      expect(sentTo(answer).searchParams.get('state')).toBe('a state')
      const { status, json } = await redeem(sentTo(answer).searchParams.get('code') ?? '')
      expect(status).toBe(200)
      expect(json['scope']).toBe('refresh_token api web')
      expect(await works(json['access_token'])).toBe(true)
      const refresh = {
        grant_type: 'refresh_token',
        client_id: 'PlatformCLI',
        refresh_token: String(json['refresh_token']),
      }
      const first = await token(refresh)
      const second = await token(refresh)
      expect(await works(first.json['access_token'])).toBe(true)
      expect(await works(second.json['access_token'])).toBe(true)
    })

    it('a code works once; used twice, all that came of it ends', async () => {
      const code = await codeFor(cli)
      const { json } = await redeem(code)
      expect((await redeem(code)).json['error']).toBe('invalid_grant')
      expect(await works(json['access_token'])).toBe(false)
      const refreshed = await token({
        grant_type: 'refresh_token',
        client_id: 'PlatformCLI',
        refresh_token: String(json['refresh_token']),
      })
      expect(refreshed.json['error']).toBe('invalid_grant')
    })

    it('of many at once with one code, at most one is answered', async () => {
      const code = await codeFor(cli)
      const answers = await Promise.all([redeem(code), redeem(code), redeem(code)])
      expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1)
    })

    it.each([
      ['another verifier', { code_verifier: 'x'.repeat(64) }],
      ['no verifier', { code_verifier: '' }],
      ['another address', { redirect_uri: callback }],
      ['another program', { client_id: 'SalesforceDevelopmentExperience' }],
    ])('a code is refused with %s', async (_name, change) => {
      const { status, json } = await redeem(await codeFor(cli), change)
      expect([status, json['error']]).toEqual([400, 'invalid_grant'])
    })

    it('what a token was not granted for is refused, and never as a session that ended', async () => {
      const answers = async (scope: string): Promise<readonly number[]> => {
        const { json } = await redeem(await codeFor({ ...cli, scope }))
        const headers = { authorization: `Bearer ${String(json['access_token'])}` }
        const id = new URL(String(json['id'])).pathname
        const paths = [limitsPath, '/services/oauth2/userinfo', id, '/services/oauth2/singleaccess']
        const told = await Promise.all(paths.map((path) => api.ask('GET', path, { headers })))
        return told.map(({ status }) => status)
      }
      expect(await answers('api')).toEqual([200, 200, 200, 403])
      expect(await answers('id')).toEqual([403, 200, 200, 403])
      expect(await answers('web')).toEqual([403, 200, 200, 200])
      expect(await answers('full')).toEqual([200, 200, 200, 200])
      expect(await answers('refresh_token')).toEqual([403, 403, 403, 403])
      const { json } = await redeem(await codeFor({ ...cli, scope: 'id' }))
      const soap = await api.ask('POST', '/services/Soap/m/59.0', {
        body: `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header><SessionHeader><sessionId>${String(json['access_token'])}</sessionId></SessionHeader></e:Header><e:Body><describeMetadata/></e:Body></e:Envelope>`,
        headers: { 'content-type': 'text/xml' },
      })
      expect(soap.text).toContain('INSUFFICIENT_ACCESS')
      const refused = await api.ask('GET', limitsPath, {
        headers: { authorization: `Bearer ${String(json['access_token'])}` },
      })
      expect(refused.text).toContain('was not granted the scope api')
    })

    it('a refresh may ask for less than what was granted, never for more', async () => {
      const { json } = await redeem(await codeFor({ ...cli, scope: 'refresh_token api' }))
      const refresh = (scope: string) =>
        token({
          grant_type: 'refresh_token',
          client_id: 'PlatformCLI',
          refresh_token: String(json['refresh_token']),
          scope,
        })
      expect((await refresh('api web')).json['error']).toBe('invalid_scope')
      const { json: less } = await refresh('api')
      expect([less['scope'], await works(less['access_token'])]).toEqual(['api', true])
      const lasting = await redeem(await codeFor({ ...cli, scope: 'full' }))
      expect(lasting.json['refresh_token']).toBeUndefined()
    })

    it('by password, secret or assertion a program gets the scope that it asks for, and no other', async () => {
      const byPassword = { grant_type: 'password', username: repName, password }
      const byClient = {
        grant_type: 'client_credentials',
        client_id: 'warehouse.key',
        client_secret: warehouseSecret,
      }
      const cases = [
        [{ ...byPassword, client_id: 'PlatformCLI', scope: 'id' }, 'id', false],
        [{ ...byPassword, client_id: 'PlatformCLI', scope: 'api' }, 'api', true],
        [{ ...byPassword, client_id: 'PlatformCLI', scope: ' ' }, 'api id web', true],
        [{ ...byClient, scope: 'id' }, 'id', false],
        [{ ...byClient, scope: 'api id' }, 'api id', true],
      ] as const
      for (const [asked, scope, isOpen] of cases) {
        const { json } = await token(asked)
        expect([json['scope'], await works(json['access_token'])]).toEqual([scope, isOpen])
      }
      for (const asked of [
        { ...byPassword, client_id: 'PlatformCLI', scope: 'everything' },
        { ...byPassword, client_id: 'PlatformCLI', scope: 'entry' },
        // It may not be asked for, whatever the password is.
        { ...byClient, scope: 'web' },
        { ...byClient, ...byPassword, password: 'wrong', scope: 'api web' },
      ]) {
        const { status, json } = await token(asked)
        expect([status, json['error']]).toEqual([400, 'invalid_scope'])
      }
    })

    it('a code that is used twice at once leaves no token alive', async () => {
      const code = await codeFor(cli)
      const answers = await Promise.all([redeem(code), redeem(code), redeem(code)])
      for (const { json } of answers) {
        if (json['access_token'] !== undefined) {
          expect(await works(json['access_token'])).toBe(false)
        }
      }
    })

    it('a code ends soon', async () => {
      const code = await codeFor(cli)
      api.clock.now += limits.authorizationCodeLifetimeMs
      expect((await redeem(code)).json['error']).toBe('invalid_grant')
    })

    it('where they rotate, an old refresh token ends the whole family', async () => {
      const client = { client_id: 'warehouse.key', client_secret: warehouseSecret }
      const redirect = { redirect_uri: 'https://warehouse.example.com/back' }
      const mine = { client_id: 'warehouse.key', scope: 'refresh_token api', ...redirect }
      const { code_challenge: _, ...asked } = { ...cli, ...mine }
      const code = await codeFor(asked)
      const { json: first } = await token({
        grant_type: 'authorization_code',
        code,
        ...client,
        ...redirect,
      })
      const refresh = (refreshToken: unknown) =>
        token({ grant_type: 'refresh_token', refresh_token: String(refreshToken), ...client })
      const { json: second } = await refresh(first['refresh_token'])
      expect(second['refresh_token']).not.toBe(first['refresh_token'])
      expect((await refresh(first['refresh_token'])).json['error']).toBe('invalid_grant')
      expect((await refresh(second['refresh_token'])).json['error']).toBe('invalid_grant')
      expect(await works(second['access_token'])).toBe(false)
    })

    it('revoking a refresh token ends its access tokens; a new password ends both', async () => {
      const { json } = await redeem(await codeFor(cli))
      await post('/services/oauth2/revoke', { token: String(json['refresh_token']) })
      expect(await works(json['access_token'])).toBe(false)
      const { json: next } = await redeem(await codeFor(cli))
      const { securitySettings, setPassword } = api.engine.auth
      // The same password again, so that the other tests can go on with it.
      const by = { userId: api.repId, way: 'api' }
      await securitySettings.change(new Map([['passwordHistory', 0]]), by)
      await setPassword(api.repId, password)
      await api.renewTokens()
      const refreshed = await token({
        grant_type: 'refresh_token',
        client_id: 'PlatformCLI',
        refresh_token: String(next['refresh_token']),
      })
      expect(refreshed.json['error']).toBe('invalid_grant')
    })

    it('are stored as hashes alone', async () => {
      const { json } = await redeem(await codeFor(cli))
      const stored = JSON.stringify([
        await api.database.storage.read(sql`select * from fs_grant`),
        await api.database.storage.read(sql`select * from fs_client_secret`),
      ])
      expect(stored).toContain('refresh')
      for (const secret of [json['refresh_token'], json['access_token'], warehouseSecret]) {
        expect(stored).not.toContain(String(secret))
      }
    })
  })

  describe('programs without a person', () => {
    it('act as the user they run as, with their secret alone', async () => {
      const asked = { grant_type: 'client_credentials', client_id: 'warehouse.key' }
      const { json } = await token({ ...asked, client_secret: warehouseSecret })
      expect(String(json['id'])).toContain(api.repId)
      const basic = Buffer.from(`warehouse.key:${warehouseSecret}`).toString('base64')
      const byHeader = await post(
        '/services/oauth2/token',
        { grant_type: 'client_credentials' },
        { authorization: `Basic ${basic}` },
      )
      expect(byHeader.status).toBe(200)
      for (const secret of ['', 'wrong', 'undefined']) {
        const refused = await token({ ...asked, client_secret: secret })
        expect(refused.json['error']).toBe('invalid_client')
      }
      const open = await token({ grant_type: 'client_credentials', client_id: 'PlatformCLI' })
      expect(open.json['error']).toBe('invalid_grant')
    })

    it('are told apart: two apps with one consumer key are refused', async () => {
      const path = '/services/fieldstone/v1/metadata/ConnectedApp'
      for (const consumerKey of ['robot.key', 'PlatformCLI']) {
        const { status, text } = await api.ask('PUT', `${path}/Twin`, {
          as: 'admin',
          body: { label: 'Twin', oauthConfig: { consumerKey } },
        })
        expect([status, text]).toEqual([
          400,
          expect.stringContaining(`the consumer key \\"${consumerKey}\\" is that of`),
        ])
      }
    })

    it('a secret is made by administrators alone, and ends the one before', async () => {
      const path = '/services/fieldstone/v1/connected-apps/Warehouse/secret'
      expect((await api.ask('POST', path, { as: 'rep' })).status).toBe(403)
      const before = warehouseSecret
      warehouseSecret = String(
        (await api.ask('POST', path, { as: 'admin' })).json['consumerSecret'],
      )
      const asked = { grant_type: 'client_credentials', client_id: 'warehouse.key' }
      expect((await token({ ...asked, client_secret: before })).json['error']).toBe(
        'invalid_client',
      )
    })

    const assertion = (change: {
      readonly aud?: string
      readonly sub?: string
      readonly iss?: string
      readonly exp?: number
      readonly key?: typeof keys.privateKey
    }) =>
      new SignJWT({})
        .setProtectedHeader({ alg: 'RS256' })
        .setIssuer(change.iss ?? 'robot.key')
        .setSubject(change.sub ?? repName)
        .setAudience(change.aud ?? 'http://localhost/')
        .setExpirationTime(change.exp ?? Math.floor(api.clock.now / 1000) + 180)
        .sign(change.key ?? keys.privateKey)
    const bearer = async (signed: string) =>
      token({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: signed })

    it('an assertion gives a token, also with the milliseconds of stock clients', async () => {
      const { json } = await bearer(await assertion({}))
      expect(String(json['id'])).toContain(api.repId)
      expect(await works(json['access_token'])).toBe(true)
      expect((await bearer(await assertion({ exp: api.clock.now + 300 }))).status).toBe(200)
    })

    it('is refused for another key, audience, user, program or time', async () => {
      const changes = [
        { key: strangerKeys.privateKey },
        { aud: 'https://login.example.com' },
        { sub: 'nobody@example.com' },
        { iss: 'warehouse.key' },
        { exp: Math.floor(api.clock.now / 1000) - 3_600 },
        { exp: api.clock.now - 3_600_000 },
        { exp: Math.floor(api.clock.now / 1000) + 10 * 365 * 86_400 },
      ]
      for (const change of changes) {
        const { status, json } = await bearer(await assertion(change))
        expect([status, json['error']], JSON.stringify(Object.keys(change))).toEqual([
          400,
          'invalid_grant',
        ])
      }
      const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify({ iss: 'robot.key', sub: adminName, aud: 'http://localhost', exp: 9e9 })).toString('base64url')}.`
      expect((await bearer(unsigned)).json['error']).toBe('invalid_grant')
      expect((await bearer('x')).status).toBe(400)
    })
  })

  describe('the way into the screens', () => {
    const openDoor = async () => {
      const { json } = await api.ask('GET', '/services/oauth2/singleaccess', { as: 'rep' })
      return new URL(String(json['frontdoor_uri']))
    }
    const enter = (url: URL, headers: Readonly<Record<string, string>> = {}) =>
      api.ask('GET', url.pathname + url.search, { headers })

    it('opens them once', async () => {
      const door = await openDoor()
      const entered = await enter(door)
      expect(entered.headers.get('location')).toBe('/')
      const cookie = (entered.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
      const session = await api.ask('GET', '/services/fieldstone/v1/session', {
        headers: { cookie },
      })
      expect(session.json['username']).toBe(repName)
      const again = await enter(door)
      expect([again.headers.get('location'), again.headers.get('set-cookie')]).toEqual([
        '/login',
        null,
      ])
    })

    it('leads to places of this server alone, and not from other sites', async () => {
      for (const [start, leads] of [
        ['/app/Account', '/app/Account'],
        ['//evil.example.com/', '/'],
        ['https://evil.example.com/', '/'],
        ['/\\evil.example.com', '/'],
        ['/.//evil.example.com', '/'],
        ['%2F..//evil.example.com', '/'],
        ['/\t/evil.example.com', '/'],
      ]) {
        const door = await openDoor()
        door.searchParams.set('startURL', start ?? '')
        expect((await enter(door)).headers.get('location')).toBe(leads)
      }
      const door = await openDoor()
      expect((await enter(door, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    })
  })

  describe('sign-in over SOAP', () => {
    const soap = (operation: string, version = '59.0', header = '') =>
      api.ask('POST', `/services/Soap/u/${version}`, {
        body: `<se:Envelope xmlns:se="http://schemas.xmlsoap.org/soap/envelope/"><se:Header>${header}</se:Header><se:Body>${operation}</se:Body></se:Envelope>`,
        headers: { 'content-type': 'text/xml', soapaction: '""' },
      })
    const login = (name: string, secret: string) =>
      soap(
        `<login xmlns="urn:partner.soap.sforce.com"><username>${name}</username><password>${secret}</password></login>`,
      )

    it('gives a session that serves as token, until logout', async () => {
      const { status, text } = await login(repName, password)
      expect(status).toBe(200)
      expect(text).toContain(`<userId>${api.repId}</userId>`)
      expect(text).toMatch(
        /<serverUrl>http:\/\/localhost\/services\/Soap\/u\/59\.0\/00D\w{12}<\/serverUrl>/,
      )
      const session = /<sessionId>([^<]+)</.exec(text)?.[1] ?? ''
      expect(await works(session)).toBe(true)
      const header = `<SessionHeader><sessionId>${session}</sessionId></SessionHeader>`
      expect((await soap('<logout/>', '59.0', header)).status).toBe(200)
      expect(await works(session)).toBe(false)
      expect((await soap('<logout/>', '59.0', header)).text).toContain(
        '<faultcode>sf:INVALID_SESSION_ID</faultcode>',
      )
    })

    it.each([
      ['a wrong password', () => login(repName, 'wrong password'), 'INVALID_LOGIN'],
      ['an entity', () => soap('<login><username>&x;</username></login>'), 'INVALID_ARGUMENT'],
      ['no operation', () => soap(''), 'INVALID_ARGUMENT'],
      ['another operation', () => soap('<describeSoftphoneLayout/>'), 'INVALID_TYPE'],
      ['a version of tomorrow', () => soap('<logout/>', '999.0'), 'NOT_FOUND'],
    ])('%s is a fault', async (_name, ask, code) => {
      const { status, text } = await ask()
      expect(status).toBe(500)
      expect(text).toContain(`<faultcode>sf:${code}</faultcode><faultstring>${code}: `)
    })
  })
})
