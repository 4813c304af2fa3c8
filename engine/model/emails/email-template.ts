/** A declared e-mail template → its texts in pieces, with everything that is wrong in them. */
import type { EmailTemplate } from '../../../metadata/types.ts'
import { inEnglish, message, type Message } from '../../base/message.ts'
import { baseLanguage } from '../../base/languages.ts'
import { analyseFormula } from '../../formula/analyse-formula.ts'
import type { PathStep } from '../../formula/syntax.ts'
import type { Formula } from '../../formula/tree.ts'
import type { FieldMention, Scope as FormulaScope } from '../../formula/types.ts'
import type { Declaration, SourceProblem } from '../declaration.ts'
import { qualifiedScope } from '../qualified-scope.ts'
import type { Scope } from '../scope.ts'
import { problemAt, type Pointer } from '../source-problem.ts'

/** A formula in a text. */
export interface MergePart {
  readonly formula: Formula
  /** Where it is nothing but a field: which one. */
  readonly field: FieldMention | undefined
}

export type TextPart = string | MergePart

export interface EmailTexts {
  readonly subject: readonly TextPart[]
  readonly content: readonly TextPart[]
  readonly textOnly: readonly TextPart[] | undefined
}

export interface EmailTemplatePlan {
  readonly name: string
  /** Undefined: it looks at no record. */
  readonly object: string | undefined
  readonly isHtml: boolean
  readonly language: Formula | undefined
  /** By language; the base language is always among them. */
  readonly texts: ReadonlyMap<string, EmailTexts>
}

interface Compiled {
  readonly plan: EmailTemplatePlan
  readonly findings: readonly { readonly pointer: Pointer; readonly reason: Message }[]
}

/** A folder before the name, as the platform writes it, says nothing. */
export function templateName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1)
}

export interface CheckedTemplate {
  readonly problems: readonly SourceProblem[]
  /** Why it cannot be sent, where it comes from elsewhere in the classic form. */
  readonly inert: readonly string[]
}

export function checkEmailTemplate(declaration: Declaration, index: Scope): CheckedTemplate {
  if (!isTemplate(declaration)) return { problems: [], inert: [] }
  const { fullName: name, body } = declaration
  const { findings } = compileEmailTemplate(body, name, index)
  if (body.folder !== undefined) {
    const [first] = findings
    const inert = first === undefined ? [] : [`it is kept and not sent: ${inEnglish(first.reason)}`]
    return { problems: [], inert }
  }
  const problems = findings.map(({ pointer, reason }) =>
    problemAt(declaration, pointer, {
      reason: message('EmailTemplate {name}: {reason}', { name, reason }),
    }),
  )
  return { problems, inert: [] }
}

function isTemplate(declaration: Declaration): declaration is Declaration<'EmailTemplate'> {
  return declaration.type === 'EmailTemplate'
}

export function compileEmailTemplate(
  body: Readonly<EmailTemplate>,
  name: string,
  index: Scope,
): Compiled {
  const findings: { pointer: Pointer; reason: Message }[] = []
  const report = (pointer: Pointer, reason: Message): void =>
    void findings.push({ pointer, reason })
  if (body.type === 'visualforce') {
    report(['type'], message('templates of the type {type} are not sent', { type: body.type }))
  }
  // An unknown object is told of by whoever looks at mentions.
  const object = index.outline(body.relatedEntityType ?? '')?.name
  const none = message('a template without relatedEntityType looks at no record')
  const scope = qualifiedScope(index, object, none)
  const texts = new Map([[baseLanguage, textsOf(body, { scope, report, pointer: [] })]])
  for (const [at, translation] of (body.translations ?? []).entries()) {
    const pointer = ['translations', at]
    if (texts.has(translation.language)) {
      const { language } = translation
      report(pointer, message('the language {language} is there twice', { language }))
    }
    texts.set(translation.language, textsOf(translation, { scope, report, pointer }))
  }
  const language = languageOf(body, { scope, report, pointer: ['languageField'] })
  const isHtml = (body.type ?? 'text') !== 'text'
  return { plan: { name, object, isHtml, language, texts }, findings }
}

interface Place {
  readonly scope: FormulaScope
  readonly pointer: Pointer
  report(pointer: Pointer, reason: Message): void
}

type Texts = Pick<EmailTemplate, 'subject' | 'content' | 'textOnly'>

function textsOf({ subject, content, textOnly }: Readonly<Texts>, place: Place): EmailTexts {
  const parts = (key: string, text: string): readonly TextPart[] =>
    partsOf(text, { ...place, pointer: [...place.pointer, key] })
  return {
    subject: parts('subject', subject),
    content: parts('content', content),
    textOnly: textOnly === undefined ? undefined : parts('textOnly', textOnly),
  }
}

function partsOf(text: string, place: Place): readonly TextPart[] {
  const parts: TextPart[] = []
  let at = 0
  for (const match of text.matchAll(/\{!([^{}]+)\}/g)) {
    parts.push(text.slice(at, match.index))
    at = match.index + match[0].length
    const part = mergePart((match[1] ?? '').trim(), place)
    if (part !== undefined) parts.push(part)
  }
  parts.push(text.slice(at))
  return parts.filter((part) => part !== '')
}

function mergePart(text: string, { scope, pointer, report }: Place): MergePart | undefined {
  const field = fieldIn(text, scope)
  const asked = field?.kind === 'picklist' ? `TEXT(${text})` : text
  const { formula, problem } = analyseFormula({ text: asked, scope, context: 'rule' })
  if (formula !== undefined) return { formula, field }
  report(pointer, message('{text}: {reason}', { text: `{!${text}}`, reason: problem.told }))
  return undefined
}

function fieldIn(text: string, scope: FormulaScope): FieldMention | undefined {
  if (!/^[\w$]+(?:\.\w+(?::\w+)?)*$/.test(text)) return undefined
  const steps = text.split('.').map((step): PathStep => {
    const [name = '', target] = step.split(':')
    return target === undefined ? { name } : { name, target }
  })
  const found = scope.resolve(steps)
  return 'problem' in found ? undefined : found
}

function languageOf(
  { languageField }: Readonly<EmailTemplate>,
  { scope, pointer, report }: Place,
): Formula | undefined {
  if (languageField === undefined) return undefined
  const field = fieldIn(languageField, scope)
  if (field === undefined || (field.kind !== 'picklist' && field.kind !== 'text')) {
    const told = message('{field} is no field that holds a language', { field: languageField })
    report(pointer, told)
    return undefined
  }
  const text = field.kind === 'picklist' ? `TEXT(${languageField})` : languageField
  return analyseFormula({ text, scope, context: 'rule' }).formula
}
