/** The e-mail templates of a model that can be sent; each is understood when it is first asked for. */
import { indexOf } from '../compile-model.ts'
import type { Model } from '../model.ts'
import { compileEmailTemplate, templateName, type EmailTemplatePlan } from './email-template.ts'

/** By its name, with or without a folder. */
export function emailTemplateOf(model: Model, name: string): EmailTemplatePlan | undefined {
  const known = ready.get(model) ?? new Map<string, EmailTemplatePlan | undefined>()
  ready.set(model, known)
  const fullName = templateName(name)
  if (!known.has(fullName)) {
    const found = model.component('EmailTemplate', fullName)
    // Names come from outside: those of no template are not worth a place.
    if (found === undefined || found.body.available === false) return undefined
    const { plan, findings } = compileEmailTemplate(found.body, fullName, indexOf(model))
    // Others have no findings: they would not be in the model.
    known.set(fullName, findings.length === 0 ? plan : undefined)
  }
  return known.get(fullName)
}

const ready = new WeakMap<Model, Map<string, EmailTemplatePlan | undefined>>()
