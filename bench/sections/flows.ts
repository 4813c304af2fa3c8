/** What three flows before a save cost, and what writing down their every step, beside the same saves without any: in turns, in one run. */
import { dataPath } from '../shapes.ts'
import type { Section } from '../support/bench.ts'
import type { Client } from '../support/client.ts'
import { createOrganization } from '../support/organization.ts'
import { figure, table } from '../support/table.ts'

const savesUsual = 1_000
const savesQuick = 100
const atOnce = 8
const aimRatio = 0.7
const own = '/services/fieldstone/v1'

const condition = (field: string, operator: string, rightValue: object): object => ({
  leftValueReference: `$Record.${field}`,
  operator,
  rightValue,
})

const set = (field: string, value: object): object => ({
  assignToReference: `$Record.${field}`,
  operator: 'Assign',
  value,
})

/** Each decides by a condition, computes a formula and sets a field. */
function flow(fullName: string, field: string, status: string): object {
  return {
    fullName,
    label: fullName,
    status,
    processType: 'AutoLaunchedFlow',
    start: {
      object: 'Account',
      triggerType: 'RecordBeforeSave',
      recordTriggerType: 'CreateAndUpdate',
      connector: { targetReference: 'Choose' },
    },
    formulas: [{ name: 'Made', dataType: 'String', expression: "UPPER({!$Record.Name}) & '-x'" }],
    decisions: [
      {
        name: 'Choose',
        rules: [
          {
            name: 'Big',
            conditions: [
              condition('NumberOfEmployees', 'GreaterThan', { numberValue: 10 }),
              condition('Name', 'StartsWith', { stringValue: 'Bench' }),
            ],
            connector: { targetReference: 'Set' },
          },
        ],
      },
    ],
    assignments: [{ name: 'Set', assignmentItems: [set(field, { elementReference: 'Made' })] }],
  }
}

const fields = ['Site', 'Tradestyle', 'Sic']

async function declare(client: Client, status: string): Promise<void> {
  for (const [index, field] of fields.entries()) {
    const name = `Bench_${index}`
    const { text } = await client.ask(
      'PUT',
      `${own}/metadata/Flow/${name}`,
      flow(name, field, status),
    )
    if (text.includes('errorCode')) throw new Error(text)
  }
}

/** As an administrator does who looks on for a while; 0 minutes end it. */
async function trace(client: Client, minutes: number): Promise<void> {
  for (const index of fields.keys()) {
    await client.ask('POST', `${own}/flows/Bench_${index}/trace`, { minutes })
  }
}

async function seconds(client: Client, saves: number): Promise<number> {
  const startedAt = performance.now()
  let next = 0
  const one = async (): Promise<void> => {
    for (; next < saves;) {
      next += 1
      const body = { Name: `Bench ${next}`, NumberOfEmployees: 20 }
      await client.ask('POST', `${dataPath}/sobjects/Account`, body)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, one))
  return (performance.now() - startedAt) / 1_000
}

function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

export const flowsSection: Section = {
  name: 'flows',
  title: 'Flows before a save',
  run: async (bench) => {
    const saves = bench.rows ?? (bench.quick ? savesQuick : savesUsual)
    const running = await createOrganization(bench, 'flows', 'none').start()
    try {
      const { client } = running
      await seconds(client, saves)
      const [without, withFlows, traced]: [number[], number[], number[]] = [[], [], []]
      for (let round = 0; round < bench.rounds; round += 1) {
        bench.progress(`round ${round + 1}`)
        await declare(client, 'Draft')
        without.push(await seconds(client, saves))
        await declare(client, 'Active')
        withFlows.push(await seconds(client, saves))
        await trace(client, 30)
        traced.push(await seconds(client, saves))
        await trace(client, 0)
      }
      const ratio = middle(without) / middle(withFlows)
      const tracedRatio = middle(without) / middle(traced)
      bench.print(
        table(
          ['saves of one record each', 'reached', 'aim'],
          [
            ['per second without flows', figure(saves / middle(without)), ''],
            ['per second with three flows', figure(saves / middle(withFlows)), ''],
            ['ratio', figure(ratio), `≥ ${aimRatio}`],
            ['per second with every step written down', figure(saves / middle(traced)), ''],
            ['ratio of those', figure(tracedRatio), ''],
          ],
        ),
      )
    } finally {
      await running.stop()
    }
  },
}
