/** Who signs in and what was set up: second factor, rules for passwords, audit trail, login history. */
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openApi, password, repName, tokenForm, type Api, type Ask } from '../support/api.ts'
import { databases } from '../support/databases.ts'

const own = '/services/fieldstone/v1'
const data = '/services/data/v67.0'
const ours = { 'x-fieldstone-request': '1' }
const dayMs = 24 * 60 * 60_000
const second = 'battery staple 8'

describe.each(databases)('security on $name', (database) => {
  let api: Api
  beforeAll(async () => {
    api = await openApi(database)
  })
  afterAll(() => api.close())

  const query = async (
    soql: string,
    as: Ask['as'] = 'admin',
  ): Promise<Record<string, unknown>[]> => {
    const { json, text } = await api.ask('GET', `${data}/query?q=${encodeURIComponent(soql)}`, {
      as,
    })
    if (!Array.isArray(json['records'])) throw new Error(text)
    return json['records'].map(({ attributes: _, ...rest }) => rest)
  }
  const signIn = (body: object, cookie = '') =>
    api.ask('POST', `${own}/session`, { body, headers: { ...ours, cookie } })
  const cookieOf = (headers: Headers): string =>
    (headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  const asSession = (method: string, path: string, cookie: string, body?: unknown) =>
    api.ask(method, path, {
      headers: { ...ours, cookie },
      ...(body === undefined ? {} : { body }),
    })
  const codeOf = (secret: string, stepsAhead = 0): string =>
    new TOTP({ secret: Secret.fromBase32(secret), digits: 6, period: 30 }).generate({
      timestamp: api.clock.now + stepsAhead * 30_000,
    })

  it('what is set up stands in the trail: metadata, users, rights, passwords; for whoever may see Setup', async () => {
    const field = { fullName: 'Account.Trail__c', label: 'Trail', type: 'Text', length: 20 }
    const path = `${own}/metadata/CustomField/Account.Trail__c`
    expect((await api.ask('PUT', path, { as: 'admin', body: field })).status).toBe(200)
    await api.ask('PATCH', `${data}/sobjects/User/${api.repId}`, {
      as: 'admin',
      body: { Title: 'Clerk' },
    })
    const [set] = await query(`SELECT Id FROM PermissionSet WHERE Name = 'CollectionsAgent'`)
    const assigned = await api.ask('POST', `${data}/sobjects/PermissionSetAssignment`, {
      as: 'admin',
      body: { AssigneeId: api.repId, PermissionSetId: set?.['Id'] },
    })
    await api.ask(
      'DELETE',
      `${data}/sobjects/PermissionSetAssignment/${String(assigned.json['id'])}`,
      {
        as: 'admin',
      },
    )
    const trail = await query(
      `SELECT Action, Section, Display, CreatedBy.Username FROM SetupAuditTrail
       WHERE CreatedDate = TODAY AND (Display LIKE '%trail%' OR Section = 'Manage Users')
       ORDER BY Id DESC LIMIT 4`,
    )
    const told = trail.toReversed().map(({ Action, Display }) => [Action, Display])
    expect(told.map(([action]) => action)).toEqual([
      'createdCustomField',
      'changedUser',
      'createdPermissionSetAssignment',
      'deletedPermissionSetAssignment',
    ])
    expect(told[0]?.[1]).toBe('Created CustomField Account.Trail__c')
    expect(told[1]?.[1]).toContain(`${repName}: Title from nothing to Clerk`)
    expect(String(told[2]?.[1])).toMatch(
      /Assignment Assignee Rita Rep, Permission Set CollectionsAgent$/,
    )
    const closed = await api.ask('GET', `${data}/query?q=SELECT+Id+FROM+SetupAuditTrail`, {
      as: 'rep',
    })
    expect(closed.code ?? closed.json['totalSize']).toBe('INVALID_TYPE')
  })

  it('sign-ins are kept: everybody reads his own, who manages users reads all', async () => {
    await signIn({ username: repName, password: 'wrong one' })
    await signIn({ username: repName, password })
    const soql =
      'SELECT UserId, Status, LoginType, SourceIp FROM LoginHistory ORDER BY Id DESC LIMIT 2'
    const mine = await query(soql, 'rep')
    expect(mine).toEqual([
      { UserId: api.repId, Status: 'Success', LoginType: 'Application', SourceIp: '10.0.0.1' },
      {
        UserId: api.repId,
        Status: 'Invalid Password',
        LoginType: 'Application',
        SourceIp: '10.0.0.1',
      },
    ])
    const users = 'SELECT COUNT_DISTINCT(UserId) n FROM LoginHistory'
    expect(await query(users, 'rep')).toEqual([{ n: 1 }])
    expect(Number((await query(users))[0]?.['n'])).toBeGreaterThan(1)
    const faults = await api.ask('GET', `${own}/ledger/faults`, { as: 'admin' })
    expect(faults.json['faults']).toEqual([])
  })

  describe('second factor', () => {
    let secret = ''
    let codes: string[] = []

    it('is set up with the password and a code; the session begins anew and all others end', async () => {
      const before = cookieOf((await signIn({ username: repName, password })).headers)
      const other = cookieOf((await signIn({ username: repName, password })).headers)
      const factor = `${own}/session/second-factor`
      const guessed = await asSession('POST', factor, before, { password: 'not it' })
      expect(guessed.code).toBe('INVALID_LOGIN')
      const begun = await asSession('POST', factor, before, { password })
      secret = String(begun.json['secret'])
      expect(String(begun.json['uri'])).toMatch(
        /^otpauth:\/\/totp\/Fieldstone:rep%40example\.com\?/,
      )
      expect(String(begun.json['picture'])).toMatch(/^<svg/)
      // Not yet in force.
      expect((await signIn({ username: repName, password })).status).toBe(200)
      const wrong = await asSession('PUT', factor, before, { code: '000000' })
      expect([wrong.status, wrong.code]).toEqual([400, 'INVALID_ARGUMENT'])
      const done = await asSession('PUT', factor, before, { code: codeOf(secret) })
      codes = (done.json['recoveryCodes'] as unknown as string[]).map(String)
      expect(codes).toHaveLength(10)
      const fresh = cookieOf(done.headers)
      expect(fresh).not.toBe(before)
      const alive = await Promise.all(
        [before, other, fresh].map((cookie) => asSession('GET', `${own}/session`, cookie)),
      )
      expect(alive.map(({ status }) => status)).toEqual([401, 401, 200])
      expect((await asSession('GET', factor, fresh)).json).toEqual({
        enrolled: true,
        recoveryCodesLeft: 10,
      })
      await api.renewTokens(['admin'])
    })

    it('is asked for after the right password alone; a code is good once, also for two at once', async () => {
      const missing = await signIn({ username: repName, password })
      expect([missing.status, missing.code]).toEqual([403, 'SECOND_FACTOR_REQUIRED'])
      const wrong = await signIn({ username: repName, password: 'wrong one' })
      expect(wrong.code).toBe('INVALID_LOGIN')
      // The code that set it up was used then.
      const replayed = await signIn({ username: repName, password, code: codeOf(secret) })
      expect(replayed.code).toBe('INVALID_LOGIN')
      api.clock.now += 60_000
      const code = codeOf(secret)
      const both = await Promise.all(
        [1, 2].map(() => signIn({ username: repName, password, code })),
      )
      expect(both.map(({ status }) => status).sort()).toEqual([200, 401])
      const earlier = await signIn({ username: repName, password, code: codeOf(secret, -1) })
      expect(earlier.code).toBe('INVALID_LOGIN')
    })

    it('programs send it behind the password; without it they are refused as for a wrong password', async () => {
      const ask = (given: string) =>
        api.ask('POST', '/services/oauth2/token', tokenForm(repName, given))
      api.clock.now += 60_000
      expect((await ask(password)).status).toBe(400)
      expect((await ask(`${password}000000`)).status).toBe(400)
      expect((await ask(`${password}${codeOf(secret)}`)).status).toBe(200)
    })

    it('recovery codes are good once; guesses are counted', async () => {
      const [first = '', next = ''] = codes
      const typed = `${first.slice(0, 8).toLowerCase()}-${first.slice(8)}`
      expect((await signIn({ username: repName, password, code: typed })).status).toBe(200)
      expect((await signIn({ username: repName, password, code: first })).code).toBe(
        'INVALID_LOGIN',
      )
      for (let guess = 0; guess < 12; guess++) {
        await signIn({ username: repName, password, code: String(100_000 + guess) })
      }
      const locked = await signIn({ username: repName, password, code: next })
      expect(locked.code).toBe('TOO_MANY_REQUESTS')
      api.clock.now += 16 * 60_000
      expect((await signIn({ username: repName, password, code: next })).status).toBe(200)
    })

    it('an administrator takes it away from whoever lost everything', async () => {
      const path = `${own}/users/${api.repId}/second-factor`
      await api.renewTokens(['admin'])
      expect((await api.ask('DELETE', path, { as: 'admin' })).status).toBe(204)
      expect((await signIn({ username: repName, password })).status).toBe(200)
      const [entry] = await query(
        `SELECT Display FROM SetupAuditTrail WHERE Action = 'changedSecondFactor' ORDER BY Id DESC LIMIT 1`,
      )
      expect(entry?.['Display']).toBe(`The second factor of ${api.repId} was removed`)
      await api.renewTokens(['rep'])
    })
  })

  it('what the organisation asks for stands before everything else: new password, second factor', async () => {
    const path = `${own}/security-settings`
    expect((await api.ask('GET', path, { as: 'rep' })).code).toBe('INSUFFICIENT_ACCESS')
    const unfit = await api.ask('PATCH', path, { as: 'admin', body: { passwordHistory: 99 } })
    expect([unfit.status, unfit.code]).toEqual([400, 'INVALID_ARGUMENT'])
    const wanted = { passwordExpiresAfterDays: 30, secondFactorRequired: true, passwordHistory: 2 }
    expect((await api.ask('PATCH', path, { as: 'admin', body: wanted })).status).toBe(200)
    api.clock.now += 31 * dayMs
    const entered = await signIn({ username: repName, password })
    expect(entered.json['pending']).toEqual({ newPassword: true, secondFactor: true })
    const cookie = cookieOf(entered.headers)
    const records = await asSession('GET', `${data}/limits`, cookie)
    expect([records.status, records.code]).toEqual([403, 'INSUFFICIENT_ACCESS'])
    const again = await asSession('POST', `${own}/session/password`, cookie, {
      password,
      newPassword: password,
    })
    expect(again.code).toBe('INVALID_ARGUMENT')
    const changed = await asSession('POST', `${own}/session/password`, cookie, {
      password,
      newPassword: second,
    })
    expect(changed.status).toBe(204)
    const next = cookieOf(changed.headers)
    const left = await asSession('GET', `${own}/session`, next)
    expect(left.json['pending']).toEqual({ newPassword: false, secondFactor: true })
    const factor = `${own}/session/second-factor`
    const begun = await asSession('POST', factor, next, { password: second })
    const done = await asSession('PUT', factor, next, {
      code: codeOf(String(begun.json['secret'])),
    })
    const free = await asSession('GET', `${data}/limits`, cookieOf(done.headers))
    expect(free.status).toBe(200)
  })
})
