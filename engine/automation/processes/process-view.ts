/** A process as its runner needs it: steps, groups, attributes in the words of describe, and conditions it can decide itself. */
import type { Formula } from '../../formula/tree.ts'
import type { FieldMention } from '../../formula/types.ts'
import type { GlobalMention } from '../../model/global-mention.ts'
import type { Model } from '../../model/model.ts'
import { displayText, type AttributeField } from '../../model/processes/attribute-field.ts'
import type { ProcessGroup, ProcessScreen } from '../../model/processes/process-parts.ts'
import { maySee, type Gate } from '../../query/resolve.ts'
import { choiceColumns } from './choices.ts'
import type { AnswerCheck } from './check-answers.ts'
import { fieldOf } from './ready-process.ts'

type ViewInput = Pick<AnswerCheck, 'process' | 'caller' | 'model' | 'around' | 'records'> & {
  readonly gate: Gate
}

export function processView(input: ViewInput): object {
  const { process, around } = input
  const { processLabel, description, shortDescription, closingMessage } = process.body
  return {
    name: process.name,
    label: processLabel,
    description: description ?? shortDescription ?? null,
    closingMessage: closingMessage ?? null,
    now: around.now,
    zone: around.zone.transitions.map(({ from, offsetMs }) => [from, offsetMs]),
    globals: openGlobals(input),
    screens: process.screens.map((screen) => screenView(input, screen)),
  }
}

/** Values of globals as far as the caller may see where they come from. */
function openGlobals(input: ViewInput): Readonly<Record<string, unknown>> {
  const open = input.process.globals.filter((one) => isOpen(input.gate, one))
  return Object.fromEntries(open.map(({ path }) => [path, input.around.globals.get(path) ?? null]))
}

function isOpen(gate: Gate, { source }: GlobalMention): boolean {
  if (source.from === 'permission' || source.from === 'model' || source.from === 'label')
    return true
  if (source.from !== 'user' || source.path.length !== 1) return false
  const field = fieldOf(gate.model, 'User', source.path[0] ?? '')
  return field !== undefined && maySee(gate, field)
}

function screenView(input: ViewInput, screen: ProcessScreen): object {
  return {
    name: screen.name,
    label: screen.label,
    description: screen.description ?? null,
    visible: formulaView(input, screen.visibilityFormula),
    groups: screen.groups.map((group) => groupView(input, group)),
  }
}

function groupView(input: ViewInput, group: ProcessGroup): object {
  const { apiName, groupName, description, isRepeated, minEntries, maxEntries, choices } = group
  const entryOf = isRepeated === true ? apiName : undefined
  return {
    name: apiName,
    label: groupName,
    description: description ?? null,
    visible: formulaView(input, group.visibilityFormula),
    repeated: isRepeated === true,
    minEntries: minEntries ?? 0,
    maxEntries: maxEntries ?? null,
    entryLabel: group.entryLabel ?? null,
    choiceColumns: choices === undefined ? null : columnsOf(input, choices),
    attributes: group.attributes.flatMap((attribute) => {
      const field = input.process.fields.get(attribute.developerName.toLowerCase())
      const conditions = {
        visible: formulaView(input, attribute.visibilityFormula, entryOf),
        error: formulaView(input, attribute.errorConditionFormula, entryOf),
        errorMessage: attribute.errorMessage ?? attribute.label,
      }
      if (field !== undefined) return [{ ...attributeView(input, field), ...conditions }]
      if (attribute.dataType !== displayText) return []
      const { developerName: name, label, description: text = '' } = attribute
      return [{ name, label, text, ...conditions }]
    }),
  }
}

function columnsOf(
  { records, caller, model }: ViewInput,
  choices: NonNullable<ProcessGroup['choices']>,
): object {
  const ask = { records, caller, model, choices, values: new Map(), recordId: undefined }
  return choiceColumns(ask)
}

interface FormulaView {
  readonly formula: string
  readonly mentions: readonly Omit<FieldMention, 'label' | 'kindLabel'>[]
}

/** Undefined where there is none; null where the server alone decides. */
function formulaView(
  { process, gate }: ViewInput,
  text: string | undefined,
  entryOf?: string,
): FormulaView | null | undefined {
  if (text === undefined) return undefined
  const formula = process.formula(text, entryOf)
  if (formula === undefined || !isDecidable(gate, formula)) return null
  const mentions = formula.mentions.map(({ label: _, kindLabel: __, ...mention }) => mention)
  return { formula: text, mentions }
}

const serverFunctions: ReadonlySet<string> = new Set(['VLOOKUP', 'CURRENCYRATE'])

function isDecidable(gate: Gate, { mentions, functions }: Formula): boolean {
  if (functions.some((name) => serverFunctions.has(name))) return false
  return mentions.every((one) => !one.path.startsWith('$') || isOpen(gate, one as GlobalMention))
}

/** In the words of describe, as far as editors read them. */
function attributeView(input: ViewInput, field: AttributeField): object {
  const { name, attribute, type, options, source } = field
  const hint = type.describe(options)
  const own = source && fieldOf(input.model, source.object, source.field)
  const values = own?.values ?? options.values ?? []
  const isReadOnly = attribute.isReadOnly === true
  const isRequired = attribute.isRequired === true
  return {
    name,
    label: attribute.label,
    type: hint.type,
    inlineHelpText: attribute.description ?? own?.options.inlineHelpText ?? null,
    length: hint.length ?? 0,
    precision: hint.precision ?? 0,
    scale: hint.scale ?? 0,
    digits: hint.digits ?? 0,
    nillable: !isRequired,
    createable: !isReadOnly,
    updateable: !isReadOnly,
    defaultedOnCreate: false,
    htmlFormatted: hint.htmlFormatted === true,
    picklistValues: values.map((one) => ({
      active: one.active,
      defaultValue: one.isDefault,
      label: one.label,
      validFor: null,
      value: one.value,
    })),
    restrictedPicklist: options.valueSet?.restricted === true,
    referenceTo: targetsOf(input.model, input.gate, field),
    relationshipName: null,
    fieldstone: { editor: hint.editor, type: type.name },
    choiceColumns: attribute.choices === undefined ? null : columnsOf(input, attribute.choices),
  }
}

function targetsOf(
  model: Model,
  { access }: Gate,
  { type, options }: AttributeField,
): readonly string[] {
  const targets = type.reference?.(options)?.targets ?? []
  return targets.flatMap((target) => {
    const name = model.object(target)?.name
    return name !== undefined && access.mayObject(name, 'read') ? [name] : []
  })
}
