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
})
