/** The plan of a validation rule tells how many stored records would not pass it, on both databases. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Deployer } from '../../../engine/deploy/deployer.ts'
import type { PlanStep } from '../../../engine/deploy/plan.ts'
import { databases, type OpenDatabase } from '../../support/databases.ts'
import { insertRecord, makeDeployer, makeFolder, planOf, type Folder } from './fixture.ts'

describe.each(databases)('plans of rules on $name', ({ open }) => {
  let database: OpenDatabase
  let folder: Folder
  let deployer: Deployer

  beforeAll(async () => {
    database = await open()
    folder = makeFolder()
    deployer = await makeDeployer(database.storage, folder.path)
    await deployer.boot()
    const names = ['Ann', 'Bob', 'bob', 'Cleo', 'Dora']
    for (const Name of names) await insertRecord(deployer, database.storage, 'Account', { Name })
  })
  afterAll(async () => {
    await deployer.close()
    await database.close()
    folder.delete()
  })

  const noteOf = async (
    errorConditionFormula: string,
    active = true,
  ): Promise<PlanStep | undefined> => {
    const plan = await planOf(deployer, {
      type: 'ValidationRule',
      fullName: 'Account.Named',
      body: { errorConditionFormula, errorMessage: 'No', active },
    })
    expect(plan.problems).toEqual([])
    return plan.steps.find((step) => step.description.includes('fail the rule'))
  }

  it('the database counts where it can', async () => {
    expect(await noteOf("BEGINS(Name, 'B')")).toMatchObject({
      description:
        '1 of 5 records fail the rule Named; they stay as they are until they are saved.',
      object: 'Account',
      affected: 1,
      total: 5,
      examples: [expect.stringMatching(/^001/)],
      needsConsent: false,
    })
    expect(await noteOf('ISBLANK(CreatedBy.Name)')).toMatchObject({ affected: 5 })
  })

  it('records are looked at where it cannot', async () => {
    expect(await noteOf("REGEX(Name, '[Bb]ob')")).toMatchObject({ affected: 2, total: 5 })
    expect(await noteOf("UPPER(Name) = 'BOB'")).toMatchObject({ affected: 2 })
  })

  it('a stored record is neither new nor changed', async () => {
    expect(await noteOf('ISNEW()')).toMatchObject({ affected: 0 })
    expect(await noteOf('ISCHANGED(Name)')).toMatchObject({ affected: 0 })
    expect(await noteOf("PRIORVALUE(Name) = 'Ann'")).toMatchObject({ affected: 1 })
  })

  it('nothing is said of a rule that is off', async () => {
    expect(await noteOf("BEGINS(Name, 'B')", false)).toBeUndefined()
  })

  it('of a rule that depends on who saves it is said that nothing was counted', async () => {
    const note = await noteOf('$User.Id <> CreatedById')
    expect(note?.description).toBe(
      'How many records would fail the rule Named is not counted: it asks who saves a record, looks other records up, or needs fields that are not there yet.',
    )
    expect([note?.affected, note?.needsConsent]).toEqual([undefined, false])
  })
})
