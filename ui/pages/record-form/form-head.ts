/** What stands above a form, and the choice of a record type that comes before one. */
import { html } from 'lit'
import type { FormState } from '../../base/form-state.ts'
import { recordName } from '../../base/record-names.ts'
import { recordTypeField, rememberType, suggestedType } from '../../base/record-types.ts'
import { router } from '../../base/router.ts'
import { t } from '../../base/text.ts'
import type { ObjectScreen, RecordScreen, RecordTypeScreen } from '../../base/wire.ts'
import '../../elements/record-type-choice/record-type-choice.ts'

export function formHeading(
  object: ObjectScreen | undefined,
  original: RecordScreen | undefined,
): string {
  if (!object) return ''
  if (!original) return t('New {object}', { object: object.describe.label })
  return t('Edit {name}', { name: recordName(object.describe, original.record) })
}

/** The object, and the record type where there is one. */
export function formAbove(object: ObjectScreen | undefined, form: FormState | undefined): string {
  const type = form?.values.get(recordTypeField)
  const label = object?.recordTypes?.find((one) => one.id === type)?.label
  return [object?.describe.label ?? '', label ?? ''].filter((part) => part !== '').join(' · ')
}

export interface TypeChoice {
  readonly object: ObjectScreen
  readonly types: readonly RecordTypeScreen[]
  readonly query: URLSearchParams | undefined
  readonly cancel: () => void
}

/** The chosen type becomes part of the address, so that the form can be reached by it. */
export function renderTypeChoice({ object, types, query, cancel }: TypeChoice): unknown {
  const chosen = (id: string): void => {
    rememberType(object, id)
    const next = new URLSearchParams(query)
    next.set(recordTypeField, id)
    void router.navigate(`${location.pathname}?${next.toString()}`, { replace: true })
  }
  return html`<fs-record-type-choice
    .types=${types}
    .suggested=${suggestedType(object)}
    @choose=${(event: CustomEvent<string>) => chosen(event.detail)}
    @cancel-choice=${cancel}
  ></fs-record-type-choice>`
}
