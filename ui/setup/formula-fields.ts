/** The fields that formulas may name: of an object, of the parents that a path leads to, behind globals. */
import { records } from '../api.ts'
import type { FieldInfo } from '../base/wire.ts'
import type { FieldParent, NamedField } from '../elements/setup-formula/formula-words.ts'
import { fieldKind } from './field-kinds.ts'

/** Globals that stand for one record of an object. */
const objectsOfGlobals: ReadonlyMap<string, string> = new Map([
  ['$user', 'User'],
  ['$profile', 'Profile'],
  ['$userrole', 'UserRole'],
  ['$organization', 'Organization'],
])

export class FormulaFields {
  readonly #object: string
  readonly #known = new Map<string, Promise<readonly NamedField[]>>()

  constructor(object: string) {
    this.#object = object
  }

  /** Fields of the object at the end of the path; none where the path leads nowhere. */
  async at(path: readonly string[]): Promise<readonly NamedField[]> {
    const object = await this.objectAt(path)
    return object === undefined ? [] : this.of(object)
  }

  async objectAt(path: readonly string[]): Promise<string | undefined> {
    const [first = '', ...rest] = path
    const global = objectsOfGlobals.get(first.toLowerCase())
    let object = global ?? this.#object
    for (const step of global === undefined ? path : rest) {
      const parents = (await this.of(object)).flatMap((field) => field.parents)
      const next = parents.find((parent) => parent.step.toLowerCase() === step.toLowerCase())
      if (next === undefined) return undefined
      object = next.object
    }
    return object
  }

  of(object: string): Promise<readonly NamedField[]> {
    // Defaults stand before any record: they have no object.
    if (object === '') return Promise.resolve([])
    const known = this.#known.get(object)
    if (known !== undefined) return known
    const asked = records.describe(object).then(
      ({ fields }) =>
        fields.map(namedField).toSorted((one, other) => one.label.localeCompare(other.label)),
      // An object that cannot be read has nothing to offer; the check says what is wrong.
      () => [],
    )
    this.#known.set(object, asked)
    return asked
  }
}

function namedField(field: FieldInfo): NamedField {
  const { name, label, type, fieldstone } = field
  const typeLabel = fieldKind(fieldstone?.type)?.label ?? fieldstone?.type ?? type
  const isKept = !field.createable && field.custom !== true
  return { name, label, typeLabel, isKept, parents: parentsOf(field) }
}

function parentsOf({ relationshipName, referenceTo = [] }: FieldInfo): readonly FieldParent[] {
  if (!relationshipName) return []
  const [only] = referenceTo
  if (referenceTo.length === 1 && only !== undefined)
    return [{ step: relationshipName, object: only }]
  return referenceTo.map((object) => ({ step: `${relationshipName}:${object}`, object }))
}
