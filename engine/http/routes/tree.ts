/** Records with their children, saved as a whole or not at all. */
import { limits } from '../../base/limits.ts'
import { Refusal, refuse, type Problem } from '../../base/refusal.ts'
import type { Model, ObjectModel } from '../../model/model.ts'
import { resolveChildren, type Gate } from '../../query/resolve.ts'
import type { RecordBody, Records, SaveResult } from '../../records/records.ts'
import type { AppParts } from '../app-parts.ts'
import { listMember, membersOf, readReference } from '../composite-request.ts'
import { saveErrors } from '../error-answer.ts'
import { jsonObject } from '../json-request.ts'
import { modelFor } from '../language-of.ts'
import { readableObject } from '../readable-object.ts'
import { recordInput } from '../record-input.ts'
import { json } from '../respond.ts'
import { withContents } from '../take-content.ts'
import { route, type Call, type Route } from '../route.ts'
import { data } from './addresses.ts'

type Parts = Pick<AppParts, 'contents' | 'deployer' | 'log' | 'records' | 'requestId'>

export function treeRoutes(parts: Parts): readonly Route[] {
  return [route('POST', `${data}/composite/tree/:object`, (call) => saveTree(parts, call))]
}

interface Node {
  readonly referenceId: string
  readonly object: string
  readonly values: RecordBody
  /** Where the record stands in the tree, and by which lookup. */
  readonly parent: { readonly node: Node; readonly lookup: string } | undefined
}

async function saveTree(parts: Parts, call: Call): Promise<Response> {
  const body = await withContents(parts, call, await jsonObject(call.request))
  const model = modelFor(parts, call.caller)
  const object = readableObject(parts, call, call.param('object'))
  const nodes = readTree({ model, access: call.caller.access }, object, body)
  try {
    const ids = await parts.records.together((records) => saveLevels(records, call, nodes))
    const results = nodes.map((node) => ({ referenceId: node.referenceId, id: ids.get(node) }))
    return json({ hasErrors: false, results }, 201, call.limitInfo)
  } catch (error) {
    if (!(error instanceof TreeRefused)) throw error
    const failed = { parts, model }
    return json({ hasErrors: true, results: failures(failed, error) }, 400, call.limitInfo)
  }
}

class TreeRefused extends Error {
  readonly refusals: ReadonlyMap<Node, Refusal>
  constructor(refusals: ReadonlyMap<Node, Refusal>) {
    super('records of a tree were refused')
    this.refusals = refusals
  }
}

function failures(
  { parts, model }: { readonly parts: Parts; readonly model: Model },
  { refusals }: TreeRefused,
): readonly unknown[] {
  return [...refusals].map(([{ referenceId }, refusal]) => ({
    referenceId,
    errors: saveErrors(refusal, model, parts),
  }))
}

/** All records, parents before their children. */
function readTree(
  gate: Gate,
  object: ObjectModel,
  body: ReadonlyMap<string, unknown>,
): readonly Node[] {
  const nodes: Node[] = []
  const references = new Set<string>()
  let level = listMember(body, 'records', limits.bulkRecordsMax).map((members) => ({
    members,
    object,
    parent: undefined as Node['parent'],
  }))
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > limits.treeLevelsMax)
      throw tooLarge(`${limits.treeLevelsMax} levels (treeLevelsMax)`)
    const children: typeof level = []
    for (const entry of level) {
      const node = readNode(entry, references)
      nodes.push(node.node)
      for (const [name, list] of node.lists) {
        const relation = resolveChildren(gate, entry.object, name)
        const parent = { node: node.node, lookup: relation.lookup.name }
        for (const members of listMember(membersOf(list, name), 'records', limits.bulkRecordsMax)) {
          children.push({ members, object: relation.object, parent })
        }
      }
      if (nodes.length + children.length > limits.bulkRecordsMax) {
        throw tooLarge(`${limits.bulkRecordsMax} records (bulkRecordsMax)`)
      }
    }
    level = children
  }
  return nodes
}

function tooLarge(what: string): Refusal {
  return refuse('LIMIT_EXCEEDED', `A tree may have at most ${what}.`)
}

interface Entry {
  readonly members: ReadonlyMap<string, unknown>
  readonly object: ObjectModel
  readonly parent: Node['parent']
}

interface ReadNode {
  readonly node: Node
  readonly lists: readonly (readonly [string, unknown])[]
}

function readNode({ members, object, parent }: Entry, references: Set<string>): ReadNode {
  const { body: values } = recordInput(new Map(members), object.name)
  const attributes = membersOf(members.get('attributes') ?? {}, 'attributes')
  const referenceId = readReference(attributes.get('referenceId'))
  if (references.has(referenceId)) {
    throw refuse('INVALID_ARGUMENT', `The referenceId ${referenceId} stands twice.`)
  }
  references.add(referenceId)
  const lists = [...values].filter(([, value]) => isList(value))
  const own = new Map([...values].filter(([, value]) => !isList(value)))
  return { node: { referenceId, object: object.name, values: own, parent }, lists }
}

function isList(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'records' in value
}

/** Each level by one save per object. */
async function saveLevels(
  records: Records,
  call: Call,
  nodes: readonly Node[],
): Promise<ReadonlyMap<Node, string>> {
  const ids = new Map<Node, string>()
  for (let waiting = nodes; waiting.length > 0;) {
    const isReady = ({ parent }: Node): boolean => parent === undefined || ids.has(parent.node)
    const [first] = waiting.filter(isReady)
    if (first === undefined) throw new Error('a tree has no circles')
    const group = waiting.filter((node) => isReady(node) && node.object === first.object)
    const bodies = group.map((node) => withParent(node, ids))
    const saved = await saveGroup(group, () =>
      records.createMany(call.caller, first.object, bodies, { allOrNone: true }),
    )
    group.forEach((node, index) => {
      const result = saved[index]
      if (result !== undefined && !(result instanceof Refusal)) ids.set(node, result.id)
    })
    waiting = waiting.filter((node) => !ids.has(node))
  }
  return ids
}

function withParent({ values, parent }: Node, ids: ReadonlyMap<Node, string>): RecordBody {
  if (parent === undefined) return values
  return new Map([...values, [parent.lookup, ids.get(parent.node)]])
}

interface FailedRecord {
  readonly index: number
  readonly problems: readonly Problem[]
}

async function saveGroup(
  group: readonly Node[],
  save: () => Promise<readonly (SaveResult | Refusal)[]>,
): Promise<readonly (SaveResult | Refusal)[]> {
  try {
    return await save()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const told = error.details?.['byIndex']
    const failed: readonly FailedRecord[] = Array.isArray(told)
      ? told
      : group.map((_node, index) => ({ index, problems: error.problems }))
    throw new TreeRefused(
      new Map(
        failed.flatMap(({ index, problems }) => {
          const node = group[index]
          return node === undefined ? [] : [[node, new Refusal(problems)] as const]
        }),
      ),
    )
  }
}
