/** Declarations: what stands in the metadata files, parsed and checked for shape, not yet linked. */
import type { Message } from '../base/message.ts'
import type { MetadataTypes } from '../../metadata/types.ts'

export type MetadataTypeName = keyof MetadataTypes

/** One file of a metadata folder or upload; `path` is relative to the folder, with forward slashes. */
export interface SourceText {
  readonly path: string
  readonly text: string
}

/** Something wrong in a source, as shown to people: where, why, and what would be right. */
export interface SourceProblem {
  readonly file: string
  /** Counted from 1. */
  readonly line: number
  readonly column: number
  readonly reason: string
  readonly suggestion?: string
  /** What the reason and the suggestion are made of; neither is answered. */
  readonly told?: Message
  readonly toldSuggestion?: Message
  /** The component and member concerned, where known: "CollectionPlan", "CollectionPlan.Status". */
  readonly component?: string
}

/** One component: `body` is deeply frozen, in canonical key order, without `$schema`. */
export interface Declaration<Name extends MetadataTypeName = MetadataTypeName> {
  readonly type: Name
  readonly fullName: string
  readonly body: MetadataTypes[Name]
  /** Where it stood; absent for what came over the API. */
  readonly file?: string
  /** Line and column of a JSON pointer within the file, for problems found later. */
  locate?(pointer: readonly (string | number)[]): { readonly line: number; readonly column: number }
}

/** A known element that the engine keeps but does not act on. */
export interface KeptElement {
  readonly component: string
  readonly path: string
}

export interface ParsedSources {
  readonly declarations: readonly Declaration[]
  readonly problems: readonly SourceProblem[]
  readonly kept: readonly KeptElement[]
}
