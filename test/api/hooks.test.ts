/** Hooks in TypeScript: the same at every door, within the transaction of the save, and harmless when they fail. */
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openApi, type Api, type Ask, type Json } from '../support/api.ts'
import { databases } from '../support/databases.ts'

const data = '/services/data/v60.0'
const own = '/services/fieldstone/v1'

/** What the hooks of contacts do is chosen by the last name. */
const contactHooks = `
import { shout } from './lib/words.ts'
export default {
  async beforeInsert({ records, system, caller }) {
    for (const record of records) {
      const name = String(record.values.LastName)
      record.values.Title = shout(name) + records.length
      if (name.startsWith('refused')) record.addError('LastName', 'Not this one.')
      if (name === 'wrong value') record.values.Birthdate = 'yesterday'
      if (name === 'thrown') throw new Error('on purpose')
      if (name === 'exits') process.exit(3)
      if (name === 'forgotten') void Promise.reject(new Error('nobody waits'))
      if (name === 'writes before') await system.create('Task', { Subject: 'before ' + name })
    }
  },
  async afterInsert({ records, system, user }) {
    for (const { id, values, addError } of records) {
      const name = String(values.LastName)
      if (name === 'deeper') await system.create('Contact', { LastName: name })
      if (name === 'late') {
        await system.create('Task', { Subject: 'late', WhoId: id })
        records.find((one) => one.id === id).addError('Too late.')
      }
      if (name === 'reads') {
        const [found] = await system.query('SELECT Title FROM Contact WHERE Id = :id', { id })
        await system.update('Contact', { Id: id, Department: found.Title + '!' })
      }
      if (name === 'as user') await user.query('SELECT Subject FROM Task')
      if (name === 'catches') {
        const code = await system.create('Task', { Nothing: 1 }).catch((error) => error.code)
        await system.update('Contact', { Id: id, Department: code })
      }
    }
  },
  async beforeUpdate({ records }) {
    for (const record of records)
      if (record.isChanged('Department')) record.values.Title = record.old.Department + ' before'
  },
  async afterDelete({ records, system }) {
    await system.create('Task', records.map(({ values }) => ({ Subject: 'gone ' + values.LastName })))
  },
  async beforeUndelete({ records }) {
    for (const record of records) if (record.values.Department === 'stays') record.addError('It stays.')
  },
  async afterUndelete({ records, system }) {
    await system.update('Contact', records.map(({ id }) => ({ Id: id, Department: 'back' })))
  },
}
`

function writeHooks(home: string): string {
  const folder = join(home, 'hooks')
  mkdirSync(join(folder, 'lib'), { recursive: true })
  copyFileSync('docs/examples/hooks/Account.ts', join(folder, 'Account.ts'))
  writeFileSync(
    join(folder, 'lib', 'words.ts'),
    'export const shout = (text: string): string => text.toUpperCase()\n',
  )
  writeFileSync(join(folder, 'Contact.ts'), contactHooks)
  return folder
}

describe.each(databases)('hooks on $name', (database) => {
  let api: Api
  let folder: string
  beforeAll(async () => {
    api = await openApi(database)
    folder = writeHooks(api.folder)
    await api.engine.hooks.reload()
  })
  afterAll(() => api.close())

  const admin = (method: string, path: string, ask: Ask = {}) =>
    api.ask(method, `${data}/${path}`, { as: 'admin', ...ask })
  const create = (object: string, body: object, as: Ask['as'] = 'admin') =>
    admin('POST', `sobjects/${object}`, { body, as })
  const made = async (object: string, body: object): Promise<string> => {
    const { json, text } = await create(object, body)
    expect(json['success'], text).toBe(true)
    return String(json['id'])
  }
  const query = async (soql: string): Promise<readonly Json[]> => {
    const { json, text } = await admin('GET', `query?q=${encodeURIComponent(soql)}`)
    expect(json['done'], text).toBe(true)
    return json['records'] as unknown as Json[]
  }
  const read = async (object: string, id: string) =>
    (await admin('GET', `sobjects/${object}/${id}`)).json
  const tasks = async (subject: string) => query(`SELECT Id FROM Task WHERE Subject = '${subject}'`)

  it('the example of the documentation does what it says, and its types fit', async () => {
    const id = await made('Account', {
      Name: 'Big',
      Website: 'http://big.example',
      AnnualRevenue: 2e6,
    })
    expect((await read('Account', id))['Website']).toBe('https://big.example')
    expect(await tasks('Welcome Big')).toHaveLength(1)
    const negative = await create('Account', { Name: 'Less', AnnualRevenue: -1 })
    expect(negative.json[0]).toMatchObject({
      errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      message: 'A revenue cannot be negative.',
      fields: ['AnnualRevenue'],
    })
    // The rep may not see the field: the hook still decides, and nothing names it.
    await admin('PATCH', `sobjects/Account/${id}`, { body: { Rating: 'Hot' } })
    expect((await read('Account', id))['Description']).toMatch(/^Hot since a word of .*; was null$/)
    // Types are the same on both databases.
    if (database.name === 'postgres') return
    const options = [
      '--ignoreConfig',
      '--noEmit',
      '--strict',
      '--target',
      'es2022',
      '--skipLibCheck',
      'false',
    ]
    const files = ['--module', 'nodenext', join(folder, 'Account.ts')]
    const { stdout } = spawnSync('node_modules/.bin/tsc', [...options, ...files], {
      encoding: 'utf8',
    })
    expect(stdout).toBe('')
  })

  it('hooks before a save set values and refuse records at every door, all records of one save at once', async () => {
    const rows = ['a', 'refused b', 'c'].map((LastName) => ({
      attributes: { type: 'Contact' },
      LastName,
    }))
    const partly = await admin('POST', 'composite/sobjects', {
      body: { allOrNone: false, records: rows },
    })
    expect((partly.json as readonly Json[]).map((one) => one['success'])).toEqual([
      true,
      false,
      true,
    ])
    const whole = await admin('POST', 'composite/sobjects', {
      body: { allOrNone: true, records: rows },
    })
    expect(
      (whole.json as readonly Json[]).map((one) => one['errors']?.[0]?.['statusCode']),
    ).toEqual([
      'ALL_OR_NONE_OPERATION_ROLLED_BACK',
      'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      'ALL_OR_NONE_OPERATION_ROLLED_BACK',
    ])
    const job = await admin('POST', 'jobs/ingest', {
      body: { object: 'Contact', operation: 'insert', lineEnding: 'LF' },
    })
    const jobPath = `jobs/ingest/${String(job.json['id'])}`
    await admin('PUT', `${jobPath}/batches`, {
      body: 'LastName\nbulk 1\nrefused 2\nbulk 3\n',
      headers: { 'content-type': 'text/csv' },
    })
    await admin('PATCH', jobPath, { body: { state: 'UploadComplete' } })
    for (let state = ''; state !== 'JobComplete';) {
      state = String((await admin('GET', jobPath)).json['state'])
      expect(['UploadComplete', 'InProgress', 'JobComplete']).toContain(state)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    const steps = ['step 1', 'step 2'].map((LastName) => ({
      method: 'POST',
      url: `${data}/sobjects/Contact`,
      referenceId: LastName.replace(' ', ''),
      body: { LastName },
    }))
    await admin('POST', 'composite', { body: { allOrNone: true, compositeRequest: steps } })
    const found = await query(
      "SELECT LastName, Title FROM Contact WHERE LastName != 'Nobody' ORDER BY LastName",
    )
    expect(found.map((one) => [one['LastName'], one['Title']])).toEqual([
      ['a', 'A3'],
      ['bulk 1', 'BULK 13'],
      ['bulk 3', 'BULK 33'],
      ['c', 'C3'],
      ['step 1', 'STEP 11'],
      ['step 2', 'STEP 21'],
    ])
  })

  it('what a hook sets is checked like everything else', async () => {
    const { json } = await create('Contact', { LastName: 'wrong value' })
    expect(json[0]).toMatchObject({ fields: ['Birthdate'] })
  })

  it('hooks after a save read and write in its transaction; what they refuse was never there', async () => {
    const id = await made('Contact', { LastName: 'reads' })
    expect(await read('Contact', id)).toMatchObject({ Department: 'READS1!', Title: 'null before' })
    const late = await create('Contact', { LastName: 'late' })
    expect(late.json[0]).toMatchObject({ message: 'Too late.' })
    expect(await tasks('late')).toEqual([])
    expect(await query("SELECT Id FROM Contact WHERE LastName = 'late'")).toEqual([])
    await made('Contact', { LastName: 'writes before' })
    expect(await tasks('before writes before')).toHaveLength(1)
    const caught = await made('Contact', { LastName: 'catches' })
    expect((await read('Contact', caught))['Department']).toBe('INVALID_FIELD')
    const many = ['d', 'late', 'e'].map((LastName) => ({
      attributes: { type: 'Contact' },
      LastName,
    }))
    const partly = await admin('POST', 'composite/sobjects', {
      body: { allOrNone: false, records: many },
    })
    expect((partly.json as readonly Json[]).map((one) => one['success'])).toEqual([
      true,
      false,
      true,
    ])
  })

  it('deletes that cascade and undeletes run the hooks of all that goes and comes back', async () => {
    const account = await made('Account', { Name: 'Parent' })
    const child = await made('Contact', { LastName: 'child', AccountId: account })
    expect((await admin('DELETE', `sobjects/Account/${account}`)).status).toBe(204)
    expect(await tasks('gone child')).toHaveLength(1)
    const undelete = (id: string) =>
      api.ask('POST', `${own}/recycle-bin/${id}/undelete`, { as: 'admin' })
    expect((await undelete(account)).status).toBe(204)
    expect((await read('Contact', child))['Department']).toBe('back')
    const stays = await made('Contact', { LastName: 'one', Department: 'stays' })
    await admin('DELETE', `sobjects/Contact/${stays}`)
    expect((await undelete(stays)).json[0]).toMatchObject({ message: 'It stays.' })
  })

  it('a hook that fails refuses its save and harms nothing else', async () => {
    const reason = async (LastName: string) => {
      const { status, json } = await create('Contact', { LastName })
      return [status, json[0]?.['errorCode'], String(json[0]?.['message'])] as const
    }
    const [status, code, thrown] = await reason('thrown')
    expect([status, code]).toEqual([400, 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY'])
    // The line of the TypeScript file, not of what was made of it.
    expect(thrown).toBe(
      'The hook beforeInsert of Contact failed: Error: on purpose (Contact.ts:10)',
    )
    expect((await reason('exits'))[2]).toMatch(/the hooks ended unexpectedly/)
    expect((await reason('deeper'))[2]).toMatch(/at most 16 saves deep/)
    expect(await query("SELECT Id FROM Contact WHERE LastName = 'deeper'")).toEqual([])
    await made('Contact', { LastName: 'forgotten' })
    // With the caller's own rights a hook sees what the caller sees.
    const asRep = await create('Account', { Name: 'Of the rep' }, 'rep')
    expect(asRep.status, asRep.text).toBe(201)
  })

  it('files are taken over while they change; a broken one is told and leaves the last good one in place', async () => {
    const file = join(folder, 'Contact.ts')
    const problems = async () =>
      (await api.ask('GET', `${own}/problems`, { as: 'admin' })).json as unknown as Json[]
    const titleOfNew = async () => {
      const id = await made('Contact', { LastName: 'now' })
      return (await read('Contact', id))['Title']
    }
    for (const [text, told] of [
      ['export default { beforeInsert( }', /Expected identifier/],
      ['export default { beforeSave() {} }', /there is no hook beforeSave; hooks are beforeInsert/],
      ['throw new Error("at once")', /at once/],
    ] as const) {
      writeFileSync(file, text)
      await api.engine.hooks.reload()
      expect((await problems())[0]).toMatchObject({
        file: 'hooks/Contact.ts',
        line: 1,
        reason: expect.stringMatching(told),
      })
      expect(await titleOfNew()).toBe('NOW1')
    }
    writeFileSync(
      file,
      'export default { beforeInsert({ records }) { records[0].values.Title = "new" } }',
    )
    writeFileSync(join(folder, 'Acount.ts'), 'export default {}')
    await api.engine.hooks.reload()
    expect(await titleOfNew()).toBe('new')
    expect(await problems()).toEqual([
      expect.objectContaining({ file: 'hooks/Acount.ts', suggestion: 'Account' }),
    ])
  })
})
