/**
 * A button that opens a menu: the pattern of WAI-ARIA, on the browser's own popover, so that no ancestor
 * clips it. Arrow keys, Home, End and first letters move; Escape closes. Fires `menu-select` with the item's id.
 */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { FsElement } from '../../base/element.ts'
import '../icon/icon.ts'
import type { IconName } from '../icon/icon.ts'
import { avatarStyles, menuStyles } from './menu.styles.ts'
import { placeBelow } from './place-below.ts'

export interface MenuItem {
  readonly id: string
  readonly label: string
  readonly icon?: IconName
  readonly hint?: string
  /** A path makes the item a link. */
  readonly path?: string
  readonly danger?: boolean
  readonly disabled?: boolean
  /** Shows a tick; the item is then one of a choice. */
  readonly checked?: boolean
  /** The language of the label, where it is not that of the screens. */
  readonly lang?: string | undefined
  /** Starts a group under this heading. */
  readonly group?: string
}

/** Slot: what the button shows. */
@customElement('fs-menu')
export class FsMenu extends FsElement {
  static override styles = [menuStyles, avatarStyles]

  /** The button's name for assistive technology, when its content has no text. */
  @property() label = ''
  @property({ attribute: false }) items: readonly MenuItem[] = []
  /** Classes of the button: `button`, `icon-button`, … */
  @property({ attribute: 'button-class' }) buttonClass = 'button'
  @state() private open = false

  override focus(): void {
    this.#opener?.focus()
  }

  get #panel(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('[popover]')
  }

  get #opener(): HTMLElement | null {
    return this.renderRoot.querySelector('button')
  }

  protected override render(): unknown {
    return html`
      <button
        type="button"
        class=${this.buttonClass}
        aria-haspopup="menu"
        aria-expanded=${this.open ? 'true' : 'false'}
        aria-label=${this.label || nothing}
        title=${this.label || nothing}
        @click=${() => this.#toggle()}
        @keydown=${(event: KeyboardEvent) => this.#openerKey(event)}
      >
        <slot></slot>
      </button>
      <div
        popover="auto"
        role="menu"
        aria-label=${this.label || nothing}
        @toggle=${(event: ToggleEvent) => this.#toggled(event)}
        @keydown=${(event: KeyboardEvent) => this.#menuKey(event)}
      >
        ${this.open ? this.items.map((item) => this.#item(item)) : nothing}
      </div>
    `
  }

  #item(item: MenuItem): unknown {
    const role = item.checked === undefined ? 'menuitem' : 'menuitemradio'
    const content = html`
      ${item.icon ? html`<fs-icon name=${item.icon}></fs-icon>` : nothing}
      <span class="label" lang=${item.lang ?? nothing}>${item.label}</span>
      ${item.hint ? html`<span class="hint">${item.hint}</span>` : nothing}
      ${item.checked ? html`<fs-icon name="check"></fs-icon>` : nothing}
    `
    const group = item.group
      ? html`<div class="group" role="presentation">${item.group}</div>`
      : nothing
    const shape = `item ${item.danger ? 'danger' : ''}`
    if (item.path !== undefined) {
      return html`${group}<a
          role=${role}
          tabindex="-1"
          class=${shape}
          href=${item.path}
          @click=${() => this.#choose(item)}
          >${content}</a
        >`
    }
    return html`${group}<button
        type="button"
        role=${role}
        tabindex="-1"
        class=${shape}
        aria-checked=${item.checked === undefined ? nothing : String(item.checked)}
        aria-disabled=${item.disabled ? 'true' : nothing}
        @click=${() => this.#choose(item)}
      >
        ${content}
      </button>`
  }

  #toggle(): void {
    if (this.open) this.#panel?.hidePopover()
    else void this.#show('first')
  }

  async #show(focus: 'first' | 'last'): Promise<void> {
    this.open = true
    await this.updateComplete
    const panel = this.#panel
    const opener = this.#opener
    if (!panel || !opener) return
    panel.showPopover()
    placeBelow(opener, panel)
    const items = this.#focusable()
    ;(focus === 'first' ? items[0] : items.at(-1))?.focus()
  }

  #toggled(event: ToggleEvent): void {
    if (event.newState === 'open') return
    this.open = false
    // The focus returns to the button unless the user has put it elsewhere.
    if (this.shadowRoot?.activeElement || document.activeElement === document.body) this.focus()
  }

  #choose(item: MenuItem): void {
    if (item.disabled) return
    this.#panel?.hidePopover()
    // A dialog that the choice opens gives the focus back to the button.
    this.focus()
    this.emit('menu-select', { id: item.id })
  }

  #openerKey(event: KeyboardEvent): void {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    void this.#show(event.key === 'ArrowDown' ? 'first' : 'last')
  }

  #menuKey(event: KeyboardEvent): void {
    const items = this.#focusable()
    const at = items.findIndex((item) => item === this.shadowRoot?.activeElement)
    const next = nextItem(items, at, event.key)
    if (event.key === 'Tab') this.#panel?.hidePopover()
    if (!next) return
    event.preventDefault()
    next.focus()
  }

  #focusable(): readonly HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('.item')]
  }
}

function nextItem(items: readonly HTMLElement[], at: number, key: string): HTMLElement | undefined {
  if (key === 'ArrowDown') return items[(at + 1) % items.length]
  if (key === 'ArrowUp') return items.at(at <= 0 ? -1 : at - 1)
  if (key === 'Home') return items[0]
  if (key === 'End') return items.at(-1)
  if (key.length !== 1 || key === ' ') return undefined
  const rotated = [...items.slice(at + 1), ...items.slice(0, at + 1)]
  return rotated.find((item) =>
    item.textContent?.trim().toLowerCase().startsWith(key.toLowerCase()),
  )
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-menu': FsMenu
  }
}
