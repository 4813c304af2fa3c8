/** The import command: what it takes, what it refuses, what it prints. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { strToU8, zipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { importLines } from '../../../engine/cli/import-lines.ts'
import { importSource } from '../../../engine/cli/import-source.ts'
import { runCommandLine } from '../../support/command-line.ts'

const namespace = 'xmlns="http://soap.sforce.com/2006/04/metadata"'
const main = 'force-app/main/default'

const object =
  `<CustomObject ${namespace}><label>Plan</label><pluralLabel>Plans</pluralLabel>` +
  '<nameField><label>Plan Name</label><type>Text</type></nameField></CustomObject>'

function field(name: string, length = 20): string {
  return (
    `<CustomField ${namespace}><fullName>${name}</fullName><label>${name}</label>` +
    `<type>Text</type><length>${length}</length></CustomField>`
  )
}

const formula =
  `<CustomField ${namespace}><fullName>Twice__c</fullName><label>Twice</label><type>Number</type>` +
  '<precision>18</precision><scale>0</scale><formula>TODAY() - LastActivityDate</formula></CustomField>'

let home = ''
let source = ''
let into = ''

function put(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }
}

function written(path: string): string {
  return readFileSync(join(into, path), 'utf8')
}

const planFiles = {
  [`${main}/objects/Plan__c/Plan__c.object-meta.xml`]: object,
  [`${main}/objects/Plan__c/fields/Code__c.field-meta.xml`]: field('Code__c'),
  [`${main}/objects/Plan__c/fields/Twice__c.field-meta.xml`]: formula,
  [`${main}/classes/Helper.cls-meta.xml`]: '<ApexClass/>',
  [`${main}/classes/Helper.cls`]: 'class Helper {}',
  [`${main}/lwc/tile/tile.js-meta.xml`]: '<LightningComponentBundle/>',
  [`${main}/lwc/tile/tile.html`]: '<template></template>',
  'README.md': 'Hello',
}

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'import-'))
  source = join(home, 'source')
  into = join(home, 'metadata')
  put(source, planFiles)
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

describe('importSource', () => {
  it('writes one JSON file for each component', async () => {
    const report = await importSource({ source, into })
    expect(report.problems).toEqual([])
    expect(report.written).toEqual(['objects/Plan__c.json'])
    expect(JSON.parse(written('objects/Plan__c.json'))).toMatchObject({
      $schema: '../schema/CustomObject.schema.json',
      fullName: 'Plan__c',
      fields: [
        { fullName: 'Code__c', length: 20 },
        { fullName: 'Twice__c', formula: 'TODAY() - LastActivityDate' },
      ],
    })
  })

  it('names what is not understood, and files that are no metadata', async () => {
    const { notUnderstood, others } = await importSource({ source, into })
    const named = notUnderstood.map(({ kind, component }) => `${kind} ${component}`)
    expect(named).toEqual(
      expect.arrayContaining([
        'file ApexClass:Helper',
        'file LightningComponentBundle:tile',
        'field Plan__c.Twice__c',
      ]),
    )
    expect(others).toEqual(['README.md'])
  })

  it('leaves what is kept as records to a deploy, and says so', async () => {
    const template =
      `<ActionPlanTemplate ${namespace}><name>Review</name><targetEntityType>Account</targetEntityType>` +
      '<uniqueName>Review</uniqueName></ActionPlanTemplate>'
    put(source, { [`${main}/actionPlanTemplates/Review.apt-meta.xml`]: template })
    const report = await importSource({ source, into })
    expect(report.asRecords.map(({ fullName }) => fullName)).toEqual(['Review'])
    expect(report.written.some((path) => path.includes('Review'))).toBe(false)
    const lines = importLines(report, { into }).join('\n')
    expect(lines).toContain('deploy the package to a server (1):\n  ActionPlanTemplate Review')
  })

  it('writes nothing when it is only asked', async () => {
    const report = await importSource({ source, into, check: true })
    expect(report.created).toHaveLength(1)
    expect(report.written).toEqual([])
    expect(existsSync(into)).toBe(false)
  })

  it('changes nothing the second time', async () => {
    await importSource({ source, into })
    const before = written('objects/Plan__c.json')
    const report = await importSource({ source, into })
    expect(report.unchanged).toHaveLength(1)
    expect(report.written).toEqual([])
    expect(written('objects/Plan__c.json')).toBe(before)
  })

  it('refuses to overwrite what differs, until it is forced', async () => {
    await importSource({ source, into })
    const path = `${main}/objects/Plan__c/fields/Code__c.field-meta.xml`
    const more = `${main}/objects/Plan__c/fields/More__c.field-meta.xml`
    put(source, { [path]: field('Code__c', 40), [more]: field('More__c') })
    const before = written('objects/Plan__c.json')
    const refused = await importSource({ source, into })
    expect(refused.conflicts.map((conflict) => conflict.path)).toEqual(['Plan__c.Code__c length'])
    expect(importLines(refused, { into }).join('\n')).toContain(
      'Plan__c.Code__c length: there 20, in the source 40',
    )
    expect(written('objects/Plan__c.json')).toBe(before)
    const forced = await importSource({ source, into, force: true })
    expect(forced.written).toEqual(['objects/Plan__c.json'])
    expect(written('objects/Plan__c.json')).toContain('"length": 40')
    expect(written('objects/Plan__c.json')).toContain('More__c')
  })

  it('writes nothing of a source with a mistake in it, and says where', async () => {
    const path = `${main}/objects/Plan__c/fields/Bad__c.field-meta.xml`
    put(source, { [path]: field('Bad__c').replace('Text', 'Txet') })
    const { problems, written: paths } = await importSource({ source, into })
    expect(problems).toMatchObject([{ file: path, component: 'Plan__c.Bad__c' }])
    expect(paths).toEqual([])
    expect(existsSync(into)).toBe(false)
  })

  it('refuses mentions of what is nowhere', async () => {
    const path = `${main}/objects/Plan__c/fields/To__c.field-meta.xml`
    const lookup = field('To__c').replace(
      '<type>Text</type><length>20</length>',
      '<type>Lookup</type><referenceTo>Nowhere__c</referenceTo>',
    )
    put(source, { [path]: lookup })
    const { problems } = await importSource({ source, into })
    expect(problems.map(({ reason }) => reason).join()).toContain('no object "Nowhere__c"')
  })

  it('refuses files that are not text', async () => {
    const path = join(source, main, 'objects/Plan__c/fields/Odd__c.field-meta.xml')
    writeFileSync(path, Buffer.from([0xff, 0xfe, 0x00]))
    const { problems } = await importSource({ source, into })
    expect(problems.map(({ reason }) => reason)).toEqual(['the file is not valid UTF-8'])
  })
})

describe('the command', () => {
  it('takes, prints and ends with 0', async () => {
    const { code, out } = await runCommandLine(['import', source, '--into', into])
    expect(out).toContain('Taken, new (1):\n  CustomObject Plan__c')
    expect(out).toContain('ApexClass:Helper: files of this type are not read yet')
    expect(out).toContain(
      'field Plan__c.Twice__c is a formula without effect: Plan__c has no field LastActivityDate',
    )
    expect(out).toContain(`Written to ${into}: 1 new, 0 grown, 0 unchanged`)
    expect(code).toBe(0)
  })

  it('takes the ZIP file of a package just as well', async () => {
    const file = join(home, 'package.zip')
    const files = Object.entries({ 'objects/Plan__c.object': object, 'package.xml': '<Package/>' })
    writeFileSync(
      file,
      zipSync(Object.fromEntries(files.map(([path, text]) => [path, strToU8(text)]))),
    )
    const { code, out } = await runCommandLine(['import', file, '--into', into, '--json'])
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ created: ['CustomObject Plan__c'] })
    writeFileSync(file, 'no zip')
    expect(await runCommandLine(['import', file, '--into', into])).toMatchObject({
      code: 3,
      out: '',
    })
  })

  it('says what it needs, and ends with what scripts can trust', async () => {
    expect(await runCommandLine(['import'])).toMatchObject({ code: 2, out: '' })
    const nowhere = await runCommandLine(['import', join(home, 'nowhere'), '--into', into])
    expect(nowhere).toMatchObject({ code: 3, err: expect.stringContaining('There is no folder') })
    expect((await runCommandLine(['import', source, '--nosuch'])).err).toContain("'--nosuch'")
    await importSource({ source, into })
    put(source, { [`${main}/objects/Plan__c/fields/Code__c.field-meta.xml`]: field('Code__c', 40) })
    expect((await runCommandLine(['import', source, '--into', into])).code).toBe(1)
  })
})
