/** Changes as they are asked for → the declarations that are wanted, all faults of shape at once. */
import { message, type Message } from '../base/message.ts'
import { nearestName } from '../base/nearest-name.ts'
import type { Declaration, MetadataTypeName, SourceProblem } from '../model/declaration.ts'
import {
  isInRecords,
  memberTypeNames,
  metadataType,
  metadataTypes,
  splitMember,
  type MemberPlace,
} from '../model/metadata-types.ts'
import { parseComponent } from '../model/parse-declarations.ts'
import { deployIt, keptAsRecords } from '../model/source/component-path.ts'
import { componentKey } from '../model/resolve-mention.ts'
import { didYouMean, reasoned } from '../model/source-problem.ts'
import type { CustomObject, GlobalValueSet, StandardValueSet } from '../../metadata/types.ts'
import type { ComponentChange, ReplaceChange } from './plan.ts'
import { replaceRequested } from './requested-replacements.ts'
import type { ValueMove } from './value-moves.ts'
import { isValueSetType } from '../model/value-sets.ts'

export interface Requested {
  readonly declarations: readonly Declaration[]
  readonly problems: readonly SourceProblem[]
  /** Keys of components whose new body was written out in the request. */
  readonly written: ReadonlySet<string>
  /** Old → new names that were asked for outright. */
  readonly renamedObjects: ReadonlyMap<string, string>
  readonly renamedFields: ReadonlyMap<string, ReadonlyMap<string, string>>
  readonly renamedOthers: ReadonlyMap<string, string>
  /** Values of picklists that give way to others. */
  readonly valueMoves: readonly ValueMove[]
}

/** A change of one component itself. */
type OwnChange = Exclude<ComponentChange, ReplaceChange>

type RawBody = Record<string, unknown>

interface Draft {
  readonly type: MetadataTypeName
  readonly fullName: string
  body: RawBody
}

/** Applies the changes one by one to copies of the bodies, then reads each touched body as if it were a file. */
export function requestedDeclarations(
  present: ReadonlyMap<string, Declaration>,
  changes: readonly ComponentChange[],
): Requested {
  const work = new Work(present)
  for (const change of changes) work.take(change)
  return work.finish()
}

/** Collects what a list of changes does; lives for one request. */
class Work {
  private readonly present: ReadonlyMap<string, Declaration>
  private readonly drafts = new Map<string, Draft>()
  private readonly removed = new Set<string>()
  private readonly problems: SourceProblem[] = []
  private readonly written = new Set<string>()
  private readonly objects = new Map<string, string>()
  private readonly fields = new Map<string, Map<string, string>>()
  private readonly others = new Map<string, string>()
  private readonly moves: ValueMove[] = []

  constructor(present: ReadonlyMap<string, Declaration>) {
    this.present = present
  }

  take(change: ComponentChange): void {
    if ('replaceValue' in change) return this.replaceValue(change)
    const place = splitMember(change.type, change.fullName)
    if (place !== undefined) this.takeMember(change, place)
    else if (memberTypeNames.includes(change.type)) {
      this.refuse(
        change,
        message('{type} must be named as Object.Name, not "{name}"', {
          type: change.type,
          name: change.fullName,
        }),
      )
    } else this.takeComponent(change)
  }

  private replaceValue(change: ReplaceChange): void {
    const replaced = replaceRequested(change, {
      objects: this.objectBodies(),
      valueSet: (type, name) => this.bodyOf<GlobalValueSet | StandardValueSet>(type, name),
    })
    if ('reason' in replaced) return this.refuse(change, replaced.reason, replaced.suggestion)
    for (const [object, body] of replaced.objects) this.putBody('CustomObject', object, body)
    if (replaced.valueSet !== undefined && isValueSetType(change.type)) {
      this.putBody(change.type, change.fullName, replaced.valueSet)
    }
    this.moves.push(...replaced.moves)
  }

  /** As the changes before have left them; what is wrong in a body is found when all are read. */
  private bodyOf<Body>(type: MetadataTypeName, fullName: string): Body | undefined {
    return this.draft(type, fullName)?.body as Body | undefined
  }

  private *objectBodies(): Generator<readonly [string, CustomObject]> {
    for (const { type, fullName } of this.present.values()) {
      if (type !== 'CustomObject') continue
      const key = componentKey(type, fullName)
      if (this.removed.has(key)) continue
      const body = this.drafts.get(key)?.body ?? this.present.get(key)?.body
      yield [fullName, body as CustomObject]
    }
  }

  private putBody(type: MetadataTypeName, fullName: string, body: object): void {
    const draft = this.draft(type, fullName)
    if (draft !== undefined) draft.body = { ...body }
  }

  private refuse(change: ComponentChange, reason: Message, suggestion?: Message): void {
    const file = `${change.type} ${change.fullName}`
    const words = reasoned(reason, suggestion)
    this.problems.push({ file, line: 1, column: 1, ...words, component: change.fullName })
  }

  private draft(type: MetadataTypeName, fullName: string): Draft | undefined {
    const key = componentKey(type, fullName)
    const known = this.drafts.get(key)
    if (known !== undefined || this.removed.has(key)) return known
    const declaration = this.present.get(key)
    if (declaration === undefined) return undefined
    const draft = { type, fullName, body: { ...declaration.body } }
    this.drafts.set(key, draft)
    return draft
  }

  private takeComponent(change: OwnChange): void {
    const type = metadataType(change.type)?.name
    if (type === undefined) {
      const names = [...metadataTypes.map((one) => one.name), ...memberTypeNames]
      const near = didYouMean(nearestName(change.type, names))
      this.refuse(
        change,
        message('there is no metadata type "{type}"', { type: change.type }),
        near,
      )
      return
    }
    if (isInRecords(type)) return this.refuse(change, keptAsRecords(type), deployIt)
    const key = componentKey(type, change.fullName)
    const draft = this.draft(type, change.fullName)
    if ('body' in change) {
      const body = asRecord(change.body)
      if (body === undefined) return this.refuse(change, message('the body must be a JSON object'))
      this.removed.delete(key)
      this.written.add(key)
      const { $schema: _, ...own } = body
      this.drafts.set(key, {
        type,
        fullName: change.fullName,
        body: { ...own, fullName: own['fullName'] ?? change.fullName },
      })
      return
    }
    if (draft === undefined)
      return this.refuse(
        change,
        message('there is no {type} "{name}"', { type, name: change.fullName }),
      )
    if ('patch' in change) draft.body = patched(draft.body, change.patch)
    else if ('delete' in change) {
      this.drafts.delete(key)
      this.removed.add(key)
    } else this.rename(draft, change.renameTo)
  }

  private rename(draft: Draft, to: string): void {
    const { type, fullName } = draft
    this.drafts.delete(componentKey(type, fullName))
    this.removed.add(componentKey(type, fullName))
    const body: RawBody = { ...draft.body, fullName: to }
    if (type === 'CustomObject') {
      body['previousNames'] = namesWith(draft.body['previousNames'], fullName, to)
      this.objects.set(fullName, to)
    } else this.others.set(componentKey(type, fullName), componentKey(type, to))
    this.renamed.push({ type, fullName: to, body })
  }

  /** Put in place at the end, so that two components may swap names. */
  private readonly renamed: Draft[] = []
  private readonly renamedMembers = new Set<RawBody>()

  private takeMember(change: OwnChange, place: MemberPlace): void {
    const draft = this.draft(place.type, place.fullName)
    if (draft === undefined) {
      return this.refuse(
        change,
        message('there is no {type} "{name}"', { type: place.type, name: place.fullName }),
      )
    }
    const { property, key } = place.list
    const entries = listOf(draft.body[property])
    const index = entries.findIndex(
      (entry) => entry[key] === place.member && !this.renamedMembers.has(entry),
    )
    if ('body' in change) {
      const body = asRecord(change.body)
      if (body === undefined) return this.refuse(change, message('the body must be a JSON object'))
      const entry = { ...body, [key]: place.member }
      draft.body[property] = index < 0 ? [...entries, entry] : entries.with(index, entry)
      return
    }
    const entry = entries[index]
    if (entry === undefined) {
      const near = didYouMean(
        nearestName(
          place.member,
          entries.map((one) => String(one[key])),
        ),
      )
      const reason = message('{object} has no {type} "{name}"', {
        object: place.fullName,
        type: change.type,
        name: place.member,
      })
      return this.refuse(change, reason, near)
    }
    if ('patch' in change) {
      draft.body[property] = entries.with(index, {
        ...patched(entry, change.patch),
        [key]: place.member,
      })
    } else if ('delete' in change) {
      draft.body[property] = entries.toSpliced(index, 1)
    } else this.renameMember({ change, place, draft, entry })
  }

  private renameMember(what: {
    readonly change: OwnChange & { readonly renameTo: string }
    readonly place: MemberPlace
    readonly draft: Draft
    readonly entry: RawBody
  }): void {
    const { change, place, draft, entry } = what
    const to = splitMember(change.type, change.renameTo)?.member ?? change.renameTo
    const renamed: RawBody = { ...entry, [place.list.key]: to }
    if (change.type === 'CustomField') {
      renamed['previousNames'] = namesWith(entry['previousNames'], place.member, to)
      const names = this.fields.get(place.fullName) ?? new Map<string, string>()
      this.fields.set(place.fullName, names.set(place.member, to))
    } else {
      this.others.set(
        componentKey(change.type, change.fullName),
        componentKey(change.type, `${place.fullName}.${to}`),
      )
    }
    this.renamedMembers.add(renamed)
    draft.body[place.list.property] = listOf(draft.body[place.list.property]).map((one) =>
      one === entry ? renamed : one,
    )
  }

  /** What opens records of an object by hand goes with the object. */
  private removeShares(): void {
    for (const [key, { type, body }] of this.present) {
      const leader =
        type === 'CustomObject' && 'rightsFollow' in body ? body.rightsFollow : undefined
      const isGone = leader !== undefined && this.removed.has(componentKey(type, leader))
      if (isGone && !this.drafts.has(key)) this.removed.add(key)
    }
  }

  finish(): Requested {
    for (const draft of this.renamed) {
      const key = componentKey(draft.type, draft.fullName)
      this.removed.delete(key)
      this.drafts.set(key, draft)
    }
    this.removeShares()
    const declarations = new Map(this.present)
    for (const key of this.removed) declarations.delete(key)
    for (const [key, draft] of this.drafts) {
      const parsed = parseComponent(draft.type, draft.fullName, draft.body)
      this.problems.push(...parsed.problems)
      for (const declaration of parsed.declarations) {
        const known = this.present.get(key)
        const same = JSON.stringify(known?.body) === JSON.stringify(declaration.body)
        declarations.set(key, same && known !== undefined ? known : declaration)
      }
    }
    return {
      declarations: [...declarations.values()],
      problems: this.problems,
      written: this.written,
      renamedObjects: this.objects,
      renamedFields: this.fields,
      renamedOthers: this.others,
      valueMoves: this.moves,
    }
  }
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isRecord ? (value as Readonly<Record<string, unknown>>) : undefined
}

/** Lists of members hold objects: the schema has checked the bodies that are applied. */
function listOf(value: unknown): RawBody[] {
  return Array.isArray(value) ? (value as RawBody[]) : []
}

function patched(body: RawBody, patch: Readonly<Record<string, unknown>>): RawBody {
  const next: RawBody = { ...body }
  for (const [attribute, value] of Object.entries(patch)) {
    if (value === null) delete next[attribute]
    else if (attribute !== '$schema') next[attribute] = value
  }
  return next
}

/** The list of previous names with one more; a name that is taken up again leaves it. */
function namesWith(names: unknown, from: string, to: string): readonly string[] {
  const known = Array.isArray(names) ? names.filter((name) => typeof name === 'string') : []
  return [...known.filter((name) => name !== to && name !== from), from]
}
