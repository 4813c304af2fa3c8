import { describe, expect, it } from 'vitest'
import { chooseBindings, nothingTaken } from '../../../engine/deploy/choose-bindings.ts'
import { compileModel, type CompileEvent } from '../../../engine/model/compile-model.ts'
import type { Declaration, MetadataTypeName } from '../../../engine/model/declaration.ts'
import type { CompiledModel, Model } from '../../../engine/model/model.ts'
import { parseComponent } from '../../../engine/model/parse-declarations.ts'

type Body = Readonly<Record<string, unknown>> & { readonly fullName: string }

function declare(type: MetadataTypeName, body: Body): Declaration {
  const parsed = parseComponent(type, body.fullName, body)
  expect(parsed.problems).toEqual([])
  const [declaration] = parsed.declarations
  if (declaration === undefined) throw new Error('nothing was parsed')
  return declaration
}

const object = (fullName: string, more: Readonly<Record<string, unknown>> = {}): Declaration =>
  declare('CustomObject', {
    fullName,
    label: fullName,
    nameField: { label: 'Name', type: 'Text' },
    ...more,
  })

const field = (fullName: string, more: Readonly<Record<string, unknown>> = {}): Body => ({
  fullName,
  label: fullName,
  type: 'Text',
  length: 20,
  ...more,
})

const lookup = (
  fullName: string,
  target: string,
  more: Readonly<Record<string, unknown>> = {},
): Body => ({
  fullName,
  label: fullName,
  type: 'Lookup',
  referenceTo: [target],
  ...more,
})

const master = (fullName: string, target: string): Body => ({
  fullName,
  label: fullName,
  type: 'MasterDetail',
  referenceTo: [target],
})

function compile(declarations: readonly Declaration[], previous?: Model): CompiledModel {
  const bindings = chooseBindings({
    declarations,
    bindings: previous?.bindings ?? new Map(),
    taken: nothingTaken,
  })
  return compileModel({ declarations, bindings, version: (previous?.version ?? 0) + 1, previous })
}

function modelOf(...declarations: readonly Declaration[]): Model {
  const compiled = compile(declarations)
  expect(compiled.problems).toEqual([])
  if (compiled.model === undefined) throw new Error('no model')
  return compiled.model
}

const reasons = (...declarations: readonly Declaration[]): readonly string[] =>
  compile(declarations).problems.map((problem) => problem.reason)

describe('compileModel', () => {
  it('gives every object its system fields, the name and the declared ones', () => {
    const names = modelOf(object('Thing', { fields: [field('Code')] }))
      .object('Thing')
      ?.fields.map((one) => one.name)
    expect(names).toEqual([
      'Id',
      'IsDeleted',
      'Name',
      'CreatedDate',
      'CreatedById',
      'LastModifiedDate',
      'LastModifiedById',
      'SystemModstamp',
      'OwnerId',
      'Code',
    ])
  })

  it('leaves the owner to the master', () => {
    const model = modelOf(object('Head'), object('Line', { fields: [master('HeadId', 'Head')] }))
    expect(model.object('Line')?.ownerField).toBeUndefined()
    expect(model.object('Line')?.masterFields.map((one) => one.name)).toEqual(['HeadId'])
  })

  it('finds objects in any letter case and under previous names', () => {
    const model = modelOf(
      object('Thing', {
        previousNames: ['Item'],
        fields: [field('Code', { previousNames: ['Key'] })],
      }),
    )
    expect(model.object('tHING')?.name).toBe('Thing')
    expect(model.object('item')?.fieldsByName.get('key')?.name).toBe('Code')
  })

  it('takes compounds apart', () => {
    const person = object('Person', {
      nameField: { label: 'Name', type: 'PersonName' },
      fields: [{ fullName: 'HomeAddress', label: 'Home', type: 'Address' }],
    })
    const fields = modelOf(person).object('Person')?.fieldsByName
    expect(fields?.get('lastname')?.compound).toBe('Name')
    expect(fields?.get('homecity')?.compound).toBe('HomeAddress')
    expect(fields?.get('homeaddress')?.components).toContain('HomeCity')
    expect(fields?.get('name')?.createable).toBe(false)
  })

  it('names relations from both sides', () => {
    const model = modelOf(
      object('Account', {
        fields: [lookup('Boss__c', 'Account', { relationshipName: 'Branches' })],
      }),
      object('Contact', {
        fields: [lookup('AccountId', 'Account', { relationshipName: 'Contacts' })],
      }),
    )
    expect([...(model.object('Account')?.parents.keys() ?? [])]).toContain('boss__r')
    expect(model.object('Account')?.children.map((child) => child.relationshipName)).toEqual([
      'Branches__r',
      'Contacts',
    ])
  })

  it('refuses a lookup to nowhere, with the nearest name', () => {
    const compiled = compile([
      object('Account'),
      object('Contact', { fields: [lookup('AccountId', 'Acount')] }),
    ])
    expect(compiled.problems).toMatchObject([
      {
        reason: 'CustomObject Contact: there is no object "Acount"',
        suggestion: 'did you mean "Account"?',
      },
    ])
  })

  it('refuses unknown fields wherever they are mentioned', () => {
    const account = object('Account', {
      fields: [field('Rating')],
      listViews: [{ fullName: 'All', label: 'All', filterScope: 'Everything', columns: ['Ratin'] }],
      compactLayouts: [{ fullName: 'C', label: 'C', fields: ['Nam'] }],
    })
    const layout = declare('Layout', {
      fullName: 'Account-Main',
      layoutSections: [{ layoutColumns: [{ layoutItems: [{ behavior: 'Edit', field: 'Rate' }] }] }],
    })
    const set = declare('PermissionSet', {
      fullName: 'Sales',
      label: 'Sales',
      fieldPermissions: [{ field: 'Account.Raiting', readable: true, editable: false }],
    })
    expect(reasons(account, layout, set)).toEqual([
      'CustomObject Account: Account has no field "Ratin"',
      'CustomObject Account: Account has no field "Nam"',
      'Layout Account-Main: Account has no field "Rate"',
      'PermissionSet Sales: Account has no field "Raiting"',
    ])
  })

  it('shows the circle of masters, whatever its length', () => {
    expect(reasons(object('A', { fields: [master('AId', 'A')] }))[0]).toContain('A → A')
    const two = [
      object('A', { fields: [master('BId', 'B')] }),
      object('B', { fields: [master('AId', 'A')] }),
    ]
    expect(reasons(...two)[0]).toContain('masters form a circle: A → B → A')
    const names = ['A', 'B', 'C', 'D', 'E']
    const five = names.map((name, index) =>
      object(name, { fields: [master('UpId', names[(index + 1) % 5] ?? 'A')] }),
    )
    expect(reasons(...five).join()).toContain('→')
  })

  it('refuses more masters and levels than there may be', () => {
    const many = object('Line', {
      fields: [master('AId', 'A'), master('BId', 'B'), master('CId', 'C')],
    })
    expect(reasons(object('A'), object('B'), object('C'), many)[0]).toContain('Line has 3 masters')
    const levels = ['A', 'B', 'C', 'D', 'E'].map((name, index, all) =>
      object(name, index === 0 ? {} : { fields: [master('UpId', all[index - 1] ?? '')] }),
    )
    expect(reasons(...levels)[0]).toContain('too many levels of masters: E → D → C → B → A')
  })

  it('refuses two child lists of one name', () => {
    const clash = object('Contact', {
      fields: [
        lookup('AccountId', 'Account', { relationshipName: 'Contacts' }),
        lookup('PartnerId', 'Account', { relationshipName: 'contacts' }),
      ],
    })
    expect(reasons(object('Account'), clash)[0]).toContain('both call their list on Account')
  })

  it('refuses names that are equal but for case, with parts and relations too', () => {
    const address = { fullName: 'HomeAddress', label: 'Home', type: 'Address' }
    expect(reasons(object('A', { fields: [address, field('homecity')] }))[0]).toContain(
      'equal but for case',
    )
    const path = object('B', { fields: [lookup('ParentId', 'B'), field('Parent')] })
    expect(reasons(path)[0]).toContain('called like the field Parent')
  })

  it('refuses a key prefix that is taken', () => {
    expect(
      reasons(object('A', { keyPrefix: '0aa' }), object('B', { keyPrefix: '0aa' }))[0],
    ).toContain('belongs to A already')
  })

  it('refuses unknown value sets and wrong dependent values', () => {
    const picklist = (fullName: string, values: readonly string[], more = {}): Body => ({
      fullName,
      label: fullName,
      type: 'Picklist',
      valueSet: {
        valueSetDefinition: { value: values.map((value) => ({ fullName: value, label: value })) },
        ...more,
      },
    })
    const unknown = {
      fullName: 'X',
      label: 'X',
      type: 'Picklist',
      valueSet: { valueSetName: 'Nowhere' },
    }
    expect(reasons(object('A', { fields: [unknown] }))[0]).toContain('no value set "Nowhere"')
    const dependent = picklist('City', ['Rome'], {
      controllingField: 'Country',
      valueSettings: [{ controllingFieldValue: ['Italie'], valueName: 'Rome' }],
    })
    expect(
      reasons(object('A', { fields: [picklist('Country', ['Italy']), dependent] }))[0],
    ).toContain('name "Italie"')
  })

  it('refuses attributes that do not belong to the type', () => {
    expect(reasons(object('A', { fields: [field('X', { precision: 3 })] }))[0]).toContain(
      '"precision"',
    )
  })

  it('keeps and lists what it does not act on', () => {
    const formula = {
      fullName: 'Double',
      label: 'Double',
      type: 'Number',
      precision: 9,
      scale: 0,
      formula: 'LastActivityDate - TODAY()',
    }
    const model = modelOf(object('A', { fields: [formula] }))
    expect(model.object('A')?.fieldsByName.get('double')?.columns.size).toBe(0)
    const missing = 'A has no field LastActivityDate'
    expect(model.notActedOn()).toMatchObject([
      { component: 'CustomField A.Double', reason: expect.stringContaining(missing) },
    ])
  })

  it('gives sensible defaults to a file that only adds to an object', () => {
    const partial = declare('CustomObject', { fullName: 'Case', fields: [field('Extra__c')] })
    const layout = declare('Layout', {
      fullName: 'Case-Main',
      layoutSections: [
        { layoutColumns: [{ layoutItems: [{ behavior: 'Edit', field: 'Subject' }] }] },
      ],
    })
    const model = modelOf(partial, layout)
    expect(model.object('Case')).toMatchObject({ label: 'Case', nameField: { name: 'Name' } })
    expect(model.notActedOn()[0]?.reason).toBe('field Case.Subject is not in this model')
    // A field that comes is found by what mentioned it already.
    const more = declare('CustomObject', {
      fullName: 'Case',
      fields: [field('Extra__c'), field('Subject')],
    })
    const grown = compile([more, layout], model).model
    expect(grown?.notActedOn()).toEqual([])
    expect(compile([partial, layout], grown).model?.notActedOn()).toEqual(model.notActedOn())
  })
})

describe('compileModel over a large model', () => {
  const large = (): Declaration[] =>
    Array.from({ length: 1_000 }, (_, number) =>
      object(`Object${number}__c`, {
        fields: [
          ...Array.from({ length: 98 }, (__, index) => field(`Field${index}__c`)),
          // A chain of lookups, so that each object has one dependant.
          ...(number === 0
            ? []
            : [lookup('Up__c', `Object${number - 1}__c`, { relationshipName: 'Downs' })]),
        ],
      }),
    )

  it('compiles an object when it is first asked for, and only what changed afterwards', () => {
    const declarations = large()
    const started = process.cpuUsage()
    const first = compile(declarations).model
    expect(process.cpuUsage(started).user / 1_000).toBeLessThan(10_000)
    if (first === undefined) throw new Error('no model')
    for (const name of first.objectNames) first.object(name)

    const worked = (newField: Body) => {
      const changed = object('Object500__c', {
        fields: [
          newField,
          ...Array.from({ length: 97 }, (_, index) => field(`Field${index + 1}__c`)),
          lookup('Up__c', 'Object499__c', { relationshipName: 'Downs' }),
        ],
      })
      const next = declarations.with(500, changed)
      const work = new Map<CompileEvent, string[]>()
      const bindings = chooseBindings({
        declarations: next,
        bindings: first.bindings,
        taken: nothingTaken,
      })
      const compiled = compileModel({
        declarations: next,
        bindings,
        version: 2,
        previous: first,
        onWork: (event, name) => work.set(event, [...(work.get(event) ?? []), name]),
      })
      for (const name of compiled.model?.objectNames ?? []) compiled.model?.object(name)
      expect(compiled.model?.object('Object7__c')).toBe(first.object('Object7__c'))
      return work
    }
    // A field went, so whoever mentions the object may have mentioned that field.
    const instead = worked(field('New__c'))
    expect(instead.get('check')).toEqual(['Object500__c', 'Object501__c'])
    // The object itself, and the one above it whose child list names it anew.
    expect(instead.get('compile')).toEqual(['Object499__c', 'Object500__c'])
  })

  it('checks nothing but the object when it only gets another field', () => {
    const fieldsOf = (count: number): readonly Body[] =>
      Array.from({ length: count }, (_, index) => field(`Field${index}__c`))
    const below = object('Below__c', { fields: [lookup('Up__c', 'Top__c')] })
    const checked = (before: Declaration, after: Declaration): readonly string[] | undefined => {
      const first = modelOf(before, below)
      const names: string[] = []
      const declarations = [after, below]
      const { bindings } = first
      const taken = nothingTaken
      compileModel({
        declarations,
        bindings: chooseBindings({ declarations, bindings, taken }),
        version: 2,
        previous: first,
        onWork: (event, name) => (event === 'check' ? names.push(name) : 0),
      })
      return names
    }
    const top = (fields: readonly Body[]): Declaration => object('Top__c', { fields })
    const two = fieldsOf(2)
    expect(checked(top(two), top(fieldsOf(3)))).toEqual(['Top__c'])
    const all = ['Below__c', 'Top__c']
    expect(checked(top(fieldsOf(3)), top(two))?.toSorted()).toEqual(all)
    expect(checked(top(two), top([...two, master('M__c', 'Below__c')]))?.toSorted()).toEqual(all)
    const renamed = field('Field2__c', { previousNames: ['Old__c'] })
    expect(checked(top(two), top([...two, renamed]))?.toSorted()).toEqual(all)
    const relabelled = object('Top__c', { fields: fieldsOf(3), label: 'Other' })
    expect(checked(top(two), relabelled)?.toSorted()).toEqual(all)
  })
})
