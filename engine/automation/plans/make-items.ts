/** Makes the records that items of plans stand for, many of one kind by one save. */
import { message, type Message } from '../../base/message.ts'
import { limits } from '../../base/limits.ts'
import { Refusal, refuse } from '../../base/refusal.ts'
import { typedCell } from '../../bulk/ingest-columns.ts'
import { printDay } from '../../formula/calendar.ts'
import type { FieldModel } from '../../model/model.ts'
import { settled } from '../../records/outcomes.ts'
import { textAt, type Row } from '../read-rows.ts'
import { itemKind, targetField, type ItemKind } from './item-kinds.ts'
import { ownerNamed, readNamedOwners, readTeamMembers, type TeamMembers } from './owners.ts'
import type { PlanUnit } from './plan-unit.ts'
import type { TemplateItem, TemplateValue } from './template-content.ts'
import { formulaValue, isMessage, readValueFormula, type ValueFormula } from './value-formula.ts'
import { dueDay } from './work-calendar.ts'

export interface ItemToMake {
  /** The stored values of the plan. */
  readonly plan: Row
  readonly planId: string
  /** From which day deadlines count. */
  readonly from: number
  readonly item: TemplateItem
}

/** The ids of the records in order, or what is wrong with one. */
export type MadeItem = string | Refusal

export async function makeItems(
  unit: PlanUnit,
  items: readonly ItemToMake[],
): Promise<readonly MadeItem[]> {
  const filling = await readFilling(unit, items)
  const made: MadeItem[] = []
  for (const [object, places] of placesByObject(items)) {
    const bodies: (Body | Refusal)[] = []
    for (const place of places) {
      const item = items[place]
      if (item !== undefined) bodies.push(await settled(() => bodyOf(filling, item)))
    }
    const ids = await createAll(unit, object, bodies)
    places.forEach((place, index) => {
      const id = ids[index]
      if (id !== undefined) made[place] = id
    })
  }
  return made
}

type Body = ReadonlyMap<string, unknown>

function placesByObject(items: readonly ItemToMake[]): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>()
  items.forEach(({ item: { object } }, index) => {
    places.set(object, [...(places.get(object) ?? []), index])
  })
  return places
}

interface Filling {
  readonly unit: PlanUnit
  readonly owners: ReadonlyMap<string, string>
  readonly members: TeamMembers
  readonly formulas: ReadonlyMap<string, ValueFormula | Message>
}

/** What all items need to know, read at once. */
async function readFilling(unit: PlanUnit, items: readonly ItemToMake[]): Promise<Filling> {
  const values = new Set(items.flatMap(({ item }) => item.values))
  const texts = new Set([...values].flatMap(({ formula }) => formula ?? []))
  const formulas = new Map([...texts].map((text) => [text, readValueFormula(unit.model, text)]))
  const names = [...values].flatMap(({ field, literal }) => {
    return isOwner(field) && literal !== undefined ? [literal] : []
  })
  const roles = items.flatMap(({ plan, item }) =>
    item.values.flatMap(({ formula = '' }) => {
      const read = formulas.get(formula)
      const isRole = read !== undefined && !isMessage(read) && read.kind === 'role'
      return isRole ? [{ targetId: textAt(plan, 'TargetId') ?? '', role: read.role }] : []
    }),
  )
  return {
    unit,
    formulas,
    owners: await readNamedOwners(unit, names),
    members: await readTeamMembers(unit, roles),
  }
}

function isOwner(field: string): boolean {
  return field.toLowerCase() === 'ownerid'
}

async function bodyOf(filling: Filling, one: ItemToMake): Promise<Body> {
  const { unit } = filling
  const { item, plan } = one
  const kind = itemKind(unit.model, item.object)
  const object = unit.model.object(item.object)
  if (kind === undefined || object === undefined) {
    throw wrong(item, message('nobody can make a record of {object}', { object: item.object }))
  }
  const body = new Map<string, unknown>(Object.entries(kind.initial))
  if (object.nameField.createable) body.set(object.nameField.name, item.name)
  tie(filling, one, { kind, body })
  if (kind.requiredField !== undefined) body.set(kind.requiredField, item.required)
  if (object.ownerField !== undefined) body.set(object.ownerField.name, textAt(plan, 'OwnerId'))
  for (const value of item.values) {
    const field = object.fieldsByName.get(value.field.toLowerCase())
    if (field === undefined) {
      const told = message('{object} has no field {field}', {
        object: object.name,
        field: value.field,
      })
      throw wrong(item, told)
    }
    body.set(field.name, await valueFor(filling, one, { field, value }))
  }
  return body
}

interface Tying {
  readonly kind: ItemKind
  readonly body: Map<string, unknown>
}

function tie({ unit }: Filling, { plan }: ItemToMake, { kind, body }: Tying): void {
  const targetId = textAt(plan, 'TargetId') ?? ''
  const target = unit.model.objectByKeyPrefix(targetId.slice(0, 3))?.name ?? ''
  const field = targetField(unit.model, kind, target)
  if (field !== undefined) body.set(field, targetId)
}

interface Valuing {
  readonly field: FieldModel
  readonly value: TemplateValue
}

async function valueFor(
  filling: Filling,
  one: ItemToMake,
  { field, value }: Valuing,
): Promise<unknown> {
  const { literal, formula } = value
  if (formula !== undefined) return computed(filling, one, { field, formula })
  if (literal === undefined) return null
  if (!isOwner(field.name)) return typedCell(field, literal)
  const owner = ownerNamed(filling.owners, literal)
  if (typeof owner === 'string') return owner
  throw wrong(one.item, owner)
}

interface Computing {
  readonly field: FieldModel
  readonly formula: string
}

async function computed(
  { unit, formulas, members }: Filling,
  { plan, planId, item, from }: ItemToMake,
  { field, formula }: Computing,
): Promise<unknown> {
  const read = formulas.get(formula) ?? readValueFormula(unit.model, formula)
  if (isMessage(read)) throw wrong(item, read)
  if (read.kind === 'formula') return formulaValue(unit, planId, read.formula)
  if (read.kind === 'field') return plan.get(read.field.name) ?? null
  if (read.kind === 'role') {
    const targetId = textAt(plan, 'TargetId') ?? ''
    // Nobody has the role: whoever is responsible for the plan finds somebody.
    return members({ targetId, role: read.role }) ?? textAt(plan, 'OwnerId') ?? null
  }
  const calendar = plan.get('IsUsingHolidayHours') === true ? await unit.calendar() : undefined
  const day = printDay(dueDay(from, read.days, calendar))
  return field.type.describe(field.options).type === 'datetime' ? `${day}T09:00:00.000Z` : day
}

function wrong({ name }: TemplateItem, told: Message): Refusal {
  return refuse(
    'FIELD_CUSTOM_VALIDATION_EXCEPTION',
    message('Item {name} of the template: {told}', { name, told }),
  )
}

/** In as many saves as their number needs; each refused body is told by its place. */
async function createAll(
  { records, caller }: PlanUnit,
  object: string,
  bodies: readonly (Body | Refusal)[],
): Promise<readonly MadeItem[]> {
  const outcomes: MadeItem[] = []
  const places: number[] = []
  bodies.forEach((body, index) => {
    if (body instanceof Refusal) outcomes[index] = body
    else places.push(index)
  })
  for (let start = 0; start < places.length; start += limits.unitRecordsMax) {
    const some = places.slice(start, start + limits.unitRecordsMax)
    const sent = some.flatMap((index) => {
      const body = bodies[index]
      return body === undefined || body instanceof Refusal ? [] : [body]
    })
    const results = await records.createMany(caller, object, sent, { allOrNone: false })
    some.forEach((place, index) => {
      const result = results[index]
      if (result !== undefined) outcomes[place] = result instanceof Refusal ? result : result.id
    })
  }
  return outcomes
}
