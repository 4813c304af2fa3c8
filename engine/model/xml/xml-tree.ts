/** XML text as a tree of elements with their places; the only import of the XML parser. */
import { message, type Message } from '../../base/message.ts'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { limits } from '../../base/limits.ts'
import { isRecord, listOf } from '../source/canonical-body.ts'
import { checkKey, checkText } from '../source/check-text.ts'

export interface XmlElement {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly XmlElement[]
  /** All text directly within the element, unchanged. */
  readonly text: string
  /** Where the element begins in the source. */
  readonly offset: number
}

export interface XmlFault {
  readonly offset: number
  readonly reason: Message
  readonly suggestion?: Message
}

export type XmlReading = { readonly root: XmlElement } | { readonly fault: XmlFault }

/** Reads the one root element, or says what keeps the text from being read. */
export function readXml(text: string): XmlReading {
  const fault = findFault(text)
  if (fault !== undefined) return { fault }
  const parsed = parse(text)
  if ('fault' in parsed) return parsed
  const roots = readElements(parsed.nodes)
  const [root] = roots
  if (root !== undefined && roots.length === 1) return { root }
  return {
    fault: { offset: 0, reason: message('the file must hold exactly one outermost element') },
  }
}

/** A message from outside, which would hold up everybody else if it were endless; files of the model are bounded elsewhere. */
export function readXmlMessage(text: string): XmlReading {
  const offset = offsetOfMass(text)
  if (offset === undefined) return readXml(text)
  const reason = message(
    'it has more than {most} elements, attributes or references: send several',
    {
      most: limits.messageElementsMax,
    },
  )
  return { fault: { offset, reason } }
}

const counted = /<(?!\/)|=["']|&/g
/** A reference within a text costs less than an element does. */
const referencesAsOne = 4

/** Where more begins than is read in a moment; undefined where that is all. */
function offsetOfMass(text: string): number | undefined {
  let found = 0
  for (const { 0: mark, index } of text.matchAll(counted)) {
    found += mark === '&' ? 1 / referencesAsOne : 1
    if (found > limits.messageElementsMax) return index
  }
  return undefined
}

const parser = new XMLParser({
  preserveOrder: true,
  captureMetaData: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  processEntities: true,
  htmlEntities: true,
  maxNestedTags: limits.jsonDepthMax,
  // No path texts for callbacks that there are not: a third of the time otherwise.
  jPath: false,
})

function parse(text: string): { readonly nodes: unknown } | { readonly fault: XmlFault } {
  try {
    return { nodes: parser.parse(text) }
  } catch (error) {
    // The parser refuses what the checks before it have overlooked by plain errors.
    if (!(error instanceof Error)) throw error
    return {
      fault: {
        offset: 0,
        reason: message('the file is not XML: {problem}', { problem: error.message }),
      },
    }
  }
}

function findFault(text: string): XmlFault | undefined {
  const doctype = text.search(/<!(?:DOCTYPE|ENTITY)/i)
  if (doctype >= 0) {
    return {
      offset: doctype,
      reason: message('document types and entities of a file are not allowed'),
    }
  }
  return findSyntaxFault(text) ?? findTagFault(text) ?? findTextFault(text)
}

function findSyntaxFault(text: string): XmlFault | undefined {
  const verdict = XMLValidator.validate(text)
  if (verdict === true) return undefined
  const { msg, line, col } = verdict.err
  const lineStart = text
    .split('\n')
    .slice(0, line - 1)
    .join('\n').length
  const offset = (line > 1 ? lineStart + 1 : 0) + Math.max(0, (col || 1) - 1)
  return {
    offset,
    reason: message('the file is not XML: {problem}', { problem: msg.replace(/\.$/, '') }),
  }
}

const sectionEnds: ReadonlyMap<string, string> = new Map([
  ['<![CDATA[', ']]>'],
  ['<!--', '-->'],
  ['<?', '?>'],
])

/** The text with raw characters, comments and instructions blanked: no tags are in them. */
function blankSections(text: string): string {
  const parts: string[] = []
  let from = 0
  for (const start of text.matchAll(/<!\[CDATA\[|<!--|<\?/g)) {
    if (start.index < from) continue
    const end = sectionEnds.get(start[0]) ?? ''
    const found = text.indexOf(end, start.index + start[0].length)
    const until = found < 0 ? text.length : found + end.length
    parts.push(text.slice(from, start.index), ' '.repeat(until - start.index))
    from = until
  }
  return [...parts, text.slice(from)].join('')
}

/** Whether it closes, its name, the rest. Nothing of it can be read in two ways: that would take for ever where names are long. */
const anyTag = /<(\/?)([^\s<>/]*)([^<>]*)/g

/** The parser refuses deep nesting and some names by exceptions; this says where they are. */
function findTagFault(text: string): XmlFault | undefined {
  let depth = 0
  const plain = blankSections(text)
  for (const tag of plain.matchAll(anyTag)) {
    const [whole, closing, name = '', rest = ''] = tag
    if (plain[tag.index + whole.length] !== '>') continue
    const reason = checkKey(name)
    if (reason !== undefined) return { offset: tag.index, reason }
    if (closing === '/') depth--
    else if (!rest.endsWith('/')) depth++
    if (depth < limits.jsonDepthMax) continue
    return {
      offset: tag.index,
      reason: message('nested more than {most} levels deep', { most: limits.jsonDepthMax }),
    }
  }
  return undefined
}

const anyReference = /&(?:(amp|lt|gt|quot|apos);|#(\d{1,7});|#x([0-9A-Fa-f]{1,6});)?/g

/** References that XML does not know, and to characters that no text may have. */
function findTextFault(text: string): XmlFault | undefined {
  const reason = checkText(text)
  if (reason !== undefined) return { offset: 0, reason }
  for (const found of blankSections(text).matchAll(anyReference)) {
    const [whole, name, decimal, hex] = found
    if (name !== undefined) continue
    if (decimal === undefined && hex === undefined) {
      const suggestion = message('write & as &amp;')
      return {
        offset: found.index,
        reason: message('the reference after & is not known'),
        suggestion,
      }
    }
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
    const bad = code > 0x10ffff ? 'no character' : checkText(String.fromCodePoint(code))
    if (bad === undefined) continue
    return {
      offset: found.index,
      reason: message('the reference {whole} stands for no allowed character', { whole }),
    }
  }
  return undefined
}

const attributesKey = ':@'
const textKey = '#text'

function readElements(nodes: unknown): readonly XmlElement[] {
  return listOf(nodes).flatMap((node) => {
    if (!isRecord(node)) return []
    const name = Object.keys(node).find((key) => key !== attributesKey)
    return name === undefined || name === textKey ? [] : [readElement(name, node)]
  })
}

function readElement(name: string, node: Readonly<Record<string, unknown>>): XmlElement {
  const content = listOf(node[name])
  const attributes = isRecord(node[attributesKey]) ? Object.entries(node[attributesKey]) : []
  return {
    name,
    attributes: new Map(attributes.map(([key, value]) => [key, String(value)])),
    children: readElements(content),
    text: content.map(textOf).join(''),
    offset: offsetOf(node),
  }
}

function textOf(node: unknown): string {
  return isRecord(node) && typeof node[textKey] === 'string' ? node[textKey] : ''
}

function offsetOf(node: object): number {
  for (const symbol of Object.getOwnPropertySymbols(node)) {
    const found: unknown = Reflect.get(node, symbol)
    if (isRecord(found) && typeof found['startIndex'] === 'number') return found['startIndex']
  }
  return 0
}
