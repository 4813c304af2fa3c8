import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  componentPath,
  decodeFileName,
  encodeFileName,
  readComponentPath,
} from '../../../../engine/model/source/component-path.ts'

describe('componentPath', () => {
  it('is the folder of the type and the encoded name', () => {
    expect(componentPath('CustomObject', 'CollectionPlan')).toBe('objects/CollectionPlan.json')
    expect(componentPath('Layout', 'Case-A/B')).toBe('layouts/Case-A%2FB.json')
  })

  it('is read back as the same component, whatever the name', () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1 }).map((text) => text.normalize('NFC'))
    fc.assert(
      fc.property(name, (fullName) => {
        const path = componentPath('Layout', fullName)
        expect(readComponentPath(path)).toEqual({ kind: 'component', type: 'Layout', fullName })
      }),
    )
  })

  it('never leaves its folder', () => {
    for (const name of ['..', '../x', '..\\x', '/etc/passwd', 'C:\\x', '.hidden', 'a\u0000b']) {
      expect(encodeFileName(name)).not.toMatch(/^\.|[/\\:\u0000]/)
    }
  })
})

describe('decodeFileName', () => {
  it('brings Unicode names into one form', () => {
    expect(decodeFileName('A\u0308')).toBe('\u00c4')
    expect(decodeFileName('Caf%C3%A9')).toBe('Caf\u00e9')
  })

  it('refuses encodings that are broken', () => {
    expect(decodeFileName('50%')).toBeUndefined()
    expect(decodeFileName('a%C3')).toBeUndefined()
  })
})

describe('readComponentPath', () => {
  it('takes no files of components that are kept as records', () => {
    const read = readComponentPath('actionPlanTemplates/Review.json')
    expect(read).toMatchObject({
      kind: 'wrong',
      suggestion: { sentence: 'deploy it in a package' },
    })
  })
})
