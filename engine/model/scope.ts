/** What mentions are looked up in: the objects and components of one model in the making. */
import type { Declaration } from './declaration.ts'
import type { ObjectOutline } from './object-outline.ts'

export interface Scope {
  /** Any letter case; previous names too. */
  outline(object: string): ObjectOutline | undefined
  readonly objectNames: Iterable<string>
  component(type: string, fullName: string): Declaration | undefined
  componentNames(type: string): Iterable<string>
}
