/** Why somebody may see and change a record: every reason there could be, and what it gives. */
import { css, html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { sharing, type RightExplanation, type SharingExplanation } from '../../access-api.ts'
import { errorText } from '../../base/api-error.ts'
import { findObject } from '../../base/app-context.ts'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import type { AppScreen, FieldInfo, Value } from '../../base/wire.ts'
import type { EditorContext, EditorDetail } from '../../editors/editor-element.ts'
import '../../editors/lookup-editor.ts'
import { selectControl, type Choice } from '../../setup/form-controls.ts'
import { formStyles } from '../../setup/form-styles.ts'
import { levelWord, reasonWord, rightReasonWord, rightWord } from './sharing-words.ts'

const userField: FieldInfo = {
  name: 'UserId',
  label: '',
  type: 'reference',
  nillable: false,
  createable: true,
  updateable: true,
  referenceTo: ['User'],
}

@customElement('fs-sharing-reasons')
export class FsSharingReasons extends FsElement {
  static override styles = [
    formStyles,
    css`
      section {
        display: grid;
        gap: var(--fs-space-3);
      }
      ul {
        display: grid;
        gap: 4px;
        padding: 0;
        margin: 0;
        list-style: none;
      }
      li {
        display: flex;
        gap: var(--fs-space-3);
        justify-content: space-between;
      }
      ul + p,
      ul + ul {
        margin-top: var(--fs-space-2);
      }
      li.none {
        color: var(--fs-text-soft);
      }
      .parents {
        margin-inline-start: var(--fs-space-4);
      }
    `,
  ]

  @property() recordId = ''
  /** Fields that may be asked about, too. */
  @property({ attribute: false }) fields: readonly Choice[] = []
  @property({ attribute: false }) context: EditorContext | undefined
  @state() private user: Value = null
  @state() private field = ''
  @state() private found: SharingExplanation | undefined
  @state() private error = ''

  protected override render(): unknown {
    return html`<section aria-labelledby="why">
      <h3 id="why">${t('Why can somebody see this?')}</h3>
      <fs-lookup-editor
        .label=${t('User')}
        .describe=${userField}
        .context=${this.context}
        .value=${this.user}
        .error=${this.error}
        @value-changed=${(event: CustomEvent<EditorDetail>) =>
          void this.#ask(event.detail.value, this.field)}
      ></fs-lookup-editor>
      ${
        this.fields.length === 0
          ? nothing
          : selectControl({
              name: 'field',
              label: t('Field'),
              value: this.field,
              choices: [{ value: '', label: t('The record as a whole') }, ...this.fields],
              onInput: (field) => void this.#ask(this.user, field),
            })
      }
      <div role="status">${this.found ? this.#explanation(this.found) : nothing}</div>
    </section>`
  }

  async #ask(user: Value, field: string): Promise<void> {
    this.user = user
    this.field = field
    this.found = undefined
    this.error = ''
    if (typeof user !== 'string' || user === '') return
    try {
      const found = await sharing.explain(this.recordId, user, field)
      if (this.user === user && this.field === field) this.found = found
    } catch (error) {
      if (this.user === user && this.field === field) this.error = errorText(error)
    }
  }

  #fieldLabel(name: string): string {
    return this.fields.find(({ value }) => value === name)?.label ?? name
  }

  #rights(rights: readonly RightExplanation[], label: string): unknown {
    return rightsList(rights, label, this.context?.screen)
  }

  #explanation(found: SharingExplanation): unknown {
    const screen = this.context?.screen
    const object = findObject(screen, found.object)?.label ?? found.object
    const access = found.mayObject.read ? found.access : 'None'
    return html`${found.field === undefined ? nothing : this.#rights(found.field.rights, this.#fieldLabel(found.field.name))}
      <p>
        <strong>${object}: ${levelWord(access)}</strong>
        ${found.mayObject.read ? nothing : t('The object itself is closed to the user.')}
      </p>
      ${found.rights === undefined ? nothing : this.#rights(found.rights, object)}
      <ul>
        ${found.reasons.map(
          (reason) =>
            html`<li class=${reason.access === 'None' ? 'none' : ''}>
              <span>${reasonWord(screen, reason)}</span><span>${levelWord(reason.access)}</span>
            </li>`,
        )}
      </ul>
      ${found.parents.map(
        (parent) => html`<div class="parents">${this.#explanation(parent)}</div>`,
      )}`
  }
}

/** One line for each right, with what gives it or takes it. */
function rightsList(
  rights: readonly RightExplanation[],
  label: string,
  screen: AppScreen | undefined,
): unknown {
  return html`<ul aria-label=${label}>
    ${rights.map(({ right, given, reasons }) => {
      const why = reasons.map((reason) => rightReasonWord(screen, reason)).join('; ')
      return html`<li class=${given ? '' : 'none'}>
        <span>${rightWord(right)}: ${label}</span>
        <span>${given ? t('Yes') : t('No')}${why === '' ? '' : ` (${why})`}</span>
      </li>`
    })}
  </ul>`
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-sharing-reasons': FsSharingReasons
  }
}
