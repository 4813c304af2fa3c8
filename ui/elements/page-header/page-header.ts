/** The title row of a page: icon, one h1 with a line above it, actions at the right. */
import { html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { FsElement } from '../../base/element.ts'
import { claimHeadingFocus } from '../../base/navigation.ts'
import '../icon/icon.ts'
import type { IconName } from '../icon/icon.ts'
import { pageHeaderStyles } from './page-header.styles.ts'

/** Slots: `above` replaces the line above the heading, `beside` follows it, `meta` below, `actions` at the right. */
@customElement('fs-page-header')
export class FsPageHeader extends FsElement {
  static override styles = pageHeaderStyles

  @property() heading = ''
  @property() above = ''
  @property() icon: IconName | undefined
  /** The object that the page is about: its tile, which the page brings, stands where the icon would. */
  @property() object = ''

  /** Moves the focus to the heading, once it has text. */
  focusHeading(): void {
    this.renderRoot.querySelector('h1')?.focus()
  }

  protected override updated(): void {
    if (this.heading !== '' && claimHeadingFocus()) this.focusHeading()
  }

  #tile(): unknown {
    if (this.object !== '') return html`<fs-object-icon object=${this.object}></fs-object-icon>`
    return this.icon
      ? html`<span class="tile"><fs-icon name=${this.icon}></fs-icon></span>`
      : nothing
  }

  protected override render(): unknown {
    return html`
      ${this.#tile()}
      <div class="titles">
        <div class="above"><slot name="above">${this.above}</slot></div>
        <div class="row">
          <h1 tabindex="-1">${this.heading || html`<span class="bar"></span>`}</h1>
          <slot name="beside"></slot>
        </div>
        <slot name="meta"></slot>
      </div>
      <div class="actions"><slot name="actions"></slot></div>
    `
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-page-header': FsPageHeader
  }
}
