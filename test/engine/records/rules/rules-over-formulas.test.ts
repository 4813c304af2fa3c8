/** Rules over formula fields see what the formulas will give after the save, on both databases. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databases, type OpenDatabase } from '../../../support/databases.ts'
import { openOrganisation, type Organisation } from '../../../support/organisation.ts'
import { deskOf, problemsOf, refusal } from '../records-support.ts'
import { patchedObjects } from './ruled-objects.ts'

const metadata = patchedObjects({
  Account: {
    fields: [
      {
        fullName: 'Doubled__c',
        label: 'Doubled',
        type: 'Currency',
        precision: 18,
        scale: 2,
        formula: 'Revenue * 2',
      },
      {
        fullName: 'Group_Doubled__c',
        label: 'Group doubled',
        type: 'Currency',
        precision: 18,
        scale: 2,
        formula: 'Parent.Doubled__c',
      },
    ],
    validationRules: [
      {
        fullName: 'Own',
        errorConditionFormula: 'Doubled__c > 100',
        errorMessage: 'Own',
        active: true,
      },
      {
        fullName: 'Of_parent',
        errorConditionFormula: 'Group_Doubled__c = 40',
        errorMessage: 'Parent',
        active: true,
      },
      {
        fullName: 'Moves',
        errorConditionFormula: 'AND(ISCHANGED(Doubled__c), PRIORVALUE(Doubled__c) = 60)',
        errorMessage: 'Moves',
        active: true,
      },
    ],
  },
})

describe.each(databases)('rules over formulas on $name', ({ open }) => {
  let database: OpenDatabase
  let org: Organisation
  const desk = deskOf(() => org)

  beforeAll(async () => {
    database = await open()
    org = await openOrganisation(database.storage, metadata)
  })
  afterAll(() => database.close())

  const messages = async (work: Promise<unknown>): Promise<readonly string[]> =>
    (await refusal(work)).problems.map((problem) => problem.message)

  it('the new values decide, not the stored ones', async () => {
    expect(await messages(desk.create('Account', { Name: 'A', Revenue: 51 }))).toEqual(['Own'])
    const id = await desk.create('Account', { Name: 'A', Revenue: 50 })
    expect(await messages(desk.update('Account', id, { Revenue: 51 }))).toEqual(['Own'])
  })

  it('formulas over parents are read in the writer', async () => {
    const parent = await desk.create('Account', { Name: 'P', Revenue: 20 })
    const values = { Name: 'C', ParentId: parent }
    expect(await messages(desk.create('Account', values))).toEqual(['Parent'])
    await desk.update('Account', parent, { Revenue: 21 })
    await desk.create('Account', values)
  })

  it('a formula changes with what it is made of', async () => {
    const id = await desk.create('Account', { Name: 'A', Revenue: 30 })
    expect(await messages(desk.update('Account', id, { Revenue: 31 }))).toEqual(['Moves'])
    await desk.update('Account', id, { Name: 'B' })
    expect(problemsOf(await refusal(desk.update('Account', id, { Revenue: 29 })))).toHaveLength(1)
  })
})
