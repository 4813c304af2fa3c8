/** The buttons of a form, always in reach. */
import { html, nothing } from 'lit'
import { t } from '../../base/text.ts'

export interface FormActions {
  readonly isNew: boolean
  readonly saving: boolean
  cancel(): void
  save(after: 'show' | 'new'): void
}

export function renderFooter(actions: FormActions): unknown {
  const { isNew, saving } = actions
  return html`<div class="footer">
    <div class="buttons">
      <button class="button" type="button" @click=${() => actions.cancel()}>${t('Cancel')}</button>
      ${
        isNew
          ? html`<button
              class="button"
              type="button"
              ?disabled=${saving}
              @click=${() => actions.save('new')}
            >
              ${t('Save and new')}
            </button>`
          : nothing
      }
      <button
        class="button primary"
        type="button"
        ?disabled=${saving}
        @click=${() => actions.save('show')}
      >
        ${saving ? t('Saving…') : t('Save')}
      </button>
    </div>
  </div>`
}
