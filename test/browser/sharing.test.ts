/** A record waits in a queue, is accepted, is opened to somebody by hand, and says why it can be seen. */
import { beforeAll, describe, expect, it } from 'vitest'
import { axeProblems } from './support/axe.ts'
import { useDesk } from './support/desk.ts'

describe('sharing on screen', () => {
  const desk = useDesk()
  let plan = ''
  let colleague = ''

  beforeAll(async () => {
    const create = async (object: string, body: unknown): Promise<string> => {
      const path = `/services/data/v67.0/sobjects/${object}`
      const made = await desk.call<{ id: string }>({ method: 'POST', path, body })
      expect(made.status, JSON.stringify(made.body)).toBe(201)
      return made.body.id
    }
    const query = async (soql: string): Promise<string> => {
      const path = `/services/data/v67.0/query?q=${encodeURIComponent(soql)}`
      const { body } = await desk.call<{ records: readonly { Id: string }[] }>({ path })
      return body.records[0]?.Id ?? ''
    }
    plan = await query('SELECT Id FROM CollectionPlan ORDER BY Name LIMIT 1')
    const ProfileId = await query("SELECT Id FROM Profile WHERE Name = 'Standard User'")
    const Username = 'mara.lind@example.com'
    const person = {
      FirstName: 'Mara',
      LastName: 'Lind',
      Username,
      Email: Username,
      Alias: 'mlind',
    }
    colleague = await create('User', { ...person, ProfileId, IsActive: true })
    const group = { Name: 'Early_Arrears', DeveloperName: 'Early_Arrears', Type: 'Queue' }
    const queue = await create('Group', group)
    await create('QueueSobject', { QueueId: queue, SobjectType: 'CollectionPlan' })
    const session = await desk.call<{ user_id: string }>({ path: '/services/oauth2/userinfo' })
    await create('GroupMember', { GroupId: queue, UserOrGroupId: session.body.user_id })
    const path = `/services/data/v67.0/sobjects/CollectionPlan/${plan}`
    await desk.call({ method: 'PATCH', path, body: { OwnerId: queue } })
  })

  it('takes the next record of the own queues from the list of what waits there', async () => {
    const { page } = await desk.sit({ clean: true })
    await page.goto(`${desk.url}/app/Collections/CollectionPlan/list/MyQueues`)
    await page.getByRole('button', { name: 'Accept next' }).click()
    await page.waitForURL(`**/CollectionPlan/${plan}`)
    await page.getByRole('heading', { level: 1, name: /CP-/ }).waitFor()
    await expect.poll(() => page.getByRole('button', { name: 'Accept' }).count()).toBe(0)
  })

  it('opens a record to somebody, says why, and takes it back', async () => {
    const { page } = await desk.sit({ clean: true, width: 390, dark: true })
    await page.goto(`${desk.url}/app/Collections/CollectionPlan/${plan}`)
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Sharing' }).click()
    const dialog = page.locator('fs-sharing-dialog')
    await dialog.getByText('opened to nobody in particular').waitFor()
    const pick = async (label: string): Promise<void> => {
      const box = dialog.getByRole('combobox', { name: label, exact: true })
      await box.fill('Mara')
      await page
        .getByRole('option', { name: /Mara Lind/ })
        .first()
        .click()
    }
    await pick('Open to')
    await dialog.getByLabel('Access').selectOption('Edit')
    await dialog.getByRole('button', { name: 'Share', exact: true }).click()
    await dialog.getByRole('button', { name: 'Take access from Mara Lind' }).waitFor()
    await pick('User')
    await dialog.getByText('Owner, or member of the queue that owns it').waitFor()
    expect(await axeProblems(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Take access from Mara Lind' }).click()
    await dialog.getByText('opened to nobody in particular').waitFor()
    const path = `/services/fieldstone/v1/sharing/${plan}?user=${colleague}`
    const { body } = await desk.call<{ access: string }>({ path })
    expect(body.access).toBe('None')
  })
})
