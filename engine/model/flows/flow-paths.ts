/** Fields that a flow reaches through its resources: "$Record.Name", "Client.Owner.Name", also within texts and formulas. */
import type { Flow } from '../../../metadata/types.ts'
import { globalPlace } from '../formula-mentions.ts'
import type { Pointer } from '../source-problem.ts'

export interface FlowPath {
  /** Whose fields are meant. */
  readonly object: string
  /** "Owner.Name". */
  readonly text: string
  readonly pointer: Pointer
}

type Rewrite = (path: FlowPath) => string

/** The flow with every such path replaced by what `rewrite` answers; the same flow when nothing changed. */
export function rewriteFlowPaths(flow: Readonly<Flow>, rewrite: Rewrite): Readonly<Flow> {
  const walk: Walk = { objects: recordsOf(flow), rewrite }
  // Only texts inside it are exchanged for texts.
  return rewriteNode(flow, [], walk) as Readonly<Flow>
}

interface Walk {
  readonly objects: ReadonlyMap<string, string>
  readonly rewrite: Rewrite
}

function rewriteNode(node: unknown, pointer: Pointer, walk: Walk): unknown {
  if (typeof node === 'string') return rewriteText(node, pointer, walk)
  if (typeof node !== 'object' || node === null) return node
  if (Array.isArray(node)) {
    const entries: readonly unknown[] = node
    const after = entries.map((entry, index) => rewriteNode(entry, [...pointer, index], walk))
    return after.every((entry, index) => entry === entries[index]) ? node : after
  }
  let changed = false
  const after = Object.entries(node).map(([key, value]): [string, unknown] => {
    const next = rewriteNode(value, [...pointer, key], walk)
    changed ||= next !== value
    return [key, next]
  })
  return changed ? Object.fromEntries(after) : node
}

const path = /^\$?[A-Za-z]\w*(?:\.\w+)+$/
const merged = /\{!\s*(\$?[A-Za-z]\w*(?:\.\w+)+)\s*\}/g

/** A whole reference, or what stands in braces. */
function rewriteText(text: string, pointer: Pointer, walk: Walk): string {
  if (text.includes('{!')) {
    return text.replace(merged, (whole: string, inner: string) => {
      const after = rewritePath(inner, pointer, walk)
      return after === inner ? whole : whole.replace(inner, () => after)
    })
  }
  const isReference = String(pointer.at(-1)).endsWith('Reference')
  return isReference && path.test(text) ? rewritePath(text, pointer, walk) : text
}

function rewritePath(text: string, pointer: Pointer, { objects, rewrite }: Walk): string {
  const steps = text.split('.')
  const first = steps[0] ?? ''
  const own = objects.get(first) ?? objects.get(first.toLowerCase())
  const global = own === undefined && first.startsWith('$') ? globalPlace(steps) : undefined
  const object = own ?? global?.object
  if (object === undefined) return text
  const before = global?.before ?? 1
  const rest = steps.slice(before).join('.')
  if (rest === '') return text
  return [...steps.slice(0, before), rewrite({ object, text: rest, pointer })].join('.')
}

/** By name, the objects whose records the resources hold; the record itself is known in any case of its letters. */
function recordsOf(flow: Readonly<Flow>): ReadonlyMap<string, string> {
  const objects = new Map<string, string>()
  const own = flow.start?.object
  if (own !== undefined) objects.set('$record', own).set('$record__prior', own)
  for (const { name, objectType } of flow.variables ?? []) {
    if (objectType !== undefined) objects.set(name, objectType)
  }
  for (const { name, object } of flow.recordLookups ?? []) objects.set(name, object)
  const through = [...(flow.loops ?? []), ...(flow.collectionProcessors ?? [])]
  // One may go through what another gives, in any order of the file.
  for (let round = 0; round < through.length; round += 1) {
    for (const { name, collectionReference } of through) {
      const object = objects.get(collectionReference)
      if (object !== undefined) objects.set(name, object)
    }
  }
  return objects
}
