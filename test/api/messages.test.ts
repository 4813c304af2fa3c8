/** What people are told: notifications in the product, and e-mails that leave it through the outbox. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { limits } from '../../engine/base/limits.ts'
import { openApi, type Api, type Ask, type Told } from '../support/api.ts'
import { databases } from '../support/databases.ts'
import { startMailServer, type MailServer } from '../support/mail-server.ts'

const data = '/services/data/v67.0'
const own = '/services/fieldstone/v1'
const mine = `${data}/connect/notifications`
const patience = { timeout: 20_000, interval: 50 }

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
})
