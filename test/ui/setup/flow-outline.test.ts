import { describe, expect, it } from 'vitest'
import type { Flow } from '../../../metadata/types.ts'
import { flowOutline } from '../../../ui/setup/flow-outline.ts'

const to = (targetReference: string) => ({ targetReference })

const flow: Flow = {
  fullName: 'Rate',
  label: 'Rate',
  start: {
    connector: to('By_size'),
    scheduledPaths: [{ name: 'Later', connector: to('Remind') }],
  },
  assignments: [
    { name: 'Forgotten' },
    {
      name: 'Set_hot',
      label: 'Set to hot',
      assignmentItems: [
        {
          assignToReference: '$Record.Rating',
          operator: 'Assign',
          value: { stringValue: 'Hot' },
        },
      ],
      connector: to('By_size'),
    },
  ],
  decisions: [
    {
      name: 'By_size',
      defaultConnector: to('Nowhere'),
      rules: [
        {
          name: 'Big',
          conditionLogic: '1 OR 2',
          conditions: [
            {
              leftValueReference: '$Record.Size__c',
              operator: 'GreaterThan',
              rightValue: { numberValue: 9 },
            },
            {
              leftValueReference: '$Record.Vip__c',
              operator: 'EqualTo',
              rightValue: { booleanValue: true },
            },
          ],
          connector: to('Set_hot'),
        },
      ],
    },
  ],
  actionCalls: [
    {
      name: 'Remind',
      actionName: 'newTask',
      actionType: 'newTask',
      inputParameters: [{ name: 'subject', value: { elementReference: 'Text' } }],
      faultConnector: to('Set_hot'),
    },
  ],
}

describe('the outline of a flow', () => {
  it('has every element once, in the order in which they are come to, what nothing leads to last', () => {
    const outline = flowOutline(flow)
    expect(outline.map(({ name }) => name)).toEqual(['By_size', 'Set_hot', 'Remind', 'Forgotten'])
    expect(outline.filter(({ isAlone }) => isAlone).map(({ name }) => name)).toEqual(['Forgotten'])
  })

  it('says what each does and where it leads', () => {
    const [decision, set, action] = flowOutline(flow)
    expect(decision).toMatchObject({
      label: 'By_size',
      says: ['Big: (1) $Record.Size__c GreaterThan 9, (2) $Record.Vip__c EqualTo true: 1 OR 2'],
      ways: [
        { label: 'Big', to: 'Set_hot' },
        { label: 'default', to: 'Nowhere' },
      ],
    })
    expect(set).toMatchObject({ label: 'Set to hot', says: ['$Record.Rating = “Hot”'] })
    expect(action).toMatchObject({
      says: ['newTask newTask', 'subject = Text'],
      ways: [{ label: 'fault', to: 'Set_hot' }],
    })
  })
})
