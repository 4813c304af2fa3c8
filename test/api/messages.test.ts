/** What people are told: notifications in the product, and e-mails that leave it through the outbox. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { limits } from '../../engine/base/limits.ts'
import { openApi, type Api, type Ask, type Json, type Told } from '../support/api.ts'
import { databases } from '../support/databases.ts'
import { startMailServer, type MailServer } from '../support/mail-server.ts'

const data = '/services/data/v67.0'
const own = '/services/fieldstone/v1'
const mine = `${data}/connect/notifications`
const patience = { timeout: 120_000, interval: 50 }

describe.each(databases)('messages on $name', (database) => {
  let api: Api
  let mail: MailServer
  let account = ''

  beforeAll(async () => {
    mail = await startMailServer()
    api = await openApi(database, { mail: { url: mail.url, from: 'bank@example.com' } })
    const told = await send('POST', `${data}/sobjects/Account`, { Name: 'Stanhope' })
    account = String(told.json['id'])
  })
  afterAll(async () => {
    await api?.close()
    await mail?.close()
  })

  function send(method: string, path: string, body?: object, as: Ask['as'] = 'admin') {
    return api.ask(method, path, { as, ...(body && { body }) })
  }
  const act = (name: string, input: object, as: Ask['as'] = 'admin'): Promise<Told> =>
    send('POST', `${data}/actions/standard/${name}`, { inputs: [input] }, as)
  const refusal = ({ json }: Told) => json[0]?.['errors']?.[0]
  const records = async (soql: string): Promise<readonly Json[]> => {
    const { json } = await send('GET', `${data}/query?q=${encodeURIComponent(soql)}`)
    return [...(json['records'] ?? [])]
  }
  const unread = async () => (await send('GET', `${mine}/status`, undefined, 'rep')).json

  it('tell of tasks that somebody else gives, once for each save, to nobody else', async () => {
    const stream = await api.send('GET', `${own}/events`, { as: 'rep' })
    const events = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
    const task = (Subject: string) => ({
      attributes: { type: 'Task' },
      Subject,
      OwnerId: api.repId,
    })
    await send('POST', `${data}/sobjects/Task`, { ...task('Call back'), attributes: undefined })
    await send('POST', `${data}/composite/sobjects`, { records: [task('One'), task('Two')] })
    await send('POST', `${data}/sobjects/Task`, { Subject: 'My own' })
    const { json } = await send('GET', mine, undefined, 'rep')
    const ends = (text: string): unknown => expect.stringMatching(new RegExp(`${text}$`))
    expect(json['notifications']).toMatchObject([
      { messageTitle: ends('assigned you 2 tasks'), messageBody: 'One', target: null, read: false },
      { messageTitle: ends('assigned you a task'), messageBody: 'Call back', seen: false },
    ])
    expect(await unread()).toMatchObject({ unreadCount: 2, unseenCount: 2 })
    expect((await send('GET', `${mine}/status`)).json).toMatchObject({ unreadCount: 0 })
    let heard = ''
    while (!heard.includes('event: notification')) heard += (await events?.read())?.value ?? ''
    await events?.cancel()

    const id = String(json['notifications']?.[1]?.['id'])
    expect((await send('PATCH', `${mine}/${id}`, { read: true })).status).toBe(404)
    const read = await send('PATCH', `${mine}/${id}`, { read: true }, 'rep')
    expect(read.json).toMatchObject({ read: true, seen: true })
    expect(await unread()).toMatchObject({ unreadCount: 1, unseenCount: 1 })
    const all = await send('PATCH', mine, { read: true, before: '2999-01-01T00:00:00Z' }, 'rep')
    expect(all.json).toMatchObject({ unreadCount: 0 })
    for (const [path, body] of [
      [mine, { read: 1 }],
      [mine, { notificationIds: 'x', read: true }],
      [mine, { before: 'soon', read: true }],
    ] as const) {
      expect((await send('PATCH', path, body, 'rep')).code).toBe('INVALID_ARGUMENT')
    }
    expect((await send('GET', `${mine}?size=0`, undefined, 'rep')).code).toBe('INVALID_ARGUMENT')
  })

  it('are said in the language of whoever reads them', async () => {
    const words = { as: 'rep', headers: { 'accept-language': 'de' } } as const
    const { json } = await api.ask('GET', mine, words)
    expect(json['notifications']?.[1]?.['messageTitle']).toMatch(/hat Ihnen eine Aufgabe/)
  })

  it('go to the people of groups by an action, with a permission, about what is there', async () => {
    const group = await send('POST', `${data}/sobjects/Group`, {
      Name: 'Desk',
      DeveloperName: 'Desk',
      Type: 'Regular',
    })
    const GroupId = String(group.json['id'])
    await send('POST', `${data}/sobjects/GroupMember`, { GroupId, UserOrGroupId: api.repId })
    const input = { recipientIds: [GroupId], title: 'News', body: 'Hello', targetId: account }
    expect(refusal(await act('customNotificationAction', input, 'rep'))).toMatchObject({
      statusCode: 'INSUFFICIENT_ACCESS',
    })
    expect((await act('customNotificationAction', input)).status).toBe(200)
    const { json } = await send('GET', `${mine}?size=1`, undefined, 'rep')
    expect(json['notifications']).toMatchObject([{ messageTitle: 'News', target: account }])
    for (const wrong of [
      { ...input, targetId: '001000000000000AAA' },
      { ...input, body: 'x'.repeat(limits.notificationBodyCharsMax + 1) },
      { title: 'Nobody' },
    ]) {
      expect((await act('customNotificationAction', wrong)).status).toBe(400)
    }
    expect(await unread()).toMatchObject({ unreadCount: 1 })
  })

  it('leave the house as e-mail, without a second header in them', async () => {
    const input = {
      emailAddresses: 'ana@example.com; ben@example.com',
      bccRecipientAddressList: 'cy@example.com',
      emailSubject: 'Ihr Anliegen – geprüft',
      emailBody: 'Good day,\nwe write to you.',
      relatedRecordId: account,
      logEmailOnSend: true,
    }
    expect(refusal(await act('emailSimple', input, 'rep'))).toMatchObject({
      statusCode: 'INSUFFICIENT_ACCESS',
    })
    for (const [wrong, code] of [
      [{ emailSubject: 'Hi\r\nBcc: eve@example.com' }, 'INVALID_ARGUMENT'],
      [{ emailAddresses: 'ana@example.com\r\nBcc: eve@example.com' }, 'INVALID_EMAIL_ADDRESS'],
      [{ emailAddresses: '"a,b"@example.com' }, 'INVALID_EMAIL_ADDRESS'],
      [{ emailAddresses: '', bccRecipientAddressList: '' }, 'REQUIRED_FIELD_MISSING'],
      [{ relatedRecordId: '001000000000000AAA' }, 'INVALID_CROSS_REFERENCE_KEY'],
    ] as const) {
      expect(refusal(await act('emailSimple', { ...input, ...wrong }))).toMatchObject({
        statusCode: code,
      })
    }
    expect((await act('emailSimple', input)).json).toMatchObject([{ isSuccess: true }])
    await vi.waitFor(() => expect(mail.received).toHaveLength(1), patience)
    const [first] = mail.received
    expect(first?.to).toEqual(['ana@example.com', 'ben@example.com', 'cy@example.com'])
    expect(first?.text).toMatch(/^From: bank@example\.com/m)
    expect(first?.text).toMatch(/^Reply-To: admin@example\.com/m)
    expect(first?.text).toMatch(/we write to you/)
    expect(first?.text).not.toMatch(/cy@example/)
    const soql = `SELECT Subject FROM Task WHERE WhatId = '${account}' AND TaskSubtype = 'Email'`
    const tasks = await send('GET', `${data}/query?q=${encodeURIComponent(soql)}`)
    expect(tasks.json['totalSize']).toBe(1)
    expect((await send('GET', `${own}/emails`, undefined, 'rep')).status).toBe(403)
    await vi.waitFor(async () => {
      const { json } = await send('GET', `${own}/emails`)
      expect(json['emails']).toMatchObject([{ state: 'Sent', attempts: 1, relatedId: account }])
    }, patience)
  })

  it('are tried again later and later, given up, and sent once more when asked', async () => {
    mail.refused.add('full@example.com')
    const sent = await act('emailSimple', {
      emailAddresses: 'full@example.com',
      emailSubject: 'Rich',
      emailBody: '<p>Dear client</p><script>alert(1)</script>',
      sendRichBody: true,
    })
    const id = String(sent.json[0]?.['outputValues']?.['emailId'])
    const state = async () => {
      const { json } = await send('GET', `${own}/emails`)
      return [...(json['emails'] ?? [])].find((one) => String(one['id']) === id)
    }
    for (let attempt = 1; attempt <= limits.emailAttemptsMax; attempt += 1) {
      await vi.waitFor(async () => {
        const now = await state()
        expect(now).toMatchObject({ attempts: attempt })
        expect(String(now?.['answer'])).toMatch(/no such mailbox/)
      }, patience)
      api.clock.now += limits.emailRetryMs * 2 ** limits.emailAttemptsMax
      if (attempt < limits.emailAttemptsMax) api.engine.automation.wake()
      await api.renewTokens(['admin'])
    }
    await vi.waitFor(async () => expect(await state()).toMatchObject({ state: 'Failed' }), patience)
    mail.refused.clear()
    const before = mail.received.length
    expect((await send('POST', `${own}/emails/${id}/resend`)).status).toBe(204)
    await vi.waitFor(async () => expect(await state()).toMatchObject({ state: 'Sent' }), patience)
    const text = mail.received.at(-1)?.text ?? ''
    expect(mail.received).toHaveLength(before + 1)
    expect(text).toContain(`Message-ID: <${id}@example.com>`)
    expect(text).toContain('<p>Dear client</p>')
    expect(text).not.toContain('alert(1)')
    expect((await send('POST', `${own}/emails/${id}/resend`)).status).toBe(404)
  })

  it('are sent by an alert over REST, under its object, by whom it names and whoever may send', async () => {
    const alert = {
      fullName: 'Tell_board',
      description: 'Tell the board',
      protected: false,
      senderType: 'CurrentUser',
      ccEmails: ['board@example.com', 'Admin@Example.com'],
      recipients: [{ type: 'user', recipient: 'admin@example.com' }, { type: 'creator' }],
      template: 'unfiled$public/Account_letter',
    }
    const letter = {
      name: 'Account letter',
      relatedEntityType: 'Account',
      subject: 'About {!Name}',
      content: 'Look at {!Account.Name}.',
    }
    for (const [path, body] of [
      ['EmailTemplate/Account_letter', letter],
      ['Workflow/Account', { alerts: [alert] }],
    ] as const) {
      const put = await send('PUT', `${own}/metadata/${path}`, body)
      expect(put.status, put.text).toBeLessThan(300)
    }
    const custom = `${data}/actions/custom`
    expect((await send('GET', custom)).json).toMatchObject({ emailAlert: `${custom}/emailAlert` })
    const address = `${custom}/emailAlert/Account/Tell_board`
    expect((await send('GET', `${custom}/emailAlert`)).json).toMatchObject({
      actions: [
        { name: 'Account.Tell_board', label: 'Tell the board', type: 'EMAILALERT', url: address },
      ],
    })
    for (const place of [address, `${custom}/emailAlert/Account.Tell_board`]) {
      expect((await send('GET', place)).json).toMatchObject({
        standard: false,
        inputs: [{ name: 'SObjectRowId', type: 'ID', required: true }],
        outputs: [],
      })
    }
    const before = mail.received.length
    const run = (inputs: readonly object[], as?: Ask['as']) => send('POST', address, { inputs }, as)
    const done = await run([{ SObjectRowId: account }, { SObjectRowId: api.repId }, {}])
    expect(done.status, done.text).toBe(200)
    expect(done.json).toMatchObject([
      { actionName: 'Account.Tell_board', isSuccess: true, errors: null },
      { isSuccess: false, errors: [{ statusCode: 'INVALID_ARGUMENT', fields: ['SObjectRowId'] }] },
      { isSuccess: false, errors: [{ statusCode: 'REQUIRED_FIELD_MISSING' }] },
    ])
    await vi.waitFor(() => expect(mail.received.length).toBe(before + 2), patience)
    const arrived = mail.received.slice(before)
    expect(arrived.map(({ to }) => to)).toEqual([['admin@example.com'], ['board@example.com']])
    for (const { text } of arrived) expect(text).toContain('Look at Stanhope.')
    expect(arrived[0]?.text).not.toContain('board@example.com')
    for (const wrong of ['Account/None', 'Nothing/Tell_board', 'Account', 'Account/Tell_board/x']) {
      expect((await send('GET', `${custom}/emailAlert/${wrong}`)).status, wrong).toBe(404)
    }
    // Whoever may not send e-mails is told so.
    await api.renewTokens(['rep'])
    const refused = await run([{ SObjectRowId: account }], 'rep')
    expect([refused.status, refused.code]).toEqual([403, 'INSUFFICIENT_ACCESS'])
    expect((await send('GET', `${custom}/emailAlert`, undefined, 'rep')).status).toBe(403)
  })

  it('go from an alert to each by himself: whom the mail server refuses is written to again alone', async () => {
    mail.refused.add('board@example.com')
    const before = mail.received.length
    const address = `${data}/actions/custom/emailAlert/Account/Tell_board`
    const done = await send('POST', address, { inputs: [{ SObjectRowId: account }] })
    expect(done.status, done.text).toBe(200)
    const latest = async () => {
      const { json } = await send('GET', `${own}/emails`)
      const [last, first] = json['emails'] ?? []
      return [first, last]
    }
    await vi.waitFor(async () => {
      expect(await latest()).toMatchObject([
        { to: ['admin@example.com'], state: 'Sent', attempts: 1 },
        // Both are asked for: the message is taken first, and answered later.
        {
          to: ['board@example.com'],
          state: 'Waiting',
          answer: expect.stringContaining('no such mailbox'),
        },
      ])
    }, patience)
    mail.refused.clear()
    api.clock.now += limits.emailRetryMs * 4
    await api.renewTokens(['admin'])
    api.engine.automation.wake()
    await vi.waitFor(async () => {
      expect(await latest()).toMatchObject([
        { state: 'Sent', attempts: 1 },
        { state: 'Sent', attempts: 2 },
      ])
    }, patience)
    const received = mail.received.slice(before).map(({ to }) => to)
    expect(received).toEqual([['admin@example.com'], ['board@example.com']])
  })

  it('name whom the mail server did not take, where it took others', async () => {
    mail.refused.add('gone@example.com')
    const sent = await act('emailSimple', {
      emailAddresses: 'ana@example.com, gone@example.com',
      emailSubject: 'Both',
      emailBody: 'Good day',
    })
    const id = String(sent.json[0]?.['outputValues']?.['emailId'])
    await vi.waitFor(async () => {
      const { json } = await send('GET', `${own}/emails`)
      const found = [...(json['emails'] ?? [])].find((one) => String(one['id']) === id)
      expect(found).toMatchObject({ state: 'Sent', attempts: 1 })
      expect(String(found?.['answer'])).toContain('not taken: gone@example.com')
    }, patience)
    mail.refused.clear()
  })

  it('are written by templates, of what whoever sends them may see', async () => {
    const complaint = await send('POST', `${data}/sobjects/PublicComplaint`, {
      Subject: 'Noise <script>',
      IncidentDate: '2026-01-02',
      ReceivedDate: '2026-01-03',
    })
    const relatedRecordId = String(complaint.json['id'])
    const letter = {
      emailAddresses: 'ana@example.com',
      emailTemplateId: 'unfiled$public/Complaint_Received',
      relatedRecordId,
    }
    for (const [wrong, field] of [
      [{ emailBody: 'Both' }, 'emailTemplateId'],
      [{ emailTemplateId: 'Nobody' }, 'emailTemplateId'],
      [{ emailTemplateId: 'x'.repeat(300) }, 'emailTemplateId'],
      [{ relatedRecordId: account }, 'relatedRecordId'],
      [{ relatedRecordId: '' }, 'relatedRecordId'],
      [{ emailTemplateId: '', emailSubject: 'No body' }, 'emailBody'],
    ] as const) {
      const told = await act('emailSimple', { ...letter, ...wrong })
      expect(told.status, told.text).toBe(400)
      expect(refusal(told)?.['fields']).toContain(field)
    }
    expect((await act('emailSimple', letter)).json).toMatchObject([{ isSuccess: true }])
    await vi.waitFor(() => expect(mail.received.at(-1)?.text).toContain('Noise'), patience)
    // What the record holds is text, in the part that is HTML too.
    expect(mail.received.at(-1)?.text).toContain('&lt;script&gt;</strong>')

    // Who may send and see complaints, without the first name, gets no letter with it.
    const rights = {
      label: 'Letters',
      userPermissions: [{ enabled: true, name: 'EmailSingle' }],
      objectPermissions: [{ object: 'PublicComplaint', allowRead: true, viewAllRecords: true }],
      fieldPermissions: ['Subject', 'LastName'].map((name) => ({
        field: `PublicComplaint.${name}`,
        readable: true,
      })),
    }
    const made = await send('PUT', `${own}/metadata/PermissionSet/Letters`, rights)
    expect(made.status, made.text).toBeLessThan(300)
    const [set] = await records("SELECT Id FROM PermissionSet WHERE Name = 'Letters'")
    await send('POST', `${data}/sobjects/PermissionSetAssignment`, {
      AssigneeId: api.repId,
      PermissionSetId: set?.['Id'],
    })
    await api.renewTokens()
    const hidden = await act('emailSimple', letter, 'rep')
    expect(hidden.text).toContain('FirstName')
    expect(hidden.text).not.toContain('"isSuccess":true')
  })
})
