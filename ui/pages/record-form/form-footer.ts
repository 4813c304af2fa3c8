/** The buttons of a form, always in reach; and the question before its input is thrown away. */
import { html, nothing } from 'lit'
import { t } from '../../base/text.ts'
import { confirm } from '../../elements/dialog/confirm.ts'

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

export function askToLeave(): Promise<boolean> {
  return confirm({
    heading: t('Leave without saving?'),
    text: t('What you entered in this form will be lost.'),
    confirmLabel: t('Discard changes'),
    cancelLabel: t('Keep editing'),
    danger: true,
  })
}
