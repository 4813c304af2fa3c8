/** Texts of custom labels in the reader's language. */
import type { Translations } from '../../metadata/types.ts'
import { languageChain } from '../base/languages.ts'
import type { Model } from '../model/model.ts'

/** File of a language → its labels by lower-case name; files are frozen and kept from model to model. */
const labelsByFile = new WeakMap<Readonly<Translations>, ReadonlyMap<string, string>>()

/** The nearest translation; undefined where the label stands in the base language alone. */
export function labelText(model: Model, language: string, name: string): string | undefined {
  for (const one of languageChain(language)) {
    const body = model.component('Translations', one)?.body
    const found = body && labelsOf(body).get(name.toLowerCase())
    if (found !== undefined) return found
  }
  return undefined
}

function labelsOf(body: Readonly<Translations>): ReadonlyMap<string, string> {
  const known = labelsByFile.get(body)
  if (known !== undefined) return known
  const labels = new Map<string, string>()
  for (const { name, label } of body.customLabels ?? []) {
    if (label !== undefined && label.trim() !== '') labels.set(name.toLowerCase(), label)
  }
  labelsByFile.set(body, labels)
  return labels
}
