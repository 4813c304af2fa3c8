/** The three public projects in `test/fixtures/corpus`, and what is to be found in them. */
import { fileURLToPath } from 'node:url'
import type { CustomField } from '../../metadata/types.ts'
import type { Declaration, ParsedSources } from '../../engine/model/declaration.ts'
import { fieldType } from '../../engine/fields/index.ts'
import { readSourceFolder } from '../../engine/cli/read-source-folder.ts'
import { readXmlSource } from '../../engine/model/xml/read-xml.ts'

export const projects = ['ProjectManagementTool', 'dreamhouse-lwc', 'ebikes-lwc'] as const

export type Project = (typeof projects)[number]

export function projectFolder(project: Project): string {
  return fileURLToPath(new URL(`../fixtures/corpus/${project}/`, import.meta.url))
}

export async function readProject(project: Project): Promise<ParsedSources> {
  const { sources } = await readSourceFolder(projectFolder(project))
  return readXmlSource(sources)
}

export function objectsOf({ declarations }: ParsedSources): readonly Declaration<'CustomObject'>[] {
  return declarations.filter(
    (one): one is Declaration<'CustomObject'> => one.type === 'CustomObject',
  )
}

/** Fields with values of their own: no formulas, no roll-ups. */
export function storedFields(object: Declaration<'CustomObject'>): readonly CustomField[] {
  return (object.body.fields ?? []).filter(
    (field) =>
      field.formula === undefined &&
      fieldType(field.type ?? '') !== undefined &&
      field.type !== 'Summary',
  )
}
