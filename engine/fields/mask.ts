/** How an encrypted text looks to those who may not see it. */
import type { FieldOptions } from './field-type.ts'

type Mask = (text: string, sign: string) => string

/** Hides all but the last characters; a text that is not longer than those is hidden wholly. */
function keepLast(count: number): Mask {
  return (text, sign) => {
    const hidden = text.length > count ? text.length - count : text.length
    return sign.repeat(hidden) + text.slice(hidden)
  }
}

/** The mask in its printed groups, then the last characters: `XXX-XX-1234`. */
function grouped(groups: readonly number[], count: number): Mask {
  return (text, sign) => {
    const hidden = groups.map((size) => sign.repeat(size)).join('-')
    const tail = text.length > count ? text.slice(-count) : sign.repeat(count)
    return `${hidden}-${tail}`
  }
}

const hideAll: Mask = (text, sign) => sign.repeat(text.length)

const masks: ReadonlyMap<string, Mask> = new Map<string, Mask>([
  ['all', hideAll],
  ['lastFour', keepLast(4)],
  ['creditCard', grouped([4, 4, 4], 4)],
  ['ssn', grouped([3, 2], 4)],
  ['sin', grouped([3, 3], 3)],
  ['nino', (_text, sign) => [2, 2, 2, 2, 1].map((size) => sign.repeat(size)).join(' ')],
])

/** The masked form by the declaration's mask type and sign; hidden wholly where none is given. */
export function maskText(text: string, options: FieldOptions): string {
  const sign = options.maskChar === 'X' ? 'X' : '*'
  const mask = masks.get(options.maskType ?? 'all') ?? hideAll
  return mask(text, sign)
}
