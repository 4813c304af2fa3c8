/** What all chosen rows get: a value in the real editor of the field, none, or values added to and taken from a list. */
import { html, nothing } from 'lit'
import type { ChangeKind } from '../../base/change-rows.ts'
import {
  differingFields,
  fieldForAll,
  fieldOfPresent,
  sharedValues,
  type RowForm,
} from '../../base/row-forms.ts'
import { t, textLanguage } from '../../base/text.ts'
import type { FieldInfo, ObjectScreen, Value } from '../../base/wire.ts'
import type { EditorDetail } from '../../editors/editor-element.ts'
import '../field-editor/field-editor.ts'
import type { ValueContext } from '../field-value/render-value.ts'

export interface ValueOfAll {
  readonly object: ObjectScreen
  readonly context: ValueContext
  readonly field: FieldInfo
  readonly forms: readonly RowForm[]
  readonly kind: ChangeKind
  readonly value: Value
  readonly error: string
  readonly mayBeEmpty: boolean
  choose(kind: ChangeKind): void
  edit(detail: EditorDetail): void
}

export function renderValueOfAll(asked: ValueOfAll): unknown {
  const { field, kind } = asked
  const kinds = kindsOf(asked)
  return html`${
    kinds.length > 1
      ? html`<div class="kinds" role="radiogroup" aria-label=${t('What to do')}>
          ${kinds.map(
            ({ id, label }) =>
              html`<label
                ><input
                  type="radio"
                  name="kind"
                  .checked=${kind === id}
                  @change=${() => asked.choose(id)}
                />${label}</label
              >`,
          )}
        </div>`
      : nothing
  }${
    kind === 'empty'
      ? html`<p>${t('{field} will be empty in all of these rows.', { field: field.label })}</p>`
      : renderEditor(asked)
  }`
}

function kindsOf({
  field,
  mayBeEmpty,
}: ValueOfAll): readonly { readonly id: ChangeKind; readonly label: string }[] {
  const isList = field.type === 'multipicklist'
  return [
    { id: 'set', label: isList ? t('Replace all values') : t('Set a value') },
    ...(isList
      ? [
          { id: 'add' as const, label: t('Add values') },
          { id: 'remove' as const, label: t('Remove values') },
        ]
      : []),
    ...(mayBeEmpty ? [{ id: 'empty' as const, label: t('Empty the field') }] : []),
  ]
}

function renderEditor(asked: ValueOfAll): unknown {
  const { object, field, forms, context, kind, value, error } = asked
  const differing = differingFields(field, object.describe, forms)
  if (differing.length > 0) {
    const list = new Intl.ListFormat(textLanguage(), { type: 'conjunction' })
    const fields = list.format(differing.map((one) => one.label))
    return html`<p>
      ${t('What these rows may refer to depends on {fields}, in which they differ. Choose rows that have the same there.', { fields })}
    </p>`
  }
  const shown = kind === 'remove' ? fieldOfPresent(field, forms) : fieldForAll(field, forms)
  const values = new Map(sharedValues(forms)).set(field.name, value)
  const record = forms[0]?.record
  return html`<fs-field-editor
      required
      .field=${shown}
      .context=${{ ...context, object: object.describe, record, values, errors: new Map(), isNew: false }}
      .value=${value}
      .error=${error}
      @value-changed=${(event: CustomEvent<EditorDetail>) => asked.edit(event.detail)}
    ></fs-field-editor>
    ${
      shown.picklistValues && shown.picklistValues.length < (field.picklistValues?.length ?? 0)
        ? html`<p class="small soft">
            ${t('Only values that suit all of these rows are offered.')}
          </p>`
        : nothing
    }`
}
