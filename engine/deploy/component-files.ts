/** The file of a component: its path in the metadata folder and its canonical text. */
import type { Declaration } from '../model/declaration.ts'
import { componentPath } from '../model/source/component-path.ts'
import { writeDeclaration } from '../model/write-declaration.ts'

/** Relative to the metadata folder, with forward slashes. */
export function fileOf(declaration: Pick<Declaration, 'type' | 'fullName'>): string {
  return componentPath(declaration.type, declaration.fullName)
}

export function componentText(declaration: Declaration): string {
  return writeDeclaration(declaration).text
}
