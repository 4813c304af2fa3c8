/**
 * An adviser notes a review meeting from the client's page, publishes the notes and lets one colleague in; that colleague finds
 * them in the client's timeline, and the head of the branch does not.
 */
import { expect } from 'vitest'
import type { Page } from '../support/browser.ts'
import type { Desk } from '../support/desk.ts'
import { playScene, type Person, type Scene } from '../support/scene.ts'
import { begins } from '../support/scene-words.ts'

const client = "Name = 'Kastell Maschinenbau AG'"
const opportunity = 'Kastell: payments for the new plant'
const objective = 'Win the payments of the new plant'

export function playInteractionSummary(desk: Desk): void {
  const objects = ['Interaction', 'InteractionSummary']
  playScene('a meeting is noted, published and shared', { desk, objects }, async (scene) => {
    const banker = await scene.person('ingrid.falk@example.com')
    const colleague = await scene.person('anke.brandt@example.com')
    await scene.hand('Opportunity', `Name = '${opportunity}'`, banker)
    await scene.hand('AccountPlan', "Name LIKE 'Kastell%'", banker)
    const heading = scene.own('Payments workshop')
    await noteMeeting(scene, banker, { heading, colleague })
    const summary = await kept(scene, { heading, banker, colleague })
    expect(await timelineOf(scene, colleague, heading)).toBe(0)
    await publish(scene, banker, { heading, summary, colleague })
    expect(await timelineOf(scene, colleague, heading)).toBe(1)
    await scene.picture(colleague.page, 'interaction-summary-timeline')
    if (!scene.isWhole) return
    const outsider = await scene.person('dieter.vogel@example.com')
    expect(await timelineOf(scene, outsider, heading)).toBe(0)
  })
}

interface Told {
  readonly heading: string
  readonly colleague: Person
}

async function noteMeeting(scene: Scene, { page }: Person, told: Told): Promise<void> {
  const { say } = scene
  const process = scene.process('Meeting_Notes')
  await page.goto(await scene.addressOf('RelationshipManagement', 'Account', client))
  await page.getByRole('button', { name: say('More actions') }).click()
  await page.getByRole('menuitem', { name: process.label }).click()
  await whatWasSaid(scene, page, told)
  await next(scene, page, 'Meeting')
  await theMeeting(scene, page, told)
  await next(scene, page, 'NextSteps')
  await nextSteps(scene, page, told)
  await next(scene, page, 'Access')
  await page.getByRole('button', { name: say('Next'), exact: true }).click()
  await page.getByRole('heading', { level: 2, name: say('Review') }).waitFor()
  await page.getByRole('button', { name: say('Submit') }).click()
  await page.getByRole('heading', { name: say('Submitted') }).waitFor()
  await page.getByText(process.closing).waitFor()
}

async function next({ say, ...scene }: Scene, page: Page, step: string): Promise<void> {
  await page.getByRole('button', { name: say('Next'), exact: true }).click()
  const name = scene.process('Meeting_Notes').step(step)
  await page.getByRole('heading', { level: 2, name }).waitFor()
}

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: begins(label) }).click()
  await page.getByRole('option', { name: option }).click()
}

async function whatWasSaid(scene: Scene, page: Page, { heading }: Told): Promise<void> {
  const { question, step } = scene.process('Meeting_Notes')
  await page.getByRole('heading', { level: 2, name: step('Notes') }).waitFor()
  await page.getByLabel(begins(question('Heading'))).fill(heading)
  const purpose = scene.value('InteractionSummary.InteractionPurpose', 'Account Review')
  await choose(page, question('InteractionPurpose'), purpose)
  const notes = page.getByRole('textbox', { name: question('MeetingNotes') })
  await notes.click()
  await page.getByRole('button', { name: scene.say('Bold') }).click()
  await page.keyboard.type('Twelve suppliers')
  await page.getByRole('button', { name: scene.say('Bold') }).click()
  await page.keyboard.type(' in four currencies. Cut-off times matter more than fees.')
  await scene.picture(page, 'interaction-summary-notes')
}

async function theMeeting(scene: Scene, page: Page, { colleague }: Told): Promise<void> {
  const { question, entry, group } = scene.process('Meeting_Notes')
  await page.getByLabel(begins(question('Location'))).fill('Kastell, meeting room 2')
  await moment(page, 0, [scene.typedDay('2026-11-18'), '9:00'])
  await moment(page, 1, [scene.typedDay('2026-11-18'), '10:30'])
  await choose(page, question('OpportunityId'), opportunity)
  await choose(page, question('AccountPlanObjectiveId'), objective)
  for (const [name, person] of [
    ['Guests', 'Emre Kowalski'],
    ['Colleagues', colleague.name],
  ] as const) {
    const label = scene.say('Add {entry}', { entry: entry(name) })
    await page.getByRole('button', { name: label }).click()
    const number = { entry: entry(name), number: 1 }
    const added = page.getByRole('region', { name: scene.say('{entry} {number}', number) })
    await lookUp(page, added.getByRole('combobox', { name: begins(question('UserId')) }), person)
  }
  await page.getByRole('heading', { name: group('Colleagues') }).waitFor()
  await scene.look(page)
  await scene.picture(page, 'interaction-summary-meeting')
}

async function moment(page: Page, at: number, typed: readonly [string, string]): Promise<void> {
  const inputs = page.locator('fs-date-time-editor').nth(at).locator('input')
  for (const [index, text] of typed.entries()) {
    await inputs.nth(index).fill(text)
    await page.keyboard.press('Tab')
  }
}

type Box = ReturnType<Page['getByRole']>

async function lookUp(page: Page, box: Box, name: string): Promise<void> {
  await box.fill(name.slice(0, 8))
  await page.getByRole('option', { name }).first().click()
}

async function nextSteps(scene: Scene, page: Page, { colleague }: Told): Promise<void> {
  const { question, entry } = scene.process('Meeting_Notes')
  await page.getByLabel(begins(question('NextSteps'))).fill('An example file, then a workshop.')
  const label = scene.say('Add {entry}', { entry: entry('Steps') })
  await page.getByRole('button', { name: label }).click()
  await page.getByLabel(begins(question('StepSubject'))).fill('Send an example of a payment file')
  await page.getByLabel(begins(question('StepDate'))).fill(scene.typedDay('2027-03-12'))
  await page.keyboard.press('Tab')
  const takes = page.getByRole('combobox', { name: begins(question('StepOwnerId')) })
  await lookUp(page, takes, colleague.name)
  await scene.picture(page, 'interaction-summary-steps')
}

interface Kept extends Told {
  readonly banker: Person
}

/** Everything stands where it belongs; the id of the notes. */
async function kept({ desk }: Scene, { heading, banker, colleague }: Kept): Promise<string> {
  const [summary] = await desk.rows<Record<string, unknown>>(
    `SELECT Id, Status, ConfidentialityType, MeetingNotes, OwnerId, AccountPlanObjective.Name, RelatedRecord.Name, Interaction.Location, Interaction.AttendeeCount FROM InteractionSummary WHERE Name = '${heading}'`,
  )
  expect(summary).toMatchObject({
    Status: 'Draft',
    ConfidentialityType: 'Confidential',
    MeetingNotes: expect.stringContaining('<strong>Twelve suppliers</strong>'),
    OwnerId: banker.id,
    AccountPlanObjective: { Name: objective },
    RelatedRecord: { Name: opportunity },
    Interaction: { Location: 'Kastell, meeting room 2', AttendeeCount: 3 },
  })
  const id = String(summary?.['Id'])
  const tasks = await desk.rows(
    `SELECT Subject, ActivityDate, OwnerId FROM Task WHERE WhatId = '${id}'`,
  )
  expect(tasks).toMatchObject([
    {
      Subject: 'Send an example of a payment file',
      ActivityDate: '2027-03-12',
      OwnerId: colleague.id,
    },
  ])
  return id
}

async function publish(
  scene: Scene,
  { page }: Person,
  { colleague, summary }: Told & { readonly summary: string },
): Promise<void> {
  const { say } = scene
  const process = scene.process('Publish_Notes')
  const address = `${scene.desk.url}/app/RelationshipManagement/InteractionSummary/${summary}`
  await page.goto(address)
  await page.getByRole('button', { name: say('More actions') }).click()
  await page.getByRole('menuitem', { name: process.label }).click()
  await page.getByRole('heading', { level: 2, name: process.step('Access') }).waitFor()
  const label = say('Add {entry}', { entry: process.entry('Participants') })
  await page.getByRole('button', { name: label }).click()
  const who = page.getByRole('combobox', { name: begins(process.question('ParticipantId')) })
  const added = page.locator('fs-lookup-editor').filter({ has: who })
  await added.locator('select').selectOption('User')
  await lookUp(page, who, colleague.name)
  await choose(page, process.question('ParticipantRoleId'), 'Summary Reader')
  await scene.picture(page, 'interaction-summary-share')
  await page.getByRole('button', { name: say('Next'), exact: true }).click()
  await page.getByRole('heading', { level: 2, name: say('Review') }).waitFor()
  await page.getByRole('button', { name: say('Submit') }).click()
  await page.getByText(process.closing).waitFor()
  await page.goto(address)
  const card = page.locator('fs-participants-card')
  await card
    .getByRole('listitem')
    .filter({ hasText: colleague.name })
    .getByText(say('Read'), { exact: true })
    .waitFor()
  const published = scene.value('InteractionSummary.Status', 'Published')
  await page.getByText(published, { exact: true }).first().waitFor()
  await scene.look(page)
  await scene.picture(page, 'interaction-summary')
}

/** How often the notes stand in the timeline of the client's page. */
async function timelineOf(scene: Scene, { page }: Person, heading: string): Promise<number> {
  await page.goto(await scene.addressOf('RelationshipManagement', 'Account', client))
  const timeline = page.locator('fs-timeline')
  // A talk that everybody may read about, or that there is nothing: then it has been read.
  await timeline.locator('ol, p').first().waitFor()
  return timeline.getByRole('link', { name: heading }).count()
}
