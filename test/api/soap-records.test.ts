/** The Partner API over SOAP: what loaders and connectors send, answered as the REST API answers, in elements. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { child, childrenOf, localName, textOf } from '../../engine/http/soap/envelope.ts'
import { readXml, type XmlElement } from '../../engine/model/xml/xml-tree.ts'
import { openApi, repName, tokenForm, type Api } from '../support/api.ts'
import { databases } from '../support/databases.ts'

const envelope = 'http://schemas.xmlsoap.org/soap/envelope/'
const schema = 'http://www.w3.org/2001/XMLSchema-instance'

describe.each(databases)('the Partner API on $name', (database) => {
  let api: Api

  beforeAll(async () => {
    api = await openApi(database)
  })
  afterAll(() => api?.close())

  interface Sent {
    readonly as?: 'admin' | 'rep'
    readonly session?: string
    readonly header?: string
  }

  /** The results, or the fault. */
  const send = async (operation: string, sent: Sent = {}): Promise<readonly XmlElement[]> => {
    const { as = 'admin', session = api.tokens[as], header = '' } = sent
    const head = `<SessionHeader><sessionId>${session}</sessionId></SessionHeader>${header}`
    const told = await api.ask('POST', '/services/Soap/u/60.0', {
      headers: { 'content-type': 'text/xml', soapaction: '""' },
      body: `<soapenv:Envelope xmlns:soapenv="${envelope}" xmlns:xsi="${schema}" xmlns="urn:partner.soap.sforce.com"><soapenv:Header>${head}</soapenv:Header><soapenv:Body>${operation}</soapenv:Body></soapenv:Envelope>`,
    })
    const reading = readXml(told.text)
    if ('fault' in reading) throw new Error(told.text)
    const [first] = child(reading.root, 'Body')?.children ?? []
    if (first === undefined) throw new Error(told.text)
    expect(told.status).toBe(localName(first) === 'Fault' ? 500 : 200)
    return localName(first) === 'Fault' ? [first] : childrenOf(first, 'result')
  }
  const one = async (operation: string, sent: Sent = {}): Promise<XmlElement> => {
    const [first, ...others] = await send(operation, sent)
    expect(others).toEqual([])
    if (first === undefined) throw new Error(`nothing for ${operation}`)
    return first
  }
  const query = (soql: string, sent: Sent = {}): Promise<XmlElement> =>
    one(`<query><queryString>${soql.replaceAll('<', '&lt;')}</queryString></query>`, sent)
  const text = (
    element: XmlElement | undefined,
    ...path: readonly string[]
  ): string | undefined => {
    const [last = '', ...before] = path.toReversed()
    const inner = before.toReversed().reduce((at, name) => at && child(at, name), element)
    return inner && textOf(inner, last)
  }
  const sobject = (type: string, fields: string): string =>
    `<sObjects><type>${type}</type>${fields}</sObjects>`
  const made = async (type: string, fields: string): Promise<string> => {
    const result = await one(`<create>${sobject(type, fields)}</create>`)
    expect(text(result, 'success')).toBe('true')
    return text(result, 'id') ?? ''
  }
  const fault = async (operation: string, sent: Sent = {}): Promise<string> => {
    const found = await one(operation, sent)
    expect(localName(found)).toBe('Fault')
    const code = textOf(found, 'faultcode') ?? ''
    const [detail] = child(found, 'detail')?.children ?? []
    expect(`sf:${text(detail, 'exceptionCode') ?? ''}`).toBe(code)
    return `${code} ${detail === undefined ? '' : localName(detail)}`
  }

  it('describes objects in the order in which generated clients expect it', async () => {
    const all = await one('<describeGlobal/>')
    expect(childrenOf(all, 'sobjects').length).toBeGreaterThan(50)
    const account = await one(
      '<describeSObject><sObjectType>Account</sObjectType></describeSObject>',
    )
    const names = account.children.map(localName)
    expect(names).toEqual([...names].sort())
    expect(text(account, 'name')).toBe('Account')
    const field = childrenOf(account, 'fields').find((it) => text(it, 'name') === 'Industry')
    expect(text(field, 'type')).toBe('picklist')
    expect(field && childrenOf(field, 'picklistValues').length).toBeGreaterThan(5)
    const two = await send(
      '<describeSObjects><sObjectType>Account</sObjectType><sObjectType>Contact</sObjectType></describeSObjects>',
    )
    expect(two.map((it) => text(it, 'name'))).toEqual(['Account', 'Contact'])
    const layout = await one('<describeLayout><sObjectType>Account</sObjectType></describeLayout>')
    expect(childrenOf(layout, 'layouts')).not.toEqual([])
    expect(
      await fault('<describeSObject><sObjectType>Nope</sObjectType></describeSObject>'),
    ).toMatch(/NOT_FOUND|INVALID_TYPE/)
  })

  it('creates, reads, changes, empties, deletes and brings back', async () => {
    const id = await made(
      'Account',
      '<Name>Soap &amp; Co</Name><NumberOfEmployees>12</NumberOfEmployees><AnnualRevenue>1234.5</AnnualRevenue><Phone xsi:nil="true"/>',
    )
    const contact = await made(
      'Contact',
      `<LastName>Foam</LastName><AccountId>${id}</AccountId><HasOptedOutOfEmail>true</HasOptedOutOfEmail>`,
    )
    const row = child(
      await query(
        `SELECT Id, Name, Phone, CreatedDate, Owner.Name, (SELECT Id, LastName, HasOptedOutOfEmail FROM Contacts) FROM Account WHERE Id = '${id}'`,
      ),
      'records',
    )
    expect(text(row, 'type')).toBe('Account')
    expect(row && childrenOf(row, 'Id').map((it) => it.text)).toEqual([id, id])
    expect(text(row, 'Name')).toBe('Soap & Co')
    expect(row && child(row, 'Phone')?.attributes.get('xsi:nil')).toBe('true')
    expect(text(row, 'CreatedDate')).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
    expect(text(row, 'Owner', 'type')).toBe('User')
    expect(text(row, 'Contacts', 'size')).toBe('1')
    expect(text(row, 'Contacts', 'records', 'HasOptedOutOfEmail')).toBe('true')
    const changed = await one(
      `<update>${sobject('Account', `<fieldsToNull>NumberOfEmployees</fieldsToNull><Id>${id}</Id><Phone>1</Phone>`)}</update>`,
    )
    expect([text(changed, 'success'), text(changed, 'id')]).toEqual(['true', id])
    const [first, none] = await send(
      `<retrieve><fieldList>Name, NumberOfEmployees,Phone</fieldList><sObjectType>Account</sObjectType><ids>${id}</ids><ids>001000000000001AAA</ids></retrieve>`,
    )
    expect(text(first, 'Phone')).toBe('1')
    expect(text(first, 'NumberOfEmployees')).toBeUndefined()
    expect(none?.attributes.get('xsi:nil')).toBe('true')
    const gone = await send(`<delete><ids>${contact}</ids><ids>${contact}</ids></delete>`)
    expect(gone.map((it) => text(it, 'success'))).toEqual(['true', 'false'])
    expect(text(gone[1], 'errors', 'statusCode')).toBe('ENTITY_IS_DELETED')
    const back = await one(`<undelete><ids>${contact}</ids></undelete>`)
    expect(text(back, 'success')).toBe('true')
    const [start, end] = [api.clock.now - 3_600_000, api.clock.now + 60_000].map((at) =>
      new Date(at).toISOString(),
    )
    const window = `<sObjectType>Account</sObjectType><startDate>${start}</startDate><endDate>${end}</endDate>`
    const updated = await one(`<getUpdated>${window}</getUpdated>`)
    expect(childrenOf(updated, 'ids').map((it) => it.text)).toContain(id)
    expect(text(await one(`<getDeleted>${window}</getDeleted>`), 'latestDateCovered')).toMatch(/Z$/)
  })

  it('takes each for itself, or all or none, and says what is wrong with which field', async () => {
    const rows =
      sobject('Account', '<Name>Kept</Name>') + sobject('Account', '<Site>no name</Site>')
    const each = await send(`<create>${rows}</create>`)
    expect(each.map((it) => text(it, 'success'))).toEqual(['true', 'false'])
    expect(text(each[1], 'errors', 'statusCode')).toBe('REQUIRED_FIELD_MISSING')
    expect(text(each[1], 'errors', 'fields')).toBe('Name')
    const header = '<AllOrNoneHeader><allOrNone>true</allOrNone></AllOrNoneHeader>'
    const none = await send(`<create>${rows}</create>`, { header })
    expect(none.map((it) => text(it, 'success'))).toEqual(['false', 'false'])
    const wrong = await one(
      `<create>${sobject('Account', '<Name>x</Name><NumberOfEmployees>many</NumberOfEmployees>')}</create>`,
    )
    expect(text(wrong, 'success')).toBe('false')
    expect(text(wrong, 'errors', 'fields')).toBe('NumberOfEmployees')
    // A hundredth more than a double can hold is that hundredth, or a refusal.
    for (const revenue of ['123456789012345678', '0x10', '1e400', ' 7 ']) {
      const row = sobject('Account', `<Name>x</Name><AnnualRevenue>${revenue}</AnnualRevenue>`)
      const told = await one(`<create>${row}</create>`)
      if (text(told, 'success') !== 'true') {
        expect([revenue, text(told, 'errors', 'fields')]).toEqual([revenue, 'AnnualRevenue'])
        continue
      }
      const stored = await query(
        `SELECT FORMAT(AnnualRevenue) f FROM Account WHERE Id = '${text(told, 'id')}'`,
      )
      expect(text(child(stored, 'records'), 'f')?.replaceAll(/[$,]/g, '')).toBe(revenue.trim())
    }
    const deep =
      '<Name>x</Name><Parent><type>Account</type><Owner><Alias>a</Alias></Owner></Parent>'
    expect(await fault(`<create>${sobject('Account', deep)}</create>`)).toMatch(/^sf:INVALID_FIELD/)
    const many = sobject('Account', '<Name>x</Name>').repeat(201)
    expect(await fault(`<create>${many}</create>`)).toMatch(/^sf:LIMIT_EXCEEDED/)
  })

  it('upserts by a key, and names parents by theirs', async () => {
    const upsert = (fields: string): Promise<XmlElement> =>
      one(
        `<upsert><externalIDFieldName>SourceSystemIdentifier</externalIDFieldName>${sobject('Account', fields)}</upsert>`,
      )
    const first = await upsert(
      '<SourceSystemIdentifier>A-1</SourceSystemIdentifier><Name>First</Name>',
    )
    expect([text(first, 'created'), text(first, 'success')]).toEqual(['true', 'true'])
    const again = await upsert(
      '<SourceSystemIdentifier>A-1</SourceSystemIdentifier><Name>Second</Name>',
    )
    expect([text(again, 'created'), text(again, 'id')]).toEqual(['false', text(first, 'id')])
    const contact = await made(
      'Contact',
      '<LastName>Child</LastName><Account xsi:type="sf:sObject"><type>Account</type><SourceSystemIdentifier>A-1</SourceSystemIdentifier></Account>',
    )
    const row = child(
      await query(`SELECT AccountId FROM Contact WHERE Id = '${contact}'`),
      'records',
    )
    expect(text(row, 'AccountId')).toBe(text(first, 'id'))
  })

  it('pages through queries, counts, groups and searches', async () => {
    for (let batch = 0; batch < 2; batch++) {
      const rows = Array.from({ length: 200 }, (_, index) =>
        sobject('Contact', `<LastName>Paged ${batch} ${index}</LastName>`),
      )
      expect(await send(`<create>${rows.join('')}</create>`)).toHaveLength(200)
    }
    const header = '<QueryOptions><batchSize>250</batchSize></QueryOptions>'
    const soql = "SELECT Id FROM Contact WHERE LastName LIKE 'Paged%' ORDER BY LastName"
    const page = await query(soql, { header })
    expect([text(page, 'done'), text(page, 'size')]).toEqual(['false', '400'])
    const locator = text(page, 'queryLocator') ?? ''
    const rest = await one(`<queryMore><queryLocator>${locator}</queryLocator></queryMore>`)
    expect([text(rest, 'done'), childrenOf(rest, 'records').length]).toEqual(['true', 150])
    const counted = child(
      await query("SELECT COUNT(Id) n FROM Contact WHERE LastName LIKE 'Paged%'"),
      'records',
    )
    expect([text(counted, 'type'), text(counted, 'n')]).toEqual(['AggregateResult', '400'])
    const found = await one(
      '<search><searchString>FIND {Paged} RETURNING Contact(Id, LastName LIMIT 3)</searchString></search>',
    )
    expect(childrenOf(found, 'searchRecords')).toHaveLength(3)
    expect(await fault('<queryMore><queryLocator>01gNope</queryLocator></queryMore>')).toBe(
      'sf:INVALID_QUERY_LOCATOR InvalidQueryLocatorFault',
    )
    expect(await fault('<query><queryString>SELECT FROM</queryString></query>')).toBe(
      'sf:MALFORMED_QUERY MalformedQueryFault',
    )
  })

  it('answers nobody more than the REST API does', async () => {
    expect(await fault('<describeGlobal/>', { session: 'nobody' })).toBe(
      'sf:INVALID_SESSION_ID UnexpectedErrorFault',
    )
    expect(await fault('<query/>')).toMatch(/^sf:MISSING_ARGUMENT/)
    expect(await fault('<evaluate/>')).toMatch(/^sf:INVALID_TYPE/)
    const sealed = 'SELECT Id FROM LoginHistory'
    const asked = encodeURIComponent(sealed)
    const told = await api.ask('GET', `/services/data/v60.0/query?q=${asked}`, { as: 'rep' })
    const mine = await one(`<query><queryString>${sealed}</queryString></query>`, { as: 'rep' })
    if (told.status === 200) expect(text(mine, 'size')).toBe(String(told.json['totalSize']))
    else expect(textOf(mine, 'faultcode')).toBe(`sf:${told.code}`)
    const long = `<query><queryString>${'x'.repeat(100_000)}</queryString></query>`
    expect(await fault(long, { session: '' })).toMatch(/^sf:INVALID_SESSION_ID/)
    const signIn = await api.ask('POST', '/services/oauth2/token', tokenForm(repName, 'wrong'))
    expect(signIn.status).toBe(400)
  })

  it('does not work through what is endless', async () => {
    const attributes = Array.from({ length: 100_001 }, (_none, index) => `a${index}="1"`)
    for (const mass of [
      `<create>${sobject('Account', '<b>1</b>'.repeat(100_001))}</create>`,
      `<query ${attributes.join(' ')}/>`,
      `<query><queryString>${'&amp;'.repeat(400_001)}</queryString></query>`,
    ]) {
      const told = textOf(await one(mass), 'faultstring')
      expect(told).toContain('more than 100000 elements, attributes or references')
    }
    // What could be read in more than one way would be tried in all of them.
    const digits = `${'0'.repeat(1_000_000)}x`
    const account = sobject('Account', `<Name>x</Name><AnnualRevenue>${digits}</AnnualRevenue>`)
    const refused = await one(`<create>${account}</create>`)
    expect(text(refused, 'success')).toBe('false')
  })

  it('shows the applications and their tabs', async () => {
    const apps = await send('<describeTabs/>')
    expect(apps.length).toBeGreaterThan(0)
    const names = apps
      .flatMap((app) => childrenOf(app, 'tabs'))
      .map((tab) => text(tab, 'sobjectName'))
    expect(names).toContain('Account')
  })
})
