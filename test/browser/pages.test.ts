/** Every page, light and dark, wide and narrow: axe finds nothing, nothing is cut off, no error is reported. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeProblems } from './support/axe.ts'
import type { Seat } from './support/browser.ts'
import { useDesk } from './support/desk.ts'
import { expectCleanIn, narrowDark, takeOn, wideLight } from './support/looks.ts'

const plan = '/app/Collections/CollectionPlan'

/** Path and a heading that shows when the page is there; `<plan>` is a collection plan's id, `<user>` the administrator's. */
const pages: readonly (readonly [path: string, heading: RegExp])[] = [
  ['/app/Collections/home', /Good to see you/],
  [`${plan}/list/All_Collection_Plans`, /All Collection Plans/],
  [`${plan}/<plan>`, /CP-/],
  [`${plan}/<plan>/edit`, /Edit CP-/],
  [`${plan}/<plan>/related/CollectionPlanItems`, /Collection Plan Items/],
  [`${plan}/new`, /New Collection Plan/],
  ['/app/Collections/Contact/new', /New Contact/],
  ['/setup/objects', /Object Manager/],
  ['/setup/objects/CollectionPlan/details', /Details|Collection Plan/],
  ['/setup/objects/CollectionPlan/fields', /Fields|Collection Plan/],
  ['/setup/objects/CollectionPlan/fields/new', /New field/],
  ['/setup/objects/new', /New object/],
  ['/setup/objects/CollectionPlan/record-types', /Collection Plan/],
  ['/setup/objects/CollectionPlan/validation-rules', /Collection Plan/],
  ['/setup/value-sets', /Value sets/],
  ['/setup/users', /Users/],
  ['/setup/users/<user>', /Administrator/],
  ['/setup/permission-sets', /Permission sets/],
  ['/setup/roles', /Roles/],
  ['/setup/sharing', /Sharing settings/],
  ['/setup/explain-access/<plan>', /Explain access/],
  ['/setup/history', /history/i],
  ['/setup/files', /Metadata files/],
  ['/setup/recycle-bin', /Recycle bin/],
  ['/setup/webhooks', /Webhooks/],
  ['/setup/emails', /E-mail outbox/],
  ['/setup/audit-trail', /Audit trail/],
  ['/setup/delegate-groups', /Delegated administration/],
  ['/setup/connected-apps', /Connected programs/],
  ['/setup/security', /Sign-in and security/],
  ['/setup/access', /Rights compared/],
  ['/setup/access/<user>', /Access of/],
  ['/setup/lasting', /Retention and holds/],
  ['/setup/processes', /Guided processes/],
  ['/setup/jobs', /Jobs/],
  ['/setup/flows', /Flows/],
  ['/setup/scoring/CollectionPlan.Urgency', /Urgency of collection plans/],
  ['/setup/approvals/DisputeItem.Provisional_Credit', /Provisional credit/],
  ['/setup/processes/Report_Lost_Card', /Report a lost card/],
  ['/process/Report_Lost_Card', /Report a lost card/],
]

describe('pages', () => {
  const desk = useDesk()
  let planId = ''
  let userId = ''

  beforeAll(async () => {
    const query = encodeURIComponent('SELECT Id FROM CollectionPlan ORDER BY Name LIMIT 1')
    const { body } = await desk.call<{ records: readonly { Id: string }[] }>({
      path: `/services/data/v67.0/query?q=${query}`,
    })
    planId = body.records[0]?.Id ?? ''
    const session = await desk.call<{ user_id: string }>({ path: '/services/oauth2/userinfo' })
    userId = session.body.user_id
  })

  describe('are clean as they open on a phone in the dark, and on a wide screen', () => {
    let seat: Seat
    beforeAll(async () => {
      seat = await desk.sitDown(narrowDark)
    })
    afterAll(() => seat?.context.close())

    it.each(pages)('%s', async (path, heading) => {
      const { page, errors } = seat
      const before = errors.length
      await takeOn(page, narrowDark)
      await page.goto(desk.url + path.replace('<plan>', planId).replace('<user>', userId))
      await page.getByRole('heading', { level: 1, name: heading }).waitFor()
      // What is still being fetched shows as grey bars.
      await page.locator('fs-skeleton').first().waitFor({ state: 'detached' })
      await expectCleanIn(page, [narrowDark, wideLight])
      expect(errors.slice(before).filter((error) => !error.includes('401'))).toEqual([])
    })
  })

  it('H1: what looks like a script in labels, help, values and names is text', async () => {
    const script = '<img src=x onerror="window.acted=1"><script>window.acted=1</script>'
    const own = '/services/fieldstone/v1/metadata'
    const field = {
      fullName: 'Account.Trap__c',
      label: `L ${script}`,
      inlineHelpText: `H ${script}`,
      type: 'Picklist',
      valueSet: {
        restricted: true,
        valueSetDefinition: {
          sorted: false,
          value: [{ fullName: `V ${script}`, label: `V ${script}`, default: true }],
        },
      },
    }
    const put = await desk.call({
      method: 'PUT',
      path: `${own}/CustomField/Account.Trap__c`,
      body: field,
    })
    expect(put.status).toBe(200)
    const made = await desk.call<{ id: string }>({
      method: 'POST',
      path: '/services/data/v67.0/sobjects/Account',
      body: { Name: `N ${script}` },
    })
    const { page } = await desk.sit()
    const app = `${desk.url}/app/RelationshipManagement/Account`
    const places: readonly (readonly [string, string])[] = [
      [`${app}/${made.body.id}`, 'N <img'],
      [`${app}/${made.body.id}/edit`, 'N <img'],
      [`${desk.url}/setup/objects/Account/fields/Trap__c`, 'L <img'],
      [`${desk.url}/search?q=onerror`, 'N <img'],
    ]
    for (const [place, shown] of places) {
      await page.goto(place)
      await page.getByText(shown).first().waitFor()
      expect(await page.evaluate(() => 'acted' in window)).toBe(false)
    }
  })

  it('the start page shows what is due, and ticks it off', async () => {
    const day = new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10)
    const task = { Subject: 'Call the notary', ActivityDate: day, OwnerId: userId }
    const path = '/services/data/v67.0/sobjects/Task'
    const made = await desk.call<{ id: string }>({ method: 'POST', path, body: task })
    const { page } = await desk.sit({ clean: true })
    await page.goto(`${desk.url}/app/RelationshipManagement/home`)
    const mine = page.locator('fs-my-tasks')
    await mine.getByRole('heading', { name: /^Overdue \(\d+\)$/ }).waitFor()
    const link = mine.getByRole('link', { name: task.Subject })
    expect(await axeProblems(page)).toEqual([])
    await mine.getByRole('button', { name: `Mark ${task.Subject} as done` }).click()
    await page.getByText(`${task.Subject} is done.`).waitFor()
    await link.waitFor({ state: 'detached' })
    const status = async (): Promise<unknown> =>
      (await desk.call<{ Status: string }>({ path: `${path}/${made.body.id}` })).body.Status
    expect(await status()).toBe('Completed')
    await page.getByRole('button', { name: 'Undo' }).click()
    await link.waitFor()
    expect(await status()).toBe('Not Started')
  })
})
