/** Searches on both databases: found alike, kept by every write, never beyond the rights of the caller. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemCaller } from '../../engine/auth/system-caller.ts'
import type { Caller } from '../../engine/records/records.ts'
import { sql } from '../../engine/sql/sql.ts'
import { openApi, type Api, type Ask } from '../support/api.ts'
import { databases } from '../support/databases.ts'

const data = '/services/data/v67.0'
const own = '/services/fieldstone/v1'

interface Found {
  readonly attributes: { readonly type: string }
  readonly Name?: string
}

describe.each(databases)('search on $name', (database) => {
  let api: Api
  const ids = new Map<string, string>()

  beforeAll(async () => {
    api = await openApi(database)
    // Records of before the first search are found as well as those of after it.
    await create('Account', {
      Name: 'Bäckerei Möller',
      Phone: '+49 30 1234',
      Website: 'https://baecker.example',
    })
    await create('Account', { Name: 'Moller Holding', Industry: 'Banking' })
    await create('Contact', {
      LastName: 'Weiß',
      FirstName: 'Anna',
      Email: 'anna.weiss@example.org',
    })
    await sosl('FIND {moller} RETURNING Account(Id)')
    await api.engine.searchIndexes.settled()
    await create('Account', { Name: "O'Hara & Söhne", Phone: '555-0199', Description: 'x' })
    await create('Account', { Name: 'Moller' })
  }, 300_000)
  afterAll(() => api.close())

  const ask = (method: string, path: string, options: Ask = {}): ReturnType<Api['ask']> =>
    api.ask(method, path, { as: 'admin', ...options })
  const create = async (object: string, body: Record<string, unknown>): Promise<void> => {
    const { json } = await ask('POST', `${data}/sobjects/${object}`, { body })
    ids.set(String(body['Name'] ?? body['LastName']), String(json['id']))
  }
  const sosl = async (text: string, as: Ask['as'] = 'admin'): Promise<readonly Found[]> => {
    const answer = await ask('GET', `${data}/search?q=${encodeURIComponent(text)}`, { as })
    expect(answer.status, `${answer.text} ${api.log.join(' ')}`).toBe(200)
    return answer.json['searchRecords'] as unknown as readonly Found[]
  }
  const names = async (find: string, as: Ask['as'] = 'admin'): Promise<unknown[]> =>
    (await sosl(`FIND {${find}} RETURNING Account(Name)`, as)).map((one) => one.Name)

  it('finds words whatever their case and accents, the closest name first', async () => {
    expect(await names('moller')).toEqual(['Moller', 'Moller Holding', 'Bäckerei Möller'])
    expect(await names('MÖLLER bäck*')).toEqual(['Bäckerei Möller'])
    expect(await names('moll')).toEqual([])
    expect(await names('moll*')).toHaveLength(3)
    expect(await names('hara')).toEqual(["O'Hara & Söhne"])
    expect(await names('hara OR holding')).toHaveLength(2)
    expect(await names('moller AND NOT holding')).toEqual(['Moller', 'Bäckerei Möller'])
    expect(await names('"moller holding"')).toEqual(['Moller Holding'])
  })

  it('looks into the fields that are asked for', async () => {
    const within = async (group: string, word: string): Promise<number> =>
      (await sosl(`FIND {${word}} IN ${group} FIELDS RETURNING Account, Contact`)).length
    expect(await within('PHONE', '0199')).toBe(1)
    expect(await within('NAME', '0199')).toBe(0)
    expect(await within('EMAIL', 'anna')).toBe(1)
    expect(await within('EMAIL', 'weiss')).toBe(1)
    expect(await within('PHONE', 'anna')).toBe(0)
    expect(await within('ALL', 'baecker')).toBe(1)
  })

  it('takes conditions, orders and limits for each object, and one for all', async () => {
    const of = async (rest: string): Promise<unknown[]> =>
      (await sosl(`FIND {moller} RETURNING ${rest}`)).map((one) => one.Name)
    expect(await of("Account(Name WHERE Industry = 'Banking')")).toEqual(['Moller Holding'])
    expect(await of('Account(Name ORDER BY Name DESC LIMIT 1)')).toEqual(['Moller Holding'])
    expect(await of('Account(Name ORDER BY Name LIMIT 2 OFFSET 1)')).toHaveLength(2)
    expect(await of('Account(Name), Contact(Name) LIMIT 2')).toHaveLength(2)
    const all = await sosl('FIND {moller}')
    expect(all.map((one) => one.attributes.type)).toEqual(['Account', 'Account', 'Account'])
  })

  it('answers parameters, in the address and in a body', async () => {
    const path = `${data}/parameterizedSearch?q=moller&sobject=Account&Account.fields=Id,Name&defaultLimit=2`
    expect((await ask('GET', path)).json['searchRecords']).toHaveLength(2)
    const body = {
      ...{ q: 'moll*', in: 'NAME', fields: ['Name'], overallLimit: 5 },
      sobjects: [{ name: 'Account', where: "Name LIKE '%holding'", limit: 1 }, { name: 'Contact' }],
    }
    const { json } = await ask('POST', `${data}/parameterizedSearch`, { body })
    expect(json['searchRecords']).toMatchObject([{ Name: 'Moller Holding' }])
    const box = await ask('GET', `${own}/ui/search?q=${encodeURIComponent('ann*')}`)
    expect(box.json['searchRecords']).toMatchObject([
      { attributes: { type: 'Contact' }, Name: 'Anna Weiß' },
    ])
  })

  it('puts names before other fields, and whole words before beginnings', async () => {
    await create('Account', { Name: 'Kranich Mitte', Website: 'https://x.example' })
    await create('Account', { Name: 'Am Kran', Website: 'https://y.example' })
    await create('Account', { Name: 'Zentrale', Website: 'https://kran.example' })
    await create('Account', { Name: 'Kran' })
    expect(await names('kran*')).toEqual(['Kran', 'Kranich Mitte', 'Am Kran', 'Zentrale'])
    expect(await names('kran')).toEqual(['Kran', 'Am Kran', 'Zentrale'])
  })

  it('follows every change: update, delete, undelete, purge', async () => {
    const id = ids.get('Moller Holding') ?? ''
    const account = `${data}/sobjects/Account/${id}`
    await ask('PATCH', account, { body: { Name: 'Zeppelin Werke' } })
    expect(await names('holding')).toEqual([])
    expect(await names('zeppelin')).toEqual(['Zeppelin Werke'])
    await ask('PATCH', account, { body: { Industry: 'Energy' } })
    expect(await names('zeppelin')).toEqual(['Zeppelin Werke'])
    await ask('DELETE', account)
    expect(await names('zeppelin')).toEqual([])
    await api.engine.records.undelete(adminCaller(), id)
    expect(await names('zeppelin')).toEqual(['Zeppelin Werke'])
    const records = ['Zeppelin Eins', 'Zeppelin Zwei'].map((Name) => ({
      ...{ attributes: { type: 'Account' }, Name },
    }))
    await ask('POST', `${data}/composite/sobjects`, { body: { allOrNone: true, records } })
    expect(await names('zeppelin')).toHaveLength(3)
  })

  const adminCaller = (): Caller => systemCaller(api.engine.deployer.store.current())

  it('shows nobody a record by a word in a field that he may not read', async () => {
    await create('Account', {
      Name: 'Quiet',
      Website: 'https://secretword.example',
      Phone: 'callme',
    })
    expect(await names('secretword')).toEqual(['Quiet'])
    expect(await names('secretword', 'rep')).toEqual([])
    expect(await names('callme', 'rep')).toEqual(['Quiet'])
    expect(await names('quiet secretword', 'rep')).toEqual([])
    expect(await sosl('FIND {weiss}', 'rep')).toEqual([])
    const hidden = encodeURIComponent('FIND {weiss} RETURNING Contact(Id)')
    expect((await ask('GET', `${data}/search?q=${hidden}`, { as: 'rep' })).code).toBe(
      'INVALID_TYPE',
    )
  })

  it('finds phrases, brackets, wildcards and telephone numbers however they are written', async () => {
    await create('Account', { Name: 'Anna Bauer Gärtnerei', Phone: '+49 (0)30 123-45' })
    await create('Account', { Name: 'Bauer und Anna', Phone: '030 / 67 890' })
    expect(await names('"anna bauer"')).toEqual(['Anna Bauer Gärtnerei'])
    expect(await names('anna bauer')).toHaveLength(2)
    expect(await names('anna AND (gartnerei OR zzz)')).toEqual(['Anna Bauer Gärtnerei'])
    expect(await names('bauer AND NOT (gartnerei OR zzz)')).toEqual(['Bauer und Anna'])
    expect(await names('g?rtn*ei')).toEqual(['Anna Bauer Gärtnerei'])
    expect(await names('g?rtn')).toEqual([])
    for (const number of ['03012345', '+493012345', '0049 30 12345', '(030) 123 45']) {
      expect(await names(number), number).toEqual(['Anna Bauer Gärtnerei'])
    }
    expect(await names('+49 30 123*')).toHaveLength(2)
    expect(await names('+49 30 67890')).toEqual(['Bauer und Anna'])
    const id = ids.get('Bauer und Anna') ?? ''
    expect(await names(id)).toEqual(['Bauer und Anna'])
    expect(await names(id.slice(0, 15))).toEqual(['Bauer und Anna'])
  })

  it('B4: corrects a word that nothing has, by words that the caller may read alone', async () => {
    expect(await names('gartnreei')).toEqual(['Anna Bauer Gärtnerei'])
    expect(await names('moeller')).toContain('Moller')
    expect(await names('gartnreei bauer')).toEqual(['Anna Bauer Gärtnerei'])
    expect(await names('bauxx')).toEqual([])
    const plain = 'FIND {gartnreei} RETURNING Account(Name) WITH SPELL_CORRECTION = false'
    expect(await sosl(plain)).toEqual([])
    const box = async (q: string, as: 'admin' | 'rep'): Promise<unknown[]> => {
      const { json } = await ask('GET', `${own}/ui/search?q=${encodeURIComponent(q)}`, { as })
      return [json['searchRecords']?.length, json['corrected']]
    }
    expect(await box('Gartnreei*', 'rep')).toEqual([1, 'gartnerei*'])
    expect(await box('secretwrod', 'admin')).toEqual([1, 'secretword'])
    expect(await box('secretwrod', 'rep')).toEqual([0, null])
    expect(await names('secretwrod', 'rep')).toEqual([])
    expect(await names('secre?word', 'rep')).toEqual([])
  })

  it('shows where the words were found', async () => {
    const [first] = await sosl('FIND {bauer} RETURNING Account(Name, Phone) WITH HIGHLIGHT LIMIT 1')
    expect(first).toMatchObject({
      highlight: { Name: expect.stringMatching('<mark>Bauer</mark>') },
    })
    const site = 'FIND {baecker} RETURNING Account(Name) WITH SNIPPET (target_length=60)'
    expect(await sosl(site)).toMatchObject([
      { Name: 'Bäckerei Möller', 'snippet.text': 'https://<mark>baecker</mark>.example' },
    ])
    await create('Account', { Name: '<b>Schulze</b> & Sohn' })
    expect(await sosl('FIND {schulze} RETURNING Account(Name) WITH HIGHLIGHT')).toMatchObject([
      { highlight: { Name: '&lt;b&gt;<mark>Schulze</mark>&lt;/b&gt; &amp; Sohn' } },
    ])
  })

  it('suggests records by their names while they are typed', async () => {
    const path = `${data}/search/suggestions?q=${encodeURIComponent('anna bau')}&sobject=Account`
    const { json } = await ask('GET', `${path}&fields=Id,Name,Phone&limit=5`)
    expect(json['autoSuggestResults']).toHaveLength(2)
    expect(json['autoSuggestResults']).toContainEqual(
      expect.objectContaining({ Name: 'Bauer und Anna', Phone: '030 / 67 890' }),
    )
    expect(json['hasMoreResults']).toBe(false)
    const bare = await ask('GET', `${path}&limit=1`)
    expect(bare.json['autoSuggestResults']).toMatchObject([{ Name: expect.any(String) }])
    expect(bare.json['hasMoreResults']).toBe(true)
  })

  it('refuses what it cannot search, and says where', async () => {
    const refused = async (text: string): Promise<unknown[]> => {
      const answer = await ask('GET', `${data}/search?q=${encodeURIComponent(text)}`)
      return [answer.status, answer.code]
    }
    expect(await refused('SELECT Id FROM Account')).toEqual([400, 'MALFORMED_QUERY'])
    for (const find of ['', '&&', 'NOT moller', 'a*', 'x OR', 'x OR NOT y']) {
      expect(await refused(`FIND {${find}}`), find).toEqual([400, 'MALFORMED_SEARCH'])
    }
    for (const rest of [
      ...['IN SOME FIELDS', 'RETURNING', 'RETURNING Account(', 'WITH X', 'LIMIT x'],
      ...['WITH SNIPPET(x)', 'WITH SPELL_CORRECTION = maybe'],
    ]) {
      expect(await refused(`FIND {x} ${rest}`), rest).toEqual([400, 'MALFORMED_QUERY'])
    }
    expect(await refused('FIND {x} RETURNING Account(Nope)')).toEqual([400, 'INVALID_FIELD'])
    expect(await refused('FIND {x} RETURNING Organization(Id)')).toEqual([400, 'INVALID_TYPE'])
    expect(await refused('FIND {x\'"(){}^~:*} RETURNING Account')).toEqual([400, 'MALFORMED_QUERY'])
    expect(await refused(`FIND {${'ab '.repeat(30)}}`)).toEqual([400, 'LIMIT_EXCEEDED'])
    for (const body of [
      { q: 5 },
      { q: 'ab', sobjects: 5 },
      { q: 'ab', sobjects: [{ name: "x'" }] },
    ]) {
      const { code } = await ask('POST', `${data}/parameterizedSearch`, { body })
      expect(code).toBe('INVALID_ARGUMENT')
    }
  })

  it('has every index that was made in another form made anew', async () => {
    const { storage, searchIndexes } = api.engine
    const account = sql`table_name = 'Account'`
    const shape = async (): Promise<unknown> =>
      (await storage.read(sql`select columns as c from fs_search where ${account}`))[0]?.['c']
    const present = await shape()
    await storage.write((tx) => tx.run(sql`update fs_search set columns = 'Name' where ${account}`))
    expect(await searchIndexes.isMadeAnew('Account')).toBe(true)
    await searchIndexes.settled()
    expect(await shape()).toBe(present)
    expect(await searchIndexes.isMadeAnew('Account')).toBe(false)
    expect(await names('quiet')).toEqual(['Quiet'])
  })

  it('leaves to the next search what a save would have to do', async () => {
    const { storage } = api.engine
    const pending = async (): Promise<number> => {
      const [row] = await storage.read(sql`select count(*) as n from fs_search_pending`)
      return Number(row?.['n'])
    }
    await names('quiet')
    expect(await pending()).toBe(0)
    await create('Account', { Name: 'Afterwards' })
    expect(await pending()).toBe(storage.dialect.name === 'sqlite' ? 1 : 0)
    expect(await names('afterwards')).toEqual(['Afterwards'])
    expect(await pending()).toBe(0)
  })

  it('follows the model: a field that comes is searched, a purged one is forgotten', async () => {
    const field = `${own}/metadata/CustomField/Account.Nick__c`
    const body = { fullName: 'Nick__c', label: 'Nick', type: 'Text', length: 40 }
    expect((await ask('PUT', field, { body })).status).toBeLessThan(300)
    await api.engine.searchIndexes.settled()
    await create('Account', { Name: 'Named', Nick__c: 'Flipper' })
    expect(await names('flipper')).toEqual(['Named'])
    expect(await names('quiet')).toEqual(['Quiet'])
    expect((await ask('DELETE', `${field}?consent=true`)).status).toBeLessThan(300)
    await api.engine.deployer.purge('Account', 'Nick__c')
    await api.engine.searchIndexes.settled()
    await create('Account', { Name: 'Flipper again' })
    expect(await names('flipper')).toEqual(['Flipper again'])
    expect(await api.engine.deployer.verify()).toEqual([])
  })
})
