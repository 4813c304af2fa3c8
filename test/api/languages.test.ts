/** Who asks is answered in their own language: labels, lists, errors; tags and caches tell languages apart. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openApi, password, repName, type Api, type Json } from '../support/api.ts'
import { databases } from '../support/databases.ts'

const data = '/services/data/v67.0'
const own = '/services/fieldstone/v1'
const inGerman = { 'accept-language': 'de-AT,de;q=0.9,en;q=0.5' }

/** An object of the test's own, so that the shipped words may change. */
function addObject(metadataDir: string): Promise<void> {
  const write = (folder: string, name: string, body: object): void => {
    mkdirSync(join(metadataDir, folder), { recursive: true })
    writeFileSync(join(metadataDir, folder, `${name}.json`), JSON.stringify(body))
  }
  write('objects', 'Boat__c', {
    fullName: 'Boat__c',
    label: 'Boat',
    pluralLabel: 'Boats',
    nameField: { label: 'Boat Name', type: 'Text' },
    sharingModel: 'ReadWrite',
    fields: [
      { fullName: 'Length__c', label: 'Length', type: 'Number', precision: 4, scale: 0 },
      { fullName: 'Mark__c', label: 'Mark', type: 'Text', length: 8, unique: true },
      { fullName: 'Berth__c', label: 'Berth', type: 'Text', length: 8, required: true },
    ],
    validationRules: [
      {
        fullName: 'Afloat',
        active: true,
        errorConditionFormula: 'Length__c < 1',
        errorDisplayField: 'Length__c',
        errorMessage: 'A boat has a length.',
      },
    ],
  })
  write('objectTranslations', 'Boat__c-de', {
    fullName: 'Boat__c-de',
    caseValues: [
      { plural: false, value: 'Boot' },
      { plural: true, value: 'Boote' },
    ],
    fields: [
      { name: 'Length__c', label: 'Länge' },
      { name: 'Mark__c', label: 'Zeichen' },
      { name: 'Berth__c', label: 'Liegeplatz' },
    ],
    validationRules: [{ name: 'Afloat', errorMessage: 'Ein Boot hat eine Länge.' }],
  })
  const read = (name: string) =>
    JSON.parse(readFileSync(join(metadataDir, `${name}.json`), 'utf8')) as Readonly<
      Record<string, unknown>
    >
  write('tabs', 'Boat__c', { fullName: 'Boat__c', label: 'Harbour', customObject: true })
  write('applications', 'Harbour', { fullName: 'Harbour', label: 'Sea', tabs: ['Boat__c'] })
  const customTabs = [{ name: 'Boat__c', label: 'Hafen' }]
  write('translations', 'de', { ...read('translations/de'), customTabs })
  return Promise.resolve()
}

describe.each(databases)('languages on $name', (database) => {
  let api: Api
  beforeAll(async () => {
    api = await openApi(database, { prepare: addObject })
  })
  afterAll(() => api.close())

  const labels = (json: Json): readonly string[] =>
    (json['fields'] as unknown as { label: string }[]).map(({ label }) => label)

  it('a program gets the language it asks for, else that of its user', async () => {
    const path = `${data}/sobjects/Boat__c/describe`
    const german = await api.ask('GET', path, { as: 'admin', headers: inGerman })
    expect(german.json).toMatchObject({ label: 'Boot', labelPlural: 'Boote' })
    expect(labels(german.json)).toContain('Länge')
    const english = await api.ask('GET', path, { as: 'admin' })
    expect(english.json['label']).toBe('Boat')
    const unknown = await api.ask('GET', path, {
      as: 'admin',
      headers: { 'accept-language': 'tlh, *;q=0.5' },
    })
    expect(unknown.json['label']).toBe('Boat')
  })

  it('a tab has words of its own, and these have translations', async () => {
    const labelOf = async (headers: Readonly<Record<string, string>>) => {
      const { json } = await api.ask('GET', `${data}/tabs`, { as: 'admin', headers })
      const shell = await api.ask('GET', `${own}/ui/app`, { as: 'admin', headers })
      const isBoat = (one: Json): boolean => String(one['name']) === 'Boat__c'
      const tab = json.find(isBoat)
      const object = shell.json['objects']?.find(isBoat)
      return [tab?.['label'], object?.['tabLabel'], object?.['labelPlural']]
    }
    expect(await labelOf({})).toEqual(['Harbour', 'Harbour', 'Boats'])
    expect(await labelOf(inGerman)).toEqual(['Hafen', 'Hafen', 'Boote'])
  })

  it('lists, basic describes and the shell follow', async () => {
    const options = { as: 'admin', headers: inGerman } as const
    const list = await api.ask('GET', `${data}/sobjects`, options)
    const names = list.json['sobjects'] as unknown as { name: string; label: string }[]
    expect(names.find(({ name }) => name === 'Boat__c')?.label).toBe('Boot')
    const basic = await api.ask('GET', `${data}/sobjects/Boat__c`, options)
    expect(basic.json['objectDescribe']?.['label']).toBe('Boot')
    const screen = await api.ask('GET', `${own}/ui/objects/Boat__c`, options)
    expect(screen.json['listViews']).toMatchObject([
      { label: 'Alle Boote' },
      { label: 'Boote meiner Warteschlangen' },
    ])
  })

  it('tags tell languages apart, and caches are told', async () => {
    const path = `${data}/sobjects/Boat__c/describe`
    const english = await api.ask('GET', path, { as: 'admin' })
    const etag = english.headers.get('etag') ?? ''
    const same = await api.ask('GET', path, { as: 'admin', headers: { 'if-none-match': etag } })
    // By the time as well, once nothing newer could bear the same second.
    api.clock.now += 2_000
    const timed = await api.ask('GET', path, { as: 'admin' })
    const since = { 'if-modified-since': timed.headers.get('last-modified') ?? '' }
    expect((await api.ask('GET', path, { as: 'admin', headers: since })).status).toBe(304)
    const before = { 'if-modified-since': new Date(api.clock.now - 60_000).toUTCString() }
    expect((await api.ask('GET', path, { as: 'admin', headers: before })).status).toBe(200)
    expect(same.status).toBe(304)
    const other = await api.ask('GET', path, {
      as: 'admin',
      headers: { ...inGerman, 'if-none-match': etag },
    })
    expect(other.status).toBe(200)
    expect(other.headers.get('vary')).toContain('Accept-Language')
  })

  it('the screens speak the language of the user, whatever the browser asks for', async () => {
    const signedIn = await api.ask('POST', `${own}/session`, {
      body: { username: repName, password },
      headers: { 'x-fieldstone-request': '1' },
    })
    const cookie = (signedIn.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    const headers = { cookie, 'x-fieldstone-request': '1', ...inGerman }
    const before = await api.ask('GET', `${own}/ui/app`, { headers })
    expect(before.json['user']).toMatchObject({ language: 'en_US', locale: 'en_US' })
    const changed = await api.ask('PATCH', `${own}/session`, { headers, body: { language: 'de' } })
    expect(changed.status).toBe(204)
    const after = await api.ask('GET', `${own}/ui/app`, { headers })
    expect(after.json['user']).toMatchObject({ language: 'de', locale: 'de_DE' })
    const wrong = await api.ask('PATCH', `${own}/session`, { headers, body: { language: 'xx' } })
    expect(wrong.code).toBe('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST')
  })

  it('a refusal is said in the language, under the same code', async () => {
    const refused = await api.ask('GET', `${own}/metadata`, { as: 'rep', headers: inGerman })
    expect(refused.code).toBe('INSUFFICIENT_ACCESS')
    expect(refused.json[0]?.['message']).toBe(
      'Dafür ist die Berechtigung CustomizeApplication nötig.',
    )
    expect(refused.json[0]).not.toHaveProperty('told')
  })

  it('what a save is refused for is said with the labels of the language', async () => {
    const boats = `${data}/sobjects/Boat__c`
    const save = async (body: object): Promise<readonly string[]> => {
      const { json } = await api.ask('POST', boats, { as: 'admin', headers: inGerman, body })
      const problems = json as unknown as { message: string }[]
      return Array.isArray(problems) ? problems.map(({ message }) => message) : []
    }
    expect(await save({ Name: 'A', Mark__c: 'ninechars' })).toEqual([
      'Zeichen: Zu lang: 9 Zeichen, erlaubt sind höchstens 8.',
      'Ein Pflichtfeld fehlt: Geben Sie einen Wert für Liegeplatz ein (Berth__c).',
    ])
    expect(await save({ Name: 'A', Berth__c: 'x', Length__c: 0 })).toEqual([
      'Ein Boot hat eine Länge.',
    ])
    expect(await save({ Name: 'A', Berth__c: 'x', Mark__c: 'one' })).toEqual([])
    expect(await save({ Name: 'B', Berth__c: 'x', Mark__c: 'one' })).toEqual([
      'Doppelter Wert: Ein anderer Datensatz hat denselben Wert in Zeichen.',
    ])
    const body = { records: [{ attributes: { type: 'Boat__c' }, Name: 'C' }] }
    const many = await api.ask('POST', `${data}/composite/sobjects`, {
      as: 'admin',
      headers: inGerman,
      body,
    })
    expect(many.json[0]?.['errors']).toMatchObject([
      {
        statusCode: 'REQUIRED_FIELD_MISSING',
        message: 'Ein Pflichtfeld fehlt: Geben Sie einen Wert für Liegeplatz ein (Berth__c).',
      },
    ])
  })

  it('a translation of what is not there is refused with its place', async () => {
    const put = await api.ask('PUT', `${own}/metadata/CustomObjectTranslation/Boat__c-es`, {
      as: 'admin',
      body: { fullName: 'Boat__c-es', fields: [{ name: 'Lenght__c', label: 'Eslora' }] },
    })
    expect(put.status).toBe(400)
    expect(put.text).toContain('Boat__c has no field \\"Lenght__c\\"')
    expect(put.text).toContain('Length__c')
  })

  it('Setup lists objects and fields in the words of whoever asks; their bodies stay in the base language', async () => {
    const setup = '/services/fieldstone/v1/metadata'
    const labelOf = async (type: string, fullName: string, language: string) => {
      const headers = { 'accept-language': language }
      const { json } = await api.ask('GET', `${setup}?type=${type}`, { as: 'admin', headers })
      const found = (json as unknown as Json[]).find((one) => String(one['fullName']) === fullName)
      return String(found?.['label'])
    }
    expect(await labelOf('CustomObject', 'Case', 'en')).toBe('Case')
    expect(await labelOf('CustomObject', 'Case', 'de')).toBe('Vorgang')
    expect(await labelOf('CustomField', 'Case.Priority', 'de')).toBe('Priorität')
    const headers = { 'accept-language': 'de' }
    const body = await api.ask('GET', `${setup}/CustomObject/Case`, { as: 'admin', headers })
    expect(String(body.json['label'])).toBe('Case')
  })

  it('plans and the journal speak the language of the caller, and are kept in none', async () => {
    const berths = { Name: 'Ida', Berth__c: 'A1' }
    expect(
      (await api.ask('POST', `${data}/sobjects/Boat__c`, { as: 'admin', body: berths })).status,
    ).toBe(201)
    const fullName = 'Boat__c.Keel__c'
    const body = { fullName: 'Keel__c', label: 'Kiel', type: 'Text', length: 9 }
    const required = { ...body, required: true }
    const change = (one: object) => ({
      changes: [{ type: 'CustomField', fullName, body: one }],
    })
    const german = { as: 'admin', headers: inGerman } as const
    const english = { as: 'admin' } as const
    const refused = await api.ask('POST', `${own}/plans`, { ...german, body: change(required) })
    expect(JSON.stringify(refused.json)).toMatch(
      /\d+ von \d+ Datens(atz|ätzen) (hat|haben) keinen Wert für Boat__c.Keel__c, das Pflichtfeld wird\./,
    )
    expect(JSON.stringify(refused.json)).toContain('Standardwert (defaultValue)')
    expect(JSON.stringify(refused.json)).not.toContain('"told')
    const plan = await api.ask('POST', `${own}/plans`, { ...german, body: change(body) })
    expect(plan.json['summary']).toBe('Feld Kiel zu Boot hinzufügen')
    const again = await api.ask('GET', `${own}/plans/${String(plan.json['id'])}`, english)
    expect(again.json['summary']).toBe('Add field Kiel to Boat')
    expect(JSON.stringify(again.json)).toContain('Adds 2 columns for field Boat__c.Keel__c')
    await api.ask('POST', `${own}/plans/${String(plan.json['id'])}/apply`, { ...english, body: {} })
    const told = async (options: typeof english | typeof german) =>
      JSON.stringify((await api.ask('GET', `${own}/journal`, options)).json)
    expect(await told(german)).toContain('Fügt 2 Spalten für das Feld Boat__c.Keel__c hinzu')
    expect(await told(english)).toContain('Adds 2 columns for field Boat__c.Keel__c')
    expect(await told(english)).not.toContain('"told')
  })

  it('what is wrong with formulas and declarations is said in it, and English stays the rule', async () => {
    const german = { as: 'admin', headers: inGerman } as const
    const spanish = { as: 'admin', headers: { 'accept-language': 'es' } } as const
    const check = async (text: string, options: typeof german | typeof spanish) => {
      const body = { object: 'Boat__c', text, context: 'rule' }
      const { json } = await api.ask('POST', `${own}/formulas/check`, { ...options, body })
      return (json['problem'] as Json)['message']
    }
    expect(await check('ISPICKVAL(Length__c, "x")', german)).toBe(
      'ISPICKVAL: erwartet wird eine Auswahlliste; Länge ist eine Zahl',
    )
    expect(await check('Flor(1)', spanish)).toBe(
      'No existe ninguna función Flor; ¿quería decir FLOOR?',
    )
    const question = { object: 'Boat__c', text: 'Flor(1)', context: 'rule' }
    const plain = await api.ask('POST', `${own}/formulas/check`, { as: 'admin', body: question })
    expect(plain.text).toContain('There is no function Flor; did you mean FLOOR?')
    const language = await api.ask('GET', `${own}/formulas/language`, german)
    expect(language.text).toContain('Ergibt eine Zahl ohne Vorzeichen.')
    expect(language.text).toContain('Der Datensatz der Person, die fragt.')

    const problemOf = async (change: object) => {
      const body = { changes: [change] }
      const { json, text } = await api.ask('POST', `${own}/plans`, { ...german, body })
      expect(text).not.toContain('"told')
      return (json['problems'] as unknown as Json[])[0]
    }
    const wrongType = { fullName: 'Keel__c', label: 'Kiel', type: 'Texte' }
    expect(
      await problemOf({ type: 'CustomField', fullName: 'Boat__c.Keel__c', body: wrongType }),
    ).toMatchObject({
      reason: "unbekannter Wert für type: 'Texte'",
      suggestion: 'meinten Sie „Text“?',
    })
    const used = await problemOf({
      type: 'CustomField',
      fullName: 'Boat__c.Length__c',
      delete: true,
    })
    expect(used).toMatchObject({
      reason: 'Boat__c.Length__c lässt sich nicht entfernen: Es wird an 2 Stellen verwendet.',
      references: expect.arrayContaining([
        'ValidationRule Boat__c.Afloat hat es in seiner Bedingung',
      ]),
    })
    const usage = await api.ask('GET', `${own}/usage/Boat__c`, german)
    expect(usage.text).toContain('ValidationRule Boat__c.Afloat hat es in seiner Bedingung')
    const unknown = await api.ask('GET', `${own}/journal/99999`, german)
    expect(unknown.text).toContain('es gibt keinen Journaleintrag 99999')
  })
})
