/** SOAP envelopes: what stock clients send, read with every bound on it, and what they are answered. */
import { inEnglish } from '../../base/message.ts'
import { refuse, type Refusal } from '../../base/refusal.ts'
import { readXmlMessage, type XmlElement } from '../../model/xml/xml-tree.ts'
import { xmlHeaders } from '../headers.ts'

export interface SoapCall {
  /** The operation, without its prefix. */
  readonly name: string
  readonly operation: XmlElement
  /** From the session header; undefined when there is none. */
  readonly sessionId: string | undefined
  readonly header: XmlElement | undefined
}

/** Reads the one operation of an envelope. Document types and entities are refused. */
export function readEnvelope(text: string): SoapCall {
  const reading = readXmlMessage(text)
  if ('fault' in reading) throw malformed(inEnglish(reading.fault.reason))
  const envelope = reading.root
  if (localName(envelope) !== 'Envelope') throw malformed('there is no Envelope')
  const header = child(envelope, 'Header')
  const operation = child(envelope, 'Body')?.children[0]
  if (operation === undefined) throw malformed('the Body holds no operation')
  const session = header && child(header, 'SessionHeader')
  const sessionId = session && textOf(session, 'sessionId')
  return { name: localName(operation), operation, sessionId, header }
}

const sessionPattern = /<(?:\w+:)?sessionId(?:\s[^<>]*)?>\s*([^<>&\s]+)\s*</

/** The session that stands in the beginning of a message, before anything of it is parsed. */
export function sessionWithin(start: string): string | undefined {
  return sessionPattern.exec(start)?.[1]
}

function malformed(reason: string): Refusal {
  return refuse('INVALID_ARGUMENT', `The SOAP message cannot be read: ${reason}.`)
}

/** The name without its prefix. */
export function localName({ name }: XmlElement): string {
  return name.slice(name.indexOf(':') + 1)
}

export function child(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((one) => localName(one) === name)
}

export function childrenOf(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.filter((one) => localName(one) === name)
}

/** The text of a child; undefined when it is not there or nil. */
export function textOf(element: XmlElement, name: string): string | undefined {
  const found = child(element, name)
  return found === undefined || isNil(found) ? undefined : found.text.trim()
}

export function isNil(element: XmlElement): boolean {
  return element.attributes.get('xsi:nil') === 'true'
}

/** XML that is whole already. */
export interface Markup {
  readonly markup: string
}

export type SoapValue = string | number | boolean | null | undefined | Markup | SoapRecord
/** Elements in their order; lists repeat the element, what is undefined is left out. */
export interface SoapRecord {
  readonly [name: string]: SoapValue | readonly SoapValue[]
}

/** The members of a record as elements. */
export function writeElements(record: SoapRecord): string {
  return Object.entries(record)
    .map(([name, value]) =>
      isList(value)
        ? value.map((one) => writeElement(name, one)).join('')
        : writeElement(name, value),
    )
    .join('')
}

function isList(value: SoapValue | readonly SoapValue[]): value is readonly SoapValue[] {
  return Array.isArray(value)
}

function writeElement(name: string, value: SoapValue): string {
  if (value === undefined) return ''
  if (value === null) return `<${name} xsi:nil="true"/>`
  if (typeof value !== 'object') return `<${name}>${escapeXml(String(value))}</${name}>`
  if (isMarkup(value)) return value.markup
  return `<${name}>${writeElements(value)}</${name}>`
}

function isMarkup(value: Markup | SoapRecord): value is Markup {
  return 'markup' in value && typeof value.markup === 'string'
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
])

// Characters that XML cannot hold in any form.
const unwritable = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g

export function escapeXml(text: string): string {
  return text
    .replace(unwritable, '')
    .replace(/[&<>"]/g, (character) => escapes.get(character) ?? character)
}

const namespaces =
  'xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"'

/** `results`: each becomes one `result` element. */
export function soapAnswer(
  call: string,
  namespace: string,
  results: readonly SoapValue[],
): Response {
  const inner = results.map((result) => writeElement('result', result)).join('')
  const body = `<${call}Response>${inner}</${call}Response>`
  const own = `xmlns="${namespace}" xmlns:fs="urn:fieldstone:metadata" xmlns:sf="urn:sobject.partner.soap.sforce.com" xmlns:tns="${namespace}"`
  return xml(`<soapenv:Envelope ${namespaces} ${own}><soapenv:Body>${body}</soapenv:Body>`, 200)
}

/** Writes what a fault says beside its text; the prefix `sf` is that of its namespace. */
export interface FaultForm {
  readonly namespace: string
  detail(code: string, text: string): string
}

export const plainFaults: FaultForm = {
  namespace: 'http://soap.sforce.com/2006/04/metadata',
  detail: () => '',
}

/** Clients find the parts of a fault without prefixes, and read its code from the text. */
export function soapFault(refusal: Refusal, { namespace, detail }: FaultForm) {
  const { code } = refusal
  const told = refusal.problems.map((problem) => problem.message).join('; ')
  const text = escapeXml(`${code}: ${told}`)
  const fault = `<soapenv:Fault><faultcode>sf:${code}</faultcode><faultstring>${text}</faultstring>${detail(code, told)}</soapenv:Fault>`
  const own = `xmlns:sf="${namespace}"`
  return xml(`<soapenv:Envelope ${namespaces} ${own}><soapenv:Body>${fault}</soapenv:Body>`, 500)
}

function xml(open: string, status: number): Response {
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n${open}</soapenv:Envelope>`
  return new Response(text, { status, headers: xmlHeaders })
}
