/**
 * What sharing costs: a list sorted by an indexed field, asked by somebody whose rows are decided by owner, roles, rules and shares,
 * beside the same list asked by an administrator; and people who get another role while others read.
 */
import { join } from 'node:path'
import { accountBody, dataPath, queryPath } from '../shapes.ts'
import type { Bench, Section } from '../support/bench.ts'
import { createClient, signIn, type Client } from '../support/client.ts'
import { growAccounts } from '../support/grow-table.ts'
import { median, runLoad } from '../support/load.ts'
import { createOrganization, type Organization } from '../support/organization.ts'
import { shareAccounts } from '../support/share-table.ts'
import { aimCells, atLeast, below, figure, table } from '../support/table.ts'

const ratioAim = 0.5
const moveAimMs = 2_000
const moved = 1_000
const subordinates = 50
const own = '/services/fieldstone/v1'
const password = 'a password for the bench'
const list = 'SELECT Id, Name, Phone FROM Account ORDER BY Name LIMIT 50'

type Json = Readonly<Record<string, unknown>>

async function make(client: Client, object: string, body: Json): Promise<string> {
  const { text } = await client.ask('POST', `${dataPath}/sobjects/${object}`, body)
  return String((JSON.parse(text) as { id: string }).id)
}

async function idOf(client: Client, object: string, name: string): Promise<string> {
  const { text } = await client.ask(
    'GET',
    queryPath(`SELECT Id FROM ${object} WHERE Name = '${name}'`),
  )
  return String((JSON.parse(text) as { records: { Id: string }[] }).records[0]?.Id)
}

async function apply(client: Client, changes: readonly Json[]): Promise<void> {
  const { text } = await client.ask('POST', `${own}/plans`, { changes })
  const { id } = JSON.parse(text) as { id: string }
  await client.ask('POST', `${own}/plans/${id}/apply`, { consent: true })
}

const role = (fullName: string, parentRole?: string): Json => ({
  type: 'Role',
  fullName,
  body: { fullName, name: fullName, ...(parentRole !== undefined && { parentRole }) },
})

/** Private accounts, three rules, and people: who asks, those below, and those who move. */
async function furnish(
  client: Client,
): Promise<{ readonly asker: string; readonly below: string[] }> {
  const { text } = await client.ask('GET', `${own}/metadata/CustomObject/Account`)
  const body = { ...(JSON.parse(text) as Json), sharingModel: 'Private' }
  const rule = (fullName: string, value: string): Json => ({
    fullName,
    accessLevel: 'Read',
    sharedTo: { role: ['Bench_Elsewhere'] },
    criteriaItems: [{ field: 'Industry', operation: 'equals', value }],
  })
  const rules = {
    fullName: 'Account',
    sharingCriteriaRules: [rule('One', 'Banking'), rule('Two', 'Energy'), rule('Three', 'Media')],
  }
  await apply(client, [
    role('Bench_Head'),
    role('Bench_Low', 'Bench_Head'),
    role('Bench_Elsewhere'),
    { type: 'CustomObject', fullName: 'Account', body },
    { type: 'SharingRules', fullName: 'Account', body: rules },
  ])
  const ProfileId = await idOf(client, 'Profile', 'Standard User')
  const [head, low] = [
    await idOf(client, 'UserRole', 'Bench_Head'),
    await idOf(client, 'UserRole', 'Bench_Low'),
  ]
  const user = (name: string, UserRoleId: string): Json => ({
    attributes: { type: 'User' },
    LastName: name,
    Username: `${name}@bench.example.com`,
    Email: `${name}@bench.example.com`,
    Alias: name.slice(0, 8),
    IsActive: true,
    ProfileId,
    UserRoleId,
  })
  const { attributes: _, ...boss } = user('bench', head)
  const asker = await make(client, 'User', boss)
  const PermissionSetId = await idOf(client, 'PermissionSet', 'RelationshipManager')
  await make(client, 'PermissionSetAssignment', { AssigneeId: asker, PermissionSetId })
  await client.ask('POST', `${dataPath}/sobjects/User/${asker}/password`, { NewPassword: password })
  const below: string[] = []
  for (let start = 0; start < moved; start += 200) {
    const records = Array.from({ length: 200 }, (_one, at) => user(`low${start + at}`, low))
    const path = `${dataPath}/composite/sobjects`
    const made = await client.ask('POST', path, { allOrNone: true, records })
    below.push(...(JSON.parse(made.text) as { id: string }[]).map(({ id }) => id))
  }
  const accounts: string[] = []
  for (let start = 0; start < 1_000; start += 200) {
    const records = Array.from({ length: 200 }, (_one, at) => ({
      attributes: { type: 'Account' },
      ...accountBody(start + at),
    }))
    const path = `${dataPath}/composite/sobjects`
    const { text: made } = await client.ask('POST', path, { allOrNone: true, records })
    accounts.push(...(JSON.parse(made) as { id: string }[]).map(({ id }) => id))
  }
  await make(client, 'AccountShare', {
    AccountId: accounts[0],
    UserOrGroupId: asker,
    AccountAccessLevel: 'Read',
  })
  return { asker, below }
}

interface Found {
  readonly admin: number
  readonly user: number
  readonly ratio: number
}

async function compare(bench: Bench, organization: Organization): Promise<Found> {
  const running = await organization.start()
  try {
    const { url } = running.server
    const asker = createClient(url, await signIn(url, 'bench@bench.example.com', password))
    const rounds = { admin: [] as number[], user: [] as number[] }
    const sides = [
      ['admin', running.client],
      ['user', asker],
    ] as const
    for (let round = -1; round < bench.rounds; round++) {
      for (const [side, client] of round % 2 === 0 ? sides : sides.toReversed()) {
        const requests = Array.from({ length: 4 }, () => ({
          method: 'GET' as const,
          path: queryPath(list),
        }))
        const load = { url, token: client.token, connections: 4, seconds: bench.seconds, requests }
        const { perSecond } = await runLoad(load)
        if (round >= 0) rounds[side].push(perSecond)
      }
    }
    asker.close()
    const ratio = median(rounds.user.map((one, at) => one / (rounds.admin[at] ?? Number.NaN)))
    return { admin: median(rounds.admin), user: median(rounds.user), ratio }
  } finally {
    await running.stop()
  }
}

/** A thousand people get another role in five requests; the slowest read meanwhile. */
async function move(organization: Organization, below: readonly string[]) {
  const running = await organization.start()
  try {
    const { client } = running
    const UserRoleId = await idOf(client, 'UserRole', 'Bench_Elsewhere')
    let isMoving = true
    let slowestMs = 0
    const reading = (async () => {
      while (isMoving) {
        const began = performance.now()
        await client.ask('GET', queryPath(list))
        slowestMs = Math.max(slowestMs, performance.now() - began)
      }
    })()
    const began = performance.now()
    for (let start = 0; start < below.length; start += 200) {
      const records = below
        .slice(start, start + 200)
        .map((id) => ({ attributes: { type: 'User' }, id, UserRoleId }))
      await client.ask('PATCH', `${dataPath}/composite/sobjects`, { allOrNone: true, records })
    }
    const tookMs = performance.now() - began
    isMoving = false
    await reading
    return { tookMs, slowestMs }
  } finally {
    await running.stop()
  }
}

export const rowsSection: Section = {
  name: 'rows',
  title: 'Lists of people who do not see everything',
  run: async (bench) => {
    const most = bench.rows ?? (bench.quick ? 20_000 : 1_000_000)
    const organization = createOrganization(bench, 'rows', 'none')
    const first = await organization.start()
    const { asker, below: people } = await furnish(first.client)
    await first.stop()
    const file = join(organization.folder, 'fieldstone.db')
    const owners = people.slice(0, subordinates)
    const lines: (readonly string[])[] = []
    for (const rows of [most / 10, most]) {
      await growAccounts(file, rows)
      for (const [name, shares] of [
        ['few seen', 1_000],
        ['a fifth seen', rows / 5],
      ] as const) {
        bench.progress(`${figure(rows)} accounts, ${name}`)
        await shareAccounts(file, { owners, asker, rows, shares })
        const { admin, user, ratio } = await compare(bench, organization)
        lines.push([
          `${figure(rows)} accounts, ${name}`,
          figure(admin),
          figure(user),
          figure(ratio),
          ...aimCells(atLeast(ratio, ratioAim)),
        ])
      }
    }
    bench.print(
      table(['list of 50 per second', 'administrator', 'user', 'ratio', 'aim', ''], lines),
    )
    const { tookMs, slowestMs } = await move(organization, people)
    const cells = aimCells(below(tookMs, moveAimMs, ' ms'))
    bench.print('')
    bench.print(
      table(
        ['people who move', 'ms', 'aim', '', 'slowest read meanwhile, ms'],
        [[figure(moved), figure(tookMs), ...cells, figure(slowestMs)]],
      ),
    )
  },
}
