/** The days of an adviser, each in three languages: see docs/tour.md. */
import { describe } from 'vitest'
import { playAccountPlan } from './scenes/account-plan.ts'
import { playActionPlan } from './scenes/action-plan.ts'
import { playInteractionSummary } from './scenes/interaction-summary.ts'
import { useDesk } from './support/desk.ts'

describe('an adviser', { timeout: 300_000 }, () => {
  const desk = useDesk()
  playInteractionSummary(desk)
  playActionPlan(desk)
  playAccountPlan(desk)
})
