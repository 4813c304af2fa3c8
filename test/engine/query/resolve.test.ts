/** The gate: what does not exist and what the caller may not know of are answered alike. */
import { describe, expect, it } from 'vitest'
import { limits } from '../../../engine/base/limits.ts'
import {
  findField,
  maySee,
  noSuchColumn,
  resolveField,
  resolveObject,
  resolvePath,
  resolvePolymorphic,
  unknownField,
  visibleFields,
} from '../../../engine/query/resolve.ts'
import {
  accountObject,
  adminGate,
  fieldNamed,
  objectNamed,
  refusalOf,
  repGate,
} from './planning.ts'

const contact = objectNamed('Contact')
const remark = objectNamed('Remark__c')

/** The problems with the mentioned name taken out, so that two names can be compared. */
function shape(work: () => unknown, name: string): string {
  return JSON.stringify(refusalOf(work).problems).replaceAll(name, '?')
}

describe('objects', () => {
  it('are found in any letter case', () => {
    expect(resolveObject(repGate, 'aCCount').name).toBe('Account')
  })

  it('that are hidden are answered like ones that do not exist', () => {
    expect(shape(() => resolveObject(repGate, 'Payroll__c'), 'Payroll__c')).toBe(
      shape(() => resolveObject(repGate, 'Zayroll__q'), 'Zayroll__q'),
    )
  })

  it('are suggested only to whoever may know them', () => {
    expect(refusalOf(() => resolveObject(adminGate, 'Payrol__c')).message).toContain('Payroll__c')
    expect(refusalOf(() => resolveObject(repGate, 'Payrol__c')).message).not.toContain('Payroll__c')
    expect(refusalOf(() => resolveObject(repGate, 'Acount')).message).toContain("mean 'Account'")
  })
})

describe('fields', () => {
  it('are found in any letter case', () => {
    expect(resolveField(repGate, accountObject, 'webSITE').name).toBe('Website')
  })

  it('that are hidden are answered like ones that do not exist', () => {
    expect(shape(() => resolveField(repGate, accountObject, 'CreditScore'), 'CreditScore')).toBe(
      shape(() => resolveField(repGate, accountObject, 'CreditShore'), 'CreditShore'),
    )
  })

  it('are suggested only to whoever may see them', () => {
    const near = (gate: typeof repGate): string =>
      refusalOf(() => resolveField(gate, accountObject, 'CreditScor')).message
    expect(near(adminGate)).toContain("mean 'CreditScore'")
    expect(near(repGate)).not.toContain('CreditScore')
  })

  it('get no suggestion where none is asked for', () => {
    expect(noSuchColumn(accountObject, 'Websit').message).toBe(
      "No such column 'Websit' on entity 'Account'.",
    )
    expect(unknownField(adminGate, accountObject, 'Websit').message).toContain("mean 'Website'")
  })

  it('that are hidden are not found', () => {
    expect(findField(repGate, accountObject, 'creditscore')).toBeUndefined()
    expect(findField(adminGate, accountObject, 'creditscore')?.name).toBe('CreditScore')
  })

  it('with endless names are cut in the answer', () => {
    const error = refusalOf(() => resolveField(repGate, accountObject, 'x'.repeat(90_000)))
    expect(error.message.length).toBeLessThan(300)
  })

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'are not found by the language’s own names: %s (F1)',
    (name) => {
      expect(refusalOf(() => resolveField(adminGate, accountObject, name)).code).toBe(
        'INVALID_FIELD',
      )
    },
  )

  it('that the caller may see are listed in describe order', () => {
    const names = visibleFields(repGate, accountObject).map((field) => field.name)
    expect(names.slice(0, 2)).toEqual(['Id', 'IsDeleted'])
    expect(names).not.toContain('CreditScore')
    expect(visibleFields(adminGate, accountObject)).toHaveLength(accountObject.fields.length)
    expect(maySee(repGate, fieldNamed(accountObject, 'CreditScore'))).toBe(false)
  })
})

describe('paths', () => {
  it('lead over parents', () => {
    const { parents, object, field } = resolvePath(repGate, contact, 'account.parent.name')
    expect(parents.map((lookup) => lookup.name)).toEqual(['AccountId', 'ParentId'])
    expect([object.name, field.name]).toEqual(['Account', 'Name'])
  })

  it('may begin with the object’s own name', () => {
    expect(resolvePath(repGate, contact, 'Contact.Name').parents).toEqual([])
  })

  it.each([
    ['a hidden field of a parent', 'Account.CreditScore', 'Account.CreditShore'],
    ['a hidden field of a grandparent', 'Account.Parent.CreditScore', 'Account.Parent.CreditShore'],
  ])('%s is answered like one that does not exist', (_what, hidden, unknown) => {
    expect(shape(() => resolvePath(repGate, contact, hidden), 'CreditScore')).toBe(
      shape(() => resolvePath(repGate, contact, unknown), 'CreditShore'),
    )
  })

  it('over a hidden lookup are answered like ones over a lookup that does not exist', () => {
    const blind = {
      model: repGate.model,
      access: {
        ...repGate.access,
        mayField: (object: string, field: string, right: 'read' | 'edit') =>
          field !== 'AccountId' && repGate.access.mayField(object, field, right),
      },
    }
    expect(shape(() => resolvePath(blind, contact, 'Account.Name'), 'Account')).toBe(
      shape(() => resolvePath(blind, contact, 'Akkount.Name'), 'Akkount'),
    )
  })

  it('into a hidden object are answered like ones over a lookup that does not exist', () => {
    const blind = {
      model: repGate.model,
      access: {
        ...repGate.access,
        mayObject: (object: string, right: 'read') =>
          object !== 'Account' && repGate.access.mayObject(object, right),
      },
    }
    const error = refusalOf(() => resolvePath(blind, contact, 'Account.Name'))
    expect(error.message).not.toContain('Did you mean')
    expect(shape(() => resolvePath(blind, contact, 'Account.Name'), 'Account')).toBe(
      shape(() => resolvePath(blind, contact, 'Akkount.Name'), 'Akkount'),
    )
  })

  it('end at a named limit (A13)', () => {
    const path = (depth: number): string => 'Parent.'.repeat(depth) + 'Name'
    expect(
      resolvePath(repGate, accountObject, path(limits.parentPathDepthMax)).parents,
    ).toHaveLength(limits.parentPathDepthMax)
    for (const depth of [limits.parentPathDepthMax + 1, 60]) {
      const error = refusalOf(() => resolvePath(repGate, accountObject, path(depth)))
      expect(error.code).toBe('LIMIT_EXCEEDED')
      expect(error.message).toContain('parentPathDepthMax')
    }
  })

  it.each(['Account', 'Contacts.Name', 'AccountId.Name', 'Nothing.Name', 'Account.Owner.Nothing'])(
    'that lead nowhere are refused: %s',
    (path) => {
      expect(refusalOf(() => resolvePath(repGate, contact, path)).code).toBe('INVALID_FIELD')
    },
  )

  it('over a lookup with several targets say what can be read through it', () => {
    const error = refusalOf(() => resolvePath(repGate, remark, 'About__r.Website'))
    expect(error.message).toContain('About__r.Name, About__r.Id and About__r.Type')
  })
})

describe('lookups with several targets', () => {
  it('give name, id and type, of the targets that the caller may read', () => {
    const found = resolvePolymorphic(repGate, remark, 'about__r.NAME')
    expect(found?.attribute).toBe('Name')
    expect(found?.targets.map((target) => target.name)).toEqual(['Account', 'Contact'])
    const blind = {
      model: repGate.model,
      access: { ...repGate.access, mayObject: (object: string) => object !== 'Contact' },
    }
    expect(
      resolvePolymorphic(blind, remark, 'About__r.Id')?.targets.map((target) => target.name),
    ).toEqual(['Account'])
  })

  it.each(['About__r.Website', 'About__r', 'About__r.Owner.Name', 'Owner.Name', 'Nothing.Name'])(
    '%s is none of these',
    (path) => {
      expect(resolvePolymorphic(repGate, remark, path)).toBeUndefined()
    },
  )
})
