/** An e-mail template with the values of one record in it, in the language of whoever gets it. */
import { baseLanguage, languageChain } from '../../base/languages.ts'
import { limits } from '../../base/limits.ts'
import { message } from '../../base/message.ts'
import { refuse } from '../../base/refusal.ts'
import { cleanHtml } from '../../fields/clean-html.ts'
import { escapeHtml } from '../../formula/functions/concat.ts'
import { ownResult, type FormulaResult } from '../../formula/result.ts'
import { inLanguage } from '../../language/in-language.ts'
import type {
  EmailTemplatePlan,
  EmailTexts,
  MergePart,
  TextPart,
} from '../../model/emails/email-template.ts'
import { resolveMentionPath } from '../../model/formula-scope.ts'
import type { FieldModel, Model } from '../../model/model.ts'
import { anyObject } from '../../model/qualified-scope.ts'
import type { ActionCall } from '../actions/action.ts'
import type { Row } from '../read-rows.ts'
import { seenParents, seesAll, type Subject } from '../seen-parents.ts'
import { plainText } from './plain-text.ts'

/** As `EmailContent` has it. */
export interface RenderedEmail {
  readonly subject: string
  readonly text: string
  readonly html: string | undefined
}

/** By the rights of whoever calls: what he may not see is refused, records behind it that he may not see are left out. */
export async function renderEmail(
  call: ActionCall,
  plan: EmailTemplatePlan,
  recordId: string | undefined,
): Promise<RenderedEmail> {
  const on = subjectOf(call, plan, recordId)
  const all = [...plan.texts.values()].flatMap(partsOf).map(({ formula }) => formula)
  const formulas = plan.language === undefined ? all : [...all, plan.language]
  const writing = { call, on, seen: await seenParents(call, on, formulas) }
  const wanted =
    plan.language && (await computed(writing, { formula: plan.language, field: undefined }))
  const [language, texts] = chosen(plan, typeof wanted === 'string' ? wanted : baseLanguage)
  const words = { ...writing, language, model: inLanguage(on.model, language) }
  const subject = await written(words, texts.subject, false)
  const content = await written(words, texts.content, plan.isHtml)
  const html = plan.isHtml ? cleanHtml(content) : undefined
  const text = texts.textOnly && (await written(words, texts.textOnly, false))
  return {
    // Whatever stands in the record, a subject is one line, and not endless.
    subject: subject
      .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
      .trim()
      .slice(0, limits.emailSubjectCharsMax),
    text: text ?? (html === undefined ? content : plainText(html)),
    html,
  }
}

function subjectOf(
  { models }: ActionCall,
  { name, object: wanted }: EmailTemplatePlan,
  recordId: string | undefined,
): Subject {
  const model = models.current()
  const object = model.object(wanted ?? anyObject)
  if (object === undefined) throw new Error(`the object of template ${name} is there`)
  if (wanted === undefined) return { model, object, id: undefined }
  if (recordId?.startsWith(object.keyPrefix) === true) return { model, object, id: recordId }
  throw refuse(
    'INVALID_ARGUMENT',
    message('The template {name} is about a record of {object}: name one as relatedRecordId.', {
      name,
      object: object.name,
    }),
    { fields: ['relatedRecordId'] },
  )
}

function partsOf({ subject, content, textOnly = [] }: EmailTexts): readonly MergePart[] {
  return [...subject, ...content, ...textOnly].filter((part) => typeof part !== 'string')
}

interface Writing {
  readonly call: ActionCall
  readonly on: Subject
  readonly seen: Row
}

async function computed(
  { call, on, seen }: Writing,
  { formula, field }: MergePart,
): Promise<string | number | boolean | null> {
  if (!seesAll(seen, formula)) return null
  const { object, id } = on
  const [form, ...others] = formsOf({ formula, field })
  let outcome = await call.records.sampleFormula(call.caller, { object, id, formula, result: form })
  for (const result of others) {
    if (outcome.kind === 'value') break
    outcome = await call.records.sampleFormula(call.caller, { object, id, formula, result })
  }
  if (outcome.kind === 'failure') throw refuse('INVALID_ARGUMENT', outcome.told)
  return outcome.value
}

/** A field has the digits that it was given; of any other number a large one has fewer behind the point. */
function formsOf({ formula, field }: MergePart): readonly (FormulaResult | undefined)[] {
  if (formula.type.kind !== 'number') return [undefined]
  if (field?.scale === undefined) {
    return [undefined, ...scalesOfLarge.map((scale) => ({ type: 'Number', scale }) as const)]
  }
  const scale = field.kind === 'percent' ? field.scale + scaleOfPercent : field.scale
  return [{ type: 'Number', scale }]
}

/** Half is 50 percent. */
const scaleOfPercent = 2
const scalesOfLarge = [2, 0]

function chosen(
  { texts }: EmailTemplatePlan,
  wanted: string,
): readonly [language: string, texts: EmailTexts] {
  for (const language of [...languageChain(wanted), baseLanguage]) {
    const found = texts.get(language)
    if (found !== undefined) return [language, found]
  }
  throw new Error('a template has texts in the base language')
}

interface Words extends Writing {
  readonly language: string
  /** In that language. */
  readonly model: Model
}

async function written(words: Words, parts: readonly TextPart[], isHtml: boolean): Promise<string> {
  const texts: string[] = []
  for (const part of parts) {
    texts.push(typeof part === 'string' ? part : await mergedText(words, part, isHtml))
  }
  return texts.join('')
}

async function mergedText(words: Words, part: MergePart, isHtml: boolean): Promise<string> {
  const value = await computed(words, part)
  if (value === null) return ''
  const field = fieldOf(words, part)
  const text = valueText(words, part, { value, field })
  if (field?.type.name === 'Html') return isHtml ? text : plainText(text)
  return isHtml ? escapeHtml(text).replaceAll('\n', '<br>') : text
}

function fieldOf({ model, on }: Words, { field }: MergePart): FieldModel | undefined {
  const object = model.object(on.object.name)
  if (field === undefined || object === undefined || field.path.startsWith('$')) return undefined
  const found = resolveMentionPath(model, object, field.path)
  return found.global === undefined ? found.field : undefined
}

interface Valued {
  readonly value: string | number | boolean
  readonly field: FieldModel | undefined
}

/** As people write it in the language. */
function valueText(
  { language, call }: Words,
  { formula, field: mention }: MergePart,
  { value, field }: Valued,
): string {
  const { kind } = formula.type
  const locale = language.replace('_', '-')
  if (mention?.kind === 'picklist') {
    return field?.values.find((one) => one.value === value)?.label ?? String(value)
  }
  if (kind === 'date') {
    const day = new Date(`${String(value)}T00:00:00Z`)
    return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(day)
  }
  if (kind === 'datetime') {
    const { timeZone } = call.caller
    const style = { dateStyle: 'long', timeStyle: 'short', timeZone } as const
    return new Intl.DateTimeFormat(locale, style).format(Number(value))
  }
  if (kind === 'time') {
    const style = { timeStyle: 'short', timeZone: 'UTC' } as const
    return new Intl.DateTimeFormat(locale, style).format(Number(value))
  }
  if (kind !== 'number') return String(value)
  const digits = mention?.scale === undefined ? {} : { minimumFractionDigits: mention.scale }
  const format = new Intl.NumberFormat(locale, {
    ...digits,
    style: mention?.kind === 'percent' ? 'percent' : 'decimal',
    maximumFractionDigits: mention?.scale ?? ownScale,
  })
  // Numbers come as decimals, which are written out with all their digits.
  return format.format(String(value) as `${number}`)
}

const ownScale = ((): number => {
  const own = ownResult('number')
  return 'scale' in own ? own.scale : 0
})()
