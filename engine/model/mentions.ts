/** Finds and rewrites what a component mentions, site by site. */
import type { MetadataTypes } from '../../metadata/types.ts'
import { entitledObject } from './approvals/milestone-holder.ts'
import type { Declaration } from './declaration.ts'
import { rewriteFlowPaths } from './flows/flow-paths.ts'
import { flowPathSite, mentionSites, type MentionSite } from './mention-sites.ts'
import { typeOfRecord } from './metadata-type-fields.ts'
import { targetOf } from './quick-actions/action-names.ts'
import type { Pointer } from './source-problem.ts'

export interface Mention {
  readonly site: MentionSite
  readonly text: string
  readonly pointer: Pointer
  /** The object whose fields are meant; undefined where the site itself says it. */
  readonly object: string | undefined
}

/** Gives the text that shall stand there; the same text changes nothing. */
type Rewrite = (mention: Mention) => string

const found = new WeakMap<object, readonly Mention[]>()

/** All mentions of a component; kept with its body, which never changes. */
export function mentionsOf(declaration: Declaration): readonly Mention[] {
  const known = found.get(declaration.body)
  if (known !== undefined) return known
  const mentions: Mention[] = []
  rewriteMentions(declaration, (mention) => {
    mentions.push(mention)
    return mention.text
  })
  found.set(declaration.body, mentions)
  return mentions
}

/** The body with every mention replaced by what `rewrite` answers; the same body when nothing changed. */
export function rewriteMentions<Body extends Declaration>(
  declaration: Body,
  rewrite: Rewrite,
): Body['body'] {
  const sites = mentionSites[declaration.type] ?? []
  const object = objectOf(declaration)
  let body: unknown = declaration.body
  for (const site of sites) {
    body = rewriteAt(body, { site, rewrite, object, pointer: [], depth: 0 })
  }
  if (declaration.type === 'Flow') {
    body = rewriteFlowPaths(body as MetadataTypes['Flow'], (path) =>
      rewrite({ site: flowPathSite, ...path }),
    )
  }
  // A rewrite exchanges texts for texts, so the body keeps its type.
  return body as Body['body']
}

/** The object that a component belongs to: "Account-Account Layout" belongs to Account. */
export function objectOf(declaration: Declaration): string | undefined {
  if (declaration.type === 'CustomObject' || namedByObject.has(declaration.type)) {
    return declaration.fullName
  }
  if (declaration.type === 'Layout' || declaration.type === 'CustomObjectTranslation') {
    const dash = declaration.fullName.indexOf('-')
    return dash <= 0 ? undefined : declaration.fullName.slice(0, dash)
  }
  if (declaration.type === 'ApprovalProcess') return declaration.fullName.split('.', 1)[0]
  if (declaration.type === 'EntitlementProcess') {
    return entitledObject(declaration.body as MetadataTypes['EntitlementProcess'])
  }
  if (declaration.type === 'Flow') return (declaration.body as MetadataTypes['Flow']).start?.object
  if (declaration.type === 'CustomMetadata') return typeOfRecord(declaration.fullName)
  if (declaration.type === 'QuickAction') {
    return targetOf(declaration.body as MetadataTypes['QuickAction'])
  }
  if ('secret' in declaration.body) return declaration.body.object
  if ('entityName' in declaration.body) return declaration.body.entityName
  if ('relatedEntityType' in declaration.body) return declaration.body.relatedEntityType
  return undefined
}

/** Components that have the name of their object. */
const namedByObject: ReadonlySet<string> = new Set([
  'SharingRules',
  'Workflow',
  'AssignmentRules',
  'ScoringRules',
])

interface Step {
  readonly site: MentionSite
  readonly rewrite: Rewrite
  readonly object: string | undefined
  readonly pointer: Pointer
  readonly depth: number
}

function rewriteAt(node: unknown, step: Step): unknown {
  if (node === undefined || node === null) return node
  const key = step.site.path[step.depth]
  if (key === undefined) return rewriteText(node, step)
  if (key === '*') return rewriteList(node, step)
  if (typeof node !== 'object' || !Object.hasOwn(node, key)) return node
  const record = node as Readonly<Record<string, unknown>>
  const object = objectWithin(record, step)
  const next: Step = { ...step, object, pointer: [...step.pointer, key], depth: step.depth + 1 }
  const before = record[key]
  const after = rewriteAt(before, next)
  return after === before ? node : { ...record, [key]: after }
}

function rewriteList(node: unknown, step: Step): unknown {
  if (!Array.isArray(node)) return node
  const entries: readonly unknown[] = node
  const inside = step.site.path[step.depth + 1]
  const rewritten = entries.map((entry, index) => {
    // Most entries do not hold what the site is about; a large model has a million of them.
    if (!leadsOn(entry, inside)) return entry
    const object =
      step.site.scope === 'relatedList' ? relatedObject(entry, step.object) : step.object
    return rewriteAt(entry, {
      ...step,
      object,
      pointer: [...step.pointer, index],
      depth: step.depth + 1,
    })
  })
  return rewritten.every((entry, index) => entry === entries[index]) ? node : rewritten
}

function leadsOn(entry: unknown, key: string | undefined): boolean {
  if (key === undefined || key === '*') return true
  return typeof entry === 'object' && entry !== null && Object.hasOwn(entry, key)
}

/** An entry may say itself whose fields are meant; what is within it and says nothing means the same. */
function objectWithin(
  { object: named }: Readonly<Record<string, unknown>>,
  { site, object }: Step,
): string | undefined {
  return site.scope === 'entry' && typeof named === 'string' ? named : object
}

/** The related list's own entry says whose fields its columns are. */
function relatedObject(entry: unknown, inherited: string | undefined): string | undefined {
  if (typeof entry !== 'object' || entry === null) return inherited
  const { relatedList } = entry as { readonly relatedList?: unknown }
  if (typeof relatedList !== 'string') return undefined
  const dot = relatedList.indexOf('.')
  return dot <= 0 ? undefined : relatedList.slice(0, dot)
}

function rewriteText(node: unknown, step: Step): unknown {
  if (typeof node !== 'string') return node
  const { site, object, pointer } = step
  return step.rewrite({ site, text: node, pointer, object })
}
