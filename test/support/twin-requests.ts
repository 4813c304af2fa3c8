/** Requests of one who may not see everything, over every door: names that he may know and names that he may not, in all places. */
import fc from 'fast-check'
import { fields, objects, query, sosl, word } from './twin-queries.ts'
import type { TwinIds } from './twin-world.ts'

export interface TwinRequest {
  readonly method: string
  readonly path: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

const data = '/services/data/v67.0'
const own = '/services/fieldstone/v1'

/** `token`: his own, for the door that takes it within the message. */
export function twinRequests(ids: TwinIds, token: string): fc.Arbitrary<TwinRequest> {
  const anyId = fc.constantFrom(
    ...ids.mine,
    ...ids.theirs,
    ...ids.leaves,
    ...ids.foreignLeaves,
    ...ids.loose,
    ids.nowhere,
  )
  const object = fc.constantFrom(...objects)
  const soql = object.chain((from) => query(from, anyId))
  const get = (path: fc.Arbitrary<string>): fc.Arbitrary<TwinRequest> =>
    path.map((one) => ({ method: 'GET', path: one }))
  const field = (from: (typeof objects)[number]) => fc.constantFrom(...fields[from])
  const place = fc.tuple(object, anyId)
  const recordBody = object.chain((from) =>
    fc.dictionary(
      fc.constantFrom(...fields[from].filter((name) => !name.includes('.') && name !== 'Id')),
      fc.oneof<fc.Arbitrary<unknown>[]>(
        word,
        anyId,
        fc.integer({ min: 0, max: 9 }),
        fc.constant(null),
      ),
      { maxKeys: 3, noNullPrototype: true },
    ),
  )
  const reads = [
    get(soql.map((text) => `${data}/query?q=${encodeURIComponent(text)}`)),
    get(soql.map((text) => `${data}/queryAll?q=${encodeURIComponent(text)}`)),
    get(soql.map((text) => `${data}/query?explain=${encodeURIComponent(text)}`)),
    get(soql.map((text) => `${own}/export?q=${encodeURIComponent(text)}&name=x`)),
    get(sosl().map((text) => `${data}/search?q=${encodeURIComponent(text)}`)),
    get(word.map((one) => `${own}/ui/search?q=${one}&each=5`)),
    get(word.map((one) => `${data}/search/suggestions?q=${one}&sobject=Vault__c`)),
    get(place.map(([from, id]) => `${data}/sobjects/${from}/${id}`)),
    get(
      fc
        .tuple(place, object.chain(field))
        .map(([[from, id], name]) => `${data}/sobjects/${from}/${id}?fields=${name}`),
    ),
    get(
      fc
        .tuple(anyId, fc.constantFrom('Leaves__r', 'Loose__r', 'Histories', 'Vault__r', 'Shares'))
        .map(([id, name]) => `${data}/sobjects/Vault__c/${id}/${name}`),
    ),
    get(anyId.map((id) => `${data}/sobjects/Loose__c/${id}/Vault__r`)),
    get(
      fc
        .array(anyId, { minLength: 1, maxLength: 4 })
        .map(
          (some) => `${data}/composite/sobjects/Vault__c?ids=${some.join()}&fields=Name,Open__c`,
        ),
    ),
    get(anyId.map((id) => `${own}/ui/records/${id}`)),
    get(anyId.map((id) => `${own}/timeline/${id}`)),
    get(anyId.map((id) => `${own}/approvals/records/${id}`)),
    get(anyId.map((id) => `${own}/processes?recordId=${id}`)),
    get(anyId.map((id) => `${own}/legal-holds?recordId=${id}`)),
    get(place.map(([from, id]) => `${data}/sobjects/${from}/${id}/Owner`)),
    get(place.map(([from, id]) => `${data}/sobjects/${from}/Id/${id}`)),
    get(anyId.map((id) => `${own}/sharing/${id}`)),
    get(anyId.map((id) => `${own}/sharing/${id}/shares`)),
    get(object.map((from) => `${data}/sobjects/${from}`)),
    get(object.map((from) => `${data}/sobjects/${from}/describe`)),
    get(object.map((from) => `${data}/sobjects/${from}/describe/layouts`)),
    get(object.map((from) => `${data}/sobjects/${from}/listviews`)),
    get(object.map((from) => `${own}/ui/objects/${from}`)),
    get(
      object.map(
        (from) =>
          `${data}/sobjects/${from}/updated?start=2020-01-01T00:00:00Z&end=2020-01-20T00:00:00Z`,
      ),
    ),
    get(
      object.map(
        (from) =>
          `${data}/sobjects/${from}/deleted?start=2020-01-01T00:00:00Z&end=2020-01-20T00:00:00Z`,
      ),
    ),
    get(
      fc.constantFrom(
        `${data}/recent`,
        `${data}/limits`,
        `${data}/connect/notifications`,
        `${data}/process/approvals`,
        `${data}/actions/standard`,
        `${own}/process-runs`,
        `${own}/processes`,
        `${data}/jobs/query`,
        `${data}/query?q=${encodeURIComponent('SELECT RecordId FROM RecordViewLog')}`,
        `${data}/query?q=${encodeURIComponent('SELECT TargetObjectId, Status FROM ProcessInstance')}`,
        `${data}/query?q=${encodeURIComponent('SELECT LinkedEntityId FROM ContentDocumentLink')}`,
        `${data}/limits/recordCount?sObjects=Vault__c,Leaf__c`,
        `${own}/ui/app`,
        `${data}/sobjects`,
        `${own}/change-events?objects=Vault__c&after=-2`,
        `${data}/query?q=${encodeURIComponent('SELECT Field, OldValue, NewValue FROM Vault__History ORDER BY Id')}`,
        `${data}/tooling/query?q=${encodeURIComponent("SELECT DeveloperName FROM CustomField WHERE TableEnumOrId = 'Vault__c'")}`,
      ),
    ),
  ]
  const asks: readonly fc.Arbitrary<TwinRequest>[] = [
    soql.map((q) => ({ method: 'POST', path: `${own}/query`, body: { q } })),
    fc.tuple(soql, anyId).map(([q, id]) => ({
      method: 'POST',
      path: `${own}/ui/lookups/Loose__c/Vault__c`,
      body: { q, id, values: {} },
    })),
    soql.map((q) => ({
      method: 'POST',
      path: '/services/Soap/u/67.0',
      headers: { 'content-type': 'text/xml' },
      body: soapQuery(token, q),
    })),
    fc.tuple(soql, place).map(([q, [from, id]]) => ({
      method: 'POST',
      path: `${data}/composite`,
      body: {
        allOrNone: true,
        compositeRequest: [
          { method: 'GET', referenceId: 'one', url: `${data}/sobjects/${from}/${id}` },
          { method: 'GET', referenceId: 'two', url: `${data}/query?q=${encodeURIComponent(q)}` },
        ],
      },
    })),
    word.map((q) => ({
      method: 'POST',
      path: `${data}/parameterizedSearch`,
      body: { q, sobjects: [{ name: 'Vault__c' }, { name: 'Leaf__c' }] },
    })),
  ]
  const writes: readonly fc.Arbitrary<TwinRequest>[] = [
    fc.tuple(object, recordBody).map(([from, body]) => ({
      method: 'POST',
      path: `${data}/sobjects/${from}`,
      body: { Name: 'new', ...body },
    })),
    fc.tuple(place, recordBody).map(([[from, id], body]) => ({
      method: 'PATCH',
      path: `${data}/sobjects/${from}/${id}`,
      body,
    })),
    fc
      .tuple(object, fc.constantFrom(...ids.theirs, ...ids.foreignLeaves, ids.nowhere))
      .map(([from, id]) => ({
        method: 'DELETE',
        path: `${data}/sobjects/${from}/${id}`,
      })),
    fc
      .tuple(fc.array(place, { minLength: 1, maxLength: 3 }), recordBody, fc.boolean())
      .map(([places, body, allOrNone]) => ({
        method: 'PATCH',
        path: `${data}/composite/sobjects`,
        body: {
          allOrNone,
          records: places.map(([type, id]) => ({ ...body, id, attributes: { type } })),
        },
      })),
    fc.constantFrom(...ids.theirs, ids.nowhere).map((id) => ({
      method: 'POST',
      path: `${own}/recycle-bin/${id}/undelete`,
      body: {},
    })),
    fc.constantFrom(...ids.theirs, ids.nowhere).map((id) => ({
      method: 'DELETE',
      path: `${own}/recycle-bin/${id}`,
    })),
    anyId.map((contextId) => ({
      method: 'POST',
      path: `${data}/process/approvals`,
      body: { requests: [{ actionType: 'Submit', contextId }] },
    })),
    anyId.map((recordId) => ({
      method: 'POST',
      path: `${own}/process-runs`,
      body: { process: 'Transaction_Dispute', recordId },
    })),
    fc
      .tuple(anyId, fc.constantFrom('mergeRecords', 'emailSimple', 'acceptNextFromQueue'))
      .map(([id, name]) => ({
        method: 'POST',
        path: `${data}/actions/standard/${name}`,
        body: {
          inputs: [{ masterRecordId: id, recordIds: [id], relatedRecordId: id, objectName: id }],
        },
      })),
    fc.tuple(anyId, anyId).map(([LinkedEntityId, ContentDocumentId]) => ({
      method: 'POST',
      path: `${data}/sobjects/ContentDocumentLink`,
      body: { LinkedEntityId, ContentDocumentId },
    })),
    fc.tuple(anyId, word).map(([WhatId, Subject]) => ({
      method: 'POST',
      path: `${data}/sobjects/Task`,
      body: { WhatId, Subject },
    })),
  ]
  return fc.oneof(
    { weight: 8, arbitrary: fc.oneof(...reads) },
    { weight: 2, arbitrary: fc.oneof(...asks) },
    { weight: 2, arbitrary: fc.oneof(...writes) },
  )
}

function soapQuery(token: string, soql: string): string {
  const escaped = soql.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header><SessionHeader><sessionId>${token}</sessionId></SessionHeader></e:Header><e:Body><query><queryString>${escaped}</queryString></query></e:Body></e:Envelope>`
}
