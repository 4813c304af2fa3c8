/** The browser and the server give one answer: generated records against rules over every kind of field. */
import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createIdSource } from '../../../engine/base/record-id.ts'
import { Refusal } from '../../../engine/base/refusal.ts'
import { createRecords } from '../../../engine/records/create-records.ts'
import {
  editForm,
  newForm,
  saveBody,
  setValue,
  type FormState,
} from '../../../ui/base/form-state.ts'
import type { FormFacts, ObjectInfo, Value, WireRecord } from '../../../ui/base/wire.ts'
import { failingRules } from '../../../ui/rules/failing-rules.ts'
import { databases, type OpenDatabase } from '../../support/databases.ts'
import { body, openOrganisation, type Organisation } from '../../support/organisation.ts'
import { modelOf } from '../../support/model.ts'
import { testMetadata } from '../../support/test-objects.ts'
import { testServices } from '../../contract/field-services.ts'
import { ruled } from '../../engine/records/rules/ruled-objects.ts'

const formulas = [
  'Revenue > 100',
  'ROUND(Revenue * 3, 1) = 10.5',
  'ISBLANK(Revenue)',
  "AND(ISPICKVAL(Segment, 'Corporate'), Revenue < 50)",
  "INCLUDES(Channels, 'Mail')",
  'Founded > TODAY()',
  'YEAR(Founded) = 2024',
  'ReviewedAt > NOW()',
  'DATEVALUE(ReviewedAt) = Founded',
  'AND(IsActive, LEN(Name) > 4)',
  "REGEX(Name, '[A-Z]{2}[a-z ]*')",
  'ISCHANGED(Revenue)',
  'ISCHANGED(Channels)',
  'PRIORVALUE(Revenue) > Revenue',
  "CONTAINS(Name, 'x')",
  'ISNEW()',
  "$User.Name = 'Ada Admin'",
  'CreatedDate < NOW()',
  'MOD(CreditScore, 7) = 1',
  'CreditScore / Revenue > 2',
  'ISBLANK(Website)',
]

const metadata = ruled({
  Account: formulas.map((errorConditionFormula, index) => ({
    fullName: `Rule_${String(index).padStart(2, '0')}`,
    errorConditionFormula,
  })),
})

const day = fc
  .date({ min: new Date('2023-12-30'), max: new Date('2026-12-30'), noInvalidDate: true })
  .map((date) => date.toISOString())

const account: fc.Arbitrary<Readonly<Record<string, Value>>> = fc.record(
  {
    Name: fc.stringMatching(/^[a-zA-Z ]{1,8}x?$/).filter((text) => text.trim() !== ''),
    Revenue: fc.oneof(
      fc.constantFrom<Value>(null, 3.5, '3.495', '100.005', -1),
      fc.integer({ min: -200, max: 200 }),
    ),
    Segment: fc.constantFrom<Value>('Retail', 'Corporate', null),
    Channels: fc.constantFrom<Value>(null, 'Phone', 'Mail;Phone', 'Phone;Mail', 'Branch'),
    Founded: fc.option(day.map((text) => text.slice(0, 10))),
    ReviewedAt: fc.option(day),
    IsActive: fc.boolean(),
    CreditScore: fc.option(fc.integer({ min: 0, max: 900 })),
    Website: fc.constantFrom<Value>(null, 'https://a.example'),
  },
  { requiredKeys: ['Name'] },
)

describe('rules in the browser', () => {
  let database: OpenDatabase
  let org: Organisation
  let facts: FormFacts
  let info: ObjectInfo

  beforeAll(async () => {
    database = await databases[0].open()
    org = await openOrganisation(database.storage, metadata)
    facts = JSON.parse(await org.records.formFacts(org.admin, 'Account')) as FormFacts
    info = JSON.parse(org.records.describe(org.admin, 'Account')) as ObjectInfo
  })
  afterAll(() => database.close())

  const inBrowser = (form: FormState): readonly string[] =>
    failingRules(facts, { form, describe: info, now: facts.now })
      .map((one) => one.message)
      .sort()

  /** Messages of the refused save; none when it was accepted. */
  const onServer = async (save: Promise<unknown>): Promise<readonly string[]> => {
    const refused: unknown = await save.then(
      () => undefined,
      (error: unknown) => error,
    )
    if (refused === undefined) return []
    if (!(refused instanceof Refusal)) throw refused
    return refused.problems.map((problem) => problem.message).sort()
  }

  const filled = (form: FormState, values: Readonly<Record<string, Value>>): FormState =>
    Object.entries(values).reduce(
      (state, [field, value]) => setValue(state, { field, value }),
      form,
    )

  it('every rule over visible fields is sent', () => {
    expect(facts.rules).toHaveLength(formulas.length)
  })

  it('new records: the same rules fail here and there', async () => {
    await fc.assert(
      fc.asyncProperty(account, async (values) => {
        const form = filled(newForm(info, new Map(), { userId: org.admin.userId }), values)
        const sent = new Map(
          [...form.values].filter(([name]) =>
            info.fields.some((one) => one.name === name && one.createable),
          ),
        )
        const told = await onServer(org.records.create(org.admin, 'Account', sent))
        expect(inBrowser(form)).toEqual(told)
      }),
      { numRuns: 150 },
    )
  })

  it('changes: the same rules fail here and there', async () => {
    // Stored under a model without rules, so that there is something to be refused.
    const plain = modelOf(testMetadata)
    const seeds = await createRecords({
      storage: database.storage,
      models: { current: () => plain },
      clock: { now: () => org.clock.now },
      ids: createIdSource({ now: () => Date.now() }, (count) => randomBytes(count)),
      services: testServices,
      reportError: (error) => {
        throw error
      },
    })
    await fc.assert(
      fc.asyncProperty(account, account, async (before, after) => {
        const { id } = await seeds.create(org.admin, 'Account', body(before))
        const { text } = await org.records.retrieve(org.admin, 'Account', id)
        const form = filled(editForm(info, JSON.parse(text) as WireRecord), after)
        const { attributes: _base, ...sent } = saveBody(form, info)
        const told = await onServer(org.records.update(org.admin, 'Account', id, body(sent)))
        expect(inBrowser(form)).toEqual(told)
      }),
      { numRuns: 150 },
    )
  })

  it('a rule whose names are not understood here is left to the server', () => {
    const rules = [{ name: 'R', message: 'm', field: null, formula: 'Nothing = 1', mentions: [] }]
    const form = newForm(info, new Map())
    expect(failingRules({ ...facts, rules }, { form, describe: info, now: 0 })).toEqual([])
  })
})
