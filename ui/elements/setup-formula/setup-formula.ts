/**
 * The text of a formula: highlighting, brackets, the problem at its place, and suggestions at the caret.
 * Fires `text-change` with the text.
 */
import type { Diagnostic } from '@codemirror/lint'
import { Prec } from '@codemirror/state'
import type { Extension } from '@codemirror/state'
import { EditorView, keymap } from '@codemirror/view'
import { html, nothing } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import type { FormulaProblem } from '../../base/wire-formulas.ts'
import { openCodeView, showCode } from '../setup-json/code-view.ts'
import { formulaLanguage } from './formula-language.ts'
import { wordAt } from './formula-words.ts'
import type { Suggestion, WordAtCaret } from './formula-words.ts'
import { setupFormulaStyles } from './setup-formula.styles.ts'

/** Finds what could be meant; it may have to ask the server for the fields of a parent. */
export type Suggest = (at: WordAtCaret) => Promise<readonly Suggestion[]>

interface Offers {
  readonly at: WordAtCaret
  readonly list: readonly Suggestion[]
  readonly chosen: number
  readonly left: number
  readonly top: number
}

const offersWidthPx = 420

const size = EditorView.theme({
  '.cm-content': { minHeight: '132px' },
  // The editor itself writes the height of the lines there.
  '.cm-gutters': { minHeight: '132px !important' },
  '&': { maxHeight: '320px' },
})

@customElement('fs-setup-formula')
export class FsSetupFormula extends FsElement {
  static override styles = setupFormulaStyles

  @property() value = ''
  @property() label = ''
  @property({ attribute: false }) problem: FormulaProblem | null = null
  @property({ attribute: false }) suggest: Suggest | undefined
  @query('.editor') private holder!: HTMLElement
  @state() private offers: Offers | undefined
  #view: EditorView | undefined
  #question = 0

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#view?.destroy()
    this.#view = undefined
  }

  override focus(): void {
    this.#view?.focus()
  }

  /** Puts text at the caret; `back` moves the caret into what was put there. */
  insert(text: string, back = 0): void {
    const view = this.#view
    if (!view) return
    const { from, to } = view.state.selection.main
    this.#replace(view, { from, to, text, back })
    view.focus()
  }

  #replace(
    view: EditorView,
    { from, to, text, back }: { from: number; to: number; text: string; back: number },
  ): void {
    view.dispatch({
      changes: { from, to, insert: text },
      selection: { anchor: from + text.length - back },
      scrollIntoView: true,
    })
  }

  protected override render(): unknown {
    return html`<div
        class="editor ${this.problem === null ? '' : 'faulty'}"
        @focusout=${() => this.#close()}
      ></div>
      ${this.offers === undefined ? nothing : this.#list(this.offers)}`
  }

  #list({ list, chosen, left, top }: Offers): unknown {
    return html`<ul
      id="offers"
      class="offers"
      role="listbox"
      aria-label=${t('Suggestions')}
      style="left:${left}px;top:${top}px"
    >
      ${list.map(
        (one, index) =>
          html`<li
            id="offer-${index}"
            role="option"
            aria-selected=${index === chosen ? 'true' : 'false'}
            @mousedown=${(event: Event) => {
              // The editor keeps the focus.
              event.preventDefault()
              this.#take(index)
            }}
          >
            <span class="name mono">${one.insert.replace(/\(\)$/, '')}</span>
            <span class="detail">${detailOf(one)}</span>
          </li>`,
      )}
    </ul>`
  }

  protected override updated(): void {
    this.#view ??= this.#open()
    const view = this.#view
    showCode(view, this.value, this.#diagnostics())
    this.#describeOffers(view)
    this.renderRoot.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }

  #diagnostics(): readonly Diagnostic[] {
    const { problem } = this
    if (problem === null) return []
    const to = Math.min(problem.end, this.value.length)
    const from = Math.min(problem.start, Math.max(0, to - 1))
    return [{ from, to, severity: 'error', message: problem.message }]
  }

  // The focus stays in the text; assistive technology follows the active option.
  #describeOffers({ contentDOM }: EditorView): void {
    const { offers } = this
    if (offers) {
      contentDOM.setAttribute('aria-controls', 'offers')
      contentDOM.setAttribute('aria-activedescendant', `offer-${offers.chosen}`)
    } else {
      contentDOM.removeAttribute('aria-controls')
      contentDOM.removeAttribute('aria-activedescendant')
    }
  }

  #open(): EditorView {
    return openCodeView({
      parent: this.holder,
      root: this.renderRoot,
      text: this.value,
      extensions: this.#extensions(),
    })
  }

  #extensions(): Extension {
    return [
      formulaLanguage,
      size,
      EditorView.contentAttributes.of({
        'aria-label': this.label,
        'aria-autocomplete': 'list',
        'aria-haspopup': 'listbox',
      }),
      Prec.highest(
        keymap.of([
          { key: 'ArrowDown', run: () => this.#move(1) },
          { key: 'ArrowUp', run: () => this.#move(-1) },
          { key: 'Enter', run: () => this.#take(this.offers?.chosen) },
          { key: 'Tab', run: () => this.#take(this.offers?.chosen) },
          { key: 'Escape', run: () => this.#close() },
          { key: 'Ctrl-Space', run: () => this.#ask() },
        ]),
      ),
      EditorView.updateListener.of((update) => {
        if (!update.docChanged) {
          if (update.selectionSet) this.#close()
          return
        }
        const text = update.state.doc.toString()
        const isTyped = update.transactions.some((one) => one.isUserEvent('input.type'))
        if (text !== this.value) this.emit('text-change', { text })
        if (isTyped) this.#ask()
        else this.#close()
      }),
    ]
  }

  #ask(): boolean {
    void this.#find()
    return true
  }

  async #find(): Promise<void> {
    const { suggest } = this
    const view = this.#view
    if (!suggest || !view) return
    const question = ++this.#question
    const caret = view.state.selection.main.head
    const at = wordAt(view.state.doc.toString(), caret)
    const isAsked = at !== undefined && (at.text !== '' || at.path.length > 0)
    const list = isAsked ? await suggest(at) : []
    if (question !== this.#question) return
    const place = view.coordsAtPos(caret)
    const [only] = list
    const isWritten = list.length === 1 && only?.insert === at?.text
    if (at === undefined || list.length === 0 || isWritten || place === null) {
      this.offers = undefined
      return
    }
    const left = Math.max(16, Math.min(place.left, innerWidth - offersWidthPx - 16))
    this.offers = { at, list, chosen: 0, left, top: place.bottom + 4 }
  }

  #move(step: number): boolean {
    const { offers } = this
    if (offers === undefined) return false
    const count = offers.list.length
    this.offers = { ...offers, chosen: (offers.chosen + step + count) % count }
    return true
  }

  #take(index: number | undefined): boolean {
    const { offers } = this
    const view = this.#view
    const one = index === undefined ? undefined : offers?.list[index]
    if (!offers || !view || !one) return false
    const caret = view.state.selection.main.head
    this.offers = undefined
    this.#replace(view, { from: offers.at.from, to: caret, text: one.insert, back: one.back })
    // A path goes on: what stands behind the parent is offered at once.
    if (one.insert.endsWith('.')) this.#ask()
    return true
  }

  #close(): boolean {
    this.#question++
    if (this.offers === undefined) return false
    this.offers = undefined
    return true
  }
}

function detailOf({ kind, insert, label, detail }: Suggestion): string {
  const isSaid = kind === 'function' || kind === 'global' || label === insert
  return isSaid ? detail : `${label} · ${detail}`
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-formula': FsSetupFormula
  }
}
