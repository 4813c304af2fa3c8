/** The real jsforce over a port: sign-in, single components, packages, and records right after. */
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { Connection } from 'jsforce'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { adminName, password, repName } from '../support/api.ts'
import { databases } from '../support/databases.ts'
import { serveApi, type ServedApi } from './served-api.ts'

const namespace = 'xmlns="http://soap.sforce.com/2006/04/metadata"'
const head = '<?xml version="1.0" encoding="UTF-8"?>\n'

function manifest(types: Readonly<Record<string, readonly string[]>>): string {
  const lists = Object.entries(types).map(
    ([name, members]) =>
      `<types>${members.map((one) => `<members>${one}</members>`).join('')}<name>${name}</name></types>`,
  )
  return `${head}<Package ${namespace}>${lists.join('')}<version>60.0</version></Package>`
}

function zipOf(files: Readonly<Record<string, string>>): Buffer {
  const entries = Object.entries(files).map(([path, text]) => [path, strToU8(text)] as const)
  return Buffer.from(zipSync(Object.fromEntries(entries)))
}

function objectFile(label: string, fields: string): string {
  return `${head}<CustomObject ${namespace}>
  <label>${label}</label><pluralLabel>${label}s</pluralLabel><deploymentStatus>Deployed</deploymentStatus>
  <nameField><label>Name</label><type>Text</type></nameField><sharingModel>ReadWrite</sharingModel>
  ${fields}
</CustomObject>`
}

const numberField = (name: string, more = ''): string =>
  `<fields><fullName>${name}</fullName><label>${name}</label><type>Number</type><precision>18</precision><scale>2</scale>${more}</fields>`

describe.each(databases)('jsforce on $name', (database) => {
  let api: ServedApi
  let connection: Connection
  beforeAll(async () => {
    api = await serveApi(database)
    connection = new Connection({ loginUrl: api.url, version: '60.0' })
    connection.metadata.pollInterval = 50
    // Where it runs out, the client's promise never settles.
    connection.metadata.pollTimeout = 60_000
    await connection.login(adminName, password)
  })
  afterAll(() => api.close())

  const deploy = async (files: Readonly<Record<string, string>>, options: object = {}) => {
    const locator = connection.metadata.deploy(zipOf(files), {
      rollbackOnError: true,
      singlePackage: true,
      ...options,
    })
    return locator.complete(true)
  }
  const soap = async (operation: string, session: string, header = '') => {
    const body = `<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Header><SessionHeader ${namespace}><sessionId>${session}</sessionId></SessionHeader>${header}</soapenv:Header><soapenv:Body>${operation}</soapenv:Body></soapenv:Envelope>`
    const answer = await fetch(`${api.url}/services/Soap/m/60.0`, {
      method: 'POST',
      headers: { 'content-type': 'text/xml', soapaction: '""' },
      body,
    })
    return { status: answer.status, text: await answer.text() }
  }

  it('signs in over SOAP and by OAuth, knows who it is, and signs out', async () => {
    expect(connection.userInfo?.organizationId).toMatch(/^00D/)
    const identity = await connection.identity()
    expect(identity.username).toBe(adminName)
    const other = new Connection({
      version: '60.0',
      oauth2: { loginUrl: api.url, clientId: 'PlatformCLI', clientSecret: 'none' },
    })
    await other.login(repName, password)
    expect((await other.identity()).username).toBe(repName)
    await other.logout(true)
    const late = new Connection({ instanceUrl: api.url, accessToken: String(other.accessToken) })
    await expect(late.identity()).rejects.toThrow()
  })

  it('lists types and components, nothing for types that are not known here', async () => {
    const { metadataObjects, organizationNamespace } = await connection.metadata.describe()
    const object = metadataObjects.find(({ xmlName }) => xmlName === 'CustomObject')
    expect(object).toMatchObject({ directoryName: 'objects', suffix: 'object', inFolder: false })
    expect(object?.childXmlNames).toContain('CustomField')
    expect(organizationNamespace).toBe('')
    const listed = await connection.metadata.list([{ type: 'Profile' }, { type: 'ApexClass' }])
    expect(listed.map(({ fullName }) => fullName).sort()).toEqual([
      'Standard User',
      'System Administrator',
    ])
  })

  it('makes, reads, changes, renames and deletes single components', async () => {
    const { metadata } = connection
    const object = {
      fullName: 'Boat__c',
      label: 'Boat',
      pluralLabel: 'Boats',
      nameField: { type: 'Text', label: 'Boat Name' },
      deploymentStatus: 'Deployed',
      sharingModel: 'ReadWrite',
    }
    expect(await metadata.create('CustomObject', object)).toMatchObject({ success: true })
    const again = await metadata.create('CustomObject', object)
    expect(again.errors[0]?.statusCode).toBe('DUPLICATE_DEVELOPER_NAME')

    const field = (name: string, more: object = {}) => ({
      fullName: `Boat__c.${name}`,
      label: 'Length <m> & more',
      type: 'Number',
      precision: 8,
      scale: 2,
      ...more,
    })
    const made = await metadata.create('CustomField', [field('Length__c'), field('Width__c')])
    expect(made.map(({ success }) => success)).toEqual([true, true])
    const id = (await connection.sobject('Boat__c').create({ Name: 'Anna', Length__c: 7.25 })).id
    expect((await connection.sobject('Boat__c').retrieve(String(id)))['Length__c']).toBe(7.25)

    const read = await metadata.read('CustomObject', ['Boat__c', 'Nothing__c'])
    expect(read[0]).toMatchObject({ fullName: 'Boat__c', label: 'Boat', sharingModel: 'ReadWrite' })
    expect(read[0]?.fields.map((one) => one.label)).toEqual([
      'Length <m> & more',
      'Length <m> & more',
    ])
    const one = await metadata.read('CustomField', 'Boat__c.Length__c')
    expect(one).toMatchObject({ fullName: 'Boat__c.Length__c', precision: 8, type: 'Number' })

    const updated = await metadata.update('CustomField', field('Width__c', { label: 'Beam' }))
    expect(updated.success).toBe(true)
    const missing = await metadata.update('CustomField', field('Depth__c'))
    expect(missing.errors[0]?.statusCode).toBe('INVALID_CROSS_REFERENCE_KEY')
    const upserted = await metadata.upsert('CustomField', field('Depth__c'))
    expect(upserted).toMatchObject({ created: true, success: true })
    const bad = await metadata.create('CustomField', field('Bad__c', { type: 'Numbr' }))
    expect(bad.success).toBe(false)
    expect(bad.errors[0]?.message).toContain('Number')

    const renamed = await metadata.rename('CustomField', 'Boat__c.Width__c', 'Boat__c.Beam__c')
    expect(renamed).toMatchObject({ success: true, fullName: 'Boat__c.Width__c' })
    const gone = await metadata.delete('CustomField', ['Boat__c.Depth__c', 'Boat__c.Width__c'])
    expect(gone.map(({ success }) => success)).toEqual([true, false])
    expect((await connection.sobject('Boat__c').describe()).fields.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['Beam__c', 'Length__c']),
    )
    expect((await metadata.delete('CustomObject', 'Boat__c')).success).toBe(true)
  })

  const harbour = {
    'package.xml': manifest({
      CustomObject: ['Harbour__c', 'Berth__c'],
      CustomField: [
        'Harbour__c.Total__c',
        'Berth__c.Harbour__c',
        'Berth__c.Fee__c',
        'Account.Port__c',
      ],
      ValidationRule: ['Berth__c.Fee_positive'],
      ApexClass: ['Thing'],
    }),
    'objects/Harbour__c.object': objectFile(
      'Harbour',
      '<fields><fullName>Total__c</fullName><label>Total</label><type>Summary</type><summaryOperation>sum</summaryOperation><summarizedField>Berth__c.Fee__c</summarizedField><summaryForeignKey>Berth__c.Harbour__c</summaryForeignKey></fields>',
    ),
    'objects/Berth__c.object': objectFile(
      'Berth',
      `${numberField('Fee__c')}<fields><fullName>Harbour__c</fullName><label>Harbour</label><type>MasterDetail</type><referenceTo>Harbour__c</referenceTo><relationshipName>Berths</relationshipName></fields>
       <validationRules><fullName>Fee_positive</fullName><active>true</active><errorConditionFormula>Fee__c &lt; 0</errorConditionFormula><errorMessage>No.</errorMessage></validationRules>`,
    ).replace(
      '<sharingModel>ReadWrite</sharingModel>',
      '<sharingModel>ControlledByParent</sharingModel>',
    ),
    'objects/Account.object': `${head}<CustomObject ${namespace}><fields><fullName>Port__c</fullName><label>Port</label><type>Text</type><length>40</length></fields></CustomObject>`,
    'classes/Thing.cls': 'class Thing {}',
    'classes/Thing.cls-meta.xml': `${head}<ApexClass ${namespace}/>`,
    'prompts/Berthing.prompt': `${head}<Prompt ${namespace}/>`,
    'notes/read me.txt': 'not metadata',
  }

  it('a deployed package is there at once, whatever the order of its parts', async () => {
    const checked = await deploy(harbour, { checkOnly: true })
    expect(checked).toMatchObject({ success: true, checkOnly: true, status: 'Succeeded' })
    expect((await connection.describeGlobal()).sobjects.map(({ name }) => name)).not.toContain(
      'Harbour__c',
    )

    const done = await deploy(harbour)
    expect(done).toMatchObject({
      done: true,
      success: true,
      status: 'Succeeded',
      numberComponentErrors: 0,
    })
    const successes = done.details.componentSuccesses
    const field = successes.find(({ fullName }) => fullName === 'Berth__c.Fee__c')
    expect(field).toMatchObject({
      componentType: 'CustomField',
      fileName: 'objects/Berth__c.object',
      created: true,
    })
    // Only what package.xml names: the standard object is not among them.
    expect(successes.map(({ fullName }) => fullName)).not.toContain('Account')
    const warned = successes.find(({ componentType }) => componentType === 'ApexClass')
    expect(warned).toMatchObject({ problemType: 'Warning', fileName: 'classes/Thing.cls' })
    // Nothing is dropped in silence, named in package.xml or not.
    const reasons = successes.flatMap(({ problem }) => problem ?? [])
    expect(reasons).toContain(
      'Components of type Prompt are not understood here: nothing was stored.',
    )
    expect(reasons).toContain('notes/read me.txt is no metadata here: nothing was stored.')

    const parent = await connection.sobject('Harbour__c').create({ Name: 'North' })
    await connection.sobject('Berth__c').create([
      { Name: 'A', Harbour__c: parent.id, Fee__c: 10.5 },
      { Name: 'B', Harbour__c: parent.id, Fee__c: 2 },
    ])
    const harbours = await connection.query(
      'SELECT Total__c, (SELECT Name FROM Berths__r) FROM Harbour__c',
    )
    expect(harbours.records[0]?.['Total__c']).toBe(12.5)
    const account = await connection.sobject('Account').create({ Name: 'Acme', Port__c: 'Kiel' })
    expect(account.success).toBe(true)

    const again = await deploy(harbour)
    expect(
      again.details.componentSuccesses.filter(({ created, changed }) => created || changed),
    ).toEqual([])
  })

  it('keeps what a partial file does not speak of', async () => {
    const label = await connection.metadata.read('CustomObject', 'Account')
    expect(label.fields.map(({ fullName }) => fullName)).toEqual(
      expect.arrayContaining(['Port__c', 'Phone']),
    )
    expect(label.label).toBe('Account')
  })

  it('says of each wrong component what is wrong and where, and takes nothing', async () => {
    const { status, success, details } = await deploy({
      'package.xml': manifest({
        CustomObject: ['Ship__c'],
        CustomField: ['Ship__c.A__c', 'Ship__c.B__c'],
        CustomTab: ['Lost'],
      }),
      'objects/Ship__c.object': objectFile(
        'Ship',
        `${numberField('A__c')}\n${numberField('B__c', '<formula>Nothing__c + 1</formula>')}`,
      ),
    })
    expect([status, success]).toEqual(['Failed', false])
    const wrong = details.componentFailures.find(({ fullName }) => fullName === 'Ship__c.B__c')
    expect(wrong?.problem).toContain('Nothing__c')
    expect(wrong).toMatchObject({
      componentType: 'CustomField',
      fileName: 'objects/Ship__c.object',
      lineNumber: 6,
      problemType: 'Error',
    })
    expect(details.componentFailures.map(({ fullName }) => fullName)).toContain('Lost')
    await expect(connection.describe('Ship__c')).rejects.toThrow(/NOT_FOUND|does not exist/)
  })

  it('without rollback takes what is right', async () => {
    const { status, details } = await deploy(
      {
        'package.xml': manifest({ CustomObject: ['Raft__c', 'Wreck__c'] }),
        'objects/Raft__c.object': objectFile('Raft', numberField('A__c')),
        'objects/Wreck__c.object': objectFile(
          'Wreck',
          numberField('B__c', '<formula>Nothing__c</formula>'),
        ),
      },
      { rollbackOnError: false },
    )
    expect(status).toBe('SucceededPartial')
    expect(details.componentFailures.map(({ fullName }) => fullName)).toEqual(['Wreck__c.B__c'])
    expect((await connection.describe('Raft__c')).custom).toBe(true)
  })

  it('broken XML is named with line and column', async () => {
    const { details } = await deploy({
      'package.xml': manifest({ CustomObject: ['Oar__c'] }),
      'objects/Oar__c.object': `${head}<CustomObject ${namespace}>\n<label>Oar</CustomObject>`,
    })
    expect(details.componentFailures[0]).toMatchObject({
      fileName: 'objects/Oar__c.object',
      lineNumber: 3,
    })
  })

  it('deletes what it is told to, once; what is not there is a warning', async () => {
    await deploy({
      'package.xml': manifest({ CustomObject: ['Buoy__c'] }),
      'objects/Buoy__c.object': objectFile('Buoy', numberField('A__c') + numberField('B__c')),
    })
    await connection.sobject('Buoy__c').create({ Name: 'Red', A__c: 1 })
    const files = {
      'package.xml': manifest({}),
      'destructiveChangesPost.xml': manifest({ CustomField: ['Buoy__c.A__c', 'Buoy__c.Never__c'] }),
    }
    const { success, details } = await deploy(files)
    expect(success).toBe(true)
    const of = (name: string) =>
      details.componentSuccesses.find(({ fullName }) => fullName === name)
    expect(of('Buoy__c.A__c')).toMatchObject({
      deleted: true,
      fileName: 'destructiveChangesPost.xml',
    })
    expect(of('Buoy__c.Never__c')).toMatchObject({ deleted: false, problemType: 'Warning' })
    const { fields } = await connection.describe('Buoy__c')
    expect(fields.map(({ name }) => name)).not.toContain('A__c')
    const whole = await deploy({
      'package.xml': manifest({}),
      'destructiveChanges.xml': manifest({
        CustomObject: ['Buoy__c'],
        CustomField: ['Buoy__c.B__c'],
      }),
    })
    expect(whole.success).toBe(true)
  })

  it('retrieves what it deployed, and what it retrieved deploys without a change', async () => {
    const result = await connection.metadata
      .retrieve({
        apiVersion: '60.0',
        singlePackage: false,
        unpackaged: {
          types: [
            { name: 'CustomObject', members: ['*', 'Account'] },
            { name: 'CustomField', members: ['Contact.Email'] },
            { name: 'Layout', members: ['Account-Account Layout'] },
            { name: 'Profile', members: ['*'] },
            { name: 'CustomTab', members: ['Missing'] },
          ],
          version: '60.0',
        },
      } as never)
      .complete()
    expect(result).toMatchObject({ success: true, status: 'Succeeded' })
    const files = unzipSync(Buffer.from(result.zipFile, 'base64'))
    const paths = Object.keys(files)
    expect(paths).toEqual(
      expect.arrayContaining([
        'unpackaged/package.xml',
        'unpackaged/objects/Harbour__c.object',
        'unpackaged/objects/Account.object',
        'unpackaged/layouts/Account-Account Layout.layout',
      ]),
    )
    const contact = strFromU8(files['unpackaged/objects/Contact.object'] ?? new Uint8Array())
    expect(contact.match(/<fields>/g)).toHaveLength(1)
    expect(JSON.stringify(result.messages)).toContain("Entity of type 'CustomTab' named 'Missing'")
    const same = await connection.metadata
      .deploy(Buffer.from(result.zipFile, 'base64'), { rollbackOnError: true })
      .complete(true)
    expect(same.details.componentFailures).toEqual([])
    expect(
      same.details.componentSuccesses.filter(({ created, changed }) => created || changed),
    ).toEqual([])
  })

  it('R19: two packages extend one object; each is retrieved alone, and its upgrade leaves the other', async () => {
    const packageOf = (name: string, label: string) => ({
      'package.xml': manifest({ CustomField: [`Contact.${name}`] }),
      'objects/Contact.object': `${head}<CustomObject ${namespace}>${numberField(name).replace(`<label>${name}`, `<label>${label}`)}</CustomObject>`,
    })
    for (const [name, label] of [
      ['Sails__c', 'Sails'],
      ['Masts__c', 'Masts'],
      ['Sails__c', 'All sails'],
    ] as const) {
      expect(await deploy(packageOf(name, label))).toMatchObject({ success: true })
    }
    for (const [own, label, other] of [
      ['Sails__c', 'All sails', 'Masts__c'],
      ['Masts__c', 'Masts', 'Sails__c'],
    ] as const) {
      const types = [{ name: 'CustomField', members: [`Contact.${own}`] }]
      const wish = {
        apiVersion: '60.0',
        singlePackage: true,
        unpackaged: { types, version: '60.0' },
      }
      const { zipFile } = await connection.metadata.retrieve(wish as never).complete()
      const files = unzipSync(Buffer.from(zipFile, 'base64'))
      const [path] = Object.keys(files).filter((one) => one.endsWith('.object'))
      const text = strFromU8(files[path ?? ''] ?? new Uint8Array())
      expect(text).toContain(`<label>${label}</label>`)
      expect(text).not.toContain(other)
    }
  })

  it('says of packages that are asked for by name that there are none', async () => {
    const id = await connection.metadata.retrieve({ packageNames: ['My Package'] })
    const told = await connection.metadata.checkRetrieveStatus(id.id)
    expect(told.messages).toMatchObject([{ problem: "No package named 'My Package' found" }])
    expect(told.fileProperties).toEqual([])
  })

  it('e-mail templates lie in folders, and keep their text to the letter', async () => {
    const body = 'Hello {!$User.FirstName},\r\n <b>& more</b>\n'
    const meta = `${head}<EmailTemplate ${namespace}>
    <available>true</available>
    <name>Greeting</name>
    <subject>Hello</subject>
    <type>text</type>
</EmailTemplate>
`
    const files = {
      'package.xml': manifest({ EmailTemplate: ['Letters', 'Letters/Greeting'] }),
      'email/Letters-meta.xml': `${head}<EmailFolder ${namespace}><name>Letters</name></EmailFolder>`,
      'email/Letters/Greeting.email': body,
      'email/Letters/Greeting.email-meta.xml': meta,
    }
    const { success, details } = await deploy(files)
    expect(details.componentFailures).toEqual([])
    expect(success).toBe(true)
    const of = (name: string) =>
      details.componentSuccesses.find(({ fullName }) => fullName === name)
    expect(of('Letters/Greeting')).toMatchObject({ componentType: 'EmailTemplate', created: true })
    expect(of('Letters')).toMatchObject({ componentType: 'EmailFolder', problemType: 'Warning' })
    const listed = await connection.metadata.list({ type: 'EmailTemplate' })
    expect(listed).toContainEqual(
      expect.objectContaining({
        fullName: 'Letters/Greeting',
        fileName: 'email/Letters/Greeting.email',
      }),
    )
    const result = await connection.metadata
      .retrieve({
        apiVersion: '60.0',
        singlePackage: true,
        unpackaged: {
          types: [{ name: 'EmailTemplate', members: ['Letters', 'Letters/Greeting'] }],
          version: '60.0',
        },
      } as never)
      .complete()
    const back = unzipSync(Buffer.from(result.zipFile, 'base64'))
    const text = (path: string): string => strFromU8(back[path] ?? new Uint8Array())
    expect(text('email/Letters/Greeting.email')).toBe(body)
    expect(text('email/Letters/Greeting.email-meta.xml')).toBe(meta)
    expect(text('package.xml')).toContain('<members>Letters/Greeting</members>')
    const gone = await deploy({
      'package.xml': manifest({}),
      'destructiveChanges.xml': manifest({ EmailTemplate: ['Letters/Greeting'] }),
    })
    expect(gone.success).toBe(true)
    const left = await connection.metadata.list({ type: 'EmailTemplate' })
    expect(left.map(({ fullName }) => fullName)).not.toContain('Letters/Greeting')
  })

  it('deploys over REST as well', async () => {
    const files = {
      'package.xml': manifest({ CustomObject: ['Crane__c'] }),
      'objects/Crane__c.object': objectFile('Crane', numberField('A__c')),
    }
    const done = await connection.metadata
      .deployRest(zipOf(files), { checkOnly: false })
      .complete(true)
    expect(done.success).toBe(true)
    const byRest = await connection.metadata.checkDeployStatus(done.id, true, true)
    expect(byRest).toMatchObject({ success: true, status: 'Succeeded' })
  })

  it('a validation is deployed later without being sent again', async () => {
    const files = {
      'package.xml': manifest({ CustomObject: ['Mast__c'] }),
      'objects/Mast__c.object': objectFile('Mast', ''),
    }
    const { id } = await deploy(files, { checkOnly: true })
    const quick = await connection.metadata.deployRecentValidation({ id })
    await expect
      .poll(async () => (await connection.metadata.checkDeployStatus(String(quick))).status, {
        timeout: 120_000,
      })
      .toBe('Succeeded')
    expect((await connection.describe('Mast__c')).custom).toBe(true)
  })

  describe('is refused', () => {
    const failed = async (zip: Buffer) =>
      connection.metadata.deploy(zip, { rollbackOnError: true }).complete(true)

    it('a file that unpacks to more than it says', async () => {
      const zip = Buffer.from(
        zipSync({
          'package.xml': strToU8(manifest({})),
          'objects/A__c.object': new Uint8Array(40_000_000),
        }),
      )
      const { success, errorMessage } = await failed(zip)
      expect(success).toBe(false)
      expect(errorMessage).toContain('sourceFileBytesMax')
      // The directory claims a handful of bytes for what unpacks to forty million.
      for (let at = zip.length - 22; at > 0; at--) {
        if (zip.readUInt32LE(at) === 0x02014b50) zip.writeUInt32LE(64, at + 24)
      }
      expect((await failed(zip)).success).toBe(false)
    })

    it.each([
      ['a path out of the folder', '../../evil.object'],
      ['an absolute path', '/etc/objects/A__c.object'],
      ['a path with backslashes', '..\\objects\\A__c.object'],
      ['a drive', 'C:/objects/A__c.object'],
    ])('%s', async (_name, path) => {
      const { success, errorMessage } = await failed(
        zipOf({ 'package.xml': manifest({}), [path]: '<a/>' }),
      )
      expect(success).toBe(false)
      expect(errorMessage).toContain('leads out of its folder')
    })

    it('what is no ZIP file, and one without package.xml', async () => {
      expect((await failed(Buffer.from('no zip at all'))).errorMessage).toContain('ZIP')
      expect((await failed(zipOf({ 'objects/A__c.object': '<a/>' }))).errorMessage).toContain(
        'package.xml',
      )
    })

    it('entities, in a message and in a file', async () => {
      const bomb = '<!DOCTYPE a [<!ENTITY b "bbbb">]>'
      const message = await soap(
        `<describeMetadata>${bomb}&b;</describeMetadata>`,
        String(connection.accessToken),
      )
      expect([message.status, /document types/.test(message.text)]).toEqual([500, true])
      const { details } = await deploy({
        'package.xml': manifest({ CustomObject: ['E__c'] }),
        'objects/E__c.object': `${bomb}<CustomObject ${namespace}><label>&b;</label></CustomObject>`,
      })
      expect(details.componentFailures[0]?.problem).toContain('document types')
    })

    it('a session that is not one, and a user without the right', async () => {
      const foreign = await soap('<describeMetadata/>', '00D000000000000!AAAA')
      expect(foreign.status).toBe(500)
      expect(foreign.text).toMatch(/<faultcode>sf:INVALID_SESSION_ID<\/faultcode>/)
      for (const operation of [
        'describeMetadata',
        'listMetadata',
        'readMetadata',
        'deploy',
        'checkDeployStatus',
        'retrieve',
      ]) {
        const { text } = await soap(`<${operation}/>`, api.tokens.rep)
        expect(text, operation).toMatch(/<faultcode>sf:INSUFFICIENT_ACCESS<\/faultcode>/)
      }
    })

    it('megabytes of a stranger, before they are read', async () => {
      let sent = 0
      const piece = new TextEncoder().encode('A'.repeat(256 * 1024))
      const body = new ReadableStream<Uint8Array>({
        pull(controller) {
          sent += 1
          if (sent > 80) controller.close()
          else controller.enqueue(piece)
        },
      })
      const path = '/services/Soap/m/60.0'
      const { status, text } = await api.ask('POST', path, { body })
      expect([status, text.includes('sf:INVALID_SESSION_ID')]).toEqual([500, true])
      expect(sent).toBeLessThan(10)
    })

    it('a session before the one that counts', async () => {
      const stranger = '00D000000000000!AAAA'
      const { text } = await soap(
        `<!-- <sessionId>${api.tokens.admin}</sessionId> --><describeMetadata/>`,
        stranger,
      )
      expect(text).toContain('sf:INVALID_SESSION_ID')
      const before = `<!-- <sessionId>${api.tokens.admin}</sessionId> -->`
      const answer = await fetch(`${api.url}/services/Soap/m/60.0`, {
        method: 'POST',
        headers: { 'content-type': 'text/xml' },
        body: `<e:Envelope xmlns:e="x">${before}<e:Header><SessionHeader><sessionId>${stranger}</sessionId></SessionHeader></e:Header><e:Body><describeMetadata/></e:Body></e:Envelope>`,
      })
      expect(await answer.text()).toContain('sf:INVALID_SESSION_ID')
    })

    it('all or none where that is asked for: a refused component takes the others along', async () => {
      const values = (name: string, label: string) =>
        `<metadata xsi:type="GlobalValueSet"><fullName>${name}</fullName><masterLabel>${label}</masterLabel><sorted>false</sorted><customValue><fullName>a</fullName><default>false</default><label>a</label></customValue></metadata>`
      const create = (allOrNone: boolean, ...sets: readonly string[]) =>
        soap(
          `<createMetadata xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">${sets.join('')}</createMetadata>`,
          String(connection.accessToken),
          `<AllOrNoneHeader><allOrNone>${allOrNone}</allOrNone></AllOrNoneHeader>`,
        )
      const wrong =
        '<metadata xsi:type="CustomField"><fullName>Nowhere__c.Tide__c</fullName><label>Tide</label><length>9</length><type>Text</type></metadata>'
      const none = await create(true, values('Tide_1', 'Tide'), wrong)
      expect(none.text).not.toContain('<success>true</success>')
      expect(none.text).toContain('<statusCode>ALL_OR_NONE_OPERATION_ROLLED_BACK</statusCode>')
      const some = await create(false, values('Tide_1', 'Tide'), wrong)
      expect(some.text.match(/<success>\w+<\/success>/g)).toEqual([
        '<success>true</success>',
        '<success>false</success>',
      ])
      const all = await create(true, values('Tide_3', 'Tide'), values('Tide_4', 'Tide'))
      expect(all.text.match(/<success>true<\/success>/g)).toHaveLength(2)
    })

    it('an operation that is not offered, and a job that is not there', async () => {
      const session = String(connection.accessToken)
      expect((await soap('<flyToTheMoon/>', session)).text).toContain('sf:INVALID_TYPE')
      const unknown = await soap(
        '<checkDeployStatus><asyncProcessId>0Af000000000000AAA</asyncProcessId></checkDeployStatus>',
        session,
      )
      expect(unknown.text).toContain('sf:INVALID_CROSS_REFERENCE_KEY')
      expect(
        (
          await soap(
            '<readMetadata><type>__proto__</type><fullNames>x</fullNames></readMetadata>',
            session,
          )
        ).text,
      ).toContain('sf:INVALID_TYPE')
    })
  })
})
