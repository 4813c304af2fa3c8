import { describe, expect, it } from 'vitest'
import { limits } from '../../../engine/base/limits.ts'
import { parseComponent, parseDeclarations } from '../../../engine/model/parse-declarations.ts'

function parse(text: string, path = 'objects/Plan.json') {
  return parseDeclarations([{ path, text }])
}

function reasons(text: string, path?: string): readonly string[] {
  return parse(text, path).problems.map(({ line, column, reason, suggestion }) =>
    [`${line}:${column} ${reason}`, ...(suggestion === undefined ? [] : [suggestion])].join(', '),
  )
}

describe('parseDeclarations', () => {
  it('reads a component with its file, in canonical order and deeply frozen', () => {
    const { declarations, problems } = parse(
      '{"label":"Plan","fields":[{"type":"Text","fullName":"A__c"}],"fullName":"Plan","$schema":"x"}',
    )
    const [declaration] = declarations
    expect(problems).toEqual([])
    expect(declaration).toMatchObject({
      type: 'CustomObject',
      fullName: 'Plan',
      file: 'objects/Plan.json',
    })
    expect(JSON.stringify(declaration?.body)).toBe(
      '{"fullName":"Plan","label":"Plan","fields":[{"fullName":"A__c","type":"Text"}]}',
    )
    expect(Object.isFrozen(declaration?.body)).toBe(true)
    expect(Object.isFrozen(Object(declaration?.body).fields[0])).toBe(true)
  })

  it('knows the line of every value, for problems found later', () => {
    const { declarations } = parse(
      '{\n  "fullName": "Plan",\n  "fields": [\n    { "fullName": "A__c",\n      "type": "Text" }]}',
    )
    expect(declarations[0]?.locate?.(['fields', 0, 'type'])).toEqual({ line: 5, column: 15 })
    expect(declarations[0]?.locate?.(['fields', 0, 'length'])).toEqual({ line: 4, column: 5 })
    expect(declarations[0]?.locate?.([])).toEqual({ line: 1, column: 1 })
  })

  it('says all that is wrong at once, with place and what would be right', () => {
    const text = [
      '{ "fullName": "Plan", "lable": "Plan",',
      '  "fields": [',
      '    { "fullName": "A__c", "type": "Lokup", "length": "5", "required": "true" },',
      '    { "type": "Text", "referenceTo": "Account" } ] }',
    ].join('\n')
    expect(reasons(text)).toEqual([
      "1:23 unknown key 'lable', did you mean 'label'?",
      "3:35 unknown type 'Lokup', did you mean 'Lookup'?",
      "3:54 length must be a whole number, not the text '5', write 5 without quotes",
      "3:71 required must be true or false, not the text 'true', write true without quotes",
      '4:5 the key \'fullName\' is missing, add "fullName"',
      '4:38 referenceTo must be a list, not the text \'Account\', write ["Account"]',
    ])
  })

  it('names the member that a problem belongs to', () => {
    const { problems } = parse('{"fullName":"Plan","fields":[{"fullName":"A__c","typ":"Text"}]}')
    expect(problems[0]).toMatchObject({ file: 'objects/Plan.json', component: 'Plan.A__c' })
  })

  it('reports the problems of all files, in the order of files and lines', () => {
    const broken = { path: 'objects/B.json', text: '{' }
    const odd = { path: 'objects/A.json', text: '{"fullName":"A","x":1}' }
    const forwards = parseDeclarations([broken, odd])
    expect(forwards.problems.map((problem) => problem.file)).toEqual([odd.path, broken.path])
    expect(parseDeclarations([odd, broken]).problems).toEqual(forwards.problems)
  })

  it.each([
    ['a trailing comma', '{"fullName":"Plan",}', 'a key in double quotes is expected'],
    ['a comment', '{} // note', 'comments are not allowed'],
    ['an empty file', '', 'a value is expected'],
    ['an open text', '{"fullName":"Plan', 'the closing quote of a text is missing'],
    ['single quotes', "{'fullName':'Plan'}", 'the word is not known'],
    ['something after the end', '{"fullName":"Plan"} {}', 'something follows after the end'],
    ['a leading zero', '{"fullName":"Plan","x":01}', 'a comma is missing'],
  ])('refuses %s as strict JSON does', (_, text, words) => {
    expect(reasons(text).join()).toContain(words)
  })

  it('accepts a byte order mark and counts columns without it', () => {
    expect(parse('\uFEFF{"fullName":"Plan"}').declarations).toHaveLength(1)
    expect(reasons('\uFEFF{"fullName":"Plan","x":1}')[0]).toMatch(/^1:20 /)
  })

  it('refuses a key that stands twice', () => {
    expect(reasons('{"fullName":"Plan",\n "label":"a", "l\\u0061bel":"b"}')).toEqual([
      "2:15 the key 'label' stands here a second time, keep one of the two",
    ])
  })

  it('refuses two members of one name, whatever the letter case', () => {
    expect(
      reasons('{"fullName":"Plan","fields":[{"fullName":"A__c"},{"fullName":"a__C"}]}'),
    ).toEqual(
      expect.arrayContaining([
        expect.stringContaining("'a__C' stands twice in fields (the other is written 'A__c')"),
      ]),
    )
  })

  it.each(['__proto__', 'constructor', 'prototype'])('refuses the key %s at any level', (key) => {
    const found = reasons(`{"fullName":"Plan","${key}":{},"fields":[{"a":{"${key}":1}}]}`)
    expect(
      found.filter((reason) => reason.includes(`the key '${key}' is not allowed`)),
    ).toHaveLength(2)
    expect(Reflect.get({}, 'a')).toBeUndefined()
  })

  it.each([
    ['a NUL', '\\u0000', 'U+0000'],
    ['a control character', '\\u001b', 'U+001B'],
    ['half a character pair', '\\ud800', 'half of a character pair'],
  ])('refuses %s in a text', (_, escape, words) => {
    expect(reasons(`{"fullName":"Plan","label":"a${escape}"}`).join()).toContain(words)
  })

  it.each([
    ['lists', '['.repeat(100_000)],
    ['objects', '{"a":'.repeat(100_000)],
    ['closed lists', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['mismatched brackets', '[}'.repeat(100_000)],
  ])('refuses %s nested 100,000 deep and goes on living', (_, text) => {
    const found = reasons(text)
    expect(found).toHaveLength(1)
    expect(found[0]).toContain(`nested more than ${limits.jsonDepthMax} levels deep`)
  })

  it('refuses a file above the size limit', () => {
    const text = `{"fullName":"Plan","label":"${'x'.repeat(limits.sourceFileBytesMax)}"}`
    expect(reasons(text)).toEqual(['1:1 the file is larger than 4 MB'])
  })

  it('bounds the number of problems and says how many more there are', () => {
    const fields = '{"fullName":"A__c","typ":1},'.repeat(2_000)
    const files = ['A', 'B'].map((name) => ({
      path: `objects/${name}.json`,
      text: `{"fullName":"${name}","fields":[${fields}{}]}`,
    }))
    const { problems } = parseDeclarations(files)
    expect(problems).toHaveLength(limits.problemsReportedMax + 1)
    expect(problems.at(-1)?.reason).toMatch(/^and \d+ more problems/)
  })

  it('refuses too many files', () => {
    const sources = Array.from({ length: limits.sourceFilesMax + 1 }, (_, index) => ({
      path: `objects/A${index}.json`,
      text: '',
    }))
    expect(parseDeclarations(sources).problems[0]?.reason).toContain('50001 files')
  })

  it('refuses a full name that is not the name of the file', () => {
    expect(reasons('{"fullName":"Plan"}', 'objects/Other.json')[0]).toContain(
      "the full name 'Plan' is not that of the file, 'Other'",
    )
  })

  it('reads names that file systems refuse from their encoded form', () => {
    const fullName = 'Case-A/B: 100%'
    const path = 'layouts/Case-A%2FB%3A 100%25.json'
    const { declarations, problems } = parse(JSON.stringify({ fullName }), path)
    expect(problems).toEqual([])
    expect(declarations[0]?.fullName).toBe(fullName)
  })

  it.each([
    ['letter case', 'plan', 'Plan'],
    ['Unicode form', 'Case-\u00e4', 'Case-a\u0308'],
  ])('refuses names that differ only in %s', (_, first, second) => {
    const sources = [first, second].map((fullName) => ({
      path: `layouts/${fullName}.json`,
      text: JSON.stringify({ fullName }),
    }))
    expect(parseDeclarations(sources).problems).toHaveLength(1)
  })

  it.each([
    ['objekts/Plan.json', "unknown folder 'objekts', did you mean 'objects'?"],
    ['Plan.json', 'the file stands outside of the folders of metadata types'],
    ['objects/deep/Plan.json', 'the files of objects stand directly in the folder'],
    ['objects/Plan.jsonc', "'Plan.jsonc' is not a file of metadata"],
    ['objects/Pl%2.json', 'is not encoded rightly'],
    ['../objects/Plan.json', "unknown folder '..'"],
  ])('says of %s why it cannot be read', (path, words) => {
    expect(reasons('{"fullName":"Plan"}', path).join()).toContain(words)
  })

  it.each([
    'schema/CustomObject.schema.json',
    'types.ts',
    'README.md',
    'objects/.Plan.json.swp',
    'objects/Plan.json~',
  ])('leaves %s alone', (path) => {
    expect(parse('not JSON', path)).toEqual({ declarations: [], problems: [], kept: [] })
  })

  it('lists by name what it does not act on', () => {
    const text = JSON.stringify({
      fullName: 'Plan',
      enableFeeds: true,
      fields: [{ fullName: 'A__c', type: 'Text', trackFeedHistory: true }],
      nameField: { type: 'Text', trackTrending: true },
    })
    expect(parse(text).kept).toEqual([
      { component: 'Plan', path: 'nameField.trackTrending' },
      { component: 'Plan', path: 'enableFeeds' },
      { component: 'Plan.A__c', path: 'trackFeedHistory' },
    ])
    expect(parse('{}', 'prompts/Greet.json').kept).toEqual([
      { component: 'Prompt:Greet', path: '' },
    ])
  })

  it.each([
    'x"; drop table y; --',
    'a b',
    'a.b',
    "a'b",
    '',
    '😀',
    'A__d',
    'A_',
    '_A',
    '1A',
    'Ä',
    'x'.repeat(300),
    `${'x'.repeat(41)}__c`,
  ])('refuses the object and field name %j with the rule', (name) => {
    const text = JSON.stringify({ fullName: 'Plan', fields: [{ fullName: name }] })
    expect(reasons(text).join()).toContain('use letters, digits and single underscores')
    const { problems } = parseComponent('CustomObject', name, { fullName: name })
    expect(problems.map((problem) => problem.suggestion).join()).toContain('use letters, digits')
  })

  it.each(['id', 'Id', 'rowid', 'oid', 'sqlite_x', 'pg_x', 'SQLite_x__c'])(
    'refuses the name %s, which databases keep',
    (name) => {
      const text = JSON.stringify({ fullName: 'Plan', fields: [{ fullName: name }] })
      expect(reasons(text).join()).toContain('is kept for the database')
    },
  )

  it.each(['constructor', 'toString', 'hasOwnProperty', 'then', 'toJSON', 'valueOf', '__proto__'])(
    'refuses the name %s as reserved',
    (name) => {
      const text = JSON.stringify({ fullName: 'Plan', fields: [{ fullName: name }] })
      expect(reasons(text).join()).toContain('is reserved')
      const { problems } = parseComponent('CustomObject', name, { fullName: name })
      expect(problems.map((problem) => problem.reason).join()).toContain('is reserved')
    },
  )

  it.each(['Name', 'FinancialAccountId', 'Group', 'Order__c', 'PMT_Setting__mdt', 'Event__e'])(
    'accepts the name %s',
    (name) => {
      expect(parse(JSON.stringify({ fullName: name }), `objects/${name}.json`).problems).toEqual([])
    },
  )
})

describe('parseComponent', () => {
  it('checks as for files and points at the file that it would stand in', () => {
    const { problems } = parseComponent('CustomObject', 'Plan', {
      fullName: 'Plan',
      fields: [{ fullName: 'A__c', type: 'Texte' }],
    })
    expect(problems).toMatchObject([
      {
        reason: "unknown type 'Texte'",
        suggestion: "did you mean 'Text'?",
        file: 'objects/Plan.json',
        line: 1,
        column: 1,
        component: 'Plan.A__c',
      },
    ])
  })

  it('gives a declaration without a file', () => {
    const { declarations, problems } = parseComponent('Role', 'Chief', {
      fullName: 'Chief',
      name: 'Chief',
    })
    expect(problems).toEqual([])
    expect(declarations).toEqual([
      { type: 'Role', fullName: 'Chief', body: { fullName: 'Chief', name: 'Chief' } },
    ])
  })

  it.each([undefined, null, 1, 'text', [], [[]]])('refuses the body %j', (value) => {
    expect(parseComponent('Role', 'Chief', value).problems).not.toEqual([])
  })

  it('refuses forbidden keys, broken text and deep nesting of parsed JSON', () => {
    const deep: unknown = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000))
    const values: readonly unknown[] = [
      JSON.parse('{"fullName":"Chief","__proto__":{"x":1}}'),
      { fullName: 'Chief', name: '\ud800' },
      { fullName: 'Chief', name: deep },
      { fullName: 'Chief', name: Number.NaN },
    ]
    for (const value of values) {
      expect(parseComponent('Role', 'Chief', value).problems).not.toEqual([])
    }
    expect(Reflect.get({}, 'x')).toBeUndefined()
  })
})
