/** Timelines: what is open first, then what was, page by page without gaps, and nothing that the reader may not see. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openApi, type Api, type Json, type Told } from '../support/api.ts'
import { databases } from '../support/databases.ts'

const data = '/services/data/v67.0'
const ids = (entries: Json | undefined): readonly string[] =>
  [...(entries ?? [])].map((entry) => String(entry['title']))

describe.each(databases)('timelines on $name', (database) => {
  let api: Api
  let account = ''

  beforeAll(async () => {
    api = await openApi(database)
    account = await made('Account', { Name: 'Larkspur' })
    const sets = await api.ask(
      'GET',
      `${data}/query?q=${encodeURIComponent("SELECT Id FROM PermissionSet WHERE Name = 'RelationshipManager'")}`,
      { as: 'admin' },
    )
    const set = String(sets.json['records']?.[0]?.['Id'])
    await made('PermissionSetAssignment', { AssigneeId: api.repId, PermissionSetId: set })
  })
  afterAll(() => api.close())

  async function made(object: string, body: object): Promise<string> {
    const told = await api.ask('POST', `${data}/sobjects/${object}`, { as: 'admin', body })
    expect(told.text).toContain('"success":true')
    return String(told.json['id'])
  }
  const read = (query = '', as: 'admin' | 'rep' = 'admin', id = account): Promise<Told> =>
    api.ask('GET', `/services/fieldstone/v1/timeline/${id}${query}`, { as })

  it('tells what is open, then what was, each by its kind, page by page', async () => {
    const records = Array.from({ length: 43 }, (_, index) => ({
      attributes: { type: 'Task' },
      Subject: `Done ${index}`,
      WhatId: account,
      Status: 'Completed',
      // Several fall on one day.
      ActivityDate: `2025-0${1 + (index % 5)}-1${index % 3}`,
    }))
    await api.ask('POST', `${data}/composite/sobjects`, { as: 'admin', body: { records } })
    await made('Task', { Subject: 'Late', WhatId: account, ActivityDate: '2020-01-01' })
    await made('Task', { Subject: 'Some day', WhatId: account })
    await made('Task', {
      Subject: 'Rang',
      WhatId: account,
      Status: 'Completed',
      TaskSubtype: 'Call',
      ActivityDate: '2026-01-02',
    })
    await made('Event', {
      Subject: 'Review',
      WhatId: account,
      StartDateTime: '2099-01-02T10:00:00Z',
      EndDateTime: '2099-01-02T11:00:00Z',
    })
    const first = await read()
    expect(ids(first.json['upcoming'])).toEqual(['Late', 'Review', 'Some day'])
    expect(first.json['past']?.[0]).toMatchObject({ title: 'Rang', kind: 'call', isOpen: false })
    const seen: string[] = [...ids(first.json['past'])]
    let next: unknown = first.json['next']
    for (let pages = 1; typeof next === 'string' && pages < 10; pages += 1) {
      const page = await read(`?before=${next}`)
      expect(page.json['upcoming']).toEqual([])
      seen.push(...ids(page.json['past']))
      next = page.json['next']
    }
    expect(next).toBeNull()
    expect(seen).toHaveLength(44)
    expect(new Set(seen).size).toBe(44)
  })

  it('shows a summary to whoever takes part in it, and to nobody else', async () => {
    const summary = await made('InteractionSummary', {
      Name: 'Confidential review',
      AccountId: account,
      ConfidentialityType: 'Confidential',
    })
    const seen = async () => ids((await read('', 'rep')).json['past'])
    expect(ids((await read()).json['past'])).toContain('Confidential review')
    expect(await seen()).not.toContain('Confidential review')
    const role = await made('ParticipantRole', {
      MasterLabel: 'Reader',
      DeveloperName: 'Reader',
      ParentObject: 'InteractionSummary',
      DefaultAccessLevel: 'Read',
      IsActive: true,
    })
    const participant = await made('InteractionSummaryParticipant', {
      InteractionSummaryId: summary,
      ParticipantId: api.repId,
      ParticipantRoleId: role,
      IsActive: true,
    })
    expect(await seen()).toContain('Confidential review')
    const path = `${data}/sobjects/InteractionSummaryParticipant/${participant}`
    await api.ask('DELETE', path, { as: 'admin' })
    expect(await seen()).not.toContain('Confidential review')
  })

  it('answers for a record that may not be seen as for none, and refuses a made-up place', async () => {
    const hidden = await made('Case', { Subject: 'Hidden', Status: 'New', Origin: 'Phone' })
    const none = await read('', 'rep', `${hidden.slice(0, 12)}zzzAAA`)
    const found = await read('', 'rep', hidden)
    expect([found.status, none.status]).toEqual([404, 404])
    expect((await read('?before=yesterday')).status).toBe(400)
    expect((await read('', 'admin', "x' OR Id != '")).status).toBe(404)
  })
})
