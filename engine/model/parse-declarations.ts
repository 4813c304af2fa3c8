/** Metadata files in JSON become declarations; all that is wrong in all of them is said at once. */
import { message } from '../base/message.ts'
import { limits } from '../base/limits.ts'
import { quote, type BodyProblem } from './source/body-problem.ts'
import { checkComponent, componentAt, componentName } from './source/check-component.ts'
import { foldName } from './source/naming.ts'
import { checkValue } from './source/check-value.ts'
import { componentPath, readComponentPath } from './source/component-path.ts'
import type {
  Declaration,
  KeptElement,
  MetadataTypeName,
  ParsedSources,
  SourceProblem,
  SourceText,
} from './declaration.ts'
import { createJsonPlaces, type JsonPlaces } from './source/json-places.ts'
import { reasoned } from './source-problem.ts'
import { readJson } from './source/read-json.ts'

/** Reads all files of a metadata folder. The order of the files does not matter. */
export function parseDeclarations(sources: readonly SourceText[]): ParsedSources {
  if (sources.length > limits.sourceFilesMax) return tooManyFiles(sources.length)
  const sorted = [...sources].sort((a, b) => (a.path < b.path ? -1 : 1))
  return joinSources(sorted.map(parseFile))
}

/** Checks JSON that did not come from a file; problems point at the file it would stand in. */
export function parseComponent(
  type: MetadataTypeName,
  fullName: string,
  value: unknown,
): ParsedSources {
  const unsafe = checkValue(value)
  const checked =
    unsafe.length > 0 ? { problems: unsafe, kept: [] } : checkComponent(type, fullName, value)
  const file = componentPath(type, fullName)
  const problems = checked.problems.map((problem) => ({
    ...said(problem),
    file,
    line: 1,
    column: 1,
    component: componentAt(type, fullName, { body: value, pointer: problem.pointer }),
  }))
  const declarations = 'declaration' in checked && checked.declaration ? [checked.declaration] : []
  return joinSources([{ declarations, problems, kept: checked.kept }])
}

/** Puts what single sources gave together: refuses like names, sorts and bounds the problems. */
export function joinSources(parts: readonly ParsedSources[]): ParsedSources {
  const declarations: Declaration[] = []
  const problems = parts.flatMap((part) => part.problems)
  const seen = new Map<string, Declaration>()
  for (const declaration of parts.flatMap((part) => part.declarations)) {
    const key = `${declaration.type} ${foldName(declaration.fullName)}`
    const earlier = seen.get(key)
    if (earlier === undefined) {
      seen.set(key, declaration)
      declarations.push(declaration)
    } else problems.push(sameName(declaration, earlier))
  }
  return {
    declarations,
    problems: boundProblems(problems),
    kept: parts.flatMap((part) => part.kept),
  }
}

function sameName(declaration: Declaration, earlier: Declaration): SourceProblem {
  const place = declaration.locate?.(['fullName']) ?? { line: 1, column: 1 }
  const name = quote(declaration.fullName)
  const other = quote(earlier.fullName)
  const { file } = earlier
  const told =
    name === other
      ? message('the name {name} stands there twice', { name })
      : file === undefined
        ? message('the name {name} differs from {other} only in letter case or Unicode form', {
            name,
            other,
          })
        : message(
            'the name {name} differs from {other} of {file} only in letter case or Unicode form',
            { name, other, file },
          )
  return {
    file: declaration.file ?? componentPath(declaration.type, declaration.fullName),
    ...place,
    ...reasoned(told, message('give one of the two another name')),
    component: componentName(declaration.type, declaration.fullName),
  }
}

function boundProblems(problems: readonly SourceProblem[]): readonly SourceProblem[] {
  const sorted = [...problems].sort(comparePlaces)
  const surplus = sorted.length - limits.problemsReportedMax
  const last = sorted[limits.problemsReportedMax]
  if (surplus <= 0 || last === undefined) return sorted
  const { file, line, column } = last
  const told = message('and {surplus} more problems from here on', { surplus })
  const more = { file, line, column, ...reasoned(told) }
  return [...sorted.slice(0, limits.problemsReportedMax), more]
}

function comparePlaces(a: SourceProblem, b: SourceProblem): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1
  return a.line - b.line || a.column - b.column
}

export function tooManyFiles(count: number): ParsedSources {
  const most = limits.sourceFilesMax
  const told = message('{count} files are more than the {most} that can be read', { count, most })
  return onlyProblems([{ file: '', line: 1, column: 1, ...reasoned(told) }])
}

/** A source that gave nothing but these problems. */
export function onlyProblems(problems: readonly SourceProblem[]): ParsedSources {
  return { declarations: [], problems, kept: [] }
}

function parseFile(source: SourceText): ParsedSources {
  const reading = readComponentPath(source.path)
  if (reading.kind === 'other') return onlyProblems([])
  if (reading.kind === 'wrong') {
    const words = reasoned(reading.reason, reading.suggestion)
    return onlyProblems([{ file: source.path, line: 1, column: 1, ...words }])
  }
  if (reading.kind === 'unread') {
    const kept: KeptElement = { component: reading.component, path: '' }
    return { declarations: [], problems: [], kept: [kept] }
  }
  return parseText(source, reading.type, reading.fullName)
}

function parseText(source: SourceText, type: MetadataTypeName, fullName: string): ParsedSources {
  const file = source.path
  const component = componentName(type, fullName)
  const tooBig = checkSize(source)
  if (tooBig !== undefined) return onlyProblems([{ ...tooBig, component }])
  const text = source.text.startsWith('\uFEFF') ? source.text.slice(1) : source.text
  const places = createJsonPlaces(text)
  const parsed = readJson(text)
  if ('faults' in parsed) {
    return onlyProblems(
      parsed.faults.map(({ offset, reason, suggestion }) => ({
        file,
        ...places.at(offset),
        ...reasoned(reason, suggestion),
        component,
      })),
    )
  }
  const checked = checkComponent(type, fullName, parsed.value)
  const problems = checked.problems.map((problem) => ({
    file,
    ...places.of(problem.pointer, problem.at),
    ...said(problem),
    component: componentAt(type, fullName, { body: parsed.value, pointer: problem.pointer }),
  }))
  const declarations =
    checked.declaration === undefined ? [] : [inFile(checked.declaration, file, places)]
  return { declarations, problems, kept: checked.kept }
}

/** A problem for a file that is larger than any metadata file may be. */
export function checkSize(source: SourceText): SourceProblem | undefined {
  // A character takes three bytes at most in UTF-8 for each of its UTF-16 units.
  const bytesMax = limits.sourceFileBytesMax
  if (source.text.length * 3 <= bytesMax || Buffer.byteLength(source.text) <= bytesMax) {
    return undefined
  }
  return fileTooLarge(source.path)
}

/** Said of a file before it is read. */
export function fileTooLarge(file: string): SourceProblem {
  const most = limits.sourceFileBytesMax / (1024 * 1024)
  const told = message('the file is larger than {most} MB', { most })
  return { file, line: 1, column: 1, ...reasoned(told) }
}

export function fileNotText(file: string): SourceProblem {
  return { file, line: 1, column: 1, ...reasoned(message('the file is not valid UTF-8')) }
}

function inFile(declaration: Declaration, file: string, places: JsonPlaces): Declaration {
  return { ...declaration, file, locate: (pointer) => places.of(pointer, 'value') }
}

/** The words of a problem without its place in the body. */
export function said({ reason, suggestion }: BodyProblem): ReturnType<typeof reasoned> {
  return reasoned(reason, suggestion)
}
