/** The objects of whose records somebody may see more or fewer after a change of the model or of the people; pure. */
import { objectSharing, rankOf, type ObjectSharing } from '../../access/object-sharing.ts'
import { sameJson } from '../../base/same-json.ts'
import type { Model, ObjectModel } from '../../model/model.ts'

export interface Affected {
  /** For everybody: what the metadata says of their sharing is another. */
  readonly forAll: ReadonlySet<string>
  /** Which may be affected by themselves for whoever stands elsewhere, or has other people below him. */
  readonly byPeople: readonly string[]
}

export interface AffectedInput {
  readonly now: Model
  readonly wanted: Model
  /** Somebody would stand elsewhere. */
  readonly peopleMove: boolean
}

/** What is new or goes has no records that anybody sees today and afterwards. */
export function affectedObjects({ now, wanted, peopleMove }: AffectedInput): Affected {
  const names = now.objectNames.filter(
    (name) => !now.ledgerNames.has(name) && wanted.object(name) !== undefined,
  )
  const chosen = (which: (sharing: ObjectSharing) => boolean): readonly string[] =>
    names.filter((name) => {
      const object = wanted.object(name)
      return object !== undefined && which(objectSharing(wanted, object))
    })
  const changed = names.filter((name) => {
    const [before, after] = [now.object(name), wanted.object(name)]
    if (before === undefined || after === undefined) return false
    return !sameJson(sharingText(now, before), sharingText(wanted, after))
  })
  const byOwners = peopleMove ? chosen(opensByOwners) : []
  const byPeople = peopleMove ? chosen(decidesByPeople) : []
  return {
    forAll: withFollowers(wanted, [...changed, ...byOwners]),
    byPeople,
  }
}

/** What a record decides over, and what is seen because a child of it is, follows. */
export function withFollowers(model: Model, first: readonly string[]): ReadonlySet<string> {
  const affected = new Set(first)
  const names = affected.size === 0 ? [] : model.objectNames
  for (let before = -1; before !== affected.size;) {
    before = affected.size
    for (const name of names) {
      const object = model.object(name)
      if (object !== undefined && follows(model, object, affected)) affected.add(name)
    }
  }
  return affected
}

function decidesByPeople({ parents, everybody, outsiders }: ObjectSharing): boolean {
  return parents.length === 0 && Math.min(everybody, outsiders) < rankOf.all
}

/** Whose records a rule opens depends on where the owners stand. */
function opensByOwners({ parents, rules }: ObjectSharing): boolean {
  return (
    parents.length === 0 &&
    rules.some(({ from }) => from.kind === 'owners' && from.of.allInternalUsers !== true)
  )
}

function sharingText(model: Model, object: ObjectModel): unknown {
  const { declaration, name } = object
  const { parents, grants } = objectSharing(model, object)
  const rules = model.component('SharingRules', name)?.body
  return [
    declaration.sharingModel ?? null,
    declaration.externalSharingModel ?? null,
    declaration.sharingHierarchy !== false,
    parents.map((field) => field.name),
    declaration.sharedByChildren ?? [],
    rules?.sharingOwnerRules ?? [],
    rules?.sharingCriteriaRules ?? [],
    grants.map(({ holder, level, active }) => [
      holder.name,
      level.field.name,
      active.map(({ field }) => field.name),
    ]),
  ]
}

function follows(model: Model, object: ObjectModel, affected: ReadonlySet<string>): boolean {
  const { parents, children } = objectSharing(model, object)
  return (
    parents.some((field) => field.reference?.targets.some((target) => affected.has(target))) ||
    children.some((child) => affected.has(child.object.name))
  )
}
