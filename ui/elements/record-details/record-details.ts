/** A record's values in the sections of its layout; sections fold, and stay folded for this user. */
import { html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { FsElement } from '../../base/element.ts'
import { fieldOf, isEditable, partsOf } from '../../base/form-state.ts'
import { recall, remember } from '../../base/preferences.ts'
import { t } from '../../base/text.ts'
import type {
  FieldInfo,
  LayoutCell,
  LayoutSection,
  ObjectScreen,
  RecordScreen,
} from '../../base/wire.ts'
import { renderValue } from '../field-value/render-value.ts'
import type { ValueContext } from '../field-value/render-value.ts'
import '../icon/icon.ts'
import { recordDetailsStyles } from './record-details.styles.ts'

@customElement('fs-record-details')
export class FsRecordDetails extends FsElement {
  static override styles = recordDetailsStyles

  @property({ attribute: false }) object: ObjectScreen | undefined
  @property({ attribute: false }) content: RecordScreen | undefined
  @property({ attribute: false }) context: ValueContext | undefined
  /** Where the pencils lead. */
  @property({ attribute: false }) editPath = ''

  protected override render(): unknown {
    const { object } = this
    if (!object || !this.content || !this.context) return nothing
    return object.layout.sections.map((section) => this.#section(section, object))
  }

  #section(section: LayoutSection, object: ObjectScreen): unknown {
    const cells = section.rows.flat()
    if (!cells.some((cell) => cell && fieldOf(object.describe, cell.field))) return nothing
    const grid = html`<dl class="grid ${section.columns === 2 ? 'two' : ''}">
      ${cells.map((cell) => {
        const field = cell ? fieldOf(object.describe, cell.field) : undefined
        return field && cell ? this.#cell(field, cell, object) : html`<div class="gap"></div>`
      })}
    </dl>`
    if (!section.heading || section.label === '') return html`<section>${grid}</section>`
    const key = `folded.${object.describe.name}.${section.label}`
    return html`<section>
      <details
        ?open=${recall(key) !== 'yes'}
        @toggle=${(event: Event) => remember(key, isOpen(event.target) ? 'no' : 'yes')}
      >
        <summary>
          <fs-icon name="chevron-right"></fs-icon>
          <h2>${section.label}</h2>
        </summary>
        ${grid}
      </details>
    </section>`
  }

  #cell(field: FieldInfo, cell: LayoutCell, object: ObjectScreen): unknown {
    const { content, context } = this
    if (!content || !context) return nothing
    const target = this.#editTarget(field, cell, object)
    return html`<div class="cell">
      <dt>
        ${field.label}${field.calculated === true ? computedMark(field) : nothing}${field.inlineHelpText ? help(field, field.inlineHelpText) : nothing}
      </dt>
      <dd>
        ${renderValue(field, content.record, context)}
        ${
          target
            ? html`<a
                class="pencil"
                href="${this.editPath}?focus=${target.name}"
                aria-label=${t('Edit {label}', { label: field.label })}
                ><fs-icon name="pencil"></fs-icon
              ></a>`
            : nothing
        }
      </dd>
    </div>`
  }

  // The field that the form puts the focus on: a compound's first part.
  #editTarget(field: FieldInfo, cell: LayoutCell, object: ObjectScreen): FieldInfo | undefined {
    if (this.content?.editable !== true || cell.behavior === 'Readonly') return undefined
    const parts = partsOf(object.describe, field.name)
    return [...parts, field].find((one) => isEditable(one, false))
  }
}

/** Says that nobody enters the value, and by which formula it comes where the user may know that. */
function computedMark(field: FieldInfo): unknown {
  const words = t('Computed')
  const formula = field.calculatedFormula ?? ''
  return html`<span class="computed" role="img" title=${formula || words} aria-label=${words}
    >ƒ</span
  >`
}

function help(field: FieldInfo, text: string): unknown {
  return html`<button
    type="button"
    class="help"
    title=${text}
    aria-label=${t('Help for {label}: {help}', { label: field.label, help: text })}
  >
    <fs-icon name="info"></fs-icon>
  </button>`
}

function isOpen(target: EventTarget | null): boolean {
  return target instanceof HTMLDetailsElement && target.open
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-record-details': FsRecordDetails
  }
}
