/** Declarations from elsewhere over those that are there: nothing is lost, nothing is overwritten unasked. */
import { describe, expect, it } from 'vitest'
import type { Declaration } from '../../../engine/model/declaration.ts'
import type { MetadataTypeName } from '../../../engine/model/declaration.ts'
import { parseComponent } from '../../../engine/model/parse-declarations.ts'
import { takeOver } from '../../../engine/model/take-over.ts'

function declared(type: MetadataTypeName, body: Readonly<Record<string, unknown>>): Declaration {
  const { declarations, problems } = parseComponent(type, String(body['fullName']), body)
  expect(problems).toEqual([])
  const [declaration] = declarations
  if (declaration === undefined) throw new Error('nothing was declared')
  return declaration
}

const text = (fullName: string, length = 20): object => ({
  fullName,
  label: fullName,
  type: 'Text',
  length,
})

const account = declared('CustomObject', {
  fullName: 'Account',
  label: 'Account',
  nameField: { label: 'Account Name', type: 'Text' },
  fields: [text('Site'), text('Code__c')],
})

const layout = (label: string): Declaration =>
  declared('Layout', { fullName: 'Account-Main', layoutSections: [{ label }] })

const asked = { force: false }
const forced = { force: true }

describe('takeOver', () => {
  it('adds components that were not there', () => {
    const taken = takeOver([account], [layout('Main')], asked)
    expect(taken.created.map(({ fullName }) => fullName)).toEqual(['Account-Main'])
    expect(taken.declarations).toHaveLength(2)
    expect([...taken.changed, ...taken.conflicts]).toEqual([])
  })

  it('adds the members and attributes of a part to the whole, which keeps its own', () => {
    const part = declared('CustomObject', {
      fullName: 'Account',
      pluralLabel: 'Accounts',
      fields: [text('Extra__c')],
    })
    const { changed, conflicts } = takeOver([account], [part], asked)
    expect(conflicts).toEqual([])
    expect(changed[0]?.body).toMatchObject({
      label: 'Account',
      pluralLabel: 'Accounts',
      fields: [{ fullName: 'Site' }, { fullName: 'Code__c' }, { fullName: 'Extra__c' }],
    })
  })

  it('says so when nothing is new', () => {
    const { unchanged, changed } = takeOver([account], [account], asked)
    expect(unchanged).toEqual([account])
    expect(changed).toEqual([])
  })

  it('names what is different on both sides and keeps what is there', () => {
    const part = declared('CustomObject', { fullName: 'Account', fields: [text('Site', 40)] })
    const taken = takeOver([account, layout('Main')], [part, layout('Other')], asked)
    expect(taken.conflicts.map(({ path }) => path)).toEqual([
      'Account.Site length',
      'Layout Account-Main',
    ])
    expect(taken.declarations[0]).toBe(account)
  })

  it('replaces it when forced, and still loses no member', () => {
    const part = declared('CustomObject', { fullName: 'Account', fields: [text('Site', 40)] })
    const taken = takeOver([account, layout('Main')], [part, layout('Other')], forced)
    expect(taken.conflicts).toEqual([])
    expect(taken.changed[0]?.body).toMatchObject({
      fields: [{ fullName: 'Site', length: 40 }, { fullName: 'Code__c' }],
    })
    expect(taken.changed[1]?.body).toMatchObject({ layoutSections: [{ label: 'Other' }] })
  })
})
