/** Faults of the Partner API: generated clients make exceptions of their detail. */
import { escapeXml, type FaultForm } from '../envelope.ts'

const kinds: ReadonlyMap<string, string> = new Map([
  ['INVALID_FIELD', 'InvalidFieldFault'],
  ['INVALID_LOGIN', 'LoginFault'],
  ['INVALID_QUERY_LOCATOR', 'InvalidQueryLocatorFault'],
  ['INVALID_TYPE', 'InvalidSObjectFault'],
  ['MALFORMED_ID', 'InvalidIdFault'],
  ['MALFORMED_QUERY', 'MalformedQueryFault'],
  ['MALFORMED_SEARCH', 'MalformedSearchFault'],
])

export const partnerFaults: FaultForm = {
  namespace: 'urn:fault.partner.soap.sforce.com',
  detail: (code, text) => {
    const kind = kinds.get(code) ?? 'UnexpectedErrorFault'
    const told = `<sf:exceptionCode>${code}</sf:exceptionCode><sf:exceptionMessage>${escapeXml(text)}</sf:exceptionMessage>`
    return `<detail><sf:${kind} xsi:type="sf:${kind}">${told}</sf:${kind}></detail>`
  },
}
