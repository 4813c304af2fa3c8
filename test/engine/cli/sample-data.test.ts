/** Sample records: all of them or none, also when a load was cut short. */
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ensureSampleData } from '../../../engine/cli/sample-data.ts'
import { systemCaller } from '../../../engine/auth/system-caller.ts'
import type { Records } from '../../../engine/records/records.ts'
import { openApi, type Api } from '../../support/api.ts'
import { databases } from '../../support/databases.ts'

const templatesFolder = fileURLToPath(new URL('../../../templates', import.meta.url))

describe.each(databases)('sample records on $name', (database) => {
  let api: Api
  beforeAll(async () => {
    api = await openApi(database)
  })
  afterAll(() => api.close())

  const load = async (records: Records, isNew: boolean): Promise<void> => {
    const { engine, clock, tokens } = api
    const user = await engine.auth.user({ kind: 'token', secret: tokens.admin })
    const model = engine.deployer.store.current()
    const caller = { ...systemCaller(model), userId: user.id, userName: user.name }
    await ensureSampleData({
      storage: engine.storage,
      target: { records, model, caller, clock: { now: () => clock.now } },
      templatesFolder,
      template: 'financial-services',
      isNew,
    })
  }
  const count = async (object: string): Promise<number> => {
    const soql = encodeURIComponent(`SELECT COUNT() FROM ${object}`)
    const { json } = await api.ask('GET', `/services/data/v67.0/queryAll?q=${soql}`, {
      as: 'admin',
    })
    return Number(json['totalSize'])
  }

  it('are not loaded into a database that was there before', async () => {
    await load(api.engine.records, false)
    expect(await count('CollectionPlan')).toBe(0)
  })

  it('that were loaded half are taken away and loaded anew, once', async () => {
    const breaking: Records = {
      ...api.engine.records,
      createMany: (caller, object, ...rest) => {
        if (object === 'CollectionPlan') throw new Error('the power failed')
        return api.engine.records.createMany(caller, object, ...rest)
      },
    }
    // The users of the template are the only ones it may take away again.
    await api.ask('DELETE', `/services/data/v67.0/sobjects/User/${api.repId}`, { as: 'admin' })
    await expect(load(breaking, true)).rejects.toThrow('the power failed')
    expect(await count('Account')).toBe(63)

    await load(api.engine.records, false)
    expect(await count('Account')).toBe(63)
    expect(await count('CollectionPlan')).toBe(35)
    expect(await count('PermissionSetAssignment')).toBeGreaterThan(0)
    await load(api.engine.records, false)
    expect(await count('CollectionPlan')).toBe(35)
  })

  it('have an author, owners and days around the day of installation', async () => {
    const soql = encodeURIComponent(
      "SELECT CreatedBy.Name, Owner.Name, FinancialAccount.Name, DueDate FROM CollectionPlan WHERE Account.Name = 'Delgado Household'",
    )
    const { json } = await api.ask('GET', `/services/data/v67.0/query?q=${soql}`, { as: 'admin' })
    expect(json['records']).toMatchObject([
      {
        CreatedBy: { Name: 'Fieldstone Administrator' },
        Owner: { Name: 'Tomás Rivera' },
        FinancialAccount: { Name: 'Everyday Card Delgado' },
      },
    ])
    const due = Date.parse(String(json['records']?.[0]?.['DueDate']))
    expect(Math.round((api.clock.now - due) / 86_400_000)).toBeGreaterThanOrEqual(35)
  })
})
