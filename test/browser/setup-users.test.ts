/** Users in Setup: found, given a permission set, a password and no more access, without another screen. */
import { describe, expect, it } from 'vitest'
import { call, tokenOf } from '../support/server-process.ts'
import { useDesk } from './support/desk.ts'

const data = '/services/data/v67.0'

describe('users in Setup', () => {
  const desk = useDesk()

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
})
