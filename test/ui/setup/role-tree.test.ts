import { expect, it } from 'vitest'
import { mayMove, roleNodes, withParent } from '../../../ui/setup/role-tree.ts'

const role = (fullName: string, parentRole?: string) => ({
  fullName,
  label: fullName,
  body: { fullName, name: fullName, ...(parentRole !== undefined && { parentRole }) },
})
const roles = [role('Head'), role('Low', 'Head'), role('Lowest', 'Low'), role('Lost', 'Nowhere')]

it('roles stand below their superiors; those below a closed one are left out', () => {
  const shown = (closed: readonly string[]) =>
    roleNodes(roles, new Set(closed)).map(({ name, level }) => `${level} ${name}`)
  expect(shown([])).toEqual(['1 Head', '2 Low', '3 Lowest', '1 Lost'])
  expect(shown(['Low'])).toEqual(['1 Head', '2 Low', '1 Lost'])
})

it('a role never stands below itself, nor goes where it is', () => {
  expect(mayMove(roles, 'Head', 'Lowest')).toBe(false)
  expect(mayMove(roles, 'Head', 'Head')).toBe(false)
  expect(mayMove(roles, 'Low', 'Head')).toBe(false)
  expect(mayMove(roles, 'Lowest', 'Head')).toBe(true)
  expect(mayMove(roles, 'Low', undefined)).toBe(true)
  const circle = [role('A', 'B'), role('B', 'A'), role('C')]
  expect(mayMove(circle, 'C', 'A')).toBe(true)
})

it('a role at the top names no superior', () => {
  expect(withParent({ fullName: 'Low', parentRole: 'Head' }, undefined)).toEqual({
    fullName: 'Low',
  })
})
