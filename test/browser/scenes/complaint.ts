/**
 * A complaint from intake to its answer: case and participants, the clock, steps as an action plan, letters in the language of
 * the client, and what was found.
 */
import { expect } from 'vitest'
import type { Locator } from '../support/browser.ts'
import type { Desk } from '../support/desk.ts'
import { processAt, type Run } from '../support/run-process.ts'
import { playScene, type Person, type Scene } from '../support/scene.ts'
import { begins } from '../support/scene-words.ts'

const objects = ['Case', 'PublicComplaint', 'CaseParticipant']

const letters = {
  en: { code: 'en_US', opens: /^Dear Maria Delgado/, subject: /^Your complaint PC-\d+$/ },
  de: { code: 'de', opens: /^Guten Tag Maria Delgado/, subject: /^Ihre Beschwerde PC-\d+$/ },
  es: { code: 'es', opens: /^Hola, Maria Delgado/, subject: /^Su reclamación PC-\d+$/ },
}

/** How long a clock still runs. */
const left = { en: / left$/, de: /^noch /, es: /^quedan / }

export function playComplaint(desk: Desk): void {
  playScene('a complaint is taken up, worked and answered', { desk, objects }, async (scene) => {
    const agent = await scene.person('samuel.osei@example.com')
    const { complaint, caseId } = await takeUp(scene, agent)
    await seeCase(scene, agent, caseId)
    await workOff(scene, agent, caseId)
    await acknowledge(scene, agent, complaint)
    await resolve(scene, agent, complaint)
    await seeEnd(scene, agent, caseId)
  })
}

interface Made {
  readonly complaint: string
  readonly caseId: string
}

async function takeUp(scene: Scene, { page }: Person): Promise<Made> {
  const { value, language } = scene
  const intake = processAt(scene, page, 'Complaint_Intake')
  await page.goto(await scene.addressOf('Service', 'Contact', "Name = 'Maria Delgado'"))
  await intake.start('About')
  await intake.choose(
    'ComplaintType',
    value('PublicComplaint.ComplaintType', 'Accessibility Issues'),
  )
  await intake.choose('SourceType', value('PublicComplaint.SourceType', 'Contact Centre'))
  await intake.next('Story')
  await intake.type('Subject', `Online banking cannot be read out (${language})`)
  await intake.type('IncidentDate', scene.typedDay('2026-01-05'))
  await intake.type('Description', 'The screen reader says nothing but "button".')
  await intake.next('Participants')
  await takePart(scene, { intake, number: 1, name: 'Maria Delgado', role: 'Complainant' })
  const role = 'Complainant Representative'
  const speaker = await takePart(scene, { intake, number: 2, name: 'Andre Delgado', role })
  const proof = value('CaseParticipant.AuthorizationProof', 'Power of Attorney')
  await intake.choose('AuthorizationProof', proof, speaker)
  await intake.choose('Language', value('Case.Language', letters[language].code))
  await scene.look(page)
  await scene.picture(page, 'complaint-intake')
  await intake.next('Handling')
  await intake.choose('Priority', value('PublicComplaint.Priority', 'Medium'))
  await intake.next()
  await intake.submit()
  await scene.picture(page, 'complaint-submitted')
  const [made] = await scene.desk.rows<{ Id: string; ComplaintCaseId: string }>(
    `SELECT Id, ComplaintCaseId FROM PublicComplaint WHERE Subject LIKE '%(${language})'`,
  )
  if (made === undefined) throw new Error('the complaint was made')
  return { complaint: made.Id, caseId: made.ComplaintCaseId }
}

interface Participant {
  readonly intake: Run
  readonly number: number
  readonly name: string
  readonly role: string
}

async function takePart(
  { say, value }: Scene,
  { intake, number, name, role }: Participant,
): Promise<Locator> {
  const entry = await intake.entry('Participants', number)
  await entry.getByRole('combobox', { name: say('Object'), exact: true }).selectOption('Contact')
  await intake.find('ParticipantId', name, entry)
  await intake.choose('Role', value('CaseParticipant.Role', role), entry)
  const email = value('CaseParticipant.PreferredCommunicationMode', 'Email')
  await intake.choose('PreferredCommunicationMode', email, entry)
  return entry
}

/** The case has everybody who takes part, and its clock runs. */
async function seeCase(scene: Scene, { page }: Person, caseId: string): Promise<void> {
  await page.goto(`${scene.desk.url}/app/Service/Case/${caseId}`)
  const clock = page.locator('fs-deadline-panel')
  await clock.getByRole('heading', { name: scene.say('Deadlines'), exact: true }).waitFor()
  await clock.getByText(scene.say('Running')).first().waitFor()
  await clock.getByText(left[scene.language]).first().waitFor()
  await page.getByText(scene.value('CaseParticipant.Role', 'Complainant Representative')).waitFor()
  await scene.look(page)
  await scene.picture(page, 'complaint-case')
}

/** What is to be done until the answer. */
async function workOff({ say, ...scene }: Scene, { page }: Person, caseId: string): Promise<void> {
  await page.getByRole('button', { name: say('More actions') }).click()
  await page.getByRole('menuitem', { name: say('Start action plan') }).click()
  await page.getByLabel(say('Template')).selectOption({ label: 'Complaint Handling' })
  await page.getByRole('button', { name: say('Start plan'), exact: true }).click()
  const name = 'Hear everybody involved'
  const complete = say('Complete {name}', { name })
  await page.getByRole('button', { name: complete, exact: true }).click()
  await page.getByText(say('{done} of {all} done', { done: 1, all: 3 })).waitFor()
  await scene.picture(page, 'complaint-steps')
  const plans = `SELECT Id FROM ActionPlan WHERE TargetId = '${caseId}'`
  expect(await scene.desk.rows(plans)).toHaveLength(1)
}

/** The client hears that somebody looks into it. */
async function acknowledge(scene: Scene, { page }: Person, complaint: string): Promise<void> {
  const { say, field, value, language } = scene
  await page.goto(`${scene.desk.url}/app/Service/PublicComplaint/${complaint}`)
  await page.getByRole('link', { name: say('Edit'), exact: true }).click()
  const status = page.getByLabel(begins(field('PublicComplaint.Status'))).first()
  await status.click()
  const inReview = value('PublicComplaint.Status', 'In Review')
  await page.getByRole('option', { name: inReview, exact: true }).click()
  await page.getByRole('button', { name: say('Save'), exact: true }).click()
  await page.waitForURL(`**/PublicComplaint/${complaint}`)
  const { subject, opens } = letters[language]
  const [letter] = await lettersAbout(scene, complaint)
  expect(letter).toMatchObject({
    to: ['maria.delgado@example.com'],
    subject: expect.stringMatching(subject),
    text: expect.stringMatching(opens),
  })
}

async function resolve(scene: Scene, { page }: Person, complaint: string): Promise<void> {
  const answer = processAt(scene, page, 'Complaint_Resolution')
  await answer.start('Cause')
  await answer.choose('CauseType', scene.value('PublicComplaint.CauseType', 'System Failure'))
  await answer.next('Answer')
  await answer.type('ComplaintSummary', 'The buttons have names now.')
  await answer.next()
  await scene.picture(page, 'complaint-answer')
  await answer.submit()
  const [letter] = await lettersAbout(scene, complaint)
  expect(letter?.text).toMatch(letters[scene.language].opens)
  expect(letter?.text).toContain('The buttons have names now.')
}

async function seeEnd(scene: Scene, { page }: Person, caseId: string): Promise<void> {
  await page.goto(`${scene.desk.url}/app/Service/Case/${caseId}`)
  await page.locator('fs-deadline-panel').getByText(scene.say('Met')).nth(1).waitFor()
  await page.getByText(scene.value('Case.Status', 'Closed'), { exact: true }).first().waitFor()
  await scene.picture(page, 'complaint-closed')
}

interface Letter {
  readonly relatedId: string
  readonly to: readonly string[]
  readonly subject: string
  readonly text: string
}

/** The newest first. */
async function lettersAbout({ desk }: Scene, complaint: string): Promise<readonly Letter[]> {
  const path = '/services/fieldstone/v1/emails'
  const { body } = await desk.call<{ readonly emails: readonly Letter[] }>({ path })
  return body.emails.filter(({ relatedId }) => relatedId === complaint)
}
