/** The base of every element: shared styles first, then its own; and one way to fire events. */
import { LitElement } from 'lit'
import type { CSSResultGroup, CSSResultOrNative } from 'lit'
import { baseStyles, buttonStyles, printStyles } from './base-styles.ts'
import { languageChanged } from './text.ts'

export class FsElement extends LitElement {
  protected static override finalizeStyles(styles?: CSSResultGroup): CSSResultOrNative[] {
    const own = styles === undefined ? [] : [styles]
    return super.finalizeStyles([baseStyles, buttonStyles, ...own, printStyles])
  }

  readonly #speakAgain = (): void => this.requestUpdate()

  override connectedCallback(): void {
    super.connectedCallback()
    languageChanged.addEventListener('change', this.#speakAgain)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    languageChanged.removeEventListener('change', this.#speakAgain)
  }

  /** Fires an event that crosses shadow roots; false when a listener prevented it. */
  protected emit<Detail>(name: string, detail?: Detail): boolean {
    return this.dispatchEvent(
      new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable: true }),
    )
  }
}
