/** Sharing in Setup: roles are moved by the keyboard, rules and members are previewed before they hold. */
import { beforeAll, describe, expect, it } from 'vitest'
import { expectClean } from './support/setup-steps.ts'
import { useDesk } from './support/desk.ts'

const data = '/services/data/v67.0'
const own = '/services/fieldstone/v1'

describe('sharing in Setup', { timeout: 240_000 }, () => {
  const desk = useDesk()
  let colleague = ''

  const post = async (path: string, body: unknown): Promise<string> => {
    const made = await desk.call<{ id: string }>({ method: 'POST', path, body })
    expect(made.status, JSON.stringify(made.body)).toBeLessThan(300)
    return made.body.id
  }
  const query = async (soql: string): Promise<readonly Record<string, string>[]> => {
    const path = `${data}/query?q=${encodeURIComponent(soql)}`
    return (await desk.call<{ records: Record<string, string>[] }>({ path })).body.records
  }
  const accessOf = async (id: string): Promise<string> => {
    const path = `${own}/sharing/${id}?user=${colleague}`
    return (await desk.call<{ access: string }>({ path })).body.access
  }

  beforeAll(async () => {
    const role = (fullName: string, parentRole?: string) => ({
      type: 'Role',
      fullName,
      body: { fullName, name: fullName, ...(parentRole && { parentRole }) },
    })
    const changes = [role('Region'), role('Branch', 'Region'), role('Audit')]
    const plan = await post(`${own}/plans`, { changes })
    await post(`${own}/plans/${plan}/apply`, { consent: true })
    const [profile] = await query("SELECT Id FROM Profile WHERE Name = 'Standard User'")
    const [audit] = await query("SELECT Id FROM UserRole WHERE Name = 'Audit'")
    const [set] = await query("SELECT Id FROM PermissionSet WHERE Name = 'RelationshipManager'")
    const Username = 'nora.beck@example.com'
    const person = { FirstName: 'Nora', LastName: 'Beck', Alias: 'nbeck', Email: Username }
    const user = { ...person, Username, IsActive: true, UserRoleId: audit?.['Id'] }
    colleague = await post(`${data}/sobjects/User`, { ...user, ProfileId: profile?.['Id'] })
    const assignment = { AssigneeId: colleague, PermissionSetId: set?.['Id'] }
    await post(`${data}/sobjects/PermissionSetAssignment`, assignment)
  })

  it('moves a role by the keyboard', async () => {
    const { page } = await desk.sit({ clean: true })
    await page.goto(`${desk.url}/setup/roles`)
    const item = (name: string) => page.getByRole('treeitem', { name })
    await item('Audit').focus()
    await page.keyboard.press('m')
    await page.getByText('Audit is picked up.').waitFor()
    await item('Region').focus()
    await page.keyboard.press('Enter')
    const dialog = page.locator('fs-setup-plan-dialog fs-dialog')
    await dialog.getByText('Who gains and who loses').waitFor()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.locator('[role=treeitem][data-name=Audit][aria-level="2"]').waitFor()
    await expectClean(page)
  })

  it('counts whom a rule opens records to before it holds', async () => {
    const plans = await query('SELECT Id FROM CollectionPlan')
    const [first] = plans
    expect(await accessOf(String(first?.['Id']))).toBe('None')
    const { page } = await desk.sit({ clean: true, width: 390, dark: true })
    await page.goto(`${desk.url}/setup/sharing`)
    await page.getByLabel('Find objects').fill('Collection Plan')
    await page.getByRole('link', { name: 'Collection Plan', exact: true }).click()
    await page.getByRole('button', { name: 'New rule' }).click()
    await page.getByLabel('Label').fill('To the branches')
    const chosen = (id: string) => page.locator(`fs-setup-chosen#${id}`)
    await chosen('rule-from').getByRole('combobox').selectOption({ label: 'All internal users' })
    await chosen('rule-to').getByRole('combobox').selectOption('roleAndSubordinates:Region')
    await page.getByRole('button', { name: 'Review the plan' }).last().click()
    const dialog = page.locator('fs-setup-sharing-rules fs-dialog')
    await dialog.getByText(`+${plans.length}`).first().waitFor({ timeout: 120_000 })
    expect(await accessOf(String(first?.['Id']))).toBe('None')
    await expectClean(page)
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('button', { name: 'To the branches', exact: true }).waitFor()
    expect(await accessOf(String(first?.['Id']))).toBe('Read')
  })

  it('lets people into groups and queues, and names participant roles', async () => {
    const { page } = await desk.sit({ clean: true })
    await page.goto(`${desk.url}/setup/groups`)
    await page.getByRole('button', { name: 'New group' }).click()
    await page.getByLabel('Name').fill('Night shift')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('heading', { level: 1, name: 'Night_shift' }).waitFor()
    await page.getByLabel('Find users to add').fill('Nora')
    await page.getByRole('button', { name: /^Add Nora Beck/ }).click()
    await page.getByRole('button', { name: 'Review the change' }).click()
    await page.getByText('Nobody sees or edits more or less').waitFor({ timeout: 120_000 })
    await expectClean(page)
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Night_shift was saved.').waitFor()
    expect(await query("SELECT Id FROM GroupMember WHERE Group.Name = 'Night_shift'")).toHaveLength(
      1,
    )

    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByText('Nobody sees or edits more or less').waitFor({ timeout: 120_000 })
    await page.locator('fs-dialog').getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByText('Night_shift was deleted.').waitFor()
    expect(await query("SELECT Id FROM Group WHERE Name = 'Night_shift'")).toEqual([])

    await page.goto(`${desk.url}/setup/queues`)
    await page.getByRole('button', { name: 'New queue' }).click()
    await page.getByLabel('Name').fill('Early arrears')
    await page.getByRole('button', { name: 'Review the plan' }).click()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('link', { name: 'Early_arrears' }).click()
    await page.getByLabel('Add an object').selectOption('CollectionPlan')
    await page.getByLabel('Add a role or group').selectOption('role:Branch')
    await page.getByRole('button', { name: 'Review the change' }).click()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Early_arrears was saved.').waitFor()
    const [enabled] = await query(
      "SELECT SobjectType FROM QueueSobject WHERE Queue.Name = 'Early_arrears'",
    )
    expect(enabled?.['SobjectType']).toBe('CollectionPlan')

    await page.goto(`${desk.url}/setup/participant-roles`)
    await page.getByRole('button', { name: 'New participant role' }).click()
    await page.getByLabel('Label').fill('Witness of the talk')
    await page.getByLabel('Object', { exact: true }).selectOption('InteractionSummary')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('button', { name: 'Witness of the talk' }).waitFor()
    await expectClean(page)
  })
})
