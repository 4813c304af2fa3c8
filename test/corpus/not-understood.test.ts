/**
 * What the engine does not act on in the three projects is listed by name. The counts are pinned:
 * when one falls, something was learnt; when one rises, something was lost.
 */
import { describe, expect, it } from 'vitest'
import { compileModel } from '../../engine/model/compile-model.ts'
import type { Declaration, ParsedSources } from '../../engine/model/declaration.ts'
import {
  notUnderstood,
  type NotUnderstood,
  type NotUnderstoodKind,
} from '../../engine/model/not-understood.ts'
import { parseComponent } from '../../engine/model/parse-declarations.ts'
import { objectsOf, readProject, storedFields, type Project } from './projects.ts'

interface Pinned {
  readonly project: Project
  readonly counts: Readonly<Partial<Record<NotUnderstoodKind, number>>>
  readonly files: Readonly<Record<string, number>>
  readonly fields: Readonly<Record<string, number>>
}

const pinned: readonly Pinned[] = [
  {
    project: 'ProjectManagementTool',
    counts: { file: 27, component: 5, field: 14, element: 533, mention: 135 },
    files: { FlexiPage: 14, Report: 12, ReportFolder: 1 },
    fields: { 'is a formula without effect': 14 },
  },
  {
    project: 'dreamhouse-lwc',
    counts: { file: 8, element: 105, mention: 29 },
    files: { FlexiPage: 5, Prompt: 3 },
    fields: {},
  },
  {
    project: 'ebikes-lwc',
    counts: { file: 10, element: 141, mention: 49 },
    // Rules for guests are kept: nobody is one here.
    files: { FlexiPage: 4, PlatformEventChannelMember: 1, Prompt: 3, SharingRules: 2 },
    fields: {},
  },
]

/** The projects point at standard objects that they do not bring. */
function withStandardObjects(project: ParsedSources): readonly Declaration[] {
  const has = new Set(objectsOf(project).map(({ fullName }) => fullName))
  const standard = ['Account', 'Contact', 'User'].filter((name) => !has.has(name))
  const added = standard.flatMap(
    (name) => parseComponent('CustomObject', name, { fullName: name, label: name }).declarations,
  )
  return [...project.declarations, ...added]
}

function listOf(project: ParsedSources): readonly NotUnderstood[] {
  const declarations = withStandardObjects(project)
  const compiled = compileModel({ declarations, bindings: new Map(), version: 1 })
  expect(compiled.problems).toEqual([])
  return compiled.model === undefined ? [] : notUnderstood(project, compiled.model)
}

function countBy(texts: readonly string[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  return Object.fromEntries(counts)
}

function ofKind(
  entries: readonly NotUnderstood[],
  kind: NotUnderstoodKind,
): readonly NotUnderstood[] {
  return entries.filter((entry) => entry.kind === kind)
}

describe.each(pinned)(
  'what is not understood in $project',
  ({ project, counts, files, fields }) => {
    it('is listed by name and kind, each once', async () => {
      const entries = listOf(await readProject(project))
      expect(countBy(entries.map(({ kind }) => kind))).toEqual(counts)
      const types = ofKind(entries, 'file').map(({ component }) => component.split(':')[0] ?? '')
      expect(countBy(types)).toEqual(files)
      expect(new Set(entries.map((entry) => JSON.stringify(entry))).size).toBe(entries.length)
    })

    it('leaves no field between a column and the list', async () => {
      const sources = await readProject(project)
      const listed = ofKind(listOf(sources), 'field')
      const reasons = listed.map(({ reason }) =>
        reason.replace(/^field \S+ /, '').replace(/: .*/, ''),
      )
      expect(countBy(reasons)).toEqual(fields)
      const all = objectsOf(sources).flatMap(({ fullName, body }) =>
        (body.fields ?? []).map((field) => `${fullName}.${field.fullName}`),
      )
      const stored = objectsOf(sources).flatMap((object) =>
        storedFields(object).map((field) => `${object.fullName}.${field.fullName}`),
      )
      const named = new Set(listed.map(({ component }) => component))
      const computed = objectsOf(sources).flatMap(({ fullName, body }) =>
        (body.fields ?? [])
          .filter((field) => field.formula !== undefined || field.type === 'Summary')
          .map((field) => `${fullName}.${field.fullName}`)
          .filter((name) => !named.has(name)),
      )
      expect([...stored, ...computed, ...named].sort()).toEqual(all.sort())
    })
  },
)
