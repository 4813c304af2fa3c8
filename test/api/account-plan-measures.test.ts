/** Measures of account plans: counted and summed by definitions that administrators write. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openApi, type Api, type Told } from '../support/api.ts'
import { databases } from '../support/databases.ts'

const data = '/services/data/v60.0'

describe.each(databases)('measures of account plans on $name', (database) => {
  let api: Api
  beforeAll(async () => {
    api = await openApi(database)
  })
  afterAll(() => api.close())

  const post = (path: string, body: object): Promise<Told> =>
    api.ask('POST', `${data}/${path}`, { as: 'admin', body })
  async function made(object: string, body: object): Promise<string> {
    const told = await post(`sobjects/${object}`, body)
    expect(told.text).toContain('"success":true')
    return String(told.json['id'])
  }

  it('are worked out from the records of the account, or from those that are listed', async () => {
    const account = await made('Account', { Name: 'Kastell' })
    const other = await made('Account', { Name: 'Other' })
    const deal = (Name: string, AccountId: string, Amount: number, StageName: string) =>
      made('Opportunity', { Name, AccountId, Amount, StageName, CloseDate: '2026-12-31' })
    const plant = await deal('Plant 100%', account, 700, 'Prospecting')
    await deal('Plant 1000', account, 50, 'Closed Won')
    await deal('Leasing', account, 300, 'Prospecting')
    await deal('Plant 100%', other, 9000, 'Prospecting')
    const plan = await made('AccountPlan', { Name: 'Plan', AccountId: account })
    const objective = await made('AccountPlanObjective', { Name: 'Grow', AccountPlanId: plan })
    let serial = 0
    const measure = async (definition: object, conditions: readonly (readonly string[])[]) => {
      serial += 1
      const id = await made('AccountPlanObjMeasCalcDef', {
        MasterLabel: `Calculation ${serial}`,
        DeveloperName: `Calculation_${serial}`,
        Status: 'Active',
        TargetObject: 'Opportunity',
        ...definition,
      })
      for (const [FieldName, Operation, Value] of conditions) {
        const condition = { FieldName, Operation, Value, AccountPlanObjMeasCalcDefId: id }
        await made('AccountPlanObjMeasCalcCond', condition)
      }
      return made('AccountPlanObjectiveMeasure', {
        Name: `Measure ${serial}`,
        AccountPlanObjectiveId: objective,
        ValueType: 'Number',
        TargetValue: 1000,
        AccountPlanObjMeasCalcDefId: id,
      })
    }
    const sum = { RollupType: 'Sum', TargetField: 'Amount' }
    await measure({ RollupType: 'Count' }, [])
    await measure(sum, [['StageName', 'NotEqual', 'Closed Won']])
    await measure(sum, [['IsClosed', 'Equals', 'true']])
    await measure({ RollupType: 'Max', TargetField: 'Amount' }, [
      ['CloseDate', 'LessThan', '2026-01-01'],
    ])
    await measure({ ...sum, Status: 'Draft' }, [])
    const listed = await measure(sum, [])
    await made('AccountPlanObjMeasRela', {
      AccountPlanObjectiveMeasureId: listed,
      ReferenceRecordId: plant,
    })
    const calculate = (id: string) =>
      post('actions/standard/calculateAccountPlanMeasures', { inputs: [{ accountPlanId: id }] })
    expect((await calculate(plan)).json[0]).toMatchObject({ outputValues: { measureCount: 5 } })
    const soql = encodeURIComponent(
      'SELECT CurrentValue, Progress FROM AccountPlanObjectiveMeasure ORDER BY Name',
    )
    const { json } = await api.ask('GET', `${data}/query?q=${soql}`, { as: 'admin' })
    expect([...(json['records'] ?? [])].map((row) => row['CurrentValue'])).toEqual([
      3,
      1000,
      50,
      null,
      null,
      700,
    ])
    expect(json['records']?.[1]).toMatchObject({ Progress: 100 })
    await measure({ RollupType: 'Count' }, [['CloseDate', 'Equals', "2026' OR Id != null"]])
    const hostile = await calculate(plan)
    expect(hostile.status).toBe(400)
    expect(hostile.text).toContain('Calculation 7')
    expect((await calculate(account)).status).toBe(400)
  })

  it('tell nobody of a field that he may not read', async () => {
    const rights = (object: string) => ({
      ...{ object, allowRead: true, allowCreate: false, allowEdit: false, allowDelete: false },
      ...{ viewAllRecords: true, modifyAllRecords: false },
    })
    const set = {
      fullName: 'PlanReader',
      label: 'Plan reader',
      objectPermissions: ['AccountPlan', 'Account', 'Opportunity'].map(rights),
      fieldPermissions: ['AccountPlan.AccountId', 'Opportunity.AccountId'].map((field) => {
        return { field, readable: true, editable: false }
      }),
    }
    const own = '/services/fieldstone/v1/metadata/PermissionSet/PlanReader'
    const declared = await api.ask('PUT', own, { as: 'admin', body: set })
    expect(declared.status, declared.text).toBeLessThan(300)
    const found = encodeURIComponent("SELECT Id FROM PermissionSet WHERE Name = 'PlanReader'")
    const { json } = await api.ask('GET', `${data}/query?q=${found}`, { as: 'admin' })
    const PermissionSetId = json['records']?.[0]?.['Id']
    await made('PermissionSetAssignment', { AssigneeId: api.repId, PermissionSetId })

    const AccountId = await made('Account', { Name: 'Secret' })
    const deal = { Name: 'Secret', AccountId, Amount: 4711, StageName: 'Prospecting' }
    await made('Opportunity', { ...deal, CloseDate: '2026-12-31' })
    const AccountPlanId = await made('AccountPlan', { Name: 'Secret', AccountId })
    const AccountPlanObjectiveId = await made('AccountPlanObjective', { Name: 'S', AccountPlanId })
    const calculation = await made('AccountPlanObjMeasCalcDef', {
      ...{ MasterLabel: 'Secret', DeveloperName: 'Secret', Status: 'Active' },
      ...{ TargetObject: 'Opportunity', RollupType: 'Sum', TargetField: 'Amount' },
    })
    const measure = await made('AccountPlanObjectiveMeasure', {
      ...{ Name: 'Secret', AccountPlanObjectiveId, ValueType: 'Number', TargetValue: 1 },
      AccountPlanObjMeasCalcDefId: calculation,
    })
    const asked = await api.ask('POST', `${data}/actions/standard/calculateAccountPlanMeasures`, {
      as: 'rep',
      body: { inputs: [{ accountPlanId: AccountPlanId }] },
    })
    expect(asked.text).toContain('Opportunity has no field Amount')
    const path = `${data}/sobjects/AccountPlanObjectiveMeasure/${measure}`
    const kept = await api.ask('GET', path, { as: 'admin' })
    expect(kept.json['CurrentValue']).toBeNull()
  })
})
