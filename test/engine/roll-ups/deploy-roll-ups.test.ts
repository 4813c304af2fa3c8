/** A roll-up that is added to, or changed over, data that is there: computed as a phase, right from then on. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Deployer } from '../../../engine/deploy/deployer.ts'
import type { FailpointName } from '../../../engine/deploy/failpoints.ts'
import { createRecords } from '../../../engine/records/create-records.ts'
import type { Caller, Records } from '../../../engine/records/records.ts'
import { fullAccess } from '../../../engine/access/full-access.ts'
import { findWrong, repairAll } from '../../../engine/roll-ups/recompute-roll-ups.ts'
import { identifier, sql } from '../../../engine/sql/sql.ts'
import { createIdSource } from '../../../engine/base/record-id.ts'
import { randomBytes } from 'node:crypto'
import type { Storage } from '../../../engine/storage/storage.ts'
import { databases, type OpenDatabase } from '../../support/databases.ts'
import { body } from '../../support/organisation.ts'
import { testServices } from '../../contract/field-services.ts'
import {
  author,
  deploy,
  makeDeployer,
  makeFolder,
  planOf,
  userObject,
  type Folder,
} from '../deploy/fixture.ts'

const planObject = {
  fullName: 'Plan__c',
  label: 'Plan',
  pluralLabel: 'Plans',
  keyPrefix: 'a0P',
  nameField: { label: 'Plan', type: 'Text' },
  sharingModel: 'ReadWrite',
  fields: [
    {
      fullName: 'Above__c',
      label: 'Above',
      type: 'Lookup',
      referenceTo: ['Plan__c'],
      relationshipName: 'Below',
    },
  ],
}

const itemObject = {
  fullName: 'Item__c',
  label: 'Item',
  pluralLabel: 'Items',
  keyPrefix: 'a0I',
  nameField: { label: 'Item', type: 'Text' },
  sharingModel: 'ReadWrite',
  fields: [
    {
      fullName: 'Plan__c',
      label: 'Plan',
      type: 'Lookup',
      referenceTo: ['Plan__c'],
      relationshipName: 'Items',
    },
    { fullName: 'Amount__c', label: 'Amount', type: 'Number', precision: 16, scale: 2 },
    {
      fullName: 'Twice__c',
      label: 'Twice',
      type: 'Number',
      precision: 18,
      scale: 2,
      formula: 'Amount__c * 2',
    },
  ],
}

const total = {
  fullName: 'Total__c',
  label: 'Total',
  type: 'Summary',
  summaryOperation: 'sum',
  summarizedField: 'Item__c.Amount__c',
  summaryForeignKey: 'Item__c.Plan__c',
}

const status = {
  label: 'Status',
  type: 'Picklist',
  valueSet: {
    restricted: true,
    valueSetDefinition: {
      sorted: false,
      value: ['Open', 'Late', 'Done'].map((fullName) => ({ fullName, label: fullName })),
    },
  },
}

/** A storage that answers nothing any more, as after the end of its process. */
function mortal(storage: Storage, isGone: () => boolean): Storage {
  const gone = (): Promise<never> => Promise.reject(new Error('gone'))
  return {
    dialect: storage.dialect,
    read: (query, options) => (isGone() ? gone() : storage.read(query, options)),
    write: (work) => (isGone() ? gone() : storage.write(work)),
    writeGrouped: (group, input) => (isGone() ? gone() : storage.writeGrouped(group, input)),
    runAlone: (query) => (isGone() ? gone() : storage.runAlone(query)),
    tables: () => (isGone() ? gone() : storage.tables()),
    tableNames: () => (isGone() ? gone() : storage.tableNames()),
    exclusive: (name, work) => storage.exclusive(name, work),
    notify: (channel, payload) => storage.notify(channel, payload),
    listen: (channel, onMessage) => storage.listen(channel, onMessage),
    health: () => storage.health(),
    close: () => Promise.resolve(),
  }
}

describe.each(databases)('roll-ups over data on $name', ({ open }) => {
  let database: OpenDatabase
  let folder: Folder
  let deployer: Deployer
  let records: Records
  let meanwhile: ((name: FailpointName) => void) | undefined

  beforeEach(async () => {
    database = await open()
    folder = makeFolder({
      'objects/User.json': userObject,
      'objects/Plan__c.json': planObject,
      'objects/Item__c.json': itemObject,
    })
    await start()
  })
  afterEach(async () => {
    await deployer.close()
    await database.close()
    folder.delete()
  })

  async function start(): Promise<void> {
    deployer = await makeDeployer(database.storage, folder.path, {
      failpoint: (name) => meanwhile?.(name),
    })
    await deployer.boot()
    const clock = { now: () => Date.now() }
    records = await createRecords({
      storage: database.storage,
      models: deployer.store,
      clock,
      ids: createIdSource(clock, (count) => randomBytes(count)),
      services: testServices,
      reportError: (error) => {
        throw error
      },
    })
  }

  function admin(): Caller {
    const access = { ...fullAccess(deployer.store.current()), userId: '005000000000001AAA' }
    return {
      access,
      userId: access.userId,
      userName: 'Ada',
      timeZone: 'UTC',
      locale: 'en_US',
      language: 'en_US',
      source: 'api',
      apiVersion: '67.0',
    }
  }

  async function add(object: string, values: Readonly<Record<string, unknown>>): Promise<string> {
    return (await records.create(admin(), object, body({ Name: 'x', ...values }))).id
  }

  async function read(id: string, field: string): Promise<unknown> {
    const { text } = await records.retrieve(admin(), 'Plan__c', id, [field])
    return (JSON.parse(text) as Record<string, unknown>)[field]
  }

  const addTotal = (more: Readonly<Record<string, unknown>> = {}) =>
    ({ type: 'CustomField', fullName: 'Plan__c.Total__c', body: { ...total, ...more } }) as const

  test('a new one is computed from what is there, with its figures in the plan', async () => {
    const plan = await add('Plan__c', {})
    await add('Item__c', { Plan__c: plan, Amount__c: '10.25' })
    await add('Item__c', { Plan__c: plan, Amount__c: '0.75' })
    const planned = await planOf(deployer, addTotal())
    expect(planned.steps.map((step) => [step.class, step.affected])).toContainEqual(['rewrites', 1])
    await deploy(deployer, addTotal())
    expect(await read(plan, 'Total__c')).toBe(11)
    await add('Item__c', { Plan__c: plan, Amount__c: '1' })
    expect(await read(plan, 'Total__c')).toBe(12)
    expect(await deployer.verify()).toEqual([])
  })

  test('what is written while it is computed is counted', async () => {
    const plans = [await add('Plan__c', {}), await add('Plan__c', {})]
    await add('Item__c', { Plan__c: plans[0], Amount__c: '10' })
    const writes: Promise<unknown>[] = []
    meanwhile = (name) => {
      if (name !== 'deploy: move begun' && name !== 'deploy: batch written') return
      for (const plan of plans) writes.push(add('Item__c', { Plan__c: plan, Amount__c: '5' }))
    }
    await deploy(deployer, addTotal())
    meanwhile = undefined
    await Promise.all(writes)
    expect(writes.length).toBeGreaterThan(2)
    expect(await findWrong(database.storage, deployer.store.current(), 10)).toEqual([])
    expect(await read(plans[0] ?? '', 'Total__c')).toBe(10 + (5 * writes.length) / 2)
  })

  test('another condition, source or formula computes it anew; another label does not', async () => {
    const plan = await add('Plan__c', {})
    await add('Item__c', { Plan__c: plan, Amount__c: '10' })
    await add('Item__c', { Plan__c: plan, Amount__c: '-4' })
    await deploy(deployer, addTotal())
    const filtered = addTotal({
      summaryFilterItems: [{ field: 'Item__c.Amount__c', operation: 'greaterThan', value: '0' }],
    })
    await deploy(deployer, filtered)
    expect(await read(plan, 'Total__c')).toBe(10)
    await deploy(deployer, addTotal({ summarizedField: 'Item__c.Twice__c' }))
    expect(await read(plan, 'Total__c')).toBe(12)
    const twice = { type: 'CustomField', fullName: 'Item__c.Twice__c' } as const
    await deploy(deployer, { ...twice, patch: { formula: 'Amount__c * 3' } })
    expect(await read(plan, 'Total__c')).toBe(18)
    const relabelled = await planOf(
      deployer,
      addTotal({ summarizedField: 'Item__c.Twice__c', label: 'All' }),
    )
    expect(relabelled.steps.map((step) => step.class)).toEqual(['instant'])
    expect(await deployer.verify()).toEqual([])
  })

  test('a deploy that fails on the way is taken back, and can be repeated', async () => {
    const plan = await add('Plan__c', {})
    await add('Item__c', { Plan__c: plan, Amount__c: '10' })
    const planned = await deployer.plan([addTotal()], { id: '005000000000001AAA', name: 'Ada' })
    let isCut = false
    meanwhile = (name) => {
      if (isCut || name === 'deploy: batch written') {
        isCut = true
        throw new Error('cut')
      }
    }
    const consent = {
      consent: true,
      by: { id: '005000000000001AAA', name: 'Ada' },
      source: 'api',
    } as const
    await expect(deployer.apply(planned.id, consent)).rejects.toThrow('cut')
    meanwhile = undefined
    await deploy(deployer, addTotal())
    expect(await read(plan, 'Total__c')).toBe(10)
    expect(await deployer.verify()).toEqual([])
  })

  test('a deploy that was cut short goes on at the next start', async () => {
    const plan = await add('Plan__c', {})
    await add('Item__c', { Plan__c: plan, Amount__c: '10' })
    await deployer.close()
    let isGone = false
    const dying = await makeDeployer(
      mortal(database.storage, () => isGone),
      folder.path,
      {
        failpoint: (name) => {
          if (name !== 'deploy: batch written') return
          isGone = true
          throw new Error('gone')
        },
      },
    )
    await dying.boot()
    await expect(deploy(dying, addTotal())).rejects.toThrow('gone')
    await start()
    expect(await read(plan, 'Total__c')).toBe(10)
    await add('Item__c', { Plan__c: plan, Amount__c: '1' })
    expect(await read(plan, 'Total__c')).toBe(11)
    expect(await deployer.verify()).toEqual([])
  })

  test('a value that gives way to another one moves the summaries that ask for it, and those above', async () => {
    const count = (fullName: string, value: string) => ({
      type: 'CustomField',
      fullName: `Plan__c.${fullName}`,
      body: {
        ...{ label: fullName, type: 'Summary', summaryOperation: 'count' },
        summaryForeignKey: 'Item__c.Plan__c',
        summaryFilterItems: [{ field: 'Item__c.Status__c', operation: 'equals', value }],
      },
    })
    const lateBelow = {
      ...{ label: 'Late below', type: 'Summary', summaryOperation: 'sum' },
      ...{ summarizedField: 'Plan__c.Late__c', summaryForeignKey: 'Plan__c.Above__c' },
    }
    await deploy(
      deployer,
      { type: 'CustomField', fullName: 'Item__c.Status__c', body: status },
      count('Open__c', 'Open, Done'),
      count('Late__c', 'Late'),
      { type: 'CustomField', fullName: 'Plan__c.Late_Below__c', body: lateBelow },
    )
    const above = await add('Plan__c', {})
    const plan = await add('Plan__c', { Above__c: above })
    const other = await add('Plan__c', { Above__c: above })
    await add('Item__c', { Plan__c: plan, Status__c: 'Open' })
    await add('Item__c', { Plan__c: plan, Status__c: 'Late' })
    await add('Item__c', { Plan__c: other, Status__c: 'Done' })
    const all = async () => [
      ...[await read(plan, 'Open__c'), await read(plan, 'Late__c')],
      ...[await read(other, 'Open__c'), await read(above, 'Late_Below__c')],
    ]
    expect(await all()).toEqual([1, 1, 1, 1])
    const replaced = { type: 'CustomField', fullName: 'Item__c.Status__c', replaceValue: 'Open' }
    const entry = await deploy(deployer, { ...replaced, by: 'Late', remove: false })
    expect(await all()).toEqual([0, 2, 1, 2])
    expect(await findWrong(database.storage, deployer.store.current(), 10)).toEqual([])
    const request = { consent: true, by: author, source: 'api' } as const
    await deployer.revert(entry.number, { ...request, dryRun: false })
    expect(await all()).toEqual([1, 1, 1, 1])
    expect(await findWrong(database.storage, deployer.store.current(), 10)).toEqual([])
  })

  test('a wrong value is found, and repaired', async () => {
    const plan = await add('Plan__c', {})
    await add('Item__c', { Plan__c: plan, Amount__c: '10' })
    await deploy(deployer, addTotal())
    await database.storage.write(async (tx) => {
      await tx.run(sql`update ${identifier('Plan__c')} set ${identifier('Total__c')} = 0`)
    })
    const model = deployer.store.current()
    expect(await findWrong(database.storage, model, 10)).toMatchObject([
      { object: 'Plan__c', field: 'Total__c', id: plan },
    ])
    expect(await repairAll(database.storage, deployer.store)).toBe(1)
    expect(await findWrong(database.storage, model, 10)).toEqual([])
    expect(await read(plan, 'Total__c')).toBe(10)
  })
})
