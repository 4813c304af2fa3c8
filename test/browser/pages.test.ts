/** Every page, light and dark, wide and narrow: axe finds nothing, nothing is cut off, no error is reported. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeProblems } from './support/axe.ts'
import type { Seat } from './support/browser.ts'
import { useDesk } from './support/desk.ts'
import { expectCleanIn, narrowDark, takeOn, wideLight } from './support/looks.ts'

const plan = '/app/Collections/CollectionPlan'

/** Path and a heading that shows when the page is there; `<plan>` is a collection plan's id, `<user>` the administrator's, `<topic>` a push topic's. */
const pages: readonly (readonly [path: string, heading: RegExp])[] = [
  ['/app/Collections/home', /Good to see you/],
  [`${plan}/list/All_Collection_Plans`, /All Collection Plans/],
  [`${plan}/<plan>`, /CP-/],
  [`${plan}/<plan>/edit`, /Edit CP-/],
  [`${plan}/<plan>/related/CollectionPlanItems`, /Collection Plan Items/],
  [`${plan}/new`, /New Collection Plan/],
  ['/app/Collections/Contact/new', /New Contact/],
  ['/app/BusinessSetup/PushTopic/list/All_Push_Topics', /All Push Topics/],
  ['/app/BusinessSetup/PushTopic/<topic>', /LargeClients/],
  ['/app/BusinessSetup/PushTopic/new', /New Push Topic/],
  ['/app/BusinessSetup/StreamingChannel/list/All_Streaming_Channels', /All Streaming Channels/],
  ['/app/BusinessSetup/StreamingChannel/new', /New Streaming Channel/],
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
  let topicId = ''

  beforeAll(async () => {
    const query = encodeURIComponent('SELECT Id FROM CollectionPlan ORDER BY Name LIMIT 1')
    const { body } = await desk.call<{ records: readonly { Id: string }[] }>({
      path: `/services/data/v67.0/query?q=${query}`,
    })
    planId = body.records[0]?.Id ?? ''
    const session = await desk.call<{ user_id: string }>({ path: '/services/oauth2/userinfo' })
    userId = session.body.user_id
    topicId = await made('PushTopic', {
      Name: 'LargeClients',
      ApiVersion: 67,
      Query: `SELECT Id, Name, Phone FROM Account WHERE Name != '${'a long text '.repeat(20)}'`,
    })
    await made('StreamingChannel', {
      Name: `/u/${'branches/of/the/country/'.repeat(3)}north`,
      Description: 'Branches tell each other of closing times. '.repeat(4),
    })
  })

  async function made(object: string, body: object): Promise<string> {
    const path = `/services/data/v67.0/sobjects/${object}`
    const told = await desk.call<{ id: string }>({ method: 'POST', path, body })
    expect(told.status, JSON.stringify(told.body)).toBe(201)
    return told.body.id
  }

  const withIds = (path: string): string =>
    path.replace('<plan>', planId).replace('<user>', userId).replace('<topic>', topicId)

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
      await page.goto(desk.url + withIds(path))
      await page.getByRole('heading', { level: 1, name: heading }).waitFor()
      // What is still being fetched shows as grey bars.
      await page.locator('fs-skeleton').first().waitFor({ state: 'detached' })
      await expectCleanIn(page, [narrowDark, wideLight])
      expect(errors.slice(before).filter((error) => !error.includes('401'))).toEqual([])
    })
  })

  it('a query that no topic can have is refused at its field', async () => {
    const { page } = await desk.sit()
    await page.goto(`${desk.url}/app/BusinessSetup/PushTopic/${topicId}/edit`)
    const query = page.getByRole('textbox', { name: 'SOQL Query' })
    for (const [text, why] of [
      ['SELECT Id FROM Account ORDER BY Name', /and nothing more/],
      ['SELECT Id, Nonsense FROM Account', /No such column 'Nonsense'/],
    ] as const) {
      await query.fill(text)
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      const editor = page.locator('fs-field-editor[data-field="Query"]')
      await editor.getByText(why).waitFor()
      expect(await query.getAttribute('aria-invalid')).toBe('true')
    }
    await query.fill('SELECT Id FROM Account')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: 'LargeClients' }).waitFor()
    await page.getByText('SELECT Id FROM Account').waitFor()
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
