/** A server that is killed amid the work of a night in collections goes on where it stood: broken once, scored once, none left out. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import { startKillable, type KillableServer } from '../support/killable-server.ts'
import { createRandom, pause, rounds } from '../support/random.ts'
import { serverKinds } from '../support/server-kinds.ts'

const own = '/services/fieldstone/v1'
const plans = 600
const promises = 300
const kills = rounds(2)
const patience = { timeout: 300_000, interval: 100 }

interface Rule {
  readonly ruleEntry: readonly object[]
}

/** Does a second time what is broken a second time. */
const tellOfBroken = {
  label: 'Tell of broken instalments',
  status: 'Active',
  start: {
    object: 'PaymentScheduleItem',
    triggerType: 'RecordAfterSave',
    recordTriggerType: 'Update',
    filterLogic: 'and',
    filters: [{ field: 'Status', operator: 'EqualTo', value: { stringValue: 'Failed' } }],
    connector: { targetReference: 'Make' },
  },
  recordCreates: [
    {
      name: 'Make',
      object: 'Task',
      inputAssignments: [
        {
          field: 'WhatId',
          value: { elementReference: '$Record.PaymentSchedule.ReferenceEntityId' },
        },
        { field: 'Subject', value: { stringValue: 'Broken' } },
      ],
    },
  ],
}

let server: KillableServer | undefined
afterEach(() => server?.remove())

describe('a night of collections', () => {
  it(
    'kill -9 in the middle of it breaks and scores nothing twice and forgets nothing',
    { timeout: 600_000 },
    async () => {
      const random = createRandom()
      const killable = await startKillable(serverKinds[0])
      server = killable
      const { ask, query } = killable
      const debts = Array.from({ length: plans }, () => ({ CurrentDueAmount: 100 }))
      const debtors = await killable.createMany('CollectionPlan', debts)
      const promised = debtors.slice(0, promises).map((ReferenceEntityId) => ({
        ReferenceEntityId,
        Type: 'PromiseToPay',
        Status: 'Open',
        TotalRequestedAmount: 100,
      }))
      const schedules = await killable.createMany('PaymentSchedule', promised)
      const instalments = schedules.map((PaymentScheduleId) => ({
        PaymentScheduleId,
        RequestedAmount: 100,
        TargetPaymentProcessingDate: '2026-01-02',
        Status: 'Ready for Processing',
      }))
      await killable.createMany('PaymentScheduleItem', instalments)
      await ask('PUT', `${own}/metadata/Flow/Tell_Of_Broken`, {
        fullName: 'Tell_Of_Broken',
        ...tellOfBroken,
      })
      const path = `${own}/metadata/ScoringRules/CollectionPlan`
      const rules = await ask<{ readonly scoringRule: readonly Rule[] }>('GET', path)
      const scoringRule = rules.scoringRule.map((rule) => ({
        ...rule,
        ruleEntry: [...rule.ruleEntry, { label: 'Everybody', score: 1_000 }],
      }))
      // From these answers on the jobs may begin at any moment; wherever they stand, they are cut off.
      const night = 'Flow Collections_Instalments_Overdue'
      await ask('POST', `${own}/scheduled-jobs/${encodeURIComponent(night)}/run`)
      await ask('PUT', path, { ...rules, scoringRule })
      for (let round = 0; round < kills; round += 1) {
        await pause(random.below(300))
        await killable.kill()
      }
      const wanted = new Map([
        [night, `${promises} records`],
        ['Score CollectionPlan.Urgency', `${plans} records, `],
      ])
      await vi.waitFor(async () => {
        type Job = { readonly name: string; readonly lastOutcome: string | null }
        const jobs = await ask<readonly Job[]>('GET', `${own}/scheduled-jobs`)
        for (const [name, outcome] of wanted)
          expect(jobs.find((job) => job.name === name)?.lastOutcome).toMatch(
            new RegExp(`^${outcome}`),
          )
      }, patience)
      const scored = async (score: number): Promise<number | undefined> => {
        const soql = `SELECT COUNT(Id) n FROM CollectionPlan WHERE PriorityScore = ${score}`
        return (await query<{ readonly n: number }>(soql))[0]?.n
      }
      // Fifty more for a broken instalment.
      expect([await scored(1_000), await scored(1_050)], `seed ${random.seed}`).toEqual([
        plans - promises,
        promises,
      ])
      const told = "SELECT COUNT(Id) n, COUNT_DISTINCT(WhatId) d FROM Task WHERE Subject = 'Broken'"
      expect(await query(told)).toMatchObject([{ n: promises, d: promises }])
    },
  )
})
