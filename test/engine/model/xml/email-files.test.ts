/** E-mail templates in the classic form: a description and a text, in folders. */
import { describe, expect, it } from 'vitest'
import { compileModel } from '../../../../engine/model/compile-model.ts'
import { emailTemplateOf } from '../../../../engine/model/emails/ready-templates.ts'
import { readXmlSource } from '../../../../engine/model/xml/read-xml.ts'
import { writeXmlPackage, writeXmlSource } from '../../../../engine/model/xml/write-xml.ts'
import { readXmlPath } from '../../../../engine/model/xml/xml-path.ts'

const namespace = 'xmlns="http://soap.sforce.com/2006/04/metadata"'
const text = 'Dear {!UPPER("you")},\r\n\n <b>& so on</b>\n'

function described(more = '<type>text</type>'): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<EmailTemplate ${namespace}>
    <available>true</available>
    <encodingKey>UTF-8</encodingKey>
    <name>Greeting</name>
    <style>none</style>
    <subject>Hello</subject>
    ${more}
    <uiType>Aloha</uiType>
</EmailTemplate>
`
}

function sources(more?: string, content = text) {
  return [
    { path: 'email/Letters-meta.xml', text: '<EmailFolder/>' },
    { path: 'email/Letters/Greeting.email', text: content },
    { path: 'email/Letters/Greeting.email-meta.xml', text: described(more) },
  ]
}

describe('e-mail templates in folders', () => {
  it('are read with their text and folder, and written as they were', () => {
    const { declarations, problems, kept } = readXmlSource(sources())
    expect(problems).toEqual([])
    const [one] = declarations
    if (one === undefined) throw new Error('nothing was read')
    expect(one).toMatchObject({ type: 'EmailTemplate', fullName: 'Greeting' })
    expect(one.body).toMatchObject({ folder: 'Letters', content: text, subject: 'Hello' })
    // The folder itself is no component here, and is named.
    expect(kept).toContainEqual({ component: 'EmailFolder:Letters', path: '' })
    const written = writeXmlPackage(one)
    expect(written).toEqual([
      { path: 'email/Letters/Greeting.email-meta.xml', text: described() },
      { path: 'email/Letters/Greeting.email', text },
    ])
    expect(writeXmlSource(one)).toEqual(written)
    expect(readXmlSource(written).declarations[0]?.body).toEqual(one.body)
  })

  it('are told apart from other files, wherever they lie', () => {
    const component = { kind: 'component', type: 'EmailTemplate', fullName: 'A' }
    for (const [path, read] of [
      [
        'force-app/main/default/email/Sales/Inner/A.email-meta.xml',
        { ...component, folder: 'Sales/Inner' },
      ],
      ['email/unfiled$public/A.email-meta.xml', { ...component, folder: 'unfiled$public' }],
      ['email/email/A.email', { kind: 'content', fullName: 'A' }],
      ['src/email/Sales.emailFolder-meta.xml', { kind: 'unread', component: 'EmailFolder:Sales' }],
      ['lwc/email/email.js-meta.xml', { kind: 'unread' }],
      ['notes/A.email', { kind: 'other' }],
    ] as const) {
      expect(readXmlPath(path), path).toMatchObject(read)
    }
  })

  it('need both files', () => {
    const [, content, description] = sources()
    if (content === undefined || description === undefined) throw new Error('two files')
    const reasons = [[content], [description]].map((some) =>
      readXmlSource(some)
        .problems.map(({ reason }) => reason)
        .join(' '),
    )
    expect(reasons[0]).toContain('subject')
    expect(reasons[1]).toContain('content')
  })

  it.each([
    ['<type>visualforce</type>', text, /type visualforce/],
    ['<type>text</type>', 'Dear {!Contact.FirstName}', /looks at no record/],
  ])(
    'are kept and not sent where they hold what is not understood: %s %s',
    (more, content, why) => {
      const { declarations } = readXmlSource(sources(more, content))
      const { model, problems } = compileModel({ declarations, bindings: new Map(), version: 1 })
      expect(problems).toEqual([])
      if (model === undefined) throw new Error('no model')
      expect(model.notActedOn()).toEqual([
        { component: 'EmailTemplate Greeting', reason: expect.stringMatching(why) },
      ])
      expect(emailTemplateOf(model, 'Letters/Greeting')).toBeUndefined()
    },
  )

  it('are sent where all of them is understood', () => {
    const { declarations } = readXmlSource(sources())
    const { model } = compileModel({ declarations, bindings: new Map(), version: 1 })
    expect(model && emailTemplateOf(model, 'Letters/Greeting')).toMatchObject({ name: 'Greeting' })
  })
})
