/** Objects, ids and keys of addresses. */
import { expect, it } from 'vitest'
import { keyField, notFound, requireId, requireObject } from '../../../engine/records/targets.ts'
import type { Caller } from '../../../engine/records/records.ts'
import {
  accountObject,
  model,
  refusalOf,
  rep,
  repGate,
  sampleObject,
  adminGate,
} from '../query/planning.ts'

const caller: Caller = {
  access: rep,
  userId: '005000000000001AAA',
  userName: 'Rep',
  timeZone: 'UTC',
  source: 'api',
  apiVersion: '67.0',
  locale: 'en_US',
  language: 'en_US',
}

it('a hidden object is answered like one that does not exist', () => {
  expect(requireObject(model, 'account', caller).name).toBe('Account')
  const answers = ['Payroll__c', 'Nothing__c', '__proto__'].map((name) =>
    JSON.stringify(refusalOf(() => requireObject(model, name, caller)).problems),
  )
  expect(new Set(answers).size).toBe(1)
})

it('ids come in both forms and belong to their object', () => {
  expect(requireId(accountObject, '001000000000001')).toBe('001000000000001AAA')
  expect(requireId(accountObject, '001000000000001AAA')).toBe('001000000000001AAA')
  for (const id of [
    '',
    'x',
    '003000000000001AAA',
    '001000000000001AAB',
    "001' or 1=1",
    '001000000000001AA',
  ]) {
    expect(refusalOf(() => requireId(accountObject, id)).code).toBe('NOT_FOUND')
  }
})

it('endless ids are cut in the answer', () => {
  expect(notFound('x'.repeat(1_000)).message.length).toBeLessThan(150)
})

it('records are found by Id and external ids alone', () => {
  expect(keyField(repGate, accountObject, 'code').name).toBe('Code')
  expect(keyField(repGate, accountObject, 'ID').name).toBe('Id')
  expect(keyField(adminGate, sampleObject, 'Whole__c').name).toBe('Whole__c')
  expect(refusalOf(() => keyField(repGate, accountObject, 'Website')).message).toContain(
    'no external id',
  )
  expect(refusalOf(() => keyField(repGate, accountObject, 'CreditScore')).code).toBe(
    'INVALID_FIELD',
  )
})
