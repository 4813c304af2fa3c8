/** Names within one object: clashes with parts, system fields and relations, and how many there are. */
import { message } from '../base/message.ts'
import { limits } from '../base/limits.ts'
import type { SourceProblem } from './declaration.ts'
import type { ObjectOutline } from './object-outline.ts'
import { problemAt, type Finding, type Pointer } from './source-problem.ts'
import { isSystemFieldName } from './system-fields.ts'

export function checkObjectNames(outline: ObjectOutline): readonly SourceProblem[] {
  const problems: SourceProblem[] = []
  const report = (pointer: Pointer, finding: Finding): void => {
    problems.push(problemAt(outline.declaration, pointer, finding))
  }
  checkClashes(outline, report)
  checkPaths(outline, report)
  if (outline.fields.length > limits.fieldsPerObjectMax) {
    const reason = message(
      'object {object} has {count} fields; at most {most} are allowed (fieldsPerObjectMax)',
      { object: outline.name, count: outline.fields.length, most: limits.fieldsPerObjectMax },
    )
    report(['fields'], { reason })
  }
  return problems
}

type Report = (pointer: Pointer, finding: Finding) => void

/** Two fields whose names are equal but for case, parts of compounds included. */
function checkClashes(outline: ObjectOutline, report: Report): void {
  const seen = new Map<string, string>()
  const declared = outline.declaration.body.fields ?? []
  const names = [...outline.fields, ...outline.kept.values()].map((field) => field.name)
  for (const name of names) {
    const other = seen.get(name.toLowerCase())
    seen.set(name.toLowerCase(), name)
    if (other === undefined) continue
    if (isSystemFieldName(name)) continue
    const index = declared.findLastIndex(
      (field) => field.fullName.toLowerCase() === name.toLowerCase(),
    )
    const reason =
      other === name
        ? message('{object} has two fields named "{name}"', { object: outline.name, name })
        : message('"{name}" and "{other}" of {object} are equal but for case', {
            object: outline.name,
            name,
            other,
          })
    report(index < 0 ? ['nameField'] : ['fields', index], {
      reason,
      component: `${outline.name}.${name}`,
    })
  }
}

/** A parent path must not be read as a field, nor stand for two relations. */
function checkPaths(outline: ObjectOutline, report: Report): void {
  const paths = new Map<string, string>()
  for (const { field, path } of outline.references) {
    if (field.origin === 'system') {
      paths.set(path.toLowerCase(), field.name)
      continue
    }
    const index = outline.declaration.body.fields?.findIndex((one) => one.fullName === field.name)
    const pointer: Pointer = ['fields', index ?? 0]
    const component = `${outline.name}.${field.name}`
    const suggestion = message('say the path in "parentRelationshipName"')
    const other = paths.get(path.toLowerCase())
    paths.set(path.toLowerCase(), field.name)
    if (other !== undefined) {
      const reason = message('the relations of {field} and {other} are both called "{path}"', {
        field: field.name,
        other,
        path,
      })
      report(pointer, { reason, suggestion, component })
    }
    const clash = outline.byName.get(path.toLowerCase())
    if (clash !== undefined && clash.name.toLowerCase() === path.toLowerCase()) {
      const reason = message('the relation "{path}" of {field} is called like the field {other}', {
        path,
        field: field.name,
        other: clash.name,
      })
      report(pointer, { reason, suggestion, component })
    }
  }
}
