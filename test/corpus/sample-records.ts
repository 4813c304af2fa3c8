/** Makes valid values for every field of any object, and the records that they point at. */
import type { FieldModel, Model, ObjectModel } from '../../engine/model/model.ts'
import type { Api } from '../support/api.ts'

export const data = '/services/data/v67.0/sobjects'
const queries = '/services/data/v67.0/query'

export type Values = Readonly<Record<string, unknown>>

/** The fields that a caller may set, compounds by their parts. */
export function settableFields(object: ObjectModel): readonly FieldModel[] {
  return object.fields.filter(
    (field) => field.createable && !field.system && field.components.length === 0,
  )
}

type Sampler = (field: FieldModel, index: number) => unknown

const samplers: Readonly<Record<string, Sampler>> = {
  Text: (field, index) => fitted(field, `Text ${index}`),
  TextArea: (field, index) => fitted(field, `Line ${index}\nand another`),
  LongTextArea: (_, index) => `A long text ${index}\n\nof several lines`,
  Html: (_, index) => `<p>Rich <b>text</b> ${index}</p>`,
  EncryptedText: (field, index) => fitted(field, `Secret ${index}`),
  Email: (_, index) => `person${index}@example.com`,
  Phone: (_, index) => `+49 30 ${1000 + index}`,
  Url: (_, index) => `https://example.com/${index}`,
  Checkbox: () => true,
  // One day for all: rules want that nothing ends before it begins.
  Date: () => '2026-03-05',
  DateTime: (_, index) => `2026-03-01T10:${String(index % 60).padStart(2, '0')}:00.000+0000`,
  Time: (_, index) => `10:${String(index % 60).padStart(2, '0')}:00.000Z`,
  Number: decimal,
  Currency: decimal,
  Percent: decimal,
}

/** What validation rules of the projects demand of single fields. */
const byRule: ReadonlyMap<string, string> = new Map([['Fiscal_Year__c', 'FY26']])

/** As many characters as the field takes, the number at the end kept. */
function fitted(field: FieldModel, text: string): string {
  return text.slice(-Math.max(1, field.options.length ?? text.length))
}

/** With all its digits after the point; latitudes and longitudes within their bounds. */
function decimal(field: FieldModel, index: number): number {
  const scale = field.options.scale ?? 0
  const digits = (field.options.precision ?? 18) - scale
  const whole = digits < 1 ? 0 : digits < 2 ? 1 + (index % 8) : 10 + (index % 80)
  return Number(`${whole}.${'25'.slice(0, scale)}`)
}

/** A value that a controlling value chosen before allows; undefined when there is none. */
function choice(field: FieldModel, values: Readonly<Record<string, unknown>>): string | undefined {
  const controller =
    field.controllingField === undefined ? undefined : values[field.controllingField]
  return field.values.find(
    ({ active, validFor }) =>
      active &&
      (field.controllingField === undefined || validFor?.includes(String(controller)) === true),
  )?.value
}

/** Values of all fields but relations; undefined members are left out. */
export function plainValues(object: ObjectModel): Values {
  const values: Record<string, unknown> = {}
  const fields = settableFields(object).filter((field) => field.reference === undefined)
  for (const [index, field] of fields.entries()) {
    if (field.values.length > 0) continue
    const sampler = samplers[field.type.name]
    if (sampler !== undefined) values[field.name] = byRule.get(field.name) ?? sampler(field, index)
  }
  // Controlling fields before those that they control.
  const lists = fields.filter((field) => field.values.length > 0)
  const order = (field: FieldModel): number => (field.controllingField === undefined ? 0 : 1)
  for (const field of lists.toSorted((a, b) => order(a) - order(b))) {
    const value = choice(field, values)
    if (value !== undefined) values[field.name] = value
  }
  return values
}

/** Creates records and remembers one of each object, for others to point at. */
export class SampleRecords {
  private readonly api: Api
  private readonly model: Model
  /** Objects whose records come with metadata, and that have none: nothing can point at them. */
  readonly empty = new Set<string>()
  private readonly seeds = new Map<string, Promise<string | undefined>>()

  constructor(api: Api) {
    this.api = api
    this.model = api.engine.deployer.store.current()
  }

  /** Values for every field of the object that can be set, relations included. */
  async values(object: ObjectModel): Promise<Values> {
    return { ...plainValues(object), ...(await this.relations(object, () => true)) }
  }

  async create(object: ObjectModel, values: Values): Promise<string> {
    const told = await this.api.ask('POST', `${data}/${object.name}`, { as: 'admin', body: values })
    if (told.status !== 201) {
      throw new Error(`${object.name}: ${told.text}\n${JSON.stringify(values)}`)
    }
    return String(told.json['id'])
  }

  private async relations(
    object: ObjectModel,
    wanted: (field: FieldModel) => boolean,
  ): Promise<Values> {
    const values: Record<string, string> = {}
    for (const field of settableFields(object)) {
      const target = field.reference?.targets[0]
      const id = target !== undefined && wanted(field) ? await this.seed(target) : undefined
      if (id !== undefined) values[field.name] = id
    }
    return values
  }

  /** A record that is there already, as users and profiles are, or one made once. */
  private seed(name: string): Promise<string | undefined> {
    const known = this.seeds.get(name)
    if (known !== undefined) return known
    const made = this.makeSeed(name)
    this.seeds.set(name, made)
    return made
  }

  private async makeSeed(name: string): Promise<string | undefined> {
    const object = this.model.object(name)
    if (object === undefined) throw new Error(`no object ${name}`)
    const query = encodeURIComponent(`SELECT Id FROM ${name} LIMIT 1`)
    const { json } = await this.api.ask('GET', `${queries}?q=${query}`, { as: 'admin' })
    const present = json['records']?.[0]?.['Id']
    if (present !== undefined) return String(present)
    const { json: described } = await this.api.ask('GET', `${data}/${name}/describe`, {
      as: 'admin',
    })
    if (String(described['createable']) !== 'true') {
      this.empty.add(name)
      return undefined
    }
    // The required relations alone, so that two objects may point at each other.
    const required = await this.relations(object, (field) => field.required)
    return this.create(object, { ...plainValues(object), ...required })
  }
}
