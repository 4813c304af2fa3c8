import { describe, expect, it } from 'vitest'
import {
  blankObject,
  checkObject,
  objectChanges,
  relabelObject,
} from '../../../ui/setup/object-changes.ts'

const app = { fullName: 'Work', label: 'Work', body: { fullName: 'Work', tabs: ['Case'] } }
const agent = { fullName: 'Agent', label: 'Agent', body: { fullName: 'Agent' } }

describe('relabelObject', () => {
  it('derives plural, API name and the label of the name', () => {
    expect(relabelObject(blankObject, 'Promise to pay')).toMatchObject({
      pluralLabel: 'Promise to pays',
      apiName: 'Promise_to_pay__c',
      nameLabel: 'Promise to pay name',
    })
  })

  it('leaves alone what was written by hand', () => {
    const draft = { ...blankObject, pluralLabel: 'Promises', pluralDerived: false }
    expect(relabelObject(draft, 'Promise').pluralLabel).toBe('Promises')
  })
})

describe('checkObject', () => {
  it('asks for labels and a free name', () => {
    expect([...checkObject(blankObject, []).keys()]).toEqual([
      ...['label', 'pluralLabel', 'nameLabel', 'apiName'],
    ])
    const draft = relabelObject(blankObject, 'Promise')
    expect([...checkObject(draft, ['promise__c']).keys()]).toEqual(['apiName'])
    expect(checkObject(draft, []).size).toBe(0)
  })

  it('asks for a number in the display format', () => {
    const draft = { ...relabelObject(blankObject, 'Promise'), nameType: 'AutoNumber' as const }
    expect([...checkObject({ ...draft, displayFormat: 'P' }, []).keys()]).toEqual(['displayFormat'])
  })
})

describe('objectChanges', () => {
  const draft = relabelObject(blankObject, 'Promise')

  it('makes object and layout; nothing else without a choice', () => {
    const changes = objectChanges(draft, { apps: [app], permissionSets: [agent] })
    expect(changes.map(({ type, fullName }) => [type, fullName])).toEqual([
      ['CustomObject', 'Promise__c'],
      ['Layout', 'Promise__c-Promise layout'],
    ])
  })

  it('adds a tab and rights where they were chosen', () => {
    const chosen = {
      ...draft,
      apps: new Set(['Work']),
      access: new Map([['Agent', 'edit' as const]]),
    }
    const changes = objectChanges(chosen, { apps: [app], permissionSets: [agent] })
    expect(changes[2]).toMatchObject({ body: { tabs: ['Case', 'Promise__c'] } })
    expect(changes[3]).toMatchObject({
      body: {
        objectPermissions: [
          { object: 'Promise__c', allowRead: true, allowCreate: true, allowEdit: true },
        ],
      },
    })
  })
})
