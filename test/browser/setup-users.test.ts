/** Users in Setup: found, given a permission set, a password and no more access, without another screen. */
import { randomInt } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { startMailServer, type MailServer } from '../support/mail-server.ts'
import { call, startReadyServer, tokenOf } from '../support/server-process.ts'
import { useDesk } from './support/desk.ts'
import { createUser } from './support/users.ts'

const data = '/services/data/v67.0'

describe('users in Setup', () => {
  let mail: MailServer
  const desk = useDesk(async () => {
    mail = await startMailServer()
    // Links in e-mails begin with an address that is known before the start; no port that systems give by themselves.
    const PORT = String(randomInt(20_000, 30_000))
    const PUBLIC_URL = `http://127.0.0.1:${PORT}`
    const env = { SMTP_URL: mail.url, MAIL_FROM: 'bank@example.com', PORT, PUBLIC_URL }
    return startReadyServer('financial-services', env)
  })
  afterAll(() => mail?.close())

  it('are found, get a set and a password, and are signed out and deactivated', async () => {
    const { page } = await desk.sit()
    const user = { username: 'helen.okafor@example.com', password: 'nine quiet harbours' }
    const toast = (text: string) => page.getByText(text).first().waitFor()
    await page.goto(`${desk.url}/setup/users`)
    await page.getByLabel('Find users').fill('okafor')
    await page.getByRole('row').nth(2).waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'Helen Okafor' }).click()

    await page.getByRole('button', { name: 'Set password…' }).click()
    await page.getByLabel('New password').fill('short')
    await page.keyboard.press('Enter')
    await page
      .getByRole('alert')
      .getByText(/at least \d+ characters/)
      .waitFor()
    await page.getByLabel('New password').fill(user.password)
    await page.keyboard.press('Enter')
    await toast('The password of Helen Okafor is set.')

    const token = await tokenOf(desk.url, user)
    const reads = async (): Promise<number> =>
      (await call(desk.url, token, { path: `${data}/limits` })).status
    expect(await reads()).toBe(200)
    const held = async (): Promise<number> => {
      const soql = "SELECT COUNT() FROM PermissionSetAssignment WHERE Assignee.Username = '"
      const path = `${data}/query?q=${encodeURIComponent(`${soql}${user.username}'`)}`
      return (await desk.call<{ totalSize: number }>({ path })).body.totalSize
    }
    const before = await held()
    const select = page.getByLabel('Add a permission set')
    const label = await select.locator('option').nth(1).textContent()
    await select.selectOption({ index: 1 })
    await page.getByRole('button', { name: `Remove ${label?.trim()}` }).waitFor()
    expect(await held()).toBe(before + 1)
    await page.getByRole('button', { name: `Remove ${label?.trim()}` }).click()
    await toast(`${label?.trim()} was taken away.`)
    expect(await held()).toBe(before)

    await page.reload()
    await page.getByRole('button', { name: /^End PlatformCLI/ }).click()
    await toast('The session has ended.')
    await page.getByText('Nowhere at the moment.').waitFor()
    expect(await reads()).toBe(401)

    await page.getByRole('button', { name: 'Deactivate' }).click()
    await page.locator('fs-dialog').getByRole('button', { name: 'Deactivate' }).click()
    await toast('Helen Okafor is inactive now.')
    await expect(tokenOf(desk.url, user)).rejects.toThrow('no token')
    await page.getByRole('button', { name: 'Activate', exact: true }).click()
    await toast('Helen Okafor is active now.')
    expect(await tokenOf(desk.url, user)).not.toBe('')
  })

  it('choose a password by a link, are frozen, and set up a second factor of their own', async () => {
    const { page } = await desk.sit()
    const soql = encodeURIComponent(
      "SELECT Id, Username, Name FROM User WHERE Name = 'Tomás Rivera'",
    )
    type Found = { readonly records: readonly { readonly Id: string; readonly Username: string }[] }
    const { body } = await desk.call<Found>({ path: `${data}/query?q=${soql}` })
    const [user] = body.records
    if (user === undefined) throw new Error('the sample has no such user')
    await page.goto(`${desk.url}/setup/users/${user.Id}`)
    await page.getByRole('button', { name: 'Link to choose a password' }).click()
    const link = await page.getByLabel('Pass this link on to Tomás Rivera').inputValue()

    const { page: hers, context } = await desk.sit()
    await context.clearCookies()
    await hers.goto(link)
    const phrase = 'seven calm rivers'
    await hers.getByLabel('New password').fill(phrase)
    await hers.getByLabel('The same again').fill(phrase)
    await hers.getByRole('button', { name: 'Continue' }).click()
    await hers.getByText('The password is set. Sign in with it.').waitFor()
    expect(hers.url()).not.toContain('password-link')
    await hers.getByLabel('User name').fill(user.Username)
    await hers.getByLabel('Password').fill(phrase)
    await hers.getByRole('button', { name: 'Sign in', exact: true }).click()
    await hers.getByRole('button', { name: /user menu of Tomás Rivera/ }).click()
    await hers.getByRole('menuitem', { name: 'Second factor…' }).click()
    await hers.getByLabel('Password').fill(phrase)
    await hers.getByRole('button', { name: 'Set up a second factor' }).click()
    const secret = (await hers.locator('.key').textContent()) ?? ''
    const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate()
    await hers.getByLabel('Code').fill(code)
    await hers.getByRole('button', { name: 'Continue' }).click()
    const codes = hers.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')
    await codes.first().waitFor()
    expect(await codes.count()).toBe(10)

    await page.reload()
    await page.getByText('Set up', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Remove the second factor' }).click()
    await page.locator('fs-dialog').getByRole('button', { name: 'Remove' }).click()
    await page.getByText('Tomás Rivera has no second factor any more.').first().waitFor()
    await page.getByRole('button', { name: 'Freeze' }).click()
    await page.locator('fs-dialog').getByRole('button', { name: 'Freeze' }).click()
    await page.getByText('Tomás Rivera is frozen.').first().waitFor()
    await expect(tokenOf(desk.url, { username: user.Username, password: phrase })).rejects.toThrow(
      'no token',
    )
    await page.getByRole('button', { name: 'Unfreeze' }).click()
    await page.getByText('Tomás Rivera may sign in again.').first().waitFor()

    await page.goto(`${desk.url}/setup/security`)
    await page.getByLabel('Minutes that a session lasts').fill('5')
    await page.getByRole('button', { name: 'Save' }).click()
    await page
      .getByRole('alert')
      .getByText(/whole number from 15/)
      .waitFor()
    await page.getByLabel('Minutes that a session lasts').fill('30')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('The settings are in force.').first().waitFor()
  })

  it('who forgot their password have a link sent, and choose another one', async () => {
    const { page, context } = await desk.sit()
    await context.clearCookies()
    await page.goto(`${desk.url}/login`)
    await page.getByRole('button', { name: 'Forgot your password?' }).click()
    await page.getByLabel('User name').fill('helen.okafor@example.com')
    await page.getByRole('button', { name: 'Send the link' }).click()
    await page.getByText('If there is such a user, the link is on its way.').waitFor()
    await vi.waitFor(() => expect(mail.received).toHaveLength(1), { timeout: 120_000 })
    const text = mail.received[0]?.text.replaceAll('=\r\n', '').replaceAll('=3D', '=')
    const [link = ''] = /http:\S+\/login#password-link=\w+/.exec(text ?? '') ?? []
    expect(link).toContain(desk.url)
    // Another page in between: of the same one, the link would change the part behind the # alone.
    await page.goto(`${desk.url}/healthz`)
    await page.goto(link)
    await page.getByLabel('New password').fill('nine new harbours')
    await page.getByLabel('The same again').fill('nine new harbours')
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByLabel('User name').fill('helen.okafor@example.com')
    await page.getByLabel('Password').fill('nine new harbours')
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.getByRole('button', { name: /user menu of Helen Okafor/ }).waitFor()
  })

  it('are looked after by somebody whom a delegate group names, and by nothing else of Setup', async () => {
    const { page } = await desk.sit()
    const shot = async (on: typeof page, name: string): Promise<void> => {
      const folder = process.env['SHOTS']
      if (folder) await on.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
    }
    const local = await createUser(desk.url, desk.token, 'CollectionsAgent')
    for (const name of ['Counter', 'Board']) {
      const body = { Name: name, DeveloperName: name, Type: 'Regular' }
      const path = '/services/data/v67.0/sobjects/Group'
      expect((await desk.call({ method: 'POST', path, body })).status).toBe(201)
    }
    const teller = await createUser(desk.url, desk.token, 'CollectionsAgent')
    const [role] = await desk.rows<{ Id: string; Name: string }>(
      'SELECT Id, Name FROM UserRole LIMIT 1',
    )
    const [{ Id: tellerId = '', Name: tellerName = '' } = {}] = await desk.rows<{
      Id: string
      Name: string
    }>(`SELECT Id, Name FROM User WHERE Username = '${teller.username}'`)
    const place = `/services/data/v67.0/sobjects/User/${tellerId}`
    await desk.call({ method: 'PATCH', path: place, body: { UserRoleId: role?.Id } })
    await page.goto(`${desk.url}/setup/delegate-groups`)
    await page.getByRole('button', { name: 'New delegate group' }).click()
    await page.getByRole('textbox', { name: /^Label/ }).fill('North branch')
    const apply = async (): Promise<void> => {
      await page.getByRole('button', { name: 'Review the plan' }).click()
      await page
        .locator('fs-setup-plan-dialog')
        .getByRole('button', { name: 'Save', exact: true })
        .click()
      await page.getByText('The plan was applied.').first().waitFor()
    }
    await apply()
    await page.waitForURL('**/setup/delegate-groups/North_branch')
    await page.getByLabel('Find users to add').fill(local.username)
    await page.getByRole('button', { name: /^Add Pat Person/ }).click()
    await page.getByLabel('Add a role').selectOption(role?.Name ?? '')
    await page.getByLabel('Add a profile').selectOption('Standard User')
    await page.getByLabel('Add a permission set').selectOption('CollectionsAgent')
    await page.getByLabel('Add a group').selectOption('Counter')
    await shot(page, 'delegate-group')
    expect(await page.getByLabel('Add a profile').inputValue()).toBe('')
    await apply()

    const { page: hers } = await desk.sit({ user: local })
    await hers.goto(`${desk.url}/setup/users`)
    await hers.getByRole('link', { name: 'Helen Okafor' }).waitFor()
    const pages = hers.getByRole('navigation', { name: 'Setup pages' }).getByRole('link')
    expect(await pages.allInnerTexts()).toEqual(['Users', 'Public groups'])
    await shot(hers, 'delegate')
    await pages.getByText('Public groups').click()
    await hers.getByRole('link', { name: 'Counter' }).waitFor()
    expect(await hers.getByRole('link', { name: 'Board' }).count()).toBe(0)
    expect(await hers.getByRole('button', { name: 'New group' }).count()).toBe(0)
    await hers.getByRole('link', { name: 'Counter' }).click()
    await hers.getByLabel('Find users to add').fill('Helen')
    await hers.getByRole('button', { name: /^Add Helen Okafor/ }).click()
    await shot(hers, 'delegate-in-group')
    await hers.getByRole('button', { name: 'Save', exact: true }).click()
    // Who she is has more than the group names: the refusal says so, and nothing is kept.
    await hers.getByText(/Your delegated administration does not reach this user/).waitFor()
    await hers.getByText('Nobody yet.').waitFor()
    expect(await hers.getByRole('button', { name: 'Delete' }).count()).toBe(0)
    await hers.getByLabel('Find users to add').fill(tellerName)
    await hers.getByRole('button', { name: new RegExp(`^Add ${tellerName}`) }).click()
    await hers.getByRole('button', { name: 'Save', exact: true }).click()
    await hers.getByText('Counter was saved.').waitFor()
    const kept = await desk.rows<{ Group: { Name: string } }>(
      `SELECT Group.Name FROM GroupMember WHERE UserOrGroupId = '${tellerId}'`,
    )
    expect(kept.map(({ Group }) => Group.Name)).toEqual(['Counter'])
    await hers.goto(`${desk.url}/setup/objects`)
    await hers.getByRole('heading', { name: 'Setup is for administrators' }).waitFor()
  })
})
