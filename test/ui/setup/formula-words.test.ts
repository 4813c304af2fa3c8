import { describe, expect, it } from 'vitest'
import {
  suggestionsFor,
  wordAt,
  type Vocabulary,
} from '../../../ui/elements/setup-formula/formula-words.ts'

describe('wordAt', () => {
  it.each([
    ['IF(Acc', { from: 3, path: [], text: 'Acc' }],
    ['Account.Owner.Na', { from: 14, path: ['Account', 'Owner'], text: 'Na' }],
    ['Owner:User.', { from: 11, path: ['Owner:User'], text: '' }],
    ['1 + $User.Dep', { from: 10, path: ['$User'], text: 'Dep' }],
    ['"a \\" b" & Na', { from: 11, path: [], text: 'Na' }],
    ['/* a "quote */ Na', { from: 15, path: [], text: 'Na' }],
  ])('finds what is being written in %j', (text, found) => {
    expect(wordAt(text, text.length)).toEqual(found)
  })

  it.each(['"Acc', "'it\\'s Acc", '/* Acc', '12'])('offers nothing in %j', (text) => {
    expect(wordAt(text, text.length)).toBeUndefined()
  })
})

describe('suggestionsFor', () => {
  const vocabulary: Vocabulary = {
    context: 'field',
    language: {
      functions: [
        {
          name: 'ISNEW',
          signature: 'ISNEW()',
          group: 'logical',
          doc: 'New.',
          contexts: ['rule'],
        },
        {
          name: 'ISBLANK',
          signature: 'ISBLANK(expression)',
          group: 'logical',
          doc: 'Blank.',
          contexts: ['field', 'rule'],
        },
      ],
      globals: [{ name: '$User', purpose: 'Who asks.' }],
    },
    fields: [
      { name: 'IsClosed', label: 'Closed', typeLabel: 'Checkbox', parents: [] },
      {
        name: 'AccountId',
        label: 'Account',
        typeLabel: 'Lookup',
        parents: [{ step: 'Account', object: 'Account' }],
      },
    ],
  }
  const offered = (text: string, path: readonly string[] = []) =>
    suggestionsFor({ from: 0, path, text }, vocabulary).map((one) => one.insert)

  it('offers fields, and the functions of the place where the formula stands', () => {
    expect(offered('is')).toEqual(['IsClosed', 'ISBLANK()'])
  })

  it('finds by label and goes on to parents', () => {
    expect(offered('closed')).toEqual(['IsClosed'])
    expect(offered('acc')).toEqual(['AccountId', 'Account.'])
  })

  it('offers neither functions nor globals behind a parent', () => {
    expect(offered('', ['Account'])).toEqual(['IsClosed', 'AccountId', 'Account.'])
  })

  it('puts the caret between the brackets', () => {
    const [blank] = suggestionsFor({ from: 0, path: [], text: 'isb' }, vocabulary)
    expect(blank).toMatchObject({ insert: 'ISBLANK()', back: 1 })
  })
})
