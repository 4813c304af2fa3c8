/** Answers checked as a save checks fields: shapes, choices, what must be there, rules; all problems at once. */
import { message, type Message } from '../../base/message.ts'
import { Refusal, wording, type ErrorCode, type Problem } from '../../base/refusal.ts'
import type { ApiValue } from '../../fields/field-type.ts'
import {
  groupsOf,
  type ProcessGroup,
  type ProcessScreen,
} from '../../model/processes/process-parts.ts'
import { displayText, type AttributeField } from '../../model/processes/attribute-field.ts'
import type { Model } from '../../model/model.ts'
import { normaliseId } from '../../base/record-id.ts'
import { shapeProblem } from '../../query/field-shape.ts'
import { toldOf } from '../../query/plan-write.ts'
import type { Caller, Records } from '../../records/records.ts'
import type { Answers, AnswerValues, Entry } from './answers.ts'
import { offeredChoices, outputsOf, type Choice } from './choices.ts'
import { holds, type EntryPlace, type Situation } from './evaluate.ts'

export interface AnswerCheck extends Situation {
  readonly records: Records
  readonly caller: Caller
  /** In the caller's language. */
  readonly model: Model
  readonly recordId: string | undefined
}

/** Problems of what is there, whatever is missing: for answers that are kept for later. */
export function shapeProblems(
  { process }: Pick<Situation, 'process'>,
  answers: Answers,
): readonly Problem[] {
  const found: Problem[] = []
  const look = (values: AnswerValues, place: string): void => {
    for (const [name, value] of values) {
      const field = process.fields.get(name.toLowerCase())
      const problem = field && valueProblem(field, value, `${place}${name}`)
      if (problem !== undefined) found.push(problem)
    }
  }
  look(answers.values, '')
  for (const [group, list] of answers.entries) {
    list.forEach(({ values }, at) => look(values, `${group}[${at}].`))
  }
  return found
}

function valueProblem(field: AttributeField, value: ApiValue, place: string): Problem | undefined {
  if (value === null || value === '') return undefined
  const found = shapeProblem(field, value) ?? field.type.check?.(value, field.options)
  return found && problemAt({ label: field.attribute.label, place }, found.errorCode, toldOf(found))
}

interface ProblemPlace {
  readonly label: string
  readonly place: string
}

function problemAt(
  { label, place }: ProblemPlace,
  errorCode: ErrorCode,
  problem: Message,
): Problem {
  return {
    ...wording(message('{label}: {problem}', { label, problem })),
    errorCode,
    fields: [place],
  }
}

export function isShown(
  situation: Situation,
  attribute: { readonly visibilityFormula?: string },
  place?: EntryPlace,
): boolean {
  return holds(situation, attribute.visibilityFormula, place)
}

/** The answers without what is not asked at present, the steps in their order; what was filled in and cannot be entered stays. */
export function askedAnswers(situation: Situation): Answers {
  const values = new Map(situation.answers.values)
  const entries = new Map(situation.answers.entries)
  const now: Situation = { ...situation, answers: { values, entries } }
  for (const screen of situation.process.screens) {
    const isScreenShown = isShown(now, screen)
    for (const group of screen.groups) {
      const isGroupShown = isScreenShown && isShown(now, group)
      if (group.isRepeated === true) {
        const list = isGroupShown ? (entries.get(group.apiName) ?? []) : []
        entries.set(
          group.apiName,
          list.map((entry) => askedEntry(now, group, entry)),
        )
        continue
      }
      for (const attribute of group.attributes) {
        const isAsked = isGroupShown && isShown(now, attribute)
        if (!isAsked && attribute.isReadOnly !== true) values.delete(attribute.developerName)
      }
    }
  }
  return now.answers
}

function askedEntry(situation: Situation, group: ProcessGroup, entry: Entry): Entry {
  const place = { group: group.apiName, entry }
  const hidden = new Set(
    group.attributes.flatMap((one) => (isShown(situation, one, place) ? [] : [one.developerName])),
  )
  if (hidden.size === 0) return entry
  return { ...entry, values: new Map([...entry.values].filter(([name]) => !hidden.has(name))) }
}

export interface CheckedAnswers {
  /** With ids in their long form and values of chosen records filled in. */
  readonly answers: Answers
  readonly problems: readonly Problem[]
}

/** One step, or several in their order; what is not asked at present is not looked at. */
export async function checkScreens(
  check: AnswerCheck,
  screens: readonly ProcessScreen[],
): Promise<CheckedAnswers> {
  const values = new Map(check.answers.values)
  const entries = new Map(check.answers.entries)
  const now: AnswerCheck = { ...check, answers: { values, entries } }
  const problems: Problem[] = []
  for (const screen of screens) {
    if (!isShown(now, screen)) continue
    for (const group of screen.groups) {
      if (!isShown(now, group)) continue
      if (group.isRepeated === true) {
        const found = await checkEntries(now, group)
        entries.set(group.apiName, found.entries)
        problems.push(...found.problems)
        continue
      }
      const found = await checkValues(now, group, undefined)
      for (const [name, value] of found.values) values.set(name, value)
      problems.push(...found.problems)
    }
  }
  return { answers: now.answers, problems }
}

async function checkEntries(
  check: AnswerCheck,
  group: ProcessGroup,
): Promise<{ readonly entries: readonly Entry[]; readonly problems: readonly Problem[] }> {
  const list = check.answers.entries.get(group.apiName) ?? []
  const problems: Problem[] = [...countProblems(group, list.length)]
  const offered = await offeredTo(check, group, list)
  const entries: Entry[] = []
  const seen = new Set<string>()
  for (const [at, given] of list.entries()) {
    const place = `${group.apiName}[${at}]`
    const entry =
      offered === undefined ? { ...given, id: undefined } : taken(check, group, { given, offered })
    if (entry === undefined || (entry.id !== undefined && seen.has(entry.id))) {
      const told = message('choose each record once, from those that are offered')
      problems.push(
        problemAt({ label: group.groupName, place }, 'INVALID_CROSS_REFERENCE_KEY', told),
      )
      entries.push(given)
      continue
    }
    if (entry.id !== undefined) seen.add(entry.id)
    const found = await checkValues(check, group, { entry, at })
    problems.push(...found.problems)
    entries.push({ ...entry, values: found.values })
  }
  return { entries, problems }
}

function countProblems(group: ProcessGroup, count: number): readonly Problem[] {
  const { groupName, apiName, minEntries = 0, maxEntries } = group
  if (count < minEntries) {
    const told = message('at least {least} entries are needed', { least: minEntries })
    return [problemAt({ label: groupName, place: apiName }, 'REQUIRED_FIELD_MISSING', told)]
  }
  if (maxEntries === undefined || count <= maxEntries) return []
  const told = message('at most {most} entries are possible', { most: maxEntries })
  return [problemAt({ label: groupName, place: apiName }, 'LIMIT_EXCEEDED', told)]
}

/** Undefined where entries are written and not chosen. */
async function offeredTo(
  check: AnswerCheck,
  { choices }: ProcessGroup,
  list: readonly Entry[],
): Promise<readonly Choice[] | undefined> {
  if (choices === undefined) return undefined
  if (list.length === 0) return []
  const { records, caller, model, recordId, answers } = check
  return offeredChoices({ records, caller, model, choices, recordId, values: answers.values })
}

/** The entry with what its record says; undefined where that is not offered. */
function taken(
  { process, around }: AnswerCheck,
  { choices }: ProcessGroup,
  { given, offered }: { readonly given: Entry; readonly offered: readonly Choice[] },
): Entry | undefined {
  const id = normaliseId(given.id ?? '')
  const found = offered.find((one) => one.id === id)
  if (id === undefined || found === undefined || choices === undefined) return undefined
  const values = new Map(given.values)
  const outputs = outputsOf(choices, found, { fields: process.fields, zone: around.zone })
  for (const [{ name, attribute }, value] of outputs) {
    // What may be entered stays as it was entered.
    if (attribute.isReadOnly === true || !values.has(name)) values.set(name, value)
  }
  return { id, values }
}

interface CheckedValues {
  readonly values: AnswerValues
  readonly problems: readonly Problem[]
}

async function checkValues(
  check: AnswerCheck,
  group: ProcessGroup,
  inEntry: { readonly entry: Entry; readonly at: number } | undefined,
): Promise<CheckedValues> {
  const place = inEntry && { group: group.apiName, entry: inEntry.entry }
  const prefix = inEntry === undefined ? '' : `${group.apiName}[${inEntry.at}].`
  const values = new Map(inEntry?.entry.values ?? [])
  const given = inEntry === undefined ? check.answers.values : inEntry.entry.values
  const problems: Problem[] = []
  for (const attribute of group.attributes) {
    const field = check.process.fields.get(attribute.developerName.toLowerCase())
    if (field === undefined || attribute.dataType === displayText) continue
    if (!isShown(check, attribute, place)) continue
    const at = { place: `${prefix}${field.name}`, value: given.get(field.name) ?? null }
    const found = await checkOne(check, field, { ...at, given })
    for (const [name, value] of found.values) values.set(name, value)
    problems.push(...found.problems)
    if (found.problems.length === 0 && attribute.errorConditionFormula !== undefined) {
      if (holds(check, attribute.errorConditionFormula, place))
        problems.push(ruleProblem(field, at.place))
    }
  }
  return { values, problems }
}

function ruleProblem({ attribute }: AttributeField, place: string): Problem {
  const text = attribute.errorMessage ?? attribute.label
  return { message: text, errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', fields: [place] }
}

interface GivenAnswer {
  readonly place: string
  readonly value: ApiValue
  readonly given: AnswerValues
}

async function checkOne(
  check: AnswerCheck,
  field: AttributeField,
  { place, value, given }: GivenAnswer,
): Promise<CheckedValues> {
  const { attribute, name } = field
  const isEmpty =
    value === null || value === '' || (attribute.isRequired === true && value === false)
  if (isEmpty) {
    if (attribute.isRequired !== true) return { values: new Map([[name, value]]), problems: [] }
    const told = message('a value is needed')
    return failed(problemAt({ label: attribute.label, place }, 'REQUIRED_FIELD_MISSING', told))
  }
  const problem = valueProblem(field, value, place)
  if (problem !== undefined) return failed(problem)
  if (field.type.reference === undefined) return { values: new Map([[name, value]]), problems: [] }
  return checkLookup(check, field, { place, value, given })
}

function failed(problem: Problem): CheckedValues {
  return { values: new Map(), problems: [problem] }
}

async function checkLookup(
  check: AnswerCheck,
  field: AttributeField,
  { place, value, given }: GivenAnswer,
): Promise<CheckedValues> {
  const { records, caller, model, recordId, process, around } = check
  const { attribute, name } = field
  const id = normaliseId(String(value)) ?? ''
  const told = message('there is no such record to choose')
  const missing = problemAt({ label: attribute.label, place }, 'INVALID_CROSS_REFERENCE_KEY', told)
  if (attribute.choices === undefined) {
    const object = model.objectByKeyPrefix(id.slice(0, 3))?.name ?? ''
    const targets = field.type.reference?.(field.options)?.targets ?? []
    const isOpen = targets.includes(object) && (await records.sees(caller, object, id))
    return isOpen ? { values: new Map([[name, id]]), problems: [] } : failed(missing)
  }
  const values = new Map([...check.answers.values, ...given])
  const { choices } = attribute
  const offered = await offeredChoices({ records, caller, model, choices, recordId, values })
  const found = offered.find((one) => one.id === id)
  if (found === undefined) return failed(missing)
  const outputs = outputsOf(choices, found, { fields: process.fields, zone: around.zone })
  const taken = [...outputs].flatMap(([one, output]): readonly (readonly [string, ApiValue])[] =>
    one.attribute.isReadOnly === true || !given.has(one.name) ? [[one.name, output]] : [],
  )
  return { values: new Map([[name, id], ...taken]), problems: [] }
}

export function refuseProblems(problems: readonly Problem[], step?: string): void {
  if (problems.length > 0) throw new Refusal(problems, step === undefined ? undefined : { step })
}

/** The repeated groups of a process by name. */
export function groupNamed(process: Situation['process'], name: string): ProcessGroup | undefined {
  return groupsOf(process.body).find((one) => one.apiName === name)
}
