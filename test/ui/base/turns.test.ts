/** Of several things asked for, only what was asked last is shown, whatever the order of the answers. */
import { expect, it } from 'vitest'
import { Turns } from '../../../ui/base/turns.ts'

it('an answer that comes after a later question is not the latest, and the later one is', () => {
  const turns = new Turns()
  const first = turns.next()
  expect(first()).toBe(true)
  const second = turns.next()
  expect([first(), second()]).toEqual([false, true])
})

it('each has its own turns', () => {
  const [one, other] = [new Turns().next(), new Turns()]
  other.next()
  expect(one()).toBe(true)
})
