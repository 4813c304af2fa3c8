/** Why somebody may see and change a record: every reason there could be, and what it gives. */
import { css, html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { sharing, type SharingExplanation } from '../../access-api.ts'
import { errorText } from '../../base/api-error.ts'
import { findObject } from '../../base/app-context.ts'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import type { FieldInfo, Value } from '../../base/wire.ts'
import type { EditorContext, EditorDetail } from '../../editors/editor-element.ts'
import '../../editors/lookup-editor.ts'
import { levelWord, reasonWord } from './sharing-words.ts'

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
  static override styles = css`
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
    li.none {
      color: var(--fs-text-soft);
    }
    .parents {
      margin-inline-start: var(--fs-space-4);
    }
  `

  @property() recordId = ''
  @property({ attribute: false }) context: EditorContext | undefined
  @state() private user: Value = null
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
        @value-changed=${(event: CustomEvent<EditorDetail>) => void this.#ask(event.detail.value)}
      ></fs-lookup-editor>
      <div role="status">${this.found ? this.#explanation(this.found) : nothing}</div>
    </section>`
  }

  async #ask(user: Value): Promise<void> {
    this.user = user
    this.found = undefined
    this.error = ''
    if (typeof user !== 'string' || user === '') return
    try {
      const found = await sharing.explain(this.recordId, user)
      if (this.user === user) this.found = found
    } catch (error) {
      if (this.user === user) this.error = errorText(error)
    }
  }

  #explanation(found: SharingExplanation): unknown {
    const screen = this.context?.screen
    const object = findObject(screen, found.object)?.label ?? found.object
    const access = found.mayObject.read ? found.access : 'None'
    return html`<p>
        <strong>${object}: ${levelWord(access)}</strong>
        ${found.mayObject.read ? nothing : t('The object itself is closed to the user.')}
      </p>
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

declare global {
  interface HTMLElementTagNameMap {
    'fs-sharing-reasons': FsSharingReasons
  }
}
