/** Whatever happens to children, in whatever order and from however many writers at once: roll-ups stay right. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Refusal } from '../../../engine/base/refusal.ts'
import { databases, type OpenDatabase } from '../../support/databases.ts'
import { body, openOrganisation, type Organisation } from '../../support/organisation.ts'
import { createRandom, rounds, type Random } from '../../support/random.ts'
import { expectRight, readWorld } from './recompute.ts'
import { rollUpMetadata } from './roll-up-objects.ts'

const writers = 8

describe.each(databases)('roll-ups under random operations on $name', ({ open }) => {
  let database: OpenDatabase
  let organisation: Organisation

  beforeEach(async () => {
    database = await open()
    organisation = await openOrganisation(database.storage, rollUpMetadata)
  })
  afterEach(() => database.close())

  test(
    'equal their recomputation after thousands of operations of several writers',
    { timeout: 300_000 },
    async () => {
      const count = rounds(3_000)
      const random = createRandom()
      const crowd = new Crowd(organisation, random)
      await crowd.begin()
      const work = async (): Promise<void> => {
        while (crowd.tried < count) await crowd.step()
      }
      await Promise.all(Array.from({ length: writers }, work))
      const world = await readWorld(organisation)
      expect(world.plans.length, `seed ${random.seed}`).toBeGreaterThan(0)
      expectRight(world)
      expect(crowd.done).toBeGreaterThan(count / 2)
    },
  )
})

/** Makes, changes, moves, deletes and restores records; what another writer was faster with is no failure. */
class Crowd {
  readonly #organisation: Organisation
  readonly #random: Random
  readonly #living: Record<'region' | 'plan' | 'item', string[]> = {
    region: [],
    plan: [],
    item: [],
  }
  readonly #bin: string[] = []
  /** Changes of records, each row of a bulk by itself. */
  tried = 0
  done = 0

  constructor(organisation: Organisation, random: Random) {
    this.#organisation = organisation
    this.#random = random
  }

  async begin(): Promise<void> {
    for (let index = 0; index < 4; index++) await this.#create('Region__c', {})
    for (let index = 0; index < 12; index++) await this.#create('Plan__c', this.#planValues())
    for (let index = 0; index < 40; index++) await this.#create('Item__c', this.#itemValues())
  }

  async step(): Promise<void> {
    const dice = this.#random.below(100)
    const size = dice < 24 ? 1 + this.#random.below(60) : 1
    this.tried += size
    try {
      await (size > 1 ? this.#many(dice, size) : this.#operation(dice))
      this.done += size
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
    }
  }

  #many(dice: number, size: number): Promise<void> {
    if (dice < 18) return this.#createMany(size)
    return dice < 21 ? this.#updateMany(size) : this.#upsertMany(size)
  }

  #operation(dice: number): Promise<void> {
    if (dice < 25) return this.#create('Item__c', this.#itemValues())
    if (dice < 60) return this.#update('Item__c', this.#any('item'), this.#itemChange())
    if (dice < 66) return this.#create('Plan__c', this.#planValues())
    if (dice < 76) return this.#update('Plan__c', this.#any('plan'), this.#planValues())
    if (dice < 88) return this.#remove('Item__c', 'item')
    if (dice < 92) return this.#remove('Plan__c', 'plan')
    if (dice < 93) return this.#remove('Region__c', 'region')
    if (dice < 94) return this.#create('Region__c', {})
    if (dice < 99) return this.#undelete()
    return this.#purge()
  }

  #itemValues(): Readonly<Record<string, unknown>> {
    return { Plan__c: this.#any('plan'), ...this.#itemChange() }
  }

  /** Some of the fields of an item, its links among them. */
  #itemChange(): Readonly<Record<string, unknown>> {
    const random = this.#random
    const values = {
      Amount__c: random.pick([null, '0', '0.01', '-12.50', '99999999999.99', amount(random)]),
      Quantity__c: random.pick([null, '0.125', '7', '-3.5']),
      Due__c: random.pick([null, '2026-01-31', '2026-11-22', '2027-02-28', day(random)]),
      Paid_At__c: random.pick([null, '2026-11-22T09:30:00.000+0000', `${day(random)}T01:02:03Z`]),
      Status__c: random.pick([null, 'Open', 'Late', 'Done']),
      Plan__c: this.#any('plan'),
      Backup__c: random.pick([null, this.#any('plan'), this.#any('region')]),
    }
    const chosen = Object.entries(values).filter(
      ([field]) => random.below(field === 'Plan__c' ? 5 : 2) === 0,
    )
    return Object.fromEntries(chosen)
  }

  #planValues(): Readonly<Record<string, unknown>> {
    const random = this.#random
    return {
      Closed__c: random.below(4) === 0,
      ...(random.below(2) === 0 ? { Region__c: random.pick([null, this.#any('region')]) } : {}),
      ...(random.below(3) === 0 ? { Above__c: random.pick([null, this.#any('plan')]) } : {}),
    }
  }

  #any(kind: 'region' | 'plan' | 'item'): string {
    const ids = this.#living[kind]
    return ids[this.#random.below(ids.length)] ?? 'a0I000000000000AAA'
  }

  async #create(object: string, values: Readonly<Record<string, unknown>>): Promise<void> {
    const { records, admin } = this.#organisation
    const { id } = await records.create(admin, object, body({ Name: 'x', ...values }))
    this.#listOf(id).push(id)
  }

  async #createMany(length: number): Promise<void> {
    const { records, admin } = this.#organisation
    // Rows of one shape become one statement, others one each: both ways are used.
    const isMixed = this.#random.below(4) === 0
    const alike = { Name: 'many', ...this.#itemValues() }
    const bodies = Array.from({ length }, () => {
      const own = { Plan__c: this.#any('plan'), Amount__c: amount(this.#random) }
      return body(isMixed ? { Name: 'many', ...this.#itemValues() } : { ...alike, ...own })
    })
    const made = await records.createMany(admin, 'Item__c', bodies, { allOrNone: true })
    for (const one of made) if (!(one instanceof Error)) this.#listOf(one.id).push(one.id)
  }

  /** Of one shape, which becomes one statement, or of many. */
  #changes(): () => Readonly<Record<string, unknown>> {
    if (this.#random.below(4) === 0) return () => this.#itemChange()
    return () => ({
      Plan__c: this.#any('plan'),
      Amount__c: amount(this.#random),
      Status__c: this.#random.pick(['Open', 'Late', 'Done']),
    })
  }

  /** Each record once, some of them under other parents than before. */
  async #updateMany(length: number): Promise<void> {
    const { records, admin } = this.#organisation
    const ids = new Set(Array.from({ length }, () => this.#any('item')))
    const change = this.#changes()
    const changes = [...ids].map((id) => ({ id, body: body(change()) }))
    await records.updateMany(admin, 'Item__c', changes, { allOrNone: this.#random.below(2) === 0 })
  }

  /** By few keys, so that most of the records are there already. */
  async #upsertMany(length: number): Promise<void> {
    const { records, admin } = this.#organisation
    const keys = new Set(Array.from({ length }, () => `key ${this.#random.below(200)}`))
    const change = this.#changes()
    const bodies = [...keys].map((key) =>
      body({ Name: 'keyed', Plan__c: this.#any('plan'), ...change(), Key__c: key }),
    )
    const options = { field: 'Key__c', allOrNone: this.#random.below(2) === 0 }
    const outcomes = await records.upsertMany(admin, 'Item__c', bodies, options)
    for (const { result, created } of outcomes) {
      if (!(result instanceof Error) && created) this.#listOf(result.id).push(result.id)
    }
  }

  async #update(
    object: string,
    id: string,
    values: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    const { records, admin } = this.#organisation
    await records.update(admin, object, id, body({ ...values, Name: 'y' }))
  }

  async #remove(object: string, kind: 'region' | 'plan' | 'item'): Promise<void> {
    const { records, admin } = this.#organisation
    if (kind !== 'item' && this.#living[kind].length < 4) return
    const id = this.#any(kind)
    await records.remove(admin, object, id)
    this.#living[kind] = this.#living[kind].filter((one) => one !== id)
    this.#bin.push(id)
  }

  async #undelete(): Promise<void> {
    const id = this.#bin.splice(this.#random.below(this.#bin.length), 1)[0]
    if (id === undefined) return
    const { records, admin } = this.#organisation
    await records.undelete(admin, id)
    this.#listOf(id).push(id)
  }

  async #purge(): Promise<void> {
    const id = this.#bin.splice(this.#random.below(this.#bin.length), 1)[0]
    if (id === undefined) return
    const { records, admin } = this.#organisation
    await records.purge(admin, id)
  }

  #listOf(id: string): string[] {
    const kinds = { a0R: 'region', a0P: 'plan', a0I: 'item' } as const
    const kind = id.startsWith('a0R') ? kinds.a0R : id.startsWith('a0P') ? kinds.a0P : kinds.a0I
    return this.#living[kind]
  }
}

function amount(random: Random): string {
  return `${random.below(100_000)}.${String(random.below(100)).padStart(2, '0')}`
}

function day(random: Random): string {
  return `20${20 + random.below(10)}-0${1 + random.below(9)}-1${random.below(10)}`
}
