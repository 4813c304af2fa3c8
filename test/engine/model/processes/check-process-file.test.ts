/** What is wrong with the file of a guided process is said with its line; what the public type has is read without loss. */
import { describe, expect, it } from 'vitest'
import { chooseBindings, nothingTaken } from '../../../../engine/deploy/choose-bindings.ts'
import { compileModel } from '../../../../engine/model/compile-model.ts'
import { parseDeclarations } from '../../../../engine/model/parse-declarations.ts'

const visit = {
  fullName: 'Visit__c',
  label: 'Visit',
  pluralLabel: 'Visits',
  nameField: { type: 'AutoNumber', label: 'Number', displayFormat: 'V-{0000}' },
  sharingModel: 'ReadWrite',
  fields: [
    { fullName: 'Host__c', label: 'Host', type: 'Text', length: 80 },
    { fullName: 'Guests__c', label: 'Guests', type: 'Number', precision: 4, scale: 0 },
  ],
}

const right = {
  fullName: 'Visitor',
  processLabel: 'Register a visitor',
  usageType: 'Employee',
  serviceProcessItemGroups: [
    { apiName: 'Main', groupName: 'Visit' },
    { apiName: 'Guests', groupName: 'Guests', isRepeated: true },
  ],
  serviceProcessAttributes: [
    { developerName: 'Host', label: 'Host', groupApiName: 'Main', objectField: 'Visit__c.Host__c' },
    { developerName: 'Age', label: 'Age', groupApiName: 'Guests', dataType: 'Number' },
  ],
  screens: [{ name: 'One', label: 'One', groups: ['Main', 'Guests'] }],
  recordCreates: [
    {
      name: 'Visit',
      object: 'Visit__c',
      conditionFormula: 'Guests.Count > 0',
      inputAssignments: [
        { field: 'Host__c', value: { elementReference: 'Host' } },
        { field: 'Guests__c', formula: 'Guests.Sum.Age' },
      ],
    },
  ],
}

type Body = typeof right

/** "line: reason" of each problem. */
function problemsOf(body: object): readonly string[] {
  const sources = [
    { path: 'objects/Visit__c.json', text: JSON.stringify(visit) },
    { path: 'serviceProcesses/Visitor.json', text: JSON.stringify(body, null, 1) },
  ]
  const { declarations, problems } = parseDeclarations(sources)
  if (problems.length > 0) return problems.map(({ line, reason }) => `${line}: ${reason}`)
  const bindings = chooseBindings({ declarations, bindings: new Map(), taken: nothingTaken })
  const compiled = compileModel({ declarations, bindings, version: 1 })
  return compiled.problems.map(({ line, reason }) => `${line}: ${reason}`)
}

const attribute = (more: object): Partial<Body> => ({
  serviceProcessAttributes: [
    ...right.serviceProcessAttributes,
    { developerName: 'New', label: 'New', groupApiName: 'Main', ...more } as never,
  ],
})

const create = (more: object): Partial<Body> => ({
  recordCreates: [{ ...right.recordCreates[0], ...more } as never],
})

describe('the file of a guided process', () => {
  it('is right as it stands', () => expect(problemsOf(right)).toEqual([]))

  it.each([
    ['a formula with an unknown name', attribute({ visibilityFormula: 'Hosst = "x"' }), /Hosst/],
    ['a condition that is no yes or no', attribute({ visibilityFormula: '"x"' }), /checkbox/],
    [
      'a name of a repeated group outside of it',
      attribute({ visibilityFormula: 'Age > 1' }),
      /Guests\.Sum\.Age/,
    ],
    ['a default that asks for answers', attribute({ defaultFormula: 'Host' }), /globals/],
    ['a lookup without targets', attribute({ dataType: 'Lookup' }), /referenceTo/],
    ['an unknown field', attribute({ objectField: 'Visit__c.Hoost__c' }), /Hoost__c/],
    ['an unknown group', attribute({ groupApiName: 'Nowhere' }), /Nowhere/],
    ['a name that stands twice', attribute({ developerName: 'host' }), /twice/],
    ['an unknown object', create({ object: 'Visits__c', inputAssignments: [] }), /Visits__c/],
    [
      'an unknown field of a record',
      create({ inputAssignments: [{ field: 'Hos__c', formula: 'Host' }] }),
      /Hos__c/,
    ],
    [
      'a reference to a record that is made later',
      create({ inputAssignments: [{ field: 'Host__c', value: { elementReference: 'Visit' } }] }),
      /made before/,
    ],
    [
      'two sources of one value',
      create({
        inputAssignments: [{ field: 'Host__c', formula: 'Host', value: { stringValue: 'x' } }],
      }),
      /one place/,
    ],
    ['a collection that is no repeated group', create({ collectionReference: 'Main' }), /repeated/],
    [
      'a group on two steps',
      { screens: [...right.screens, { name: 'Two', label: 'Two', groups: ['Main'] }] },
      /two steps/,
    ],
    [
      'records to choose for a group that is asked once',
      {
        serviceProcessItemGroups: [
          { apiName: 'Main', groupName: 'V', choices: { object: 'Visit__c' } },
          right.serviceProcessItemGroups[1],
        ],
      },
      /repeated/,
    ],
  ])('with %s is refused with its line', (_what, change, reason) => {
    const [first = '', ...others] = problemsOf({ ...right, ...change })
    expect(first).toMatch(reason)
    expect(Number(first.split(':')[0])).toBeGreaterThan(1)
    expect(others).toEqual([])
  })

  it('of the public type alone is read, and what nobody can enter is listed', () => {
    const foreign = {
      fullName: 'EmailUpdate',
      processLabel: 'Email update',
      usageType: 'FinancialServices',
      serviceProcessAttributes: [
        { label: 'E-mail', developerName: 'Email', dataType: 'Email' },
        { label: 'More', developerName: 'More', dataType: 'ListOfMaps' },
      ],
      serviceProcessDependencies: [
        {
          dependencyReference: 'Pre',
          type: 'PreprocessorApexClass',
          processStepName: 'Preprocessor',
        },
      ],
    }
    const sources = [{ path: 'serviceProcesses/EmailUpdate.json', text: JSON.stringify(foreign) }]
    const { declarations, problems } = parseDeclarations(sources)
    expect(problems).toEqual([])
    const compiled = compileModel({ declarations, bindings: new Map(), version: 1 })
    expect(compiled.problems).toEqual([])
    expect(compiled.model?.notActedOn().map(({ reason }) => reason)).toEqual([
      'attribute More holds no value that can be entered',
    ])
  })
})
