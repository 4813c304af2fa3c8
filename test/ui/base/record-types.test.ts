/** What an object looks like to records of one type. */
import { describe, expect, it } from 'vitest'
import { choosableValues } from '../../../ui/base/valid-for.ts'
import { choosableTypes, screenOfType } from '../../../ui/base/record-types.ts'
import type { ObjectScreen } from '../../../ui/base/wire.ts'
import { field, picklist, screenOf } from '../support/describe.ts'

const layout = (name: string) => ({ name, sections: [], relatedLists: [], quickActions: [] })

const screen: ObjectScreen = {
  ...screenOf(
    field('Name'),
    picklist('Stage', ['New', 'Offered', 'Paid'], { defaultValue: 'New' }),
  ),
  layouts: [layout('Other')],
  recordTypes: [
    {
      id: 'a',
      name: 'A',
      label: 'A',
      description: null,
      available: true,
      isDefault: true,
      layout: 'Other',
      compactLayout: ['Stage'],
      picklists: [{ field: 'Stage', values: ['Offered', 'Paid'], defaults: ['Offered'] }],
    },
    {
      id: 'b',
      name: 'B',
      label: 'B',
      description: null,
      available: false,
      isDefault: false,
      layout: 'gone',
      compactLayout: [],
      picklists: [],
    },
  ],
}

const stageOf = (object: ObjectScreen) => {
  const found = object.describe.fields.find((one) => one.name === 'Stage')
  if (!found) throw new Error('no Stage')
  return found
}

describe('screenOfType', () => {
  it('takes layout, compact layout, values and default from the type', () => {
    const typed = screenOfType(screen, 'a')
    expect([typed.layout.name, typed.compactLayout]).toEqual(['Other', ['Stage']])
    const stage = stageOf(typed)
    expect(choosableValues(stage, undefined).map(({ value }) => value)).toEqual(['Offered', 'Paid'])
    expect(stage.defaultValue).toBe('Offered')
  })

  it('keeps withheld values in their places, so that dependent lists count right', () => {
    expect(stageOf(screenOfType(screen, 'a')).picklistValues?.map(({ value }) => value)).toEqual([
      'New',
      'Offered',
      'Paid',
    ])
  })

  it('answers the same question with the same object', () => {
    expect(screenOfType(screen, 'a')).toBe(screenOfType(screen, 'a'))
  })

  it('is the screen itself for no type, and keeps its layout where the assigned one is gone', () => {
    expect(screenOfType(screen, null)).toBe(screen)
    expect(screenOfType(screen, 'b').layout).toBe(screen.layout)
  })
})

it('only available types can be chosen', () => {
  expect(choosableTypes(screen).map((type) => type.id)).toEqual(['a'])
})
