/** Names that were given up: an old one answers and says so, and takes no right along when it is given anew. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openApi, type Api, type Ask, type Told } from '../support/api.ts'
import { databases } from '../support/databases.ts'

const own = '/services/fieldstone/v1'
const data = '/services/data/v67.0'

describe.each(databases)('former names on $name', (database) => {
  let api: Api
  beforeAll(async () => {
    api = await openApi(database)
  })
  afterAll(() => api.close())

  const admin = (method: string, path: string, ask: Ask = {}) =>
    api.ask(method, path, { as: 'admin', ...ask })
  const query = (soql: string, as: 'admin' | 'rep' = 'admin') =>
    api.ask('GET', `${data}/query?q=${encodeURIComponent(soql)}`, { as })
  const warning = ({ headers }: Told): string | null => headers.get('warning')

  async function deploy(...changes: object[]): Promise<void> {
    const plan = await admin('POST', `${own}/plans`, { body: { changes } })
    expect(plan.json, plan.text).toMatchObject({ applicable: true })
    const path = `${own}/plans/${String(plan.json['id'])}/apply`
    const applied = await admin('POST', path, { body: { consent: true } })
    expect(applied.status, applied.text).toBe(200)
  }

  async function rename(type: string, fullName: string, renameTo: string): Promise<void> {
    await deploy({ type, fullName, renameTo })
  }

  const field = (name: string, more: object = {}) => ({
    type: 'CustomField',
    fullName: `Account.${name}`,
    body: { fullName: name, label: name, type: 'Text', length: 40, ...more },
  })

  it('are followed by flows: in conditions, values, texts and formulas', async () => {
    await deploy(field('Grade__c'))
    const grade = '$Record.Grade__c'
    const flow = {
      fullName: 'Grades',
      label: 'Grades',
      status: 'Active',
      start: {
        object: 'Account',
        triggerType: 'RecordBeforeSave',
        recordTriggerType: 'CreateAndUpdate',
        filterFormula: `NOT(ISBLANK({!${grade}}))`,
        connector: { targetReference: 'Has_grade' },
      },
      variables: [{ name: 'Other', dataType: 'SObject', objectType: 'Account' }],
      formulas: [{ name: 'Loud', dataType: 'String', expression: `{!${grade}} & '!'` }],
      textTemplates: [{ name: 'Told', text: `Grade__c: {!Loud} {! ${grade} } {!$Record.Name}` }],
      decisions: [
        {
          name: 'Has_grade',
          rules: [
            {
              name: 'Good',
              conditions: [
                {
                  leftValueReference: grade,
                  operator: 'NotEqualTo',
                  rightValue: { elementReference: 'Other.Grade__c' },
                },
              ],
              connector: { targetReference: 'Tell' },
            },
          ],
        },
      ],
      assignments: [
        {
          name: 'Tell',
          assignmentItems: [
            {
              assignToReference: '$Record.Description',
              operator: 'Assign',
              value: { elementReference: 'Told' },
            },
            { assignToReference: grade, operator: 'Assign', value: { stringValue: 'done' } },
          ],
        },
      ],
    }
    const path = `${own}/metadata/Flow/Grades`
    const made = await admin('PUT', path, { body: flow })
    expect(made.status, made.text).toBeLessThan(300)
    await rename('CustomField', 'Account.Grade__c', 'Account.Level__c')
    const { text } = await admin('GET', path)
    expect(text.match(/Level__c/g)).toHaveLength(6)
    // A word in a text is a word.
    expect(text.match(/Grade__c/g)).toHaveLength(1)
    const body = { Name: 'Graded', Level__c: 'A' }
    const saved = await admin('POST', `${data}/sobjects/Account`, { body })
    const account = `${data}/sobjects/Account/${String(saved.json['id'])}`
    const { json } = await admin('GET', account)
    expect(json).toMatchObject({ Level__c: 'done', Description: 'Grade__c: A! A Graded' })
    await admin('DELETE', path)
  })

  describe('of a field', () => {
    const oldName = 'The field Account.Ref__c is now called Account.Reference__c: use the new name.'
    beforeAll(async () => {
      await deploy(field('Ref__c', { externalId: true, unique: true }))
      await rename('CustomField', 'Account.Ref__c', 'Account.Reference__c')
    })

    it('are named with the new one by every way of reading, each time', async () => {
      for (let time = 0; time < 2; time++) {
        const found = await query("SELECT Ref__c, Name FROM Account WHERE Ref__c = 'A' LIMIT 1")
        expect([found.status, warning(found)]).toEqual([200, `299 - "${oldName}"`])
        const sorted = await query('SELECT Id FROM Contact ORDER BY Account.ref__C LIMIT 1')
        expect(warning(sorted)).toBe(
          '299 - "The field Account.ref__C is now called Account.Reference__c: use the new name."',
        )
      }
    })

    it('are named with the new one by every way of writing', async () => {
      const body = { Name: 'Old habits', Ref__c: 'A' }
      const made = await admin('POST', `${data}/sobjects/Account`, { body })
      expect([made.status, warning(made)]).toEqual([201, `299 - "${oldName}"`])
      const path = `${data}/sobjects/Account/${String(made.json['id'])}`
      const changed = await admin('PATCH', path, { body: { Ref__c: 'B' } })
      expect([changed.status, warning(changed)]).toEqual([204, `299 - "${oldName}"`])
      const read = await admin('GET', `${path}?fields=Ref__c`)
      expect([read.json['Reference__c'], warning(read)]).toEqual(['B', `299 - "${oldName}"`])
      const byKey = await admin('PATCH', `${data}/sobjects/Account/Ref__c/B`, { body: {} })
      expect([byKey.status, warning(byKey)]).toEqual([200, `299 - "${oldName}"`])
    })

    it('are no news where the present name is used, in any letter case', async () => {
      const read = await query('SELECT REFERENCE__C FROM Account LIMIT 1')
      expect([read.status, warning(read)]).toEqual([200, null])
    })

    it('say nothing of a field that is hidden', async () => {
      const read = await query('SELECT Ref__c FROM Account', 'rep')
      expect([read.status, warning(read)]).toEqual([400, null])
      expect(read.text).not.toContain('Reference__c')
    })
  })

  it('of an object are named with the new one', async () => {
    const body = {
      fullName: 'Visit__c',
      label: 'Visit',
      pluralLabel: 'Visits',
      nameField: { label: 'Name', type: 'Text' },
      sharingModel: 'ReadWrite',
      deploymentStatus: 'Deployed',
    }
    await deploy({ type: 'CustomObject', fullName: 'Visit__c', body })
    await rename('CustomObject', 'Visit__c', 'Meeting__c')
    const expected = '299 - "The object Visit__c is now called Meeting__c: use the new name."'
    expect(warning(await query('SELECT Id FROM Visit__c'))).toBe(expected)
    const made = await admin('POST', `${data}/sobjects/Visit__c`, { body: { Name: 'First' } })
    expect([made.status, warning(made)]).toEqual([201, expected])
    const described = await admin('GET', `${data}/sobjects/Visit__c/describe`)
    expect([described.json['name'], warning(described)]).toEqual(['Meeting__c', expected])
    expect(warning(await query('SELECT Id FROM Meeting__c'))).toBeNull()
  })

  it('R2: a field that gets the name of a deleted one does not get its rights', async () => {
    await deploy(field('Grade__c'))
    const set = await admin('GET', `${own}/metadata/PermissionSet/Rep`)
    const rights = [
      ...(set.json['fieldPermissions'] as unknown as object[]),
      { field: 'Account.Grade__c', readable: true, editable: true },
    ]
    const change = { type: 'PermissionSet', fullName: 'Rep' }
    await deploy({ ...change, body: { ...set.json, fieldPermissions: rights } })
    expect((await query('SELECT Grade__c FROM Account LIMIT 1', 'rep')).status).toBe(200)
    const removal = { type: 'CustomField', fullName: 'Account.Grade__c', delete: true }
    const refused = await admin('POST', `${own}/plans`, { body: { changes: [removal] } })
    expect(refused.json['problems']?.[0]?.['references']).toEqual([
      'PermissionSet Rep grants rights on it',
    ])
    await deploy(removal, { ...change, body: set.json })
    await deploy(field('Grade__c'))
    expect((await query('SELECT Grade__c FROM Account LIMIT 1')).status).toBe(200)
    expect((await query('SELECT Grade__c FROM Account LIMIT 1', 'rep')).status).toBe(400)
  })
})
