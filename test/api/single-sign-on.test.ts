/** Single sign-on by OpenID Connect, against a real provider. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from '../../engine/sql/sql.ts'
import { openApi, password, repName, type Api, type Told } from '../support/api.ts'
import { databases } from '../support/databases.ts'
import {
  client,
  startProvider,
  type Person,
  type TestProvider,
} from '../support/identity-provider.ts'

const own = '/services/fieldstone/v1'
const data = '/services/data/v67.0'
const callback = '/services/authcallback/Bank'
const rita: Person = { sub: 'r-1', email: repName, email_verified: true }
const refused = [302, '/?signIn=failed', ''] as const

describe.each(databases)('single sign-on on $name', (database) => {
  let api: Api
  let provider: TestProvider
  beforeAll(async () => {
    provider = await startProvider(`http://localhost${callback}`)
    api = await openApi(database, { webhookHosts: [new URL(provider.issuer).host] })
    await declare({})
    const path = `${own}/auth-providers/Bank/secret`
    const body = { consumerSecret: client.secret }
    expect((await api.ask('PUT', path, { as: 'admin', body })).status).toBe(204)
  })
  afterAll(async () => {
    await api.close()
    await provider.close()
  })

  const declare = async (change: object): Promise<void> => {
    const body = {
      fullName: 'Bank',
      friendlyName: 'Bank directory',
      providerType: 'OpenIdConnect',
      consumerKey: client.id,
      idTokenIssuer: provider.issuer,
      ...change,
    }
    const told = await api.ask('PUT', `${own}/metadata/AuthProvider/Bank`, { as: 'admin', body })
    expect([told.status, told.text]).toEqual([200, told.text])
  }
  const cookiesOf = ({ headers }: Told): ReadonlyMap<string, string> =>
    new Map(
      headers.getSetCookie().map((line) => {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
        return [name, value]
      }),
    )
  const begin = async (start = '/') => {
    const told = await api.ask(
      'GET',
      `/services/auth/sso/Bank?startURL=${encodeURIComponent(start)}`,
    )
    const attempt = cookiesOf(told).get('sso') ?? ''
    return { url: new URL(told.headers.get('location') ?? ''), attempt, told }
  }
  const comeBack = (address: string, attempt: string): Promise<Told> => {
    const { pathname, search } = new URL(address)
    return api.ask('GET', pathname + search, { headers: { cookie: `sso=${attempt}` } })
  }
  const signIn = async (person: Person, start?: string): Promise<Told> => {
    const { url, attempt } = await begin(start)
    return comeBack(await provider.visit(url.href, person), attempt)
  }
  const outcome = (told: Told) =>
    [told.status, told.headers.get('location'), cookiesOf(told).get('sid') ?? ''] as const
  const whoIs = async (told: Told): Promise<unknown> => {
    const headers = { cookie: `sid=${cookiesOf(told).get('sid') ?? ''}` }
    return (await api.ask('GET', `${own}/session`, { headers })).json['username']
  }
  const query = async (soql: string): Promise<Record<string, unknown>[]> => {
    const path = `${data}/query?q=${encodeURIComponent(soql)}`
    const { json } = await api.ask('GET', path, { as: 'admin' })
    return (json['records'] as unknown as Record<string, unknown>[]) ?? []
  }

  it('goes to the provider with challenge, state and nonce, and comes back to a session of the user', async () => {
    const offered = await api.ask('GET', `${own}/sign-in-options`)
    expect(offered.json['providers']).toEqual([
      { name: 'Bank', label: 'Bank directory', url: '/services/auth/sso/Bank' },
    ])
    const { url, told } = await begin()
    const asked = url.searchParams
    expect(asked.get('code_challenge_method')).toBe('S256')
    for (const name of ['code_challenge', 'state', 'nonce']) {
      expect(asked.get(name)?.length).toBeGreaterThanOrEqual(43)
    }
    expect(told.headers.getSetCookie().join()).toMatch(/HttpOnly; SameSite=Lax/)
    const done = await signIn(rita, '/app/Service?x=1')
    expect(outcome(done).slice(0, 2)).toEqual([302, '/app/Service?x=1'])
    expect(await whoIs(done)).toBe(repName)
    const [entry] = await query(
      "SELECT Status, Application, UserId FROM LoginHistory WHERE LoginType = 'Third Party SSO'",
    )
    expect(entry).toMatchObject({ Status: 'Success', Application: 'Bank directory' })
    expect((await signIn(rita, '//evil.example.com')).headers.get('location')).toBe('/')
  })

  it('knows the user by the subject from then on, not by an address that may go to others', async () => {
    const moved = await signIn({ ...rita, email: 'other@example.com' })
    expect(await whoIs(moved)).toBe(repName)
    expect(outcome(await signIn({ ...rita, sub: 'r-2' }))).toEqual(refused)
    const links = `${own}/users/${api.repId}/sign-in-links`
    expect((await api.ask('DELETE', links, { as: 'rep' })).status).toBe(403)
    expect((await api.ask('DELETE', links, { as: 'admin' })).status).toBe(204)
    expect(await whoIs(await signIn({ ...rita, sub: 'r-2' }))).toBe(repName)
    expect(outcome(await signIn(rita))).toEqual(refused)
  })

  it('answers alike whoever is not let in, and lets no browser use what another began', async () => {
    const isNew = { sub: 'n-1', email: 'nobody@example.com', email_verified: true }
    expect(outcome(await signIn(isNew))).toEqual(refused)
    expect(outcome(await signIn({ sub: 'u-1', email: repName }))).toEqual(refused)
    const begun = await begin()
    const other = await begin()
    const address = await provider.visit(begun.url.href, { ...rita, sub: 'r-2' })
    expect(outcome(await comeBack(address, other.attempt))).toEqual(refused)
    expect(outcome(await comeBack(address, ''))).toEqual(refused)
    expect(outcome(await comeBack(address, 'k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'))).toEqual(
      refused,
    )
    expect(await whoIs(await comeBack(address, begun.attempt))).toBe(repName)
    // The code is used up.
    expect(outcome(await comeBack(address, begun.attempt))).toEqual(refused)
    expect(
      outcome(await comeBack(`http://x${callback}?error=access_denied`, begun.attempt)),
    ).toEqual(refused)
    const late = await begin()
    const place = await provider.visit(late.url.href, { ...rita, sub: 'r-2' })
    api.clock.now += 11 * 60_000
    expect(outcome(await comeBack(place, late.attempt))).toEqual(refused)
    expect(outcome(await api.ask('GET', '/services/auth/sso/Nobody'))).toEqual(refused)
  })

  it('makes a user with the profile that is given for it, once for two who come at once', async () => {
    await declare({ justInTimeProfile: 'Standard User' })
    const person: Person = {
      sub: 'j-1',
      email: 'jo@bank.example.com',
      email_verified: true,
      given_name: 'Jo',
      family_name: 'Quick',
    }
    const both = await Promise.all([signIn(person), signIn(person)])
    for (const told of both) expect(await whoIs(told)).toBe('jo@bank.example.com')
    const made = await query(
      "SELECT Name, Profile.Name FROM User WHERE Username = 'jo@bank.example.com'",
    )
    expect(made).toMatchObject([{ Name: 'Jo Quick', Profile: { Name: 'Standard User' } }])
    const form = { username: 'jo@bank.example.com', password: '' }
    const byPassword = await api.ask('POST', `${own}/session`, {
      body: form,
      headers: { 'x-fieldstone-request': '1' },
    })
    expect(byPassword.code).toBe('INVALID_LOGIN')
    const { id } = {
      id: String(
        (await query("SELECT Id FROM User WHERE Username = 'jo@bank.example.com'"))[0]?.['Id'],
      ),
    }
    await api.ask('PATCH', `${data}/sobjects/User/${id}`, {
      as: 'admin',
      body: { IsActive: false },
    })
    expect(outcome(await signIn(person))).toEqual(refused)
  })

  it('closes the way by password to whoever must come by the provider', async () => {
    const set = {
      fullName: 'OnlySso',
      label: 'Only SSO',
      userPermissions: [{ name: 'IsSsoEnabled', enabled: true }],
    }
    await api.ask('PUT', `${own}/metadata/PermissionSet/OnlySso`, { as: 'admin', body: set })
    const [row] = await query("SELECT Id FROM PermissionSet WHERE Name = 'OnlySso'")
    const assigned = await api.ask('POST', `${data}/sobjects/PermissionSetAssignment`, {
      as: 'admin',
      body: { AssigneeId: api.repId, PermissionSetId: row?.['Id'] },
    })
    const byPassword = () =>
      api.ask('POST', `${own}/session`, {
        body: { username: repName, password },
        headers: { 'x-fieldstone-request': '1' },
      })
    expect((await byPassword()).code).toBe('INVALID_LOGIN')
    expect(await whoIs(await signIn({ ...rita, sub: 'r-2' }))).toBe(repName)
    const path = `${data}/sobjects/PermissionSetAssignment/${String(assigned.json['id'])}`
    await api.ask('DELETE', path, { as: 'admin' })
    expect((await byPassword()).status).toBe(200)
  })

  it('keeps the secret to itself, and calls no internal address that the settings do not name', async () => {
    const listed = await api.ask('GET', `${own}/auth-providers`, { as: 'admin' })
    expect(listed.json[0]).toMatchObject({ name: 'Bank', hasSecret: true })
    const stored = await api.database.storage.read(sql`select secret from fs_provider_secret`)
    expect(JSON.stringify([stored, listed.text, api.log])).not.toContain(client.secret)
    expect((await api.ask('GET', `${own}/auth-providers`, { as: 'rep' })).status).toBe(403)
    const check = async (): Promise<unknown> => {
      const path = `${own}/auth-providers/Bank/check`
      return (await api.ask('POST', path, { as: 'admin', body: {} })).json['problem']
    }
    expect(await check()).toBe(null)
    const { port } = new URL(provider.issuer)
    for (const host of [`http://localhost:${port}`, 'https://169.254.169.254', 'https://[::1]:9']) {
      await declare({ idTokenIssuer: host })
      expect(String(await check())).toMatch(/internal addresses|only https|requests to HTTP/)
      expect(outcome(await api.ask('GET', '/services/auth/sso/Bank'))).toEqual(refused)
    }
  })
})
