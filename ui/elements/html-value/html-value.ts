/** Formatted text from the server, cleaned once more before it is shown; long text folds. */
import createDOMPurify from 'dompurify'
import { css, html, nothing } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { unsafeHTML } from 'lit/directives/unsafe-html.js'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'

const cleaner = createDOMPurify(window)
const allowed = {
  ALLOWED_TAGS: [
    'a', 'b', 'blockquote', 'br', 'code', 'div', 'em', 'h1', 'h2', 'h3', 'h4', 'hr', 'i', 'li', 'ol',
    'p', 'pre', 's', 'span', 'strike', 'strong', 'sub', 'sup', 'table', 'tbody', 'td', 'th', 'thead',
    'tr', 'u', 'ul',
  ], // prettier-ignore
  ALLOWED_ATTR: ['href', 'title', 'colspan', 'rowspan'],
  ALLOWED_URI_REGEXP: /^(?:https?|mailto):/i,
}

/** Also used by the editor, on what is loaded into it. */
export function cleanHtml(source: string): string {
  return cleaner.sanitize(source, allowed)
}

/** What HYPERLINK, IMAGE and BR of formulas make; addresses of the page's own server too. */
const ofFormulas = {
  ALLOWED_TAGS: ['a', 'img', 'br'],
  ALLOWED_ATTR: ['href', 'src', 'alt', 'height', 'width'],
  ALLOWED_URI_REGEXP: /^(?:(?:https?|mailto):|\/(?!\/)|[?#])/i,
}

export function cleanFormulaMarkup(source: string): string {
  return cleaner.sanitize(source, ofFormulas)
}

const foldedPx = 160

@customElement('fs-html-value')
export class FsHtmlValue extends FsElement {
  static override styles = css`
    :host {
      display: block;
    }
    .content {
      overflow-wrap: anywhere;
    }
    .content.folded {
      max-height: 160px;
      overflow: hidden;
      mask-image: linear-gradient(#000 70%, transparent);
    }
    .content :is(ul, ol) {
      padding-inline-start: 20px;
    }
    .content > * + * {
      margin-top: 6px;
    }
    @media print {
      .content.folded {
        max-height: none;
        mask-image: none;
      }
    }
    :host([computed]) .content > * + * {
      margin-top: 0;
    }
    .content img {
      max-width: 100%;
      vertical-align: middle;
    }
  `

  @property() value = ''
  /** The value is what a formula gives, with images and no other blocks. */
  @property({ type: Boolean }) computed = false
  @state() private long = false
  @state() private unfolded = false

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('value')) return
    const content = this.renderRoot.querySelector('.content')
    this.long = (content?.scrollHeight ?? 0) > foldedPx * 1.25
    for (const link of this.renderRoot.querySelectorAll('.content a')) {
      link.setAttribute('target', '_blank')
      link.setAttribute('rel', 'noopener noreferrer')
    }
  }

  protected override render(): unknown {
    const folded = this.long && !this.unfolded
    return html`<div class="content ${folded ? 'folded' : ''}">
        ${unsafeHTML(this.computed ? cleanFormulaMarkup(this.value) : cleanHtml(this.value))}
      </div>
      ${
        this.long
          ? html`<button class="button link" @click=${() => (this.unfolded = !this.unfolded)}>
              ${this.unfolded ? t('Show less') : t('Show more')}
            </button>`
          : nothing
      }`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-html-value': FsHtmlValue
  }
}
