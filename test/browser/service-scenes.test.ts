/** The days of people in service and collections, each in three languages: see docs/tour.md. */
import { describe } from 'vitest'
import { playApproval } from './scenes/approval.ts'
import { playCollections } from './scenes/collections.ts'
import { playComplaint } from './scenes/complaint.ts'
import { playDispute } from './scenes/dispute.ts'
import { playStudio } from './scenes/studio.ts'
import { useDesk } from './support/desk.ts'

describe('service', { timeout: 300_000 }, () => {
  const desk = useDesk()
  playComplaint(desk)
  playDispute(desk)
  playApproval(desk)
  playStudio(desk)
  playCollections(desk)
})
