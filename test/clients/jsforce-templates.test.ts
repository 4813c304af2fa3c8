/** Action plan templates as components: the real jsforce carries them from one organisation into another and back. */
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { Connection } from 'jsforce'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { adminName, password, repName, type Json } from '../support/api.ts'
import { databases, type TestDatabase } from '../support/databases.ts'
import { serveApi, type ServedApi } from './served-api.ts'

const data = '/services/data/v60.0'
const namespace = 'xmlns="http://soap.sforce.com/2006/04/metadata"'
const head = '<?xml version="1.0" encoding="UTF-8"?>\n'
const type = 'ActionPlanTemplate'

function manifest(types: Readonly<Record<string, readonly string[]>>): string {
  const lists = Object.entries(types).map(
    ([name, members]) =>
      `<types>${members.map((one) => `<members>${one}</members>`).join('')}<name>${name}</name></types>`,
  )
  return `${head}<Package ${namespace}>${lists.join('')}<version>64.0</version></Package>`
}

interface Value {
  readonly name: string
  readonly literal?: string
  readonly formula?: string
}

function item(uniqueName: string, order: number, values: readonly Value[], more = ''): string {
  const texts = values.map(
    ({ name, literal, formula }) =>
      `<actionPlanTemplateItemValue><itemEntityType>Task</itemEntityType><name>${name}</name>${
        formula === undefined
          ? `<valueLiteral>${literal}</valueLiteral>`
          : `<valueFormula>${formula}</valueFormula>`
      }</actionPlanTemplateItemValue>`,
  )
  return `${texts.join('')}<displayOrder>${order}</displayOrder><isRequired>true</isRequired><itemEntityType>Task</itemEntityType><name>${uniqueName.replaceAll('_', ' ')}</name><uniqueName>${uniqueName}</uniqueName>${more}`
}

interface Template {
  readonly name?: string
  readonly subject?: string
  readonly due?: string
  readonly owner?: string
  readonly status?: string
  readonly more?: string
}

function templateFile(template: Template = {}): string {
  const { name = 'Onboarding', subject = 'Review', status, more = '' } = template
  const { due = 'StartDate + 4', owner = 'rep@example.com' } = template
  const first = item(`${name}_check`, 1, [
    { name: 'Subject', literal: 'Check identity &amp; papers' },
    { name: 'Priority', literal: 'High' },
    { name: 'OwnerId', literal: owner },
    { name: 'ActivityDate', formula: 'StartDate + 2' },
  ])
  const second = item(`${name}_review`, 2, [
    { name: 'Subject', literal: subject },
    { name: 'ActivityDate', formula: due },
  ])
  return `${head}<ActionPlanTemplate ${namespace}>
    <actionPlanTemplateItem>${first}</actionPlanTemplateItem>
    <actionPlanTemplateItem>${second}</actionPlanTemplateItem>
    <actionPlanTemplateItemDependencies>
        <creationType>OnPreviousItemCompleted</creationType>
        <name>Review after the check</name>
        <previousTemplateItem>${first}</previousTemplateItem>
        <templateItem>${second}</templateItem>
    </actionPlanTemplateItemDependencies>
    <actionPlanType>Industries</actionPlanType>
    <category>Onboarding</category>
    <description>What a new client needs</description>
    <isAdHocItemCreationEnabled>true</isAdHocItemCreationEnabled>
    <name>Client onboarding</name>
    <targetEntityType>Account</targetEntityType>
    <uniqueName>${name}</uniqueName>${status === undefined ? '' : `<status>${status}</status>`}${more}
</ActionPlanTemplate>`
}

class Organisation {
  readonly api: ServedApi
  readonly connection: Connection

  private constructor(api: ServedApi) {
    this.api = api
    this.connection = new Connection({ loginUrl: api.url, version: '60.0' })
    this.connection.metadata.pollInterval = 50
    this.connection.metadata.pollTimeout = 60_000
  }

  static async open(database: TestDatabase): Promise<Organisation> {
    const one = new Organisation(await serveApi(database))
    await one.connection.login(adminName, password)
    return one
  }

  async deploy(files: Readonly<Record<string, string>>, options: object = {}) {
    const entries = Object.entries(files).map(([path, text]) => [path, strToU8(text)] as const)
    const zip = Buffer.from(zipSync(Object.fromEntries(entries)))
    const how = { rollbackOnError: true, singlePackage: true, ...options }
    return this.connection.metadata.deploy(zip, how).complete(true)
  }

  deployTemplate(template: Template = {}, options: object = {}) {
    const { name = 'Onboarding' } = template
    return this.deploy(
      {
        'package.xml': manifest({ [type]: [name] }),
        [`actionPlanTemplates/${name}.apt`]: templateFile(template),
      },
      options,
    )
  }

  async retrieve(name: string): Promise<string> {
    const result = await this.connection.metadata
      .retrieve({
        apiVersion: '60.0',
        singlePackage: true,
        unpackaged: { types: [{ name: type, members: [name] }], version: '60.0' },
      } as never)
      .complete()
    const files = unzipSync(new Uint8Array(Buffer.from(String(result.zipFile), 'base64')))
    const found = Object.entries(files).find(([path]) => path.endsWith('.apt'))
    return found === undefined ? '' : strFromU8(found[1])
  }

  async rows(soql: string): Promise<readonly Json[]> {
    const path = `${data}/query?q=${encodeURIComponent(soql)}`
    const told = await this.api.ask('GET', path, { as: 'admin' })
    expect(told.text).toContain('"done":true')
    return [...(told.json['records'] ?? [])]
  }

  versions(name: string): Promise<readonly Json[]> {
    return this.rows(
      `SELECT Id, Version, Status, ItemCount FROM ActionPlanTemplateVersion WHERE ActionPlanTemplate.UniqueName = '${name}' ORDER BY Version`,
    )
  }

  async made(object: string, body: object): Promise<string> {
    const told = await this.api.ask('POST', `${data}/sobjects/${object}`, { as: 'admin', body })
    expect(told.text).toContain('"success":true')
    return String(told.json['id'])
  }

  /** What a plan from the published version makes. */
  async plan(name: string): Promise<readonly object[]> {
    const version = (await this.versions(name)).find((one) => String(one['Status']) === 'Final')
    const account = await this.made('Account', { Name: 'Stanhope' })
    const plan = await this.made('ActionPlan', {
      ActionPlanTemplateVersionId: version?.['Id'],
      TargetId: account,
      StartDate: '2026-11-23',
    })
    const items = await this.rows(
      `SELECT Name, DependencyStatus, IsRequired, ItemId FROM ActionPlanItem WHERE ActionPlanId = '${plan}' ORDER BY DisplayOrder`,
    )
    const tasks = await this.rows(
      `SELECT Subject, Priority, ActivityDate, Owner.Username FROM Task WHERE WhatId = '${account}'`,
    )
    return [
      ...items.map((one) => [one['Name'], one['DependencyStatus'], one['IsRequired']]),
      ...tasks.map((one) => [
        one['Subject'],
        one['Priority'],
        one['ActivityDate'],
        one['Owner']?.['Username'],
      ]),
    ]
  }
}

const opened = new Map<string, Organisation>()
beforeAll(async () => {
  for (const one of databases) opened.set(one.name, await Organisation.open(one))
}, 180_000)
afterAll(async () => {
  for (const one of opened.values()) await one.api.close()
})

function organisation(name: string): Organisation {
  const found = opened.get(name)
  if (found === undefined) throw new Error(`${name} was not opened`)
  return found
}

const [sqlite, postgres] = databases

describe.each([
  { from: sqlite.name, into: postgres.name },
  { from: postgres.name, into: sqlite.name },
])('templates from $from into $into', ({ from, into }) => {
  let first: Organisation
  let second: Organisation
  /** Each direction has templates of its own. */
  const named = (name: string): string => `${name}_of_${from}`
  const onboarding = named('Onboarding')
  beforeAll(() => {
    first = organisation(from)
    second = organisation(into)
  })

  it('tries a template and leaves nothing; deployed, it is a draft, published where the file says so', async () => {
    const tried = await first.deployTemplate({ name: onboarding }, { checkOnly: true })
    expect(tried).toMatchObject({ success: true, checkOnly: true, numberComponentErrors: 0 })
    expect(await first.versions(onboarding)).toEqual([])

    const done = await first.deployTemplate({ name: onboarding })
    expect(done.details.componentSuccesses).toContainEqual(
      expect.objectContaining({ componentType: type, fullName: onboarding, created: true }),
    )
    expect(await first.versions(onboarding)).toEqual([
      expect.objectContaining({ Version: 1, Status: 'Draft', ItemCount: 2 }),
    ])
    const again = await first.deployTemplate({ name: onboarding })
    expect(again.details.componentSuccesses.some(({ changed }) => changed)).toBe(false)

    await first.deployTemplate({ name: onboarding, status: 'Final' })
    expect(await first.versions(onboarding)).toEqual([
      expect.objectContaining({ Version: 1, Status: 'Final' }),
    ])
  })

  it('gives the same plan in another organisation, and the same file again', async () => {
    const file = await first.retrieve(onboarding)
    expect(file).toContain('<status>Final</status>')
    const done = await second.deploy({
      'package.xml': manifest({ [type]: ['*'] }),
      [`actionPlanTemplates/${onboarding}.apt`]: file,
    })
    expect(done).toMatchObject({ success: true, numberComponentErrors: 0 })
    expect(await second.retrieve(onboarding)).toBe(file)
    expect(await second.plan(onboarding)).toEqual(await first.plan(onboarding))
    const back = await first.deploy({
      'package.xml': manifest({ [type]: [onboarding] }),
      [`actionPlanTemplates/${onboarding}.apt`]: file,
    })
    expect(back.details.componentSuccesses.some(({ changed }) => changed)).toBe(false)
  })

  it('owners go by their names, though a record holds their id', async () => {
    await first.deployTemplate({ name: named('Owned'), owner: first.api.repId })
    const [value] = await first.rows(
      `SELECT ValueLiteral FROM ActionPlanTemplateItemValue WHERE ItemEntityFieldName = 'Task.OwnerId' AND ActionPlanTemplateItem.ActionPlanTemplateVersion.ActionPlanTemplate.UniqueName = '${named('Owned')}'`,
    )
    expect(value?.['ValueLiteral']).toBe('rep@example.com')
    const [check] = await first.rows(
      `SELECT Id FROM ActionPlanTemplateItem WHERE UniqueName = '${named('Owned')}_check'`,
    )
    const who = {
      ActionPlanTemplateItemId: check?.['Id'],
      Name: 'Who',
      ItemEntityFieldName: 'Task.WhoId',
      ValueLiteral: first.api.repId,
    }
    await first.made('ActionPlanTemplateItemValue', who)
    const file = await first.retrieve(named('Owned'))
    expect(file).toContain('<valueLiteral>rep@example.com</valueLiteral>')
    expect(file).toContain(`<valueLiteral>${first.api.repId}</valueLiteral>`)
  })

  it('another content of a published template is another version, and plans that run go on', async () => {
    await first.deployTemplate({ name: onboarding, subject: 'Look at it' })
    const states = async () => (await first.versions(onboarding)).map((one) => one['Status'])
    expect(await states()).toEqual(['Final', 'Draft'])
    // What is in force speaks for the template; the same draft is not made twice.
    expect(await first.retrieve(onboarding)).not.toContain('Look at it')
    await first.deployTemplate({ name: onboarding, subject: 'Look at it' })
    expect(await states()).toEqual(['Final', 'Draft'])
    await first.deployTemplate({ name: onboarding, subject: 'Look at it', status: 'Final' })
    expect(await states()).toEqual(['Obsolete', 'Final'])
    const file = await first.retrieve(onboarding)
    expect(file).toContain(`<uniqueName>${onboarding}_review</uniqueName>`)
    expect(file).toContain('Look at it')
    const same = await first.deploy({
      'package.xml': manifest({ [type]: [onboarding] }),
      [`actionPlanTemplates/${onboarding}.apt`]: file,
    })
    expect(same.details.componentSuccesses.some(({ changed }) => changed)).toBe(false)
    // A draft alone is what the file says, in place.
    await first.deployTemplate({ name: named('Sketch') })
    await first.deployTemplate({ name: named('Sketch'), subject: 'Anew' })
    expect(await first.versions(named('Sketch'))).toHaveLength(1)
    expect(await first.retrieve(named('Sketch'))).toContain('Anew')
    await first.deployTemplate({ name: named('Sketch'), subject: 'Anew', status: 'Obsolete' })
    await first.deployTemplate({ name: named('Sketch'), subject: 'Anew', status: 'Final' })
    const sketch = await first.versions(named('Sketch'))
    expect(sketch.map((one) => one['Status'])).toEqual(['Obsolete', 'Final'])
  })

  it('says all that is wrong with a template, and takes nothing of the package', async () => {
    const bad = {
      'package.xml': manifest({
        [type]: [named('Bad'), named('Good')],
        CustomField: ['Account.Depth__c'],
      }),
      'objects/Account.object': `${head}<CustomObject ${namespace}><fields><fullName>Depth__c</fullName><label>Depth</label><type>Text</type><length>40</length></fields></CustomObject>`,
      [`actionPlanTemplates/${named('Good')}.apt`]: templateFile({
        name: named('Good'),
        status: 'Final',
      }),
      [`actionPlanTemplates/${named('Bad')}.apt`]: templateFile({
        name: named('Bad'),
        owner: 'nobody@example.com',
        due: 'StartDate + 5000',
        status: 'Final',
      }),
    }
    const { success, details } = await first.deploy(bad)
    expect(success).toBe(false)
    const told = details.componentFailures.map(({ fullName, problem }) => `${fullName}: ${problem}`)
    expect(told).toHaveLength(2)
    expect(told.join(' ')).toMatch(/^Bad_.*nobody@example.com.* Bad_.*1,?000 days/)
    expect(await first.versions(named('Good'))).toEqual([])
    const fields = async () =>
      (await first.connection.describe('Account')).fields.map(({ name }) => name)
    expect(await fields()).not.toContain('Depth__c')
    // What only the save finds: a value that its list does not have.
    const { [`actionPlanTemplates/${named('Bad')}.apt`]: _bad, ...rest } = bad
    const late = {
      ...rest,
      'package.xml': manifest({ [type]: [named('Good')], CustomField: ['Account.Depth__c'] }),
      [`actionPlanTemplates/${named('Good')}.apt`]: templateFile({ name: named('Good') }).replace(
        '<category>Onboarding',
        '<category>Nonsense',
      ),
    }
    const tried = await first.deploy(late, { checkOnly: true })
    const refused = await first.deploy(late)
    for (const one of [tried, refused]) {
      expect(one.details.componentFailures[0]).toMatchObject({
        fullName: named('Good'),
        fileName: `actionPlanTemplates/${named('Good')}.apt`,
      })
      expect(one.details.componentFailures[0]?.problem).toContain('Category')
    }
    expect(await fields()).not.toContain('Depth__c')
    // Without rollback the rest is taken.
    const partly = await first.deploy(bad, { rollbackOnError: false })
    expect(partly.status).toBe('SucceededPartial')
    expect((await first.versions(named('Good'))).map((one) => one['Status'])).toEqual(['Final'])
    expect(await first.versions(named('Bad'))).toEqual([])
    expect(await fields()).toContain('Depth__c')
  })

  it('a package brings a field and the template that fills it in one transaction', async () => {
    const value =
      '<itemEntityType>Task</itemEntityType><name>Desk__c</name><valueLiteral>North</valueLiteral>'
    const files = {
      'package.xml': manifest({
        [type]: [named('Desk')],
        CustomField: ['Task.Desk__c', 'ActionPlanTemplateItemValue.ItemEntityFieldName'],
      }),
      'objects/Task.object': `${head}<CustomObject ${namespace}><fields><fullName>Desk__c</fullName><label>Desk</label><type>Text</type><length>40</length></fields></CustomObject>`,
      [`actionPlanTemplates/${named('Desk')}.apt`]: templateFile({
        name: named('Desk'),
        status: 'Final',
      }).replace(
        '<actionPlanTemplateItemValue>',
        `<actionPlanTemplateItemValue>${value}</actionPlanTemplateItemValue><actionPlanTemplateItemValue>`,
      ),
    }
    const lone = await first.deploy({
      ...files,
      'package.xml': manifest({ [type]: [named('Desk')] }),
    })
    expect(lone.success).toBe(false)
    const [field] = await first.connection.metadata.read('CustomField', [
      'ActionPlanTemplateItemValue.ItemEntityFieldName',
    ])
    const list = (field as unknown as Json)['valueSet']?.['valueSetDefinition']?.['value'] ?? []
    const values = [...list, { fullName: 'Task.Desk__c', label: named('Desk') }]
      .map(
        (one) =>
          `<value><fullName>${one['fullName']}</fullName><label>${one['label']}</label><default>false</default></value>`,
      )
      .join('')
    const whole = {
      ...files,
      'objects/ActionPlanTemplateItemValue.object': `${head}<CustomObject ${namespace}><fields><fullName>ItemEntityFieldName</fullName><label>Field Name</label><type>Picklist</type><required>true</required><valueSet><restricted>true</restricted><valueSetDefinition><sorted>false</sorted>${values}</valueSetDefinition></valueSet></fields></CustomObject>`,
    }
    const tried = await first.deploy(whole, { checkOnly: true })
    expect(tried.details.componentFailures).toEqual([])
    expect(await first.versions(named('Desk'))).toEqual([])
    const done = await first.deploy(whole)
    expect(done.details.componentFailures).toEqual([])
    expect((await first.versions(named('Desk'))).map((one) => one['Status'])).toEqual(['Final'])
    expect(await first.retrieve(named('Desk'))).toContain('<name>Desk__c</name>')
  })

  it('single templates are listed, read, made, changed, renamed and deleted', async () => {
    const { metadata } = second.connection
    const { metadataObjects } = await metadata.describe()
    expect(metadataObjects).toContainEqual(
      expect.objectContaining({
        xmlName: type,
        directoryName: 'actionPlanTemplates',
        suffix: 'apt',
      }),
    )
    const listed = async () =>
      (await metadata.list({ type }))
        .map(({ fullName }) => fullName)
        .filter((name) => [onboarding, named('Single'), named('Sole')].includes(name))
    expect(await listed()).toEqual([onboarding])
    const single = {
      fullName: named('Single'),
      uniqueName: named('Single'),
      name: named('Single'),
      targetEntityType: 'Account',
      actionPlanTemplateItem: [
        {
          uniqueName: `${named('Single')}_call`,
          name: 'Call',
          itemEntityType: 'Task',
          actionPlanTemplateItemValue: [
            { name: 'Subject', itemEntityType: 'Task', valueLiteral: 'Call' },
          ],
        },
      ],
    }
    expect(await metadata.create(type, single)).toMatchObject({ success: true })
    const twice = await metadata.create(type, single)
    expect(twice.errors[0]?.statusCode).toBe('DUPLICATE_DEVELOPER_NAME')
    const wrong = await metadata.create(type, { ...single, fullName: 'Other' })
    expect(wrong.errors[0]?.message).toContain('uniqueName')
    const upserted = await metadata.upsert(type, { ...single, status: 'Final' })
    expect(upserted).toMatchObject({ success: true, created: false })
    const read = await metadata.read(type, [named('Single'), 'Nothing'])
    expect(read[0]).toMatchObject({
      fullName: named('Single'),
      status: 'Final',
      targetEntityType: 'Account',
    })
    const moved = await metadata.update(type, { ...single, targetEntityType: 'Case' })
    expect(moved.errors[0]?.message).toContain('For what a template is meant')
    const draft = {
      fullName: named('Draft'),
      uniqueName: named('Draft'),
      name: 'Draft',
      targetEntityType: 'Account',
    }
    expect(await metadata.create(type, draft)).toMatchObject({ success: true })
    const sole = named('Sole')
    expect(await metadata.rename(type, named('Draft'), sole)).toMatchObject({ success: true })
    expect(await listed()).toEqual([onboarding, named('Single'), sole].sort())
    const gone = await metadata.delete(type, [sole, named('Never'), named('Single')])
    // The last one was published.
    expect(gone.map(({ success }) => success)).toEqual([true, false, false])
    const { success, details } = await second.deploy({
      'package.xml': manifest({}),
      'destructiveChanges.xml': manifest({ [type]: [sole, onboarding] }),
    })
    expect(success).toBe(false)
    expect(details.componentFailures.map(({ fullName }) => fullName)).toEqual([onboarding])
  })

  it('is done with the rights of whoever deploys, and not as a file of the model', async () => {
    await second.connection.metadata.create('PermissionSet', {
      fullName: 'Builder',
      label: 'Builder',
      userPermissions: [
        { name: 'CustomizeApplication', enabled: true },
        { name: 'ApiEnabled', enabled: true },
      ],
    })
    const [set] = await second.rows("SELECT Id FROM PermissionSet WHERE Name = 'Builder'")
    await second.made('PermissionSetAssignment', {
      AssigneeId: second.api.repId,
      PermissionSetId: set?.['Id'],
    })
    const rep = new Connection({ loginUrl: second.api.url, version: '60.0' })
    await rep.login(repName, password)
    await expect(rep.metadata.list({ type })).rejects.toThrow(/ActionPlanTemplate/)
    const made = rep.metadata.create(type, {
      fullName: named('Theirs'),
      uniqueName: named('Theirs'),
      name: named('Theirs'),
      targetEntityType: 'Account',
    })
    await expect(made).rejects.toThrow(/ActionPlanTemplate/)
    expect(await second.versions(named('Theirs'))).toEqual([])
    const told = await second.api.ask('POST', '/services/fieldstone/v1/plans', {
      as: 'admin',
      body: { changes: [{ type, fullName: onboarding, delete: true }] },
    })
    expect(told.text).toContain('kept as records')
    const own = '/services/fieldstone/v1/metadata'
    const one = await second.api.ask('GET', `${own}/${type}/${onboarding}`, { as: 'admin' })
    expect(one.json).toMatchObject({ fullName: onboarding, status: 'Final' })
    const listed = await second.api.ask('GET', `${own}?type=${type}`, { as: 'admin' })
    expect(listed.json.map(({ fullName }) => String(fullName))).toContain(onboarding)
    const none = await second.api.ask('GET', `${own}/${type}/Nothing`, { as: 'admin' })
    expect(none.code).toBe('NOT_FOUND')
    const refused = await second.api.ask('GET', `${own}/${type}/${onboarding}`, { as: 'rep' })
    expect(refused.status).toBeGreaterThanOrEqual(400)
  })
})
