/** Takes a journal entry back: what it changed becomes as it was, what came later stays. */
import { message } from '../base/message.ts'
import { refuse } from '../base/refusal.ts'
import { deepFreeze } from '../base/deep-freeze.ts'
import type { Declaration } from '../model/declaration.ts'
import { mergeBodies } from '../model/merge-bodies.ts'
import { parseComponent } from '../model/parse-declarations.ts'
import { metadataType } from '../model/metadata-types.ts'
import { componentKey } from '../model/resolve-mention.ts'
import { readBody } from './component-store.ts'
import type { DeployContext } from './context.ts'
import { readUndo, type JournalUndo, type Undo } from './journal.ts'
import type { Wish } from './make-plan.ts'

/** The wish to be where the entry began; refused when later changes stand in the way. */
export async function wishBack(context: DeployContext, number: number): Promise<Wish> {
  const found = await readUndo(context.storage, number)
  if (found === undefined)
    throw refuse('NOT_FOUND', message('there is no journal entry {number}', { number }))
  if (found.entry.revertedBy !== null) {
    throw refuse(
      'CONFLICT',
      message('entry {number} was reverted by entry {other}', {
        number,
        other: found.entry.revertedBy,
      }),
    )
  }
  const wanted = new Map(context.state().declarations)
  const conflicts: string[] = []
  const problems: Wish['problems'][number][] = []
  for (const component of found.undo.components) {
    const outcome = await undoComponent(context, component)
    conflicts.push(...outcome.conflicts)
    wanted.delete(componentKey(component.type, component.fullName))
    if (outcome.body === undefined) continue
    const type = metadataType(component.type)?.name
    if (type === undefined) throw new Error(`no metadata type ${component.type}`)
    const fullName = component.from ?? component.fullName
    const parsed = parseComponent(type, fullName, renamedBack(outcome.body, component, found.undo))
    problems.push(...parsed.problems)
    for (const declaration of parsed.declarations)
      wanted.set(componentKey(type, fullName), keepSame(context, declaration))
  }
  if (conflicts.length > 0) {
    throw refuse(
      'CONFLICT',
      message('entry {number} cannot be reverted: it was changed again later', { number }),
      {
        details: { conflicts },
      },
    )
  }
  return {
    declarations: [...wanted.values()],
    problems,
    written: new Set(
      found.undo.components.map((one) => componentKey(one.type, one.from ?? one.fullName)),
    ),
    consentForAccess: false,
    valueMoves: (found.undo.replaced ?? []).map(([object, field]) => ({
      kind: 'restore',
      object,
      field,
      entry: number,
    })),
    ...renamesBack(found.undo),
  }
}

function keepSame(context: DeployContext, declaration: Declaration): Declaration {
  const known = context
    .state()
    .declarations.get(componentKey(declaration.type, declaration.fullName))
  return JSON.stringify(known?.body) === JSON.stringify(declaration.body) && known !== undefined
    ? known
    : declaration
}

interface UndoneComponent {
  readonly body: unknown
  readonly conflicts: readonly string[]
}

async function undoComponent(context: DeployContext, undo: Undo): Promise<UndoneComponent> {
  const { storage } = context
  const before = undo.before === null ? undefined : await readBody(storage, undo.before)
  const after = undo.after === null ? undefined : await readBody(storage, undo.after)
  const key = componentKey(undo.type, undo.fullName)
  const present = context.state().declarations.get(key)?.body
  const merged = mergeBodies(
    { type: undo.type, fullName: undo.fullName },
    { base: after, ours: present, theirs: before },
  )
  return { body: deepFreeze(merged.body), conflicts: merged.conflicts.map((one) => one.path) }
}

/** The name that a rename gave is the previous one now, so that going back is a rename too. */
function renamedBack(body: unknown, component: Undo, undo: JournalUndo): unknown {
  if (component.type !== 'CustomObject' || typeof body !== 'object' || body === null) return body
  const record = { ...body } as Record<string, unknown>
  if (component.from !== undefined) {
    record['fullName'] = component.from
    record['previousNames'] = withName(record['previousNames'], component.fullName)
  }
  const fields = new Map(
    undo.renamedFields
      .filter(([, to]) => to.startsWith(`${component.fullName}.`))
      .map(([from, to]) => [memberPart(from), memberPart(to)]),
  )
  const list = record['fields']
  if (fields.size > 0 && Array.isArray(list)) {
    record['fields'] = list.map((field: Readonly<Record<string, unknown>>) => {
      const later = fields.get(String(field['fullName']))
      return later === undefined
        ? field
        : { ...field, previousNames: withName(field['previousNames'], later) }
    })
  }
  return record
}

function memberPart(fullName: string): string {
  return fullName.slice(fullName.indexOf('.') + 1)
}

function withName(names: unknown, name: string): readonly unknown[] {
  const known: readonly unknown[] = Array.isArray(names) ? names : []
  return [...known.filter((one) => one !== name), name]
}

function renamesBack(undo: JournalUndo): Pick<Wish, 'renamedFields' | 'renamedOthers'> {
  const fields = new Map<string, Map<string, string>>()
  for (const [from, to] of undo.renamedFields) {
    const object = to.slice(0, to.indexOf('.'))
    const names = fields.get(object) ?? new Map<string, string>()
    fields.set(object, names.set(memberPart(to), memberPart(from)))
  }
  const others = undo.components.flatMap(({ type, fullName, from }) =>
    from === undefined || type === 'CustomObject'
      ? []
      : [[componentKey(type, fullName), componentKey(type, from)] as const],
  )
  const members = (undo.renamedMembers ?? []).map(([from, to]) => [to, from] as const)
  return { renamedFields: fields, renamedOthers: new Map([...others, ...members]) }
}
