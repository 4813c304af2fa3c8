/** What delete, undelete and purge share. What they do is shown by their own tests. */
import { expect, it } from 'vitest'
import type { RecordContext } from '../../../engine/records/record-parts.ts'
import type { Caller, RecordChange } from '../../../engine/records/records.ts'
import { idRows } from '../../../engine/records/id-rows.ts'
import { beginRemoval, note, relationsTo, requireDelete } from '../../../engine/records/removal.ts'
import { databases } from '../../support/databases.ts'
import { openOrganisation } from '../../support/organisation.ts'
import { accountObject, admin, model, objectNamed, refusalOf } from '../query/planning.ts'

const caller: Caller = {
  access: admin,
  userId: admin.userId,
  userName: 'T',
  timeZone: 'UTC',
  source: 'api',
  apiVersion: '67.0',
  locale: 'en_US',
  language: 'en_US',
}

it('relations are told apart by what a delete does to them', () => {
  const names = (onDelete: 'Cascade' | 'SetNull' | 'Restrict', object = accountObject): unknown =>
    relationsTo(model, object, onDelete).map(({ child, field }) => `${child.name}.${field.name}`)
  expect(names('SetNull')).toEqual(
    expect.arrayContaining(['Contact.AccountId', 'Remark__c.About__c', 'Account.ParentId']),
  )
  expect(names('Restrict')).toEqual(['Invoice.AccountId'])
  expect(names('Cascade')).toEqual([])
  expect(names('Cascade', objectNamed('Invoice'))).toEqual(
    expect.arrayContaining(['InvoiceLine.InvoiceId', 'Junction__c.Left__c']),
  )
})

it('needs the right to delete', () => {
  requireDelete(caller, accountObject)
  const reader = { ...admin, mayObject: () => false }
  expect(refusalOf(() => requireDelete({ ...caller, access: reader }, accountObject)).code).toBe(
    'INSUFFICIENT_ACCESS_OR_READONLY',
  )
})

it('ids travel as rows', () => {
  expect(idRows(['a', 'b'])).toBe('[["a"],["b"]]')
})

it('notes are told after the commit, and a unit under an old model does not begin', async () => {
  const database = await databases[0].open()
  const org = await openOrganisation(database.storage)
  const told: RecordChange[] = []
  const context = {
    clock: { now: () => 7 },
    emit: (changes: readonly RecordChange[]) => told.push(...changes),
  } as unknown as RecordContext // Nothing else is asked of it.
  await database.storage.write(async (tx) => {
    const removal = await beginRemoval(context, tx, { model: org.model, caller, root: 'x' })
    note(removal, accountObject, { ids: ['a', 'b'], change: 'delete' })
    expect([removal.now, told]).toEqual([7, []])
  })
  expect(told.map((change) => change.id)).toEqual(['a', 'b'])
  const old = { ...org.model, version: 99 }
  const begun = database.storage.write((tx) =>
    beginRemoval(context, tx, { model: old, caller, root: 'x' }),
  )
  await expect(begun).rejects.toThrow('the model changed')
  await database.close()
})
