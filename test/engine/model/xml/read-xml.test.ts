import { readdirSync, readFileSync, statSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { limits } from '../../../../engine/base/limits.ts'
import type { SourceText } from '../../../../engine/model/declaration.ts'
import { parseDeclarations } from '../../../../engine/model/parse-declarations.ts'
import { writeDeclaration } from '../../../../engine/model/write-declaration.ts'
import { readXmlSource } from '../../../../engine/model/xml/read-xml.ts'
import { writeXml, writeXmlSource } from '../../../../engine/model/xml/write-xml.ts'
import { processorMs } from '../../../support/processor-ms.ts'

const corpus = new URL('../../../fixtures/corpus/', import.meta.url).pathname
const namespace = 'xmlns="http://soap.sforce.com/2006/04/metadata"'

function readProject(project: string): readonly SourceText[] {
  const paths = readdirSync(corpus + project, { recursive: true, encoding: 'utf8' })
  return (
    paths
      // Records, not metadata.
      .filter((path) => !path.startsWith('data/'))
      .filter((path) => statSync(`${corpus}${project}/${path}`).isFile())
      .map((path) => ({ path, text: readFileSync(`${corpus}${project}/${path}`, 'utf8') }))
  )
}

function objectFile(inner: string, path = 'objects/Plan__c.object'): readonly SourceText[] {
  return [{ path, text: `<CustomObject ${namespace}>${inner}</CustomObject>` }]
}

function reasons(sources: readonly SourceText[]): readonly string[] {
  return readXmlSource(sources).problems.map(
    ({ file, line, column, reason }) => `${file}:${line}:${column} ${reason}`,
  )
}

function bodyOf(inner: string): unknown {
  const { declarations, problems } = readXmlSource(objectFile(inner))
  expect(problems).toEqual([])
  return declarations[0]?.body
}

/** Members in files of their own come back in the order of their names. */
function sortMembers(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body), (_, value) => {
    const named = Array.isArray(value) && value.every((entry) => Object(entry).fullName)
    return named ? value.toSorted((a, b) => (a.fullName < b.fullName ? -1 : 1)) : value
  })
}

const projects = [
  { project: 'ProjectManagementTool', objects: 10, fields: 227, unread: 27 },
  { project: 'dreamhouse-lwc', objects: 2, fields: 32, unread: 8 },
  { project: 'ebikes-lwc', objects: 6, fields: 31, unread: 8 },
]

describe.each(projects)('the metadata of $project', ({ project, objects, fields, unread }) => {
  const sources = readProject(project)
  const { declarations, problems, kept } = readXmlSource(sources)

  it('is read without a problem', () => {
    expect(problems).toEqual([])
  })

  it('gives every object and every field', () => {
    const read = declarations.filter((declaration) => declaration.type === 'CustomObject')
    const names = read.flatMap(({ fullName, body }) =>
      ('fields' in body ? (body.fields ?? []) : []).map(
        (field) => `${fullName}/fields/${String(Reflect.get(field, 'fullName'))}`,
      ),
    )
    const files = sources.flatMap(({ path }) => {
      const found = /objects\/(.*)\.field-meta\.xml$/.exec(path)
      return found?.[1] === undefined ? [] : [found[1]]
    })
    expect(names.sort()).toEqual(files.sort())
    expect(read).toHaveLength(objects)
    expect(names).toHaveLength(fields)
  })

  it('is taken file by file, or listed by name', () => {
    const listed = kept.filter(({ path, component }) => path === '' && component.includes(':'))
    const whole = new Set(declarations.map(({ type, fullName }) => `${type}:${fullName}`))
    // Parts of a component that is read are no files.
    const notRead = listed.filter(
      ({ component }) =>
        !whole.has(component) && ![...whole].some((name) => component.startsWith(`${name}.`)),
    )
    expect(notRead).toHaveLength(unread)
    const members = sources.filter(({ path }) => /\/objects\/[^/]+\/[^/]+\//.test(path))
    const licences = sources.filter(({ path }) => /^licen[cs]e/i.test(path))
    const partial = declarations.filter(
      ({ type, fullName }) =>
        type === 'CustomObject' &&
        !sources.some(({ path }) => path.endsWith(`${fullName}.object-meta.xml`)),
    )
    expect(
      declarations.length - partial.length + notRead.length + members.length + licences.length,
    ).toBe(sources.length)
  })

  it('loses no element: the text of every leaf is in the body', () => {
    const all = declarations.map(({ body }) => JSON.stringify(body)).join()
    const lost = sources
      .filter(({ path }) => /\.(?:field|object|layout|permissionset|app)-meta\.xml$/.test(path))
      .flatMap(({ text }) => [
        ...text.replaceAll('\r\n', '\n').matchAll(/<(\w+)>([^<&]*[^<&\s][^<&]*)<\/\1>/g),
      ])
      .filter(([, , value]) => !all.includes(JSON.stringify(value).slice(1, -1)))
    expect(lost.map(([element]) => element)).toEqual([])
  })

  it('survives the way to JSON files and to both layouts of XML and back', () => {
    for (const declaration of declarations) {
      const expected = sortMembers(declaration.body)
      const ways = [
        parseDeclarations([writeDeclaration(declaration)]),
        readXmlSource([writeXml(declaration)]),
        readXmlSource(writeXmlSource(declaration)),
      ]
      for (const { declarations: back, problems: found } of ways) {
        expect(found).toEqual([])
        expect(sortMembers(back[0]?.body)).toEqual(expected)
      }
    }
  })
})

describe('readXmlSource', () => {
  it('reads lists, numbers and booleans as the schema has them', () => {
    const field =
      '<fields><fullName>A__c</fullName><length>80</length><required>true</required>' +
      '<referenceTo>Account</referenceTo><type>Lookup</type></fields>'
    expect(bodyOf(`<label>Plan</label>${field}`)).toEqual({
      fullName: 'Plan__c',
      label: 'Plan',
      fields: [
        { fullName: 'A__c', type: 'Lookup', referenceTo: ['Account'], length: 80, required: true },
      ],
    })
  })

  it('keeps texts exactly: blanks, references, raw sections and line ends', () => {
    const text = '  a &lt;b&gt; &amp;amp; &quot;q&quot; &#228;&#x1F600;\n<![CDATA[ x<y && z ]]> '
    expect(bodyOf(`<description>${text}</description>`)).toMatchObject({
      description: '  a <b> &amp; "q" ä😀\n x<y && z  ',
    })
    expect(bodyOf('<description>   </description>')).toMatchObject({ description: '   ' })
    expect(bodyOf('<description></description><label/>')).toMatchObject({
      description: '',
      label: '',
    })
  })

  it('leaves comments and empty elements that are nil out', () => {
    const inner = '<!-- note --><label xsi:nil="true"/><pluralLabel>Plans</pluralLabel>'
    expect(bodyOf(inner)).toEqual({ fullName: 'Plan__c', pluralLabel: 'Plans' })
  })

  it('puts the files of one object together, whatever their order', () => {
    const field = (name: string): SourceText => ({
      path: `a/objects/Plan__c/fields/${name}.field-meta.xml`,
      text: `<CustomField ${namespace}><fullName>${name}</fullName><type>Text</type></CustomField>`,
    })
    const main = objectFile('<label>Plan</label>', 'a/objects/Plan__c/Plan__c.object-meta.xml')
    const sources = [field('B__c'), ...main, field('A__c')]
    const { declarations, problems } = readXmlSource(sources)
    expect(problems).toEqual([])
    expect(declarations).toHaveLength(1)
    expect(declarations[0]?.body).toEqual({
      fullName: 'Plan__c',
      label: 'Plan',
      fields: [
        { fullName: 'A__c', type: 'Text' },
        { fullName: 'B__c', type: 'Text' },
      ],
    })
    expect(readXmlSource(sources.toReversed()).declarations[0]?.body).toEqual(declarations[0]?.body)
  })

  it('says what is wrong at its file, line and column', () => {
    const field = {
      path: 'objects/Plan__c/fields/A__c.field-meta.xml',
      text: `<CustomField ${namespace}>\n  <fullName>A__c</fullName>\n  <lable>x</lable>\n  <type>Txt</type>\n</CustomField>`,
    }
    const main = objectFile('\n<enableFeeds>yes</enableFeeds><label>a</label><label>b</label>')
    expect(reasons([field, ...main])).toEqual([
      "objects/Plan__c.object:2:1 enableFeeds must be true or false, not the text 'yes'",
      'objects/Plan__c.object:2:47 label stands here a second time',
      `${field.path}:3:3 unknown key 'lable'`,
      `${field.path}:4:3 unknown type 'Txt'`,
    ])
  })

  it.each([
    ['an open element', '<label>Plan', 'the file is not XML'],
    ['text between elements', 'stray<label>Plan</label>', 'text stands between the elements'],
    ['elements within a text', '<label>a<b>c</b></label>', 'label must be text, not an object'],
    ['an unknown reference', '<label>&nosuch;</label>', 'the reference after & is not known'],
    ['a reference to NUL', '<label>a&#0;</label>', 'stands for no allowed character'],
    ['a reference beyond Unicode', '<label>&#x110000;</label>', 'stands for no allowed character'],
    ['half a character', '<label>&#xD800;</label>', 'stands for no allowed character'],
    [
      'a number that is none',
      '<fields><fullName>A</fullName><length>x</length></fields>',
      'whole number',
    ],
    ['the key __proto__', '<__proto__><x>1</x></__proto__>', "'__proto__' is not allowed"],
    ['the key constructor', '<constructor/>', "'constructor' is not allowed"],
    ['the key toString', '<toString/>', 'unknown key'],
  ])('refuses %s', (_, inner, words) => {
    expect(reasons(objectFile(inner)).join()).toContain(words)
    expect(Reflect.get({}, 'x')).toBeUndefined()
  })

  it.each([
    ['an external entity', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'],
    ['a remote document type', '<!DOCTYPE a SYSTEM "http://127.0.0.1/a.dtd">'],
    ['an explosion of entities', '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]>'],
  ])('refuses %s', (_, doctype) => {
    const [file] = objectFile('<label>&x;</label>')
    const text = `${doctype}${file?.text}`
    expect(reasons([{ path: 'objects/Plan__c.object', text }])).toEqual([
      'objects/Plan__c.object:1:1 document types and entities of a file are not allowed',
    ])
  })

  const longName = 'a'.repeat(1_000_000)

  it.each([
    ['a name of a million letters', `<${longName} b="<"></${longName}>`],
    ['elements nested 100,000 deep', '<a>'.repeat(100_000) + '</a>'.repeat(100_000)],
    ['open elements', '<a>'.repeat(500_000)],
    ['open tags', '<a '.repeat(500_000)],
    ['open comments', '<!--'.repeat(500_000)],
    ['open raw sections', '<![CDATA['.repeat(200_000)],
    ['closing tags', '</a>'.repeat(500_000)],
    ['references', `<label>${'&'.repeat(500_000)}</label>`],
    ['an endless name', `<${'a'.repeat(1_000_000)}`],
  ])('refuses %s in short time', (_, inner) => {
    const started = processorMs()
    expect(readXmlSource(objectFile(inner)).problems).not.toEqual([])
    expect(processorMs() - started).toBeLessThan(5_000)
  })

  it('refuses a file above the size limit, another root and a wrong member name', () => {
    const big = objectFile(`<label>${'x'.repeat(limits.sourceFileBytesMax)}</label>`)
    expect(reasons(big).join()).toContain('larger than 4 MB')
    const layout = [{ path: 'objects/Plan__c.object', text: `<Layout ${namespace}/>` }]
    expect(reasons(layout).join()).toContain("the outermost element is 'Layout'")
    const field = {
      path: 'objects/Plan__c/fields/A__c.field-meta.xml',
      text: `<CustomField ${namespace}><fullName>B__c</fullName></CustomField>`,
    }
    expect(reasons([field]).join()).toContain("the name 'B__c' is not that of the file, 'A__c'")
  })

  it('refuses an object that is in two files', () => {
    const twice = [
      ...objectFile('<label>a</label>'),
      ...objectFile('<label>b</label>', 'objects/Plan__c/Plan__c.object-meta.xml'),
    ]
    expect(reasons(twice).join()).toContain("'Plan__c' is in objects/Plan__c.object already")
  })

  it('lists types that it does not read, and leaves other files alone', () => {
    const { kept, problems } = readXmlSource([
      { path: 'prompts/Greet.prompt-meta.xml', text: 'anything' },
      { path: 'reports/Sales/Top.report-meta.xml', text: 'anything' },
      { path: 'novelties/One.novelty-meta.xml', text: 'anything' },
      { path: 'README.md', text: 'anything' },
      { path: 'data/rows.json', text: 'anything' },
      { path: 'package.xml', text: 'anything' },
    ])
    expect(problems).toEqual([])
    expect(kept.map(({ component }) => component)).toEqual([
      'novelty:One',
      'Prompt:Greet',
      'Report:Top',
    ])
  })
})
