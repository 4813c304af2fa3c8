/** What a form needs beside its layout: computed defaults, and the rules that the browser can check before the save. */
import { computedDefaults } from '../defaults/computed-defaults.ts'
import type { RawValue } from '../../formula/environment.ts'
import type { FieldMention } from '../../formula/types.ts'
import type { Model, ObjectModel } from '../../model/model.ts'
import { resolveMentionPath } from '../../model/formula-scope.ts'
import { rulesOf, type RuleModel } from '../../model/validation-rules.ts'
import { maySee, type Gate } from '../../query/resolve.ts'
import { formulaNeeds, type FormulaNeeds, type RecordNeeds } from '../formulas/formula-needs.ts'
import { readerOf } from '../formulas/formula-row.ts'
import { formulaRow, readBeside } from '../formulas/load-rows.ts'
import { knownOf, loadGlobals, surroundingsOf } from '../formulas/surroundings.ts'
import type { RecordContext } from '../record-parts.ts'
import type { Caller } from '../records.ts'
import { gateOf } from '../targets.ts'

/** In the order of the answer; see docs/extension-api.md. */
interface FormFacts {
  readonly now: number
  readonly zone: readonly (readonly [from: number, offsetMs: number])[]
  readonly defaults: Readonly<Record<string, unknown>>
  readonly globals: Readonly<Record<string, RawValue>>
  readonly rules: readonly RuleFacts[]
}

interface RuleFacts {
  readonly name: string
  readonly message: string
  readonly field: string | null
  readonly formula: string
  readonly mentions: readonly FieldMention[]
}

export interface FormInput {
  readonly context: RecordContext
  readonly caller: Caller
  /** In the caller's language. */
  readonly model: Model
  readonly object: ObjectModel
}

export async function formFacts(input: FormInput): Promise<string> {
  const { context, caller, model, object } = input
  const gate = gateOf(model, caller)
  const rules = rulesOf(model, object).filter((rule) => isOpen(gate, object, rule))
  const needs = formulaNeeds(model, object, { formulas: rules.map(({ formula }) => formula) })
  const facts: FormFacts = {
    now: context.clock.now(),
    ...(await around(input, rules, needs)),
    defaults: await defaultsFor(input, gate),
    rules: rules.map((rule) => ruleFacts(gate, rule)),
  }
  return JSON.stringify(facts)
}

/** Rules over what the caller may see, of the record itself; all others are left to the server. */
function isOpen(gate: Gate, object: ObjectModel, rule: RuleModel): boolean {
  const { formula } = rule
  if (!rule.inForms || formula.functions.some((name) => serverFunctions.has(name))) return false
  if (formula.mentions.some(({ path }) => path.startsWith('$CustomMetadata.'))) return false
  // Formula fields of the record would change with it, and the browser does not compute them.
  if (formula.mentions.some((mention) => isFormulaField(object, mention))) return false
  const needs = formulaNeeds(gate.model, object, { formulas: [formula] })
  // What is protected is nobody's to read outside of the server.
  if ([...needs.settings.keys()].some(isProtected)) return false
  // Formula fields are computed by the server, as is a name that is made of its parts.
  if (needs.record.parents.size > 0 || needs.computed.size > 0) return false
  if ([...needs.record.fields].some(({ type }) => type.derive !== undefined)) return false
  return [needs.record, needs.user, needs.organization].every(
    (one) => one === undefined || isVisible(gate, one),
  )
}

function isProtected({ declaration: { visibility } }: ObjectModel): boolean {
  return visibility === 'Protected' || visibility === 'PackageProtected'
}

function isFormulaField(object: ObjectModel, { path, ownField }: FieldMention): boolean {
  if (ownField !== true) return false
  return object.fieldsByName.get(path.toLowerCase())?.formula !== undefined
}

const serverFunctions: ReadonlySet<string> = new Set(['VLOOKUP', 'CURRENCYRATE'])

function isVisible(gate: Gate, needs: RecordNeeds): boolean {
  const isOwn = [...needs.fields].every((field) => maySee(gate, field))
  return isOwn && [...needs.parents.values()].every((parent) => isVisible(gate, parent.needs))
}

function ruleFacts(gate: Gate, { name, message, formula, displayField }: RuleModel): RuleFacts {
  const isShown = displayField !== undefined && maySee(gate, displayField)
  return {
    name,
    message,
    field: isShown ? displayField.name : null,
    formula: formula.text,
    // What only messages of the checker say is of no use in a form.
    mentions: formula.mentions.map(({ label: _, kindLabel: __, ...mention }) => mention),
  }
}

type Around = Pick<FormFacts, 'zone' | 'globals'>

/** The zone and the values of globals, as far as the rules ask for them. */
async function around(
  { context, caller, model, object }: FormInput,
  rules: readonly RuleModel[],
  needs: FormulaNeeds,
): Promise<Around> {
  if (rules.length === 0) return { zone: [], globals: {} }
  const reader = readBeside(context.storage)
  const { userId } = caller
  const rows = await loadGlobals(reader, { model, needs, userIds: [userId] })
  const known = { now: context.clock.now(), ...knownOf(rows, userId) }
  const surroundings = surroundingsOf(model, caller, known)
  const read = readerOf(
    formulaRow(object, () => null, new Map()),
    surroundings,
  )
  const mentions = rules.flatMap(({ formula }) => formula.mentions)
  const ofGlobals = mentions.filter(({ path }) => {
    return resolveMentionPath(model, object, path).global !== undefined
  })
  return {
    zone: surroundings.zone.transitions.map(({ from, offsetMs }) => [from, offsetMs] as const),
    globals: Object.fromEntries(ofGlobals.map((mention) => [mention.path, read(mention) ?? null])),
  }
}

async function defaultsFor(
  { context, caller, model, object }: FormInput,
  gate: Gate,
): Promise<FormFacts['defaults']> {
  const computed = await computedDefaults({ context, caller, model, object })
  const open = [...(computed ?? [])].filter(([field]) =>
    gate.access.mayField(object.name, field.name, 'edit'),
  )
  return Object.fromEntries(open.map(([field, value]) => [field.name, value]))
}
