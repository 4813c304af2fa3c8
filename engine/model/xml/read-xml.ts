/**
 * Metadata in XML, in the layout of packages or of source folders, becomes the same declarations
 * as JSON files do.
 */
import { message } from '../../base/message.ts'
import { limits } from '../../base/limits.ts'
import type {
  Declaration,
  KeptElement,
  MetadataTypeName,
  ParsedSources,
  SourceProblem,
  SourceText,
} from '../declaration.ts'
import { reasoned } from '../source-problem.ts'
import type { MemberList } from '../metadata-types.ts'
import { checkSize, joinSources, onlyProblems, said, tooManyFiles } from '../parse-declarations.ts'
import { bodyProblem, quote, type BodyProblem, type Pointer } from '../source/body-problem.ts'
import { listOf } from '../source/canonical-body.ts'
import { checkComponent, componentAt, componentName } from '../source/check-component.ts'
import { createLines, type Place } from '../source/lines.ts'
import { entryShape, shapeOf, type ObjectShape } from '../source/shape.ts'
import { readXmlBody } from './xml-body.ts'
import { readXmlPath, type XmlPath } from './xml-path.ts'
import { readXml } from './xml-tree.ts'

/** Reads all XML files; parts of one component are put together, whatever the order of files. */
export function readXmlSource(sources: readonly SourceText[]): ParsedSources {
  if (sources.length > limits.sourceFilesMax) {
    return tooManyFiles(sources.length)
  }
  const sorted = [...sources].sort((a, b) => (a.path < b.path ? -1 : 1))
  const kept: KeptElement[] = []
  const parts = new Map<string, Part[]>()
  const problems: SourceProblem[] = []
  for (const source of sorted) {
    const path = readXmlPath(source.path)
    if (path.kind === 'unread') kept.push({ component: path.component, path: '' })
    if (path.kind === 'unread' || path.kind === 'other') continue
    const part = readPart(source, path)
    if ('problem' in part) problems.push(part.problem)
    else addTo(parts, `${path.type} ${path.fullName}`, part)
  }
  return joinSources([
    { declarations: [], problems, kept },
    ...[...parts.values()].map(readComponent),
  ])
}

function addTo(parts: Map<string, Part[]>, key: string, part: Part): void {
  const list = parts.get(key)
  if (list === undefined) parts.set(key, [part])
  else list.push(part)
}

type ComponentPath = Extract<XmlPath, { readonly kind: 'component' | 'member' | 'content' }>

/** What one file holds of a component: its main part or one member. */
interface Part {
  readonly file: string
  readonly path: ComponentPath
  readonly body: Readonly<Record<string, unknown>>
  readonly problems: readonly BodyProblem[]
  locate(pointer: Pointer): Place
}

function readPart(source: SourceText, path: ComponentPath): Part | { problem: SourceProblem } {
  const component = componentName(path.type, path.fullName)
  const tooBig = checkSize(source)
  if (tooBig !== undefined) return { problem: { ...tooBig, component } }
  if (path.kind === 'content') return contentPart(source, path)
  const text = source.text.startsWith('\uFEFF') ? source.text.slice(1) : source.text
  const lines = createLines(text)
  const reading = readXml(text)
  const file = source.path
  if ('fault' in reading) {
    const { offset, reason, suggestion } = reading.fault
    return { problem: { file, ...lines.at(offset), ...reasoned(reason, suggestion), component } }
  }
  const { root } = reading
  const [wanted, shape] = expected(path)
  if (root.name !== wanted) {
    const reason = message('the outermost element is {name}', { name: quote(root.name) })
    const suggestion = message('the path says that it is {wanted}', { wanted })
    return {
      problem: { file, ...lines.at(root.offset), ...reasoned(reason, suggestion), component },
    }
  }
  const read = readXmlBody(root, shape)
  const { problems, offsetOf } = read
  const folder = path.kind === 'component' ? path.folder : undefined
  const body = folder === undefined ? read.body : { ...read.body, folder }
  return { file, path, body, problems, locate: (pointer) => lines.at(offsetOf(pointer)) }
}

/** Not XML: every character of it counts. */
function contentPart({ path: file, text }: SourceText, path: ComponentPath): Part {
  const start = { line: 1, column: 1 }
  return { file, path, body: { content: text }, problems: [], locate: () => start }
}

function expected(
  path: Exclude<ComponentPath, { kind: 'content' }>,
): readonly [string, ObjectShape] {
  if (path.kind === 'component') return [path.type, shapeOf(path.type)]
  return [path.list.type, entryShape(path.type, path.list.property)]
}

/** A member as it stands in the component's body, and the file that it came from. */
interface MemberPart {
  readonly list: MemberList
  readonly index: number
  readonly part: Part
}

function readComponent(parts: readonly Part[]): ParsedSources {
  const [first] = parts
  if (first === undefined) return onlyProblems([])
  const { type, fullName } = first.path
  const mains = parts.filter((part) => part.path.kind === 'component')
  const [main, ...others] = mains
  if (others.length > 0) return onlyProblems(others.map((part) => secondFile(part, mains)))
  const { body, members } = putTogether(fullName, main, parts)
  const checked = checkComponent(type, fullName, body)
  const inner = parts.flatMap((part) => part.problems.map((problem) => locatedIn(part, problem)))
  const whole = checked.problems.map((problem) => {
    const place = placeOf(problem.pointer, { main: main ?? first, members })
    return {
      ...said(problem),
      ...place,
      component: componentAt(type, fullName, { body, pointer: problem.pointer }),
    }
  })
  const problems = [...inner, ...whole, ...wrongMemberNames(members)]
  const declaration = checked.declaration
  if (declaration === undefined || problems.length > 0) return { ...onlyProblems(problems) }
  const file = (main ?? first).file
  const locate: Declaration['locate'] = (pointer) => {
    const place = placeOf(pointer, { main: main ?? first, members })
    return place.file === file ? place : { line: 1, column: 1 }
  }
  return { declarations: [{ ...declaration, file, locate }], problems, kept: checked.kept }
}

function putTogether(
  fullName: string,
  main: Part | undefined,
  parts: readonly Part[],
): { body: Readonly<Record<string, unknown>>; members: readonly MemberPart[] } {
  const lists = new Map<string, unknown[]>()
  const members: MemberPart[] = []
  for (const part of parts) {
    if (part.path.kind !== 'member') continue
    const { list, member } = part.path
    const entries = lists.get(list.property) ?? [...listOf(main?.body[list.property])]
    lists.set(list.property, entries)
    members.push({ list, index: entries.length, part })
    entries.push({ [list.key]: member, ...part.body })
  }
  const content = parts.find((part) => part.path.kind === 'content')?.body
  return { body: { fullName, ...main?.body, ...content, ...Object.fromEntries(lists) }, members }
}

/** The file and place of a pointer into the whole body. */
function placeOf(
  pointer: Pointer,
  of: { readonly main: Part; readonly members: readonly MemberPart[] },
): Place & { readonly file: string } {
  const [property, index, ...rest] = pointer
  const member = of.members.find(
    (candidate) => candidate.list.property === property && candidate.index === index,
  )
  if (member !== undefined) return { file: member.part.file, ...member.part.locate(rest) }
  return { file: of.main.file, ...of.main.locate(pointer) }
}

function locatedIn(part: Part, problem: BodyProblem): SourceProblem {
  const component = componentName(part.path.type, part.path.fullName)
  return { file: part.file, ...part.locate(problem.pointer), ...said(problem), component }
}

function secondFile(part: Part, all: readonly Part[]): SourceProblem {
  const earlier = all[0]?.file ?? ''
  const reason = message('{name} is in {earlier} already', {
    name: quote(part.path.fullName),
    earlier,
  })
  return locatedIn(part, bodyProblem({ pointer: [] }, reason, message('keep one of the two files')))
}

function wrongMemberNames(members: readonly MemberPart[]): readonly SourceProblem[] {
  return members.flatMap(({ list, part }) => {
    const written = part.body[list.key]
    const expectedName = part.path.kind === 'member' ? part.path.member : ''
    if (typeof written !== 'string' || written === expectedName) return []
    const reason = message('the name {written} is not that of the file, {expectedName}', {
      written: quote(written),
      expectedName: quote(expectedName),
    })
    return [locatedIn(part, bodyProblem({ pointer: [list.key] }, reason))]
  })
}

/** Reads one component from its XML in the layout of a package. */
export function readXmlComponent(
  type: MetadataTypeName,
  fullName: string,
  source: SourceText,
): ParsedSources {
  const part = readPart(source, { kind: 'component', type, fullName })
  return 'problem' in part ? onlyProblems([part.problem]) : readComponent([part])
}
