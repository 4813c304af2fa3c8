/** Lines and columns of places in a JSON text; worked out only when somebody asks. */
import { findNodeAtLocation, parseTree, type Node } from 'jsonc-parser'
import type { Pointer } from './body-problem.ts'
import { createLines, type Place } from './lines.ts'

export interface JsonPlaces {
  at(offset: number): Place
  /** The place of a value or of its key; of the nearest thing around it where there is none. */
  of(pointer: Pointer, which: 'key' | 'value'): Place
}

export function createJsonPlaces(text: string): JsonPlaces {
  const lines = createLines(text)
  let tree: Node | undefined
  return {
    at: lines.at,
    of(pointer, which) {
      tree ??= parseTree(text)
      return lines.at(tree === undefined ? 0 : offsetOf(tree, pointer, which))
    },
  }
}

function offsetOf(tree: Node, pointer: Pointer, which: 'key' | 'value'): number {
  for (let length = pointer.length; length > 0; length--) {
    const node = findNodeAtLocation(tree, pointer.slice(0, length))
    if (node === undefined) continue
    const isKey = which === 'key' && length === pointer.length
    return (isKey ? node.parent?.children?.[0] : node)?.offset ?? node.offset
  }
  return tree.offset
}
