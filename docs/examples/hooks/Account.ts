/** Accounts: secure web addresses, no negative revenue, a first task for big customers, none deleted that are active. */
import type { Hooks } from './types.js'

const bigRevenue = 1_000_000

export default {
  beforeInsert({ records }) {
    for (const record of records) {
      const { values } = record
      values.Website = values.Website?.replace(/^http:/, 'https:') ?? null
      if ((values.AnnualRevenue ?? 0) < 0) {
        record.addError('AnnualRevenue', 'A revenue cannot be negative.')
      }
    }
  },

  async afterInsert({ records, system, caller }) {
    const big = records.filter(({ values }) => (values.AnnualRevenue ?? 0) >= bigRevenue)
    if (big.length === 0) return
    const tasks = big.map(({ id = null, values }) => ({
      Subject: `Welcome ${values.Name}`,
      WhatId: id,
      OwnerId: values.OwnerId ?? caller.userId,
    }))
    await system.create('Task', tasks)
  },

  beforeUpdate({ records, caller }) {
    for (const record of records) {
      if (!record.isChanged('Rating') || record.values.Rating !== 'Hot') continue
      record.values.Description = `Hot since a word of ${caller.userName}; was ${record.old?.Rating}`
    }
  },

  async beforeDelete({ records, system }) {
    const ids = records.map(({ id }) => id)
    const plans = await system.query<{ AccountId: string }>(
      "SELECT AccountId FROM CollectionPlan WHERE AccountId IN :ids AND Status != 'Completed'",
      { ids },
    )
    const busy = new Set(plans.map(({ AccountId }) => AccountId))
    for (const record of records) {
      if (busy.has(record.id ?? '')) record.addError('A collection plan of this account is open.')
    }
  },
} satisfies Hooks<'Account'>
