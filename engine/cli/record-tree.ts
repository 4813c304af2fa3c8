/** Records in the tree format of the ecosystem: files of records with references, and a plan of their order. */
import { limits } from '../base/limits.ts'
import { CliError } from './cli-error.ts'

export type TreeRecord = Readonly<Record<string, unknown>>

export interface PlanStep {
  readonly sobject: string
  readonly saveRefs: boolean
  readonly resolveRefs: boolean
  readonly files: readonly string[]
}

function isObject(value: unknown): value is TreeRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new CliError(`${file} is no JSON: ${error.message}`)
  }
}

export function readPlan(text: string, file: string): readonly PlanStep[] {
  const steps = parsed(text, file)
  if (!Array.isArray(steps)) throw new CliError(`${file} is no plan: a plan is a list of steps.`)
  return steps.map((step: unknown, index) => {
    const files: unknown = isObject(step) ? step['files'] : undefined
    if (!isObject(step) || typeof step['sobject'] !== 'string' || !Array.isArray(files)) {
      throw new CliError(`${file}: step ${index + 1} needs "sobject" and "files".`)
    }
    return {
      sobject: step['sobject'],
      saveRefs: step['saveRefs'] === true,
      resolveRefs: step['resolveRefs'] === true,
      // A file may stand in the plan with flags of its own.
      files: files.map((one: unknown) => String(isObject(one) ? one['file'] : one)),
    }
  })
}

export function readTree(text: string, file: string): readonly TreeRecord[] {
  const tree = parsed(text, file)
  const records: unknown = isObject(tree) ? tree['records'] : undefined
  if (Array.isArray(records) && records.every(isObject)) return records
  throw new CliError(`${file} is no record tree: it needs a list "records".`)
}

/** The object of the first record; a file holds records of one. */
export function objectOf(records: readonly TreeRecord[], file: string): string {
  const attributes = records[0]?.['attributes']
  const type = isObject(attributes) ? attributes['type'] : undefined
  if (typeof type === 'string') return type
  throw new CliError(`${file}: its records need attributes with a type.`)
}

/** With the ids of records that were saved before in place of `@reference`. */
export function resolved(record: TreeRecord, ids: ReadonlyMap<string, string>): TreeRecord {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [name, resolvedValue(value, ids)]),
  )
}

function resolvedValue(value: unknown, ids: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string' && value.startsWith('@')) {
    const id = ids.get(value.slice(1))
    if (id === undefined) throw new CliError(`${value} refers to no record that was saved before.`)
    return id
  }
  if (!isObject(value) || !Array.isArray(value['records'])) return value
  return { records: value['records'].filter(isObject).map((one) => resolved(one, ids)) }
}

function sizeOf(record: TreeRecord): number {
  const children = Object.values(record).flatMap((value) =>
    isObject(value) && Array.isArray(value['records']) ? value['records'].filter(isObject) : [],
  )
  return children.reduce((sum, child) => sum + sizeOf(child), 1)
}

/** As many records at once as one request takes, children counted. */
export function* treeRequests(records: readonly TreeRecord[]): Generator<readonly TreeRecord[]> {
  let some: TreeRecord[] = []
  let size = 0
  for (const record of records) {
    const more = sizeOf(record)
    if (some.length > 0 && size + more > limits.bulkRecordsMax) {
      yield some
      some = []
      size = 0
    }
    some.push(record)
    size += more
  }
  if (some.length > 0) yield some
}

/** Queried records as a tree: references for ids that stand in it, nothing that the server fills by itself. */
export class TreeWriter {
  readonly #references = new Map<string, string>()
  readonly #counts = new Map<string, number>()

  /** `withReferences`: ids of records of earlier queries become `@reference`. */
  tree(records: readonly unknown[], withReferences: boolean): readonly TreeRecord[] {
    const before = withReferences ? new Map(this.#references) : new Map<string, string>()
    return records.filter(isObject).map((record) => this.#node(record, before))
  }

  #node(record: TreeRecord, before: ReadonlyMap<string, string>): TreeRecord {
    const attributes = record['attributes']
    const type = isObject(attributes) ? String(attributes['type']) : ''
    const referenceId = this.#reference(type, record['Id'])
    const values = Object.entries(record).flatMap(([name, value]): [string, unknown][] => {
      if (name === 'attributes' || name === 'Id' || value === null) return []
      if (isObject(value)) {
        const children: unknown = value['records']
        if (!Array.isArray(children)) return []
        const nodes = children.filter(isObject).map((child) => this.#node(child, before))
        return [[name, { records: nodes }]]
      }
      const reference = typeof value === 'string' ? before.get(value) : undefined
      return [[name, reference === undefined ? value : `@${reference}`]]
    })
    return { attributes: { type, referenceId }, ...Object.fromEntries(values) }
  }

  #reference(type: string, id: unknown): string {
    const number = (this.#counts.get(type) ?? 0) + 1
    this.#counts.set(type, number)
    const reference = `${type}Ref${number}`
    if (typeof id === 'string') this.#references.set(id, reference)
    return reference
  }
}
