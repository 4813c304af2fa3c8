/** What lets people in and keeps them out: links for passwords, freezing, hours and addresses of profiles, settings. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createForgottenPasswords } from '../../engine/auth/forgotten-passwords.ts'
import { limits } from '../../engine/base/limits.ts'
import { sql } from '../../engine/sql/sql.ts'
import { logStatements } from '../attack/attack-support.ts'
import { adminName, openApi, password, repName, tokenForm, type Api } from '../support/api.ts'
import { databases } from '../support/databases.ts'
import { startMailServer, type MailServer } from '../support/mail-server.ts'

const own = '/services/fieldstone/v1'
const data = '/services/data/v67.0'
const ours = { 'x-fieldstone-request': '1' }
const dead = 'INVALID_LOGIN'
const bank = 'http://bank.example'
const patience = { timeout: 120_000, interval: 50 }

describe.each(databases)('sign-in rules on $name', (database) => {
  let api: Api
  let mail: MailServer
  beforeAll(async () => {
    mail = await startMailServer()
    const settings = { url: mail.url, from: 'bank@example.com' }
    api = await openApi(database, { mail: settings, publicUrl: bank })
  })
  afterAll(async () => {
    await api?.close()
    await mail?.close()
  })

  const signIn = (given = password, address = '10.0.0.1') =>
    api.ask('POST', `${own}/session`, {
      body: { username: repName, password: given },
      headers: ours,
      address,
    })
  const makeLink = async (): Promise<string> => {
    const path = `${own}/users/${api.repId}/password-link`
    const { json } = await api.ask('POST', path, { as: 'admin', body: {} })
    const [base, secret] = String(json['url']).split('#password-link=')
    expect(base).toBe(`${bank}/login`)
    return secret ?? ''
  }
  const forget = (username: unknown, address = '10.0.0.2') =>
    api.ask('POST', `${own}/session/forgotten-password`, {
      body: { username },
      headers: { ...ours, host: 'evil.example' },
      address,
    })
  /** All that was written by now. */
  const letters = async (count: number) => {
    await vi.waitFor(() => expect(mail.received).toHaveLength(count), patience)
    await vi.waitFor(async () => expect(await waiting()).toEqual([]), patience)
    return mail.received.map(({ to, text }) => ({ to, text: plainMail(text) }))
  }
  const waiting = () =>
    api.database.storage.read(sql`select id from fs_email where state = 'Waiting'`)
  const redeem = (link: string, newPassword: string) =>
    api.ask('POST', `${own}/session/password-link`, { body: { link, newPassword }, headers: ours })
  const lastStatus = async (): Promise<unknown> => {
    const soql = `SELECT Status FROM LoginHistory WHERE UserId = '${api.repId}' ORDER BY Id DESC LIMIT 1`
    const { json } = await api.ask('GET', `${data}/query?q=${encodeURIComponent(soql)}`, {
      as: 'admin',
    })
    return json['records']?.[0]?.['Status']
  }

  it('a link sets a password once, ends what is open, and is kept as a hash', async () => {
    const first = await makeLink()
    const link = await makeLink()
    const stored = JSON.stringify(await api.database.storage.read(sql`select * from fs_grant`))
    expect(stored).not.toContain(link)
    expect((await redeem(first, 'another phrase 1')).code).toBe(dead)
    // What is no password does not use the link up.
    expect((await redeem(link, 'short')).code).toBe('INVALID_ARGUMENT')
    const both = await Promise.all([
      redeem(link, 'another phrase 1'),
      redeem(link, 'another phrase 2'),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual([204, 401])
    const taken = both[0]?.status === 204 ? 'another phrase 1' : 'another phrase 2'
    expect((await api.ask('GET', `${data}/limits`, { as: 'rep' })).status).toBe(401)
    expect((await signIn(password)).code).toBe(dead)
    expect((await signIn(taken)).status).toBe(200)
    expect((await redeem(link, 'another phrase 3')).code).toBe(dead)
    const late = await makeLink()
    api.clock.now += limits.passwordLinkLifetimeMs + 1
    expect((await redeem(late, 'another phrase 3')).code).toBe(dead)
    expect((await redeem('no link', 'another phrase 3')).code).toBe(dead)
    const path = `${own}/users/${api.repId}/password-link`
    expect((await api.ask('POST', path, { as: 'nobody', body: {} })).status).toBe(401)
    const settings = { as: 'admin', body: { passwordHistory: 0 } } as const
    await api.renewTokens(['admin'])
    await api.ask('PATCH', `${own}/security-settings`, settings)
    expect((await redeem(await makeLink(), password)).status).toBe(204)
    await api.renewTokens()
  })

  it('a forgotten password: the same is done and answered whoever is named, and a link goes to the user alone', async () => {
    const setLanguage = (LanguageLocaleKey: string) =>
      api.ask('PATCH', `${data}/sobjects/User/${api.repId}`, {
        as: 'admin',
        body: { LanguageLocaleKey },
      })
    expect((await setLanguage('de')).status).toBe(204)
    const given = await makeLink()
    const answers = [
      await forget(repName.toUpperCase()),
      await forget('nobody@example.com'),
      await forget('\'); drop table "User"; --'),
    ].map(({ status, text, headers }) => ({ status, text, headers: [...headers] }))
    expect(answers[0]).toMatchObject({ status: 204, text: '' })
    expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1)
    const [letter] = await letters(1)
    expect(letter).toMatchObject({ to: [repName], text: expect.stringContaining('Guten Tag Rita') })
    const [, link = ''] = /http:\/\/bank\.example\/login#password-link=(\w{40})/.exec(
      letter?.text ?? '',
    ) ?? [letter?.text]
    for (const table of [sql`select * from fs_email`, sql`select * from fs_grant`]) {
      expect(JSON.stringify(await api.database.storage.read(table))).not.toContain(link)
    }
    const { json } = await api.ask('GET', `${own}/emails`, { as: 'admin' })
    expect(json['emails']).toMatchObject([{ state: 'Sent', to: [], text: repName.toUpperCase() }])
    expect((await api.ask('GET', `${data}/limits`, { as: 'rep' })).status).toBe(200)
    expect((await redeem(link, 'a phrase of her own')).status).toBe(204)
    expect((await api.ask('GET', `${data}/limits`, { as: 'rep' })).status).toBe(401)
    expect((await signIn('a phrase of her own')).status).toBe(200)
    for (const used of [link, given]) expect((await redeem(used, 'one more time')).code).toBe(dead)
    await setLanguage('en_US')
    const settings = { as: 'admin', body: { passwordHistory: 0 } } as const
    await api.ask('PATCH', `${own}/security-settings`, settings)
    expect((await redeem(await makeLink(), password)).status).toBe(204)
    await api.renewTokens()
  })

  it('a forgotten password: who asks learns nothing by the work that is done, and too much is refused alike', async () => {
    const log = logStatements(api.engine.storage)
    const untouched = (): never => {
      throw new Error('nobody is looked up while somebody waits for the answer')
    }
    const parts = {
      storage: log,
      clock: { now: () => api.clock.now },
      models: api.engine.deployer.store,
      users: { byId: untouched, idOf: untouched, forget: untouched },
      passwordLinks: { makeOwn: untouched },
      emails: api.engine.automation.messages.emails,
      note: untouched,
    }
    const forgotten = createForgottenPasswords({ ...parts, linkBase: bank })
    const statements: number[] = []
    for (const username of [adminName, 'nobody@example.com']) {
      await forgotten.ask({ username, address: '10.0.0.3' })
      statements.push(log.take())
    }
    expect(new Set(statements).size).toBe(1)
    expect((await letters(2))[1]?.to).toEqual([adminName])

    const off = createForgottenPasswords({ ...parts, linkBase: undefined })
    await expect(off.ask({ username: adminName, address: '10.0.0.3' })).rejects.toThrow(
      'No links are sent by e-mail here.',
    )
    expect(off.isOffered).toBe(false)
    const options = await api.ask('GET', `${own}/sign-in-options`)
    expect(options.json).toMatchObject({ forgottenPassword: true })

    for (const wrong of [5, null, '', ' ', 'x'.repeat(300), { a: 1 }]) {
      expect((await forget(wrong)).code).toBe('INVALID_ARGUMENT')
    }
    const foreign = { body: { username: adminName } }
    const path = `${own}/session/forgotten-password`
    expect((await api.ask('POST', path, foreign)).status).toBe(403)
    api.clock.now += limits.loginWindowMs
    const times = async (count: number, name: (index: number) => string, address: string) => {
      const codes = new Set<string | undefined>()
      for (let index = 0; index < count; index += 1) {
        codes.add((await forget(name(index), address)).code)
      }
      return [...codes]
    }
    const most = limits.forgottenPerAccountMax
    expect(await times(most, () => 'nobody@example.com', '10.0.0.4')).toEqual([undefined])
    for (const address of ['10.0.0.4', '10.0.0.5']) {
      expect((await forget('Nobody@example.com', address)).code).toBe('TOO_MANY_REQUESTS')
    }
    const names = (index: number) => `nobody${index}@example.com`
    const many = limits.forgottenPerAddressMax
    expect(await times(many, names, '10.0.0.5')).toEqual([undefined])
    expect((await forget('more@example.com', '10.0.0.5')).code).toBe('TOO_MANY_REQUESTS')
    expect((await forget('more@example.com', '10.0.0.6')).status).toBe(204)
    // A password is asked for, not a link: that is counted apart.
    expect((await signIn()).status).toBe(200)
    api.clock.now += limits.loginWindowMs
    expect((await forget('more@example.com', '10.0.0.5')).status).toBe(204)

    await forget(repName)
    const [, , last] = await letters(3)
    const [, link = ''] = /password-link=(\w+)/.exec(last?.text ?? '') ?? []
    api.clock.now += limits.forgottenLinkLifetimeMs
    expect((await redeem(link, 'a phrase too late')).code).toBe(dead)
    await api.renewTokens(['admin'])
    const freeze = `${own}/users/${api.repId}/freeze`
    expect((await api.ask('PUT', freeze, { as: 'admin' })).status).toBe(204)
    expect((await forget(repName)).status).toBe(204)
    expect(await letters(3)).toHaveLength(3)
    expect((await api.ask('DELETE', freeze, { as: 'admin' })).status).toBe(204)
    await api.renewTokens()
  })

  it('whoever is frozen has nothing open until he is unfrozen; nobody freezes himself', async () => {
    const path = `${own}/users/${api.repId}/freeze`
    expect((await api.ask('PUT', path, { as: 'rep' })).status).toBe(403)
    expect((await api.ask('PUT', path, { as: 'admin' })).status).toBe(204)
    expect((await api.ask('GET', `${data}/limits`, { as: 'rep' })).status).toBe(401)
    expect((await signIn()).code).toBe(dead)
    const facts = await api.ask('GET', `${own}/users/${api.repId}/sign-in`, { as: 'admin' })
    expect(facts.json).toEqual({
      hasPassword: true,
      secondFactor: false,
      isFrozen: true,
      providerLinks: 0,
    })
    expect((await api.ask('DELETE', path, { as: 'admin' })).status).toBe(204)
    expect((await signIn()).status).toBe(200)
    const me = await api.ask('GET', `${own}/session`, { as: 'admin' })
    const self = await api.ask('PUT', `${own}/users/${String(me.json['userId'])}/freeze`, {
      as: 'admin',
    })
    expect(self.code).toBe('INVALID_ARGUMENT')
    await api.renewTokens(['rep'])
  })

  it('a profile lets people in from its addresses and at its hours alone, programs too', async () => {
    const file = `${own}/metadata/Profile/Standard%20User`
    const { json } = await api.ask('GET', file, { as: 'admin' })
    const profile = json as unknown as object
    const change = async (rules: object): Promise<void> => {
      const told = await api.ask('PUT', file, { as: 'admin', body: { ...profile, ...rules } })
      expect([told.status, told.text]).toEqual([200, told.text])
    }
    await change({ loginIpRanges: [{ startAddress: '10.0.0.0', endAddress: '10.0.0.255' }] })
    expect((await signIn(password, '::ffff:10.0.0.7')).status).toBe(200)
    expect((await signIn(password, '10.0.1.0')).code).toBe(dead)
    expect(await lastStatus()).toBe('Restricted IP')
    const program = await api.ask('POST', '/services/oauth2/token', {
      ...tokenForm(repName, password),
      address: '192.168.1.1',
    })
    expect(program.status).toBe(400)
    const closed = Object.fromEntries(
      ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'].flatMap(
        (day) => [
          [`${day}Start`, '0'],
          [`${day}End`, '0'],
        ],
      ),
    )
    await change({ loginHours: closed })
    expect((await signIn()).code).toBe(dead)
    expect(await lastStatus()).toBe('Restricted Time')
    await change({})
    expect((await signIn()).status).toBe(200)
  })

  it('whoever may use the API alone opens no screens', async () => {
    const userPermissions = [{ name: 'ApiUserOnly', enabled: true }]
    const set = { fullName: 'Robots', label: 'Robots', userPermissions }
    await api.ask('PUT', `${own}/metadata/PermissionSet/Robots`, { as: 'admin', body: set })
    const soql = "SELECT Id FROM PermissionSet WHERE Name = 'Robots'"
    const found = await api.ask('GET', `${data}/query?q=${encodeURIComponent(soql)}`, {
      as: 'admin',
    })
    const assigned = await api.ask('POST', `${data}/sobjects/PermissionSetAssignment`, {
      as: 'admin',
      body: { AssigneeId: api.repId, PermissionSetId: String(found.json['records']?.[0]?.['Id']) },
    })
    expect((await signIn()).code).toBe(dead)
    const front = await api.ask('GET', '/services/oauth2/singleaccess', { as: 'rep' })
    const { pathname, search } = new URL(String(front.json['frontdoor_uri']))
    expect((await api.ask('GET', pathname + search)).headers.get('set-cookie') ?? '').not.toMatch(
      /sid=\w/,
    )
    expect(
      (await api.ask('POST', '/services/oauth2/token', tokenForm(repName, password))).status,
    ).toBe(200)
    const path = `${data}/sobjects/PermissionSetAssignment/${String(assigned.json['id'])}`
    await api.ask('DELETE', path, { as: 'admin' })
  })

  it('settings say how long sessions last, and whether programs sign in by password', async () => {
    const change = (body: object) =>
      api.ask('PATCH', `${own}/security-settings`, { as: 'admin', body })
    expect((await change({ sessionLifetimeMinutes: 1 })).code).toBe('INVALID_ARGUMENT')
    expect((await change({ sessionLifetimeMinutes: 15, passwordGrantAllowed: false })).status).toBe(
      200,
    )
    const grant = () => api.ask('POST', '/services/oauth2/token', tokenForm(repName, password))
    expect((await grant()).json['error']).toBe('invalid_grant')
    const cookie = ((await signIn()).headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    const works = async (): Promise<number> =>
      (await api.ask('GET', `${own}/session`, { headers: { cookie } })).status
    expect(await works()).toBe(200)
    api.clock.now += 16 * 60_000
    expect(await works()).toBe(401)
    await change({ sessionLifetimeMinutes: 720, passwordGrantAllowed: true })
    expect((await grant()).status).toBe(200)
  })
})

/** As the reader's program shows it. */
function plainMail(text: string): string {
  const [, ...body] = text.split('\r\n\r\n')
  return Buffer.from(
    body
      .join('\r\n\r\n')
      .replaceAll('=\r\n', '')
      .replaceAll(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  ).toString('utf8')
}
