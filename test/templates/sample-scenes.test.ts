/** The sample organisation shows the seven scenes that the model is made for, and each of them holds together. */
import { expect, test } from 'vitest'
import { readTemplate, recordsOf, type TemplateRecord } from './template-files.ts'

const template = readTemplate('financial-services')
const all = template.files.flatMap((file) => recordsOf(template, file))

function of(type: string): readonly TemplateRecord[] {
  return all.filter((record) => record.attributes.type === type)
}

function named(referenceId: string): TemplateRecord {
  const found = all.find((record) => record.attributes.referenceId === referenceId)
  if (found === undefined) throw new Error(`no record ${referenceId}`)
  return found
}

/** Records of a type that point at this one by the given field. */
function childrenOf(type: string, field: string, parent: string): readonly TemplateRecord[] {
  return of(type).filter((record) => record[field] === `@${parent}`)
}

function sum(records: readonly TemplateRecord[], field: string): number {
  return Math.round(records.reduce((total, record) => total + Number(record[field] ?? 0), 0) * 100)
}

function daysOf(value: unknown): number {
  return (value as { readonly $days: number }).$days
}

test('notes of an account review hang on meeting, opportunity and objective; one colleague reads them', () => {
  const notes = named('SummaryKastell')
  expect(notes['InteractionId']).toBe('@MeetingKastell')
  expect(named(String(notes['RelatedRecordId']).slice(1)).attributes.type).toBe('Opportunity')
  expect(named(String(notes['AccountPlanObjectiveId']).slice(1)).attributes.type).toBe(
    'AccountPlanObjective',
  )
  expect(childrenOf('Task', 'WhatId', 'SummaryKastell').length).toBeGreaterThanOrEqual(2)
  expect(childrenOf('InteractionSummaryParticipant', 'InteractionSummaryId', 'SummaryKastell')).toHaveLength(1)
  const sides = childrenOf('InteractionAttendee', 'InteractionId', 'MeetingKastell').map(
    (attendee) => attendee['AttendeeType'],
  )
  expect(new Set(sides)).toEqual(new Set(['Internal', 'External']))
})

test('an action plan runs from the published version of its template, line by line', () => {
  const versions = childrenOf('ActionPlanTemplateVersion', 'ActionPlanTemplateId', 'TemplateReview')
  expect(versions.map((version) => version['Status'])).toEqual(['Obsolete', 'Final'])
  for (const plan of of('ActionPlan')) {
    const version = named(String(plan['ActionPlanTemplateVersionId']).slice(1))
    expect(version['Status']).toBe('Final')
    const items = childrenOf('ActionPlanTemplateItem', 'ActionPlanTemplateVersionId', version.attributes.referenceId)
    const lines = childrenOf('ActionPlanItem', 'ActionPlanId', plan.attributes.referenceId)
    expect(lines.map((line) => line['ActionPlanTemplateItemId'])).toEqual(
      items.map((item) => `@${item.attributes.referenceId}`),
    )
    for (const line of lines.filter((each) => each['ItemId'] !== undefined)) {
      expect(named(String(line['ItemId']).slice(1)).attributes.type).toBe(line['ItemEntityType'])
    }
  }
})

test('the plan for a new production site has objectives, and measures that say how far each is', () => {
  const objectives = childrenOf('AccountPlanObjective', 'AccountPlanId', 'PlanKastell')
  expect(objectives.length).toBeGreaterThanOrEqual(3)
  for (const objective of objectives) {
    const measures = childrenOf('AccountPlanObjectiveMeasure', 'AccountPlanObjectiveId', objective.attributes.referenceId)
    expect(measures.length).toBeGreaterThan(0)
    for (const measure of measures) {
      expect(String(measure['TargetValue'])).toMatch(/^\d+$/)
      expect(String(measure['CurrentValue'])).toMatch(/^\d+$/)
    }
  }
})

test('a complaint about accessibility has a complainant and a representative with proof of authority', () => {
  const complaint = named('ComplaintAccessibility')
  expect(complaint['ComplaintType']).toBe('Accessibility Issues')
  const people = of('CaseParticipant').filter((each) => each['CaseId'] === complaint['ComplaintCaseId'])
  expect(people.map((each) => each['Role'])).toEqual(['Complainant', 'Complainant Representative'])
  expect(people[1]?.['AuthorizationProof']).toBeDefined()
  expect(people.every((each) => each['PreferredCommunicationMode'] !== undefined)).toBe(true)
})

test('a dispute of two card payments adds up from its items and their bookings', () => {
  const items = childrenOf('DisputeItem', 'DisputeId', 'DisputeWhitfield')
  expect(items).toHaveLength(2)
  for (const dispute of of('Dispute')) {
    const own = childrenOf('DisputeItem', 'DisputeId', dispute.attributes.referenceId)
    expect(sum(own, 'DisputedAmount')).toBe(sum([dispute], 'DisputedAmount'))
  }
  for (const item of of('DisputeItem')) {
    const booking = named(String(item['FinancialAccountTransactionId']).slice(1))
    expect([booking['Amount'], booking['TransactionIdentifier']]).toEqual([
      item['TransactionAmount'],
      item['TransactionIdentifier'],
    ])
    expect(daysOf(booking['TransactionDate'])).toBe(daysOf(item['TransactionDate']))
  }
})

test('a lost card is reported through a service process, and every required question is answered', () => {
  const request = named('RequestLostCard')
  const process = String(request['SvcCatalogItemDefinitionId']).slice(1)
  const asked = childrenOf('SvcCatalogItemAttribute', 'SvcCatalogItemDefId', process)
  const answered = childrenOf('SvcCatalogReqExtdAttrVal', 'SvcCatalogRequestId', 'RequestLostCard').map(
    (answer) => answer['SvcCatalogItemAttributeId'],
  )
  const required = asked.filter((attribute) => attribute['IsRequired'] === true)
  expect(required.length).toBeGreaterThan(0)
  for (const { attributes } of required) expect(answered).toContain(`@${attributes.referenceId}`)
  expect(named(String(request['ReferenceObjectId']).slice(1))['Status']).toBe('Lost')
})

test('promises to pay are open, broken and kept, and no instalments exceed what was promised', () => {
  const schedules = of('PaymentSchedule')
  expect(new Set(schedules.map((each) => each['Status']))).toEqual(
    new Set(['Accepted', 'Open', 'Completed']),
  )
  for (const schedule of schedules) {
    const items = childrenOf('PaymentScheduleItem', 'PaymentScheduleId', schedule.attributes.referenceId)
    expect(sum(items, 'RequestedAmount')).toBeLessThanOrEqual(sum([schedule], 'TotalRequestedAmount'))
  }
  expect(of('PaymentScheduleItem').some((item) => item['Status'] === 'Failed')).toBe(true)
})

test('the work list holds the plans that meet its description, and no others', () => {
  const members = childrenOf('ActionableListMember', 'ActionableListId', 'ListHighPriority')
  const meant = of('CollectionPlan').filter(
    (plan) =>
      plan['IsClosed'] === false &&
      Number(plan['CurrentDueAmount']) >= 5000 &&
      Number(plan['DaysPastDue']) > 30,
  )
  expect(members.map((member) => member['ReferenceRecordId']).toSorted()).toEqual(
    meant.map((plan) => `@${plan.attributes.referenceId}`).toSorted(),
  )
})
