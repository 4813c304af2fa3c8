/**
 * What metadata says and the engine does not act on, by name: files of other types, members, fields,
 * elements and mentions. Nothing of it is lost; it is kept as it stands.
 */
import type { ParsedSources } from './declaration.ts'
import type { Model } from './model.ts'
import { componentKey } from './resolve-mention.ts'

/**
 * `file`: a type that is not read; `component`: read and kept as a whole; `field`: kept without a
 * column; `element`: one attribute; `mention`: a name that means nothing here.
 */
export type NotUnderstoodKind = 'file' | 'component' | 'field' | 'element' | 'mention'

export interface NotUnderstood {
  readonly kind: NotUnderstoodKind
  /** "Flow:PMT_Home", "Property__c", "Property__c.Record_Link__c". */
  readonly component: string
  /** The attribute, for elements: "searchLayouts", "nameField.trackFeedHistory". */
  readonly element: string
  readonly reason: string
}

/** Each once, in the order of kinds, then of names. */
export function notUnderstood(sources: ParsedSources, model: Model): readonly NotUnderstood[] {
  const read = new Set(sources.declarations.map(({ type, fullName }) => `${type}:${fullName}`))
  const entries = [...keptElements(sources, read), ...withoutEffect(sources, model)]
  const byText = new Map(entries.map((entry) => [textOf(entry), entry]))
  return [...byText.values()].sort(inOrder)
}

function textOf({ kind, component, element, reason }: NotUnderstood): string {
  return [kind, component, element, reason].join('\n')
}

function keptElements(
  { kept, declarations }: ParsedSources,
  read: ReadonlySet<string>,
): readonly NotUnderstood[] {
  const objects = new Set<string>(declarations.map(({ fullName }) => fullName))
  return kept.map(({ component, path }): NotUnderstood => {
    if (path !== '') {
      const reason = 'the element is kept, but has no effect yet'
      return { kind: 'element', component, element: path, reason }
    }
    const isKnown = read.has(component) || objects.has(component.split('.', 1)[0] ?? '')
    return isKnown || !component.includes(':')
      ? { kind: 'component', component, element: '', reason: 'it is kept, but has no effect yet' }
      : { kind: 'file', component, element: '', reason: 'files of this type are not read yet' }
  })
}

/** Of what the model does not act on, the part that these sources brought. */
function withoutEffect(sources: ParsedSources, model: Model): readonly NotUnderstood[] {
  const own = new Set<string>()
  for (const { type, fullName, body } of sources.declarations) {
    own.add(componentKey(type, fullName))
    const fields = type === 'CustomObject' && 'fields' in body ? (body.fields ?? []) : []
    for (const field of fields) {
      if ('fullName' in field) own.add(componentKey('CustomField', `${fullName}.${field.fullName}`))
    }
    const rules = 'validationRules' in body ? (body.validationRules ?? []) : []
    for (const rule of rules) {
      if ('fullName' in rule)
        own.add(componentKey('ValidationRule', `${fullName}.${rule.fullName}`))
    }
  }
  return model
    .notActedOn()
    .filter(({ component }) => own.has(component))
    .map(({ component, reason }): NotUnderstood => {
      const kind = kindOf(component)
      const name = component.replace(/^(?:CustomField|CustomObject) /, '').replace(' ', ':')
      return { kind, component: name, element: '', reason }
    })
}

function kindOf(component: string): NotUnderstoodKind {
  if (component.startsWith('CustomField ')) return 'field'
  return component.startsWith('ValidationRule ') ? 'component' : 'mention'
}

const kinds: readonly NotUnderstoodKind[] = ['file', 'component', 'field', 'element', 'mention']

function inOrder(a: NotUnderstood, b: NotUnderstood): number {
  if (a.kind !== b.kind) return kinds.indexOf(a.kind) - kinds.indexOf(b.kind)
  return textOf(a) < textOf(b) ? -1 : 1
}
