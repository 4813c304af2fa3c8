/** The quick actions of a page: the first of them as buttons, where there is room; the others in a menu. */
import { css, html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { FsElement } from '../../base/element.ts'
import { followMedia } from '../../base/follow-media.ts'
import { t } from '../../base/text.ts'
import type { PageAction } from '../../base/wire-actions.ts'
import '../icon/icon.ts'
import '../menu/menu.ts'
import type { FormPlace } from '../record-dialog/record-dialog.ts'

const buttonsMax = 3
const roomy = '(min-width: 1100px)'

/** Fires `action-done` when one of them was done. */
@customElement('fs-quick-actions')
export class FsQuickActions extends FsElement {
  static override styles = css`
    :host {
      display: contents;
    }
    @media print {
      :host {
        display: none;
      }
    }
  `

  @property({ attribute: false }) actions: readonly PageAction[] = []
  @property({ attribute: false }) place: FormPlace | undefined
  /** The record that they start from; empty for none. */
  @property() record = ''
  @state() private isRoomy = matchMedia(roomy).matches
  #stop: (() => void) | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    this.#stop = followMedia(roomy, (matches) => (this.isRoomy = matches))
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stop?.()
  }

  protected override render(): unknown {
    const { actions } = this
    // A menu of one entry would be a detour.
    const count = !this.isRoomy
      ? 0
      : actions.length === buttonsMax + 1
        ? buttonsMax + 1
        : buttonsMax
    const more = actions.slice(count)
    return html`${actions
      .slice(0, count)
      .map(
        (action) =>
          html`<button class="button" type="button" @click=${() => void this.#open(action)}>
            ${action.label}
          </button>`,
      )}${
      more.length === 0
        ? nothing
        : html`<fs-menu
            button-class="button"
            .items=${more.map(({ name: id, label }) => ({ id, label }))}
            @menu-select=${(event: CustomEvent<{ id: string }>) => this.#chosen(event.detail.id)}
            >${count === 0 ? t('Actions') : t('More')}<fs-icon name="chevron-down"></fs-icon
          ></fs-menu>`
    }`
  }

  #chosen(name: string): void {
    const action = this.actions.find((one) => one.name === name)
    if (action) void this.#open(action)
  }

  async #open(action: PageAction): Promise<void> {
    const { place, record: recordId } = this
    if (!place) return
    const { openQuickAction } = await import('./quick-action-dialog.ts')
    if (await openQuickAction({ action, recordId, place })) this.emit('action-done')
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-quick-actions': FsQuickActions
  }
}
