/** What names mean in a flow: its resources, its elements, $Record and what formulas know everywhere. */
import type { Flow, FlowScreenField } from '../../../metadata/types.ts'
import { message, type Message } from '../../base/message.ts'
import { nearestName } from '../../base/nearest-name.ts'
import type { PathStep } from '../../formula/syntax.ts'
import type { FieldKind, FieldMention } from '../../formula/types.ts'
import { resolveName } from '../formula-names.ts'
import { recordField } from '../formula-paths.ts'
import type { Scope } from '../scope.ts'
import type { FlowFact, FlowKind, FlowType, Source } from './flow-plan.ts'

export type NamedResource =
  | { readonly as: 'value'; readonly type: FlowType; readonly isSettable: boolean }
  | { readonly as: 'formula' | 'template' | 'outcome'; readonly type: FlowType }
  /** What it gives is told by what it runs. */
  | { readonly as: 'outputs'; readonly type: FlowType; readonly isSettable?: boolean }

export interface Found {
  readonly source: Source
  readonly type: FlowType
  /** For formulas. */
  readonly mention: FieldMention
  readonly isSettable: boolean
}

export interface NotFound {
  readonly problem: Message
  /** The name is one of the platform that this model does not have. */
  readonly foreign: boolean
}

const kindsOfMentions: Readonly<Record<FieldKind, FlowKind>> = {
  text: 'text',
  id: 'text',
  picklist: 'text',
  multipicklist: 'text',
  number: 'number',
  currency: 'number',
  percent: 'number',
  boolean: 'boolean',
  date: 'date',
  datetime: 'datetime',
  time: 'time',
  location: 'any',
  unusable: 'any',
}

const mentionsOfKinds: Readonly<Record<FlowKind, FieldKind>> = {
  text: 'text',
  number: 'number',
  boolean: 'boolean',
  date: 'date',
  datetime: 'datetime',
  time: 'time',
  record: 'unusable',
  any: 'text',
}

const kindsOfDataTypes: ReadonlyMap<string, FlowKind> = new Map([
  ['string', 'text'],
  ['picklist', 'text'],
  ['multipicklist', 'text'],
  ['number', 'number'],
  ['currency', 'number'],
  ['boolean', 'boolean'],
  ['date', 'date'],
  ['datetime', 'datetime'],
  ['time', 'time'],
  ['sobject', 'record'],
])

export function kindOfDataType(dataType: string | undefined): FlowKind {
  return kindsOfDataTypes.get(dataType?.toLowerCase() ?? '') ?? 'any'
}

export function one(kind: FlowKind, object?: string): FlowType {
  return { kind, ...(object === undefined ? {} : { object }), isList: false }
}

const facts: ReadonlyMap<string, readonly [FlowFact, FlowKind]> = new Map([
  ['currentdate', ['CurrentDate', 'date']],
  ['currentdatetime', ['CurrentDateTime', 'datetime']],
  ['currentrecord', ['CurrentRecord', 'text']],
  ['faultmessage', ['FaultMessage', 'text']],
  ['interviewguid', ['InterviewGuid', 'text']],
  ['interviewstarttime', ['InterviewStartTime', 'datetime']],
])

/** All names of one flow. */
export class FlowNames {
  readonly reads = new Map<string, Set<string>>()
  readonly readsByObject = new Map<string, Set<string>>()
  readonly globals = new Set<string>()
  readonly #resources: ReadonlyMap<string, NamedResource>
  readonly #scope: Scope
  readonly #object: string

  constructor(flow: Flow, scope: Scope) {
    this.#scope = scope
    this.#object = scope.outline(flow.start?.object ?? '')?.name ?? ''
    this.#resources = resourcesOf(flow, this.#object)
  }

  resource(name: string): NamedResource | undefined {
    return this.#resources.get(name)
  }

  /** What "name", "name.Field" or "$Global.Field" means. */
  resolve(steps: readonly PathStep[]): Found | NotFound {
    const [first, ...rest] = steps
    const name = first?.name ?? ''
    if (name.startsWith('$') && !this.#resources.has(canonical(name))) {
      return this.#global(name, steps)
    }
    const known = canonical(name)
    const resource = this.#resources.get(known)
    if (resource === undefined) return this.#unknown(name)
    if (rest.length === 0) return whole(known, resource)
    if (resource.as === 'outputs') {
      const output = rest.map((step) => step.name).join('.')
      const source = { from: 'output', name: known, output } as const
      return plain(source, one('any'), `${known}.${output}`)
    }
    return this.#field(known, resource, rest)
  }

  #field(name: string, { type }: NamedResource, rest: readonly PathStep[]): Found | NotFound {
    const outline = this.#scope.outline(type.object ?? '')
    if (type.kind !== 'record') {
      return { problem: message('{name} is no record: it has no fields', { name }), foreign: false }
    }
    if (outline === undefined) {
      const problem = message('the object of {name} is not in this model', { name })
      return { problem, foreign: true }
    }
    const found = recordField(outline, rest, { index: this.#scope })
    if ('problem' in found) return { problem: found.problem, foreign: found.foreign === true }
    const paths = this.reads.get(name) ?? new Set()
    this.reads.set(name, paths.add(found.path))
    const ofObject = this.readsByObject.get(outline.name) ?? new Set()
    this.readsByObject.set(outline.name, ofObject.add(found.path))
    const source = { from: 'field', name, object: outline.name, path: found.path } as const
    return {
      source,
      type: one(kindsOfMentions[found.kind]),
      mention: { ...found, path: `${name}.${found.path}` },
      isSettable: rest.length === 1 && name !== '$Record__Prior',
    }
  }

  #global(name: string, steps: readonly PathStep[]): Found | NotFound {
    const folded = name.toLowerCase()
    const last = steps[1]?.name ?? ''
    if (folded === '$flow') {
      const [fact, kind] = facts.get(last.toLowerCase()) ?? []
      if (fact === undefined || kind === undefined) {
        return { problem: message('$Flow has no {name}', { name: last }), foreign: false }
      }
      return plain({ from: 'flow', fact }, one(kind), `$Flow.${fact}`)
    }
    const found = resolveName(this.#object, steps, { index: this.#scope })
    if ('problem' in found) {
      return { problem: found.problem, foreign: 'foreign' in found && found.foreign === true }
    }
    this.globals.add(found.path)
    return {
      source: { from: 'global', path: found.path },
      type: one(kindsOfMentions[found.kind]),
      mention: found,
      isSettable: false,
    }
  }

  #unknown(name: string): NotFound {
    const near = nearestName(name, this.#resources.keys())
    const problem =
      near === undefined
        ? message('the flow has no resource {name}', { name })
        : message('the flow has no resource {name}; did you mean {near}?', { name, near })
    return { problem, foreign: false }
  }
}

/** The triggering record is known in any spelling of its case. */
function canonical(name: string): string {
  const folded = name.toLowerCase()
  if (folded === '$record') return '$Record'
  return folded === '$record__prior' ? '$Record__Prior' : name
}

function whole(name: string, resource: NamedResource): Found {
  const isSettable = resource.as === 'value' && resource.isSettable
  const source: Source =
    resource.as === 'value' || resource.as === 'outputs'
      ? { from: 'resource', name }
      : { from: resource.as, name }
  return { ...plain(source, resource.type, name), isSettable }
}

function plain(source: Source, type: FlowType, path: string): Found {
  const kind = type.isList ? 'unusable' : mentionsOfKinds[type.kind]
  return { source, type, mention: { kind, path }, isSettable: false }
}

function resourcesOf(flow: Flow, object: string): ReadonlyMap<string, NamedResource> {
  const found = new Map<string, NamedResource>()
  const value = (name: string, type: FlowType, isSettable = false): void => {
    found.set(name, { as: 'value', type, isSettable })
  }
  if (object !== '') {
    value('$Record', one('record', object), true)
    value('$Record__Prior', one('record', object))
  }
  for (const { name, dataType, isCollection = false, objectType } of flow.variables ?? []) {
    value(name, { kind: kindOfDataType(dataType), object: objectType, isList: isCollection }, true)
  }
  for (const { name, dataType } of flow.constants ?? []) value(name, one(kindOfDataType(dataType)))
  for (const { name, dataType } of flow.formulas ?? []) {
    found.set(name, { as: 'formula', type: one(kindOfDataType(dataType ?? 'String')) })
  }
  for (const { name } of flow.textTemplates ?? []) {
    found.set(name, { as: 'template', type: one('text') })
  }
  for (const { rules = [] } of flow.decisions ?? []) {
    for (const { name } of rules) found.set(name, { as: 'outcome', type: one('boolean') })
  }
  for (const lookup of flow.recordLookups ?? []) {
    const isList = lookup.getFirstRecordOnly === false
    value(lookup.name, { kind: 'record', object: lookup.object, isList }, true)
  }
  for (const { name } of flow.recordCreates ?? []) value(name, one('text'))
  for (const element of [...(flow.actionCalls ?? []), ...(flow.subflows ?? [])]) {
    found.set(element.name, { as: 'outputs', type: one('any') })
  }
  for (const { name } of [...(flow.choices ?? []), ...(flow.dynamicChoiceSets ?? [])]) {
    value(name, one('any'))
  }
  for (const { fields = [] } of flow.screens ?? []) addScreenFields(fields, found)
  addItems(flow, found)
  return found
}

/** What is asked for on screens; what components give is told by them. */
function addScreenFields(
  fields: readonly FlowScreenField[],
  found: Map<string, NamedResource>,
): void {
  for (const { name, extensionName, fields: inner = [] } of fields) {
    const as = extensionName === undefined ? 'value' : 'outputs'
    if (name !== undefined) found.set(name, { as, type: one('any'), isSettable: false })
    addScreenFields(inner, found)
  }
}

/** Loops and collections hold what the collection that they go through holds. */
function addItems(flow: Flow, found: Map<string, NamedResource>): void {
  const collections = [
    ...(flow.loops ?? []).map(({ name, collectionReference }) => ({
      name,
      collectionReference,
      isList: false,
    })),
    ...(flow.collectionProcessors ?? []).map(({ name, collectionReference }) => ({
      name,
      collectionReference,
      isList: true,
    })),
  ]
  // One may go through what another gives, in any order of the file.
  for (let round = 0; round < collections.length; round++) {
    for (const { name, collectionReference, isList } of collections) {
      const type = found.get(collectionReference)?.type
      if (type === undefined && found.has(name)) continue
      const { kind = 'any', object } = type ?? {}
      found.set(name, { as: 'value', type: { kind, object, isList }, isSettable: true })
    }
  }
}
