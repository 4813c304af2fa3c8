/** Flows as they are checked: every name, way and type, each problem at its line with what would be right. */
import { describe, expect, it } from 'vitest'
import { compileModel } from '../../../engine/model/compile-model.ts'
import { parseDeclarations } from '../../../engine/model/parse-declarations.ts'

const account = {
  fullName: 'Account',
  label: 'Account',
  nameField: { label: 'Name', type: 'Text' },
  fields: [
    { fullName: 'Rating', label: 'Rating', type: 'Text', length: 20 },
    { fullName: 'Score', label: 'Score', type: 'Number', precision: 5, scale: 0 },
  ],
}

function compiled(flow: object) {
  const file = { fullName: 'Rate', label: 'Rate', status: 'Active', ...flow }
  const sources = [
    { path: 'objects/Account.json', text: JSON.stringify(account, undefined, 2) },
    { path: 'flows/Rate.json', text: JSON.stringify(file, undefined, 2) },
  ]
  const { declarations, problems } = parseDeclarations(sources)
  const model = compileModel({ declarations, bindings: new Map(), version: 1 })
  return { problems: [...problems, ...model.problems], model: model.model, text: sources[1]?.text }
}

const start = {
  object: 'Account',
  triggerType: 'RecordBeforeSave',
  recordTriggerType: 'CreateAndUpdate',
  connector: { targetReference: 'Set_rating' },
}

const assignment = (assignToReference: string, value: object, operator = 'Assign') => ({
  name: 'Set_rating',
  assignmentItems: [{ assignToReference, operator, value }],
})

describe('a flow', () => {
  it('is taken where every name is known', () => {
    const { problems, model } = compiled({
      start: {
        ...start,
        filters: [{ field: 'Score', operator: 'GreaterThan', value: { numberValue: 5 } }],
      },
      formulas: [{ name: 'Double', dataType: 'Number', expression: '{!$Record.Score} * 2' }],
      assignments: [
        assignment('$Record.Rating', { stringValue: 'Hot {!Double} {!$Flow.CurrentDate}' }),
      ],
    })
    expect(problems).toEqual([])
    expect(model?.notActedOn()).toEqual([])
  })

  it.each([
    [
      { assignments: [assignment('$Record.Ratin', { stringValue: 'x' })] },
      'Rating',
      '$Record.Ratin',
    ],
    [{ assignments: [assignment('Varx', { stringValue: 'x' })] }, 'no resource Varx', 'Varx'],
    [
      { assignments: [assignment('$Record.Rating', { elementReference: 'nope' })] },
      'no resource nope',
      'nope',
    ],
    [
      { assignments: [assignment('$Record__Prior.Rating', { stringValue: 'x' })] },
      'cannot be given',
      '$Record__Prior',
    ],
    [{ assignments: [] }, 'no element Set_rating', 'Set_rating'],
    [
      {
        assignments: [assignment('$Record.Rating', { stringValue: 'x' })],
        formulas: [{ name: 'F', dataType: 'Number', expression: 'Score + 1' }],
      },
      'no resource Score',
      'Score + 1',
    ],
    [
      {
        start: {
          ...start,
          filters: [{ field: 'Score', operator: 'Contains', value: { stringValue: '5' } }],
        },
        assignments: [assignment('$Record.Rating', { stringValue: 'x' })],
      },
      'compares texts alone',
      'Contains',
    ],
    [
      {
        start: {
          ...start,
          filters: [{ field: 'Score', operator: 'EqualTo', value: { booleanValue: true } }],
        },
        assignments: [assignment('$Record.Rating', { stringValue: 'x' })],
      },
      'type number is compared with one of type boolean',
      '"operator": "EqualTo"',
    ],
    [
      {
        assignments: [
          assignment('$Record.Rating', { stringValue: 'x' }),
          assignment('$Record.Rating', { stringValue: 'y' }),
        ],
      },
      'twice',
      'Set_rating',
    ],
    [{ recordLookups: [{ name: 'Set_rating', object: 'Acount' }] }, 'no object "Acount"', 'Acount'],
    [
      {
        recordLookups: [
          {
            name: 'Set_rating',
            object: 'Account',
            filters: [{ field: 'Nme', operator: 'EqualTo' }],
          },
        ],
      },
      'no field "Nme"',
      'Nme',
    ],
  ])('is refused with the line and what is right: %j', (flow, reason, near) => {
    const { problems, text = '' } = compiled({ start, ...flow })
    expect(problems.length).toBeGreaterThan(0)
    const found = problems.find(
      (one) => one.reason.includes(reason) || one.suggestion?.includes(reason),
    )
    expect(found?.file).toBe('flows/Rate.json')
    const line = text.split('\n')[(found?.line ?? 0) - 1]
    expect(line).toContain(near)
  })

  it('is kept and listed where it needs what the engine does not have', () => {
    const { problems, model } = compiled({
      start: { ...start, connector: { targetReference: 'Call' } },
      actionCalls: [{ name: 'Call', actionName: 'Rater', actionType: 'apex' }],
    })
    expect(problems).toEqual([])
    expect(model?.notActedOn()).toEqual([
      { component: 'Flow Rate', reason: 'element Call needs Apex (Rater)' },
    ])
  })
})
