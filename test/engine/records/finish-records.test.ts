/** Secrets are decrypted, or masked, after the read; everything else stays as the database wrote it. */
import { expect, it } from 'vitest'
import { finishRecords } from '../../../engine/records/finish-records.ts'
import type { RecordContext } from '../../../engine/records/record-parts.ts'
import type { Caller } from '../../../engine/records/records.ts'
import { testServices } from '../../contract/field-services.ts'
import { planOf } from '../query/statements.ts'
import { admin, rep } from '../query/planning.ts'

const plan = planOf('SELECT Id, Secret__c, Money__c, Above__r.Secret__c FROM Sample__c')
const services = { services: testServices } as RecordContext // Nothing else of the context is asked here.

function caller(access: typeof admin): Caller {
  return {
    access,
    userId: access.userId,
    userName: 'T',
    timeZone: 'UTC',
    source: 'api',
    apiVersion: '67.0',
    locale: 'en_US',
    language: 'en_US',
  }
}

const stored = JSON.stringify(testServices.encrypt('hidden one'))
const text = `{"Secret__c":${stored},"Money__c":1234567890123456.70,"Above__r":{"Secret__c":null}},{"Secret__c":null,"Money__c":null,"Above__r":null}`

it('whoever may view encrypted data reads it', () => {
  expect(finishRecords(services, caller(admin), { plan, text })).toBe(
    text.replace(stored, '"hidden one"'),
  )
})

it('others see the mask', () => {
  expect(finishRecords(services, caller(rep), { plan, text })).toBe(
    text.replace(stored, '"XXXXXXXXXX"'),
  )
})

it('a read without such fields passes through untouched', () => {
  const plain = planOf('SELECT Id FROM Sample__c')
  const odd = 'not even { JSON'
  expect(finishRecords(services, caller(admin), { plan: plain, text: odd })).toBe(odd)
  expect(finishRecords(services, caller(admin), { plan, text: '' })).toBe('')
})
