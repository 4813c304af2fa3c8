/** A guided process of a model, ready to be run: its steps, what each attribute holds, its formulas analysed once. */
import type { ServiceProcess } from '../../../metadata/types.ts'
import { analyseFormula } from '../../formula/analyse-formula.ts'
import type { Formula } from '../../formula/tree.ts'
import { indexOf } from '../../model/compile-model.ts'
import type { GlobalMention } from '../../model/global-mention.ts'
import type { FieldModel, Model } from '../../model/model.ts'
import {
  attributeFields,
  type AttributeField,
  type AttributeSources,
} from '../../model/processes/attribute-field.ts'
import {
  groupsOf,
  screensOf,
  type ProcessGroup,
  type ProcessScreen,
} from '../../model/processes/process-parts.ts'
import { globalScope, processScope } from '../../model/processes/process-scope.ts'
import { valueSetIn } from '../../model/value-sets.ts'

export interface ReadyProcess {
  readonly name: string
  /** In the words of the model's language. */
  readonly body: Readonly<ServiceProcess>
  readonly screens: readonly ProcessScreen[]
  readonly groups: readonly ProcessGroup[]
  /** By lower-case developer name; attributes that hold a value. */
  readonly fields: ReadonlyMap<string, AttributeField>
  /** A formula over the answers, or over an entry of a repeated group; undefined where it cannot be understood. */
  formula(text: string, entryOf?: string): Formula | undefined
  /** A formula over globals alone. */
  defaultOf(text: string): Formula | undefined
  /** Every global that its formulas name. */
  readonly globals: readonly GlobalMention[]
}

const byModel = new WeakMap<Model, Map<string, ReadyProcess>>()

/** Undefined where the model has no process of exactly this name. */
export function readyProcess(model: Model, name: string): ReadyProcess | undefined {
  const known = byModel.get(model) ?? new Map<string, ReadyProcess>()
  byModel.set(model, known)
  const ready = known.get(name)
  if (ready !== undefined) return ready
  const body = model.component('ServiceProcess', name)?.body
  if (body === undefined) return undefined
  const made = makeReady(model, body)
  known.set(name, made)
  return made
}

/** The same for a body that is not part of the model, such as one that is being built. */
export function makeReady(model: Model, body: Readonly<ServiceProcess>): ReadyProcess {
  const index = indexOf(model)
  const fields = attributeFields(body, sourcesOf(model))
  const formulas = new Map<string, Formula | undefined>()
  const formula: ReadyProcess['formula'] = (text, entryOf) => {
    const key = `${entryOf ?? ''}\n${text}`
    if (formulas.has(key)) return formulas.get(key)
    const scope = processScope({ service: body, fields, index, entryOf })
    const made = analyseFormula({ text, context: 'flow', scope }).formula
    formulas.set(key, made)
    return made
  }
  const defaultOf = (text: string): Formula | undefined =>
    analyseFormula({ text, context: 'flow', scope: globalScope(index) }).formula
  return {
    name: body.fullName,
    body,
    screens: screensOf(body),
    groups: groupsOf(body),
    fields: new Map(fields.map((field) => [field.name.toLowerCase(), field])),
    formula,
    defaultOf,
    globals: globalsOf(body, { formula, defaultOf }),
  }
}

function sourcesOf(model: Model): AttributeSources {
  return {
    field: (object, name) => {
      const field = fieldOf(model, object, name)
      if (field === undefined) return undefined
      const { object: owner, name: canonical, type, options, values } = field
      // Labels of values are those of the model's language.
      const worded = values.length === 0 ? options : { ...options, values }
      return { object: owner, field: canonical, type, options: worded }
    },
    valueSets: (name) => valueSetIn(indexOf(model), name),
  }
}

/** Any letter case. */
export function fieldOf(model: Model, object: string, name: string): FieldModel | undefined {
  return model.object(object)?.fieldsByName.get(name.toLowerCase())
}

/** The repeated group of an attribute or record, as formulas are asked for it. */
function globalsOf(
  body: Readonly<ServiceProcess>,
  { formula, defaultOf }: Pick<ReadyProcess, 'formula' | 'defaultOf'>,
): readonly GlobalMention[] {
  const repeated = new Set(
    (body.serviceProcessItemGroups ?? []).flatMap(({ isRepeated, apiName }) =>
      isRepeated === true ? [apiName] : [],
    ),
  )
  const over = (text: string | undefined, group?: string): readonly (Formula | undefined)[] =>
    text === undefined
      ? []
      : [formula(text, group !== undefined && repeated.has(group) ? group : undefined)]
  const formulas = [
    ...(body.serviceProcessItemGroups ?? []).flatMap((one) => over(one.visibilityFormula)),
    ...(body.screens ?? []).flatMap((one) => over(one.visibilityFormula)),
    ...(body.serviceProcessAttributes ?? []).flatMap((one) => [
      ...over(one.visibilityFormula, one.groupApiName),
      ...over(one.errorConditionFormula, one.groupApiName),
      ...(one.defaultFormula === undefined ? [] : [defaultOf(one.defaultFormula)]),
    ]),
    ...[...(body.recordCreates ?? []), ...(body.recordUpdates ?? [])].flatMap((one) => [
      ...over(one.conditionFormula, one.collectionReference),
      ...(one.inputAssignments ?? []).flatMap((set) => over(set.formula, one.collectionReference)),
    ]),
  ]
  const mentions = formulas.flatMap((one) => one?.mentions ?? [])
  // What begins with "$" was resolved as a global.
  const globals = mentions.filter((one) => one.path.startsWith('$')) as GlobalMention[]
  return [...new Map(globals.map((one) => [one.path, one])).values()]
}
