/** E-mail templates and alerts as they are checked: every name in every language, each problem at its place. */
import { describe, expect, it } from 'vitest'
import { compileModel } from '../../../../engine/model/compile-model.ts'
import { emailTemplateOf } from '../../../../engine/model/emails/ready-templates.ts'
import { parseDeclarations } from '../../../../engine/model/parse-declarations.ts'

const visit = {
  fullName: 'Visit__c',
  label: 'Visit',
  nameField: { label: 'Name', type: 'Text' },
  fields: [
    { fullName: 'Day__c', label: 'Day', type: 'Date' },
    { fullName: 'Language__c', label: 'Language', type: 'Text', length: 10 },
  ],
}
const letter = {
  fullName: 'Letter',
  name: 'Letter',
  relatedEntityType: 'Visit__c',
  subject: 'Your visit {!Visit__c.Name}',
  content: 'On {!Day__c}: {!IF(ISBLANK(Day__c), "soon", "then")}',
}

function compiled(template: object, alert?: object) {
  const workflow = {
    fullName: 'Visit__c',
    alerts: [{ fullName: 'Tell', template: 'Letter', ...alert }],
  }
  const files = [
    ['objects/Visit__c', visit],
    ['emailTemplates/Letter', { ...letter, ...template }],
    ['workflows/Visit__c', workflow],
  ] as const
  const sources = files.map(([path, body]) => ({
    path: `${path}.json`,
    text: JSON.stringify(body, undefined, 2),
  }))
  const { declarations, problems } = parseDeclarations(sources)
  const model = compileModel({ declarations, bindings: new Map(), version: 1 })
  return { reasons: [...problems, ...model.problems].map(({ reason }) => reason), ...model }
}

describe('an e-mail template', () => {
  it('is read once, found by its name with or without a folder, and not where it is switched off', () => {
    const { model, reasons } = compiled({ languageField: 'Language__c' })
    expect(reasons).toEqual([])
    if (model === undefined) throw new Error('no model')
    const plan = emailTemplateOf(model, 'unfiled$public/Letter')
    expect(plan).toMatchObject({ object: 'Visit__c', isHtml: false })
    expect(plan).toBe(emailTemplateOf(model, 'Letter'))
    const off = compiled({ available: false }).model
    expect(off && emailTemplateOf(off, 'Letter')).toBeUndefined()
  })

  it.each([
    [{ subject: '{!Nmae}' }, /\{!Nmae\}: Visit__c has no field Nmae/],
    [{ content: '{!Day__c +}' }, /\{!Day__c \+\}/],
    [{ relatedEntityType: 'Vist__c' }, /Vist__c/],
    [{ relatedEntityType: undefined }, /relatedEntityType/],
    [{ languageField: 'Day__c' }, /Day__c is no field that holds a language/],
    [{ translations: [{ language: 'de', subject: '{!Nmae}', content: '' }] }, /\{!Nmae\}/],
    [{ translations: [{ language: 'Deutsch', subject: '', content: '' }] }, /Deutsch/],
    [{ translations: [1, 2].map(() => ({ language: 'de', subject: '', content: '' })) }, /de/],
  ])('is refused where %j', (wrong, reason) => {
    expect(compiled(wrong).reasons.join('\n')).toMatch(reason)
  })
})

describe('an e-mail alert', () => {
  it.each([
    [{ template: 'Lettre' }, /no EmailTemplate Lettre/],
    [{ recipients: [{ type: 'email', field: 'Mail__c' }] }, /Mail__c/],
  ])('is refused where %j', (wrong, reason) => {
    expect(compiled({}, wrong).reasons.join('\n')).toMatch(reason)
  })

  it('lists recipients that get nothing', () => {
    const { model } = compiled({}, { recipients: [{ type: 'accountTeam' }, { type: 'owner' }] })
    const kept = model?.notActedOn().map(({ reason }) => reason)
    expect(kept).toEqual(['alert Tell: recipients of the type accountTeam get nothing'])
  })
})
