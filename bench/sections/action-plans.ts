/** How long it takes to start a plan of twenty items for each of many records, by a job. */
import { setTimeout as sleep } from 'node:timers/promises'
import { dataPath } from '../shapes.ts'
import type { Section } from '../support/bench.ts'
import type { Client } from '../support/client.ts'
import { createOrganization } from '../support/organization.ts'
import { figure, table } from '../support/table.ts'

const plansUsual = 1_000
const plansQuick = 100
const itemsEach = 20
const aimSeconds = 20
const accountsAtOnce = 200
const pollMs = 50

async function create(client: Client, object: string, body: object): Promise<string> {
  const { text } = await client.ask('POST', `${dataPath}/sobjects/${object}`, body)
  const made: { readonly id: string } = JSON.parse(text)
  return made.id
}

async function makeAccounts(client: Client, count: number): Promise<void> {
  for (let start = 0; start < count; start += accountsAtOnce) {
    const records = Array.from({ length: Math.min(accountsAtOnce, count - start) }, (_, index) => ({
      attributes: { type: 'Account' },
      Name: `Client ${start + index}`,
    }))
    await client.ask('POST', `${dataPath}/composite/sobjects`, { allOrNone: true, records })
  }
}

/** Tasks and documents with deadlines, the last of them waiting for the first. */
async function publishTemplate(client: Client): Promise<string> {
  const template = await create(client, 'ActionPlanTemplate', {
    Name: 'Review',
    UniqueName: 'Review',
    TargetEntityType: 'Account',
  })
  const soql = `SELECT Id FROM ActionPlanTemplateVersion WHERE ActionPlanTemplateId = '${template}'`
  const { text } = await client.ask('GET', `${dataPath}/query?q=${encodeURIComponent(soql)}`)
  const found: { readonly records: readonly { readonly Id: string }[] } = JSON.parse(text)
  const version = found.records[0]?.Id ?? ''
  for (let index = 0; index < itemsEach; index += 1) {
    const type = index % 4 === 3 ? 'DocumentChecklistItem' : 'Task'
    const item = await create(client, 'ActionPlanTemplateItem', {
      ActionPlanTemplateVersionId: version,
      Name: `Step ${index}`,
      UniqueName: `Step_${index}`,
      ItemEntityType: type,
      DisplayOrder: index,
    })
    if (type !== 'Task') continue
    await create(client, 'ActionPlanTemplateItemValue', {
      ActionPlanTemplateItemId: item,
      Name: 'Deadline',
      ItemEntityFieldName: 'Task.ActivityDate',
      ValueFormula: `StartDate + ${index}`,
    })
  }
  await client.ask('PATCH', `${dataPath}/sobjects/ActionPlanTemplateVersion/${version}`, {
    Status: 'Final',
  })
  return version
}

async function startAll(client: Client, version: string): Promise<number> {
  const startedAt = performance.now()
  const { text } = await client.ask('POST', '/services/fieldstone/v1/action-plans', {
    actionPlanTemplateVersionId: version,
    query: 'SELECT Id FROM Account',
    skipNonworkDays: true,
  })
  const { id }: { readonly id: string } = JSON.parse(text)
  for (;;) {
    const answer = (await client.ask('GET', `${dataPath}/jobs/ingest/${id}`)).text
    const job: { readonly state: string; readonly numberRecordsFailed: number } = JSON.parse(answer)
    if (job.state === 'Failed' || job.numberRecordsFailed > 0) throw new Error(answer)
    if (job.state === 'JobComplete') return (performance.now() - startedAt) / 1_000
    await sleep(pollMs)
  }
}

export const actionPlansSection: Section = {
  name: 'action-plans',
  title: 'Action plans for many records',
  run: async (bench) => {
    const plans = bench.rows ?? (bench.quick ? plansQuick : plansUsual)
    const running = await createOrganization(bench, 'action-plans', 'none').start()
    try {
      await makeAccounts(running.client, plans)
      const version = await publishTemplate(running.client)
      bench.progress(`${plans} plans of ${itemsEach} items`)
      const seconds = await startAll(running.client, version)
      const aim = (aimSeconds * plans) / plansUsual
      bench.print(
        table(
          ['plans by a job', 'reached', 'aim'],
          [[`seconds for ${plans} plans of ${itemsEach} items`, figure(seconds), `< ${aim}`]],
        ),
      )
    } finally {
      await running.stop()
    }
  },
}
