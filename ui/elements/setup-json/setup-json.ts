/** An editor for JSON text: highlighting, brackets, faults at their places. Fires `text-change`. */
import { json } from '@codemirror/lang-json'
import { foldGutter, indentOnInput } from '@codemirror/language'
import { lintGutter } from '@codemirror/lint'
import type { Extension } from '@codemirror/state'
import { EditorView, highlightActiveLine } from '@codemirror/view'
import { html } from 'lit'
import { customElement, property, query } from 'lit/decorators.js'
import { FsElement } from '../../base/element.ts'
import { faultText } from '../../setup/fault-text.ts'
import type { JsonFault } from '../../setup/json-check.ts'
import { openCodeView, showCode } from './code-view.ts'
import { setupJsonStyles } from './setup-json.styles.ts'

@customElement('fs-setup-json')
export class FsSetupJson extends FsElement {
  static override styles = setupJsonStyles

  @property() value = ''
  @property() label = ''
  @property({ attribute: false }) faults: readonly JsonFault[] = []
  @query('.editor') private holder!: HTMLElement
  #view: EditorView | undefined

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#view?.destroy()
    this.#view = undefined
  }

  protected override render(): unknown {
    return html`<div class="editor"></div>`
  }

  protected override updated(): void {
    this.#view ??= this.#open()
    const diagnostics = this.faults.map((fault) => ({
      from: fault.from,
      to: fault.to,
      severity: 'error' as const,
      message: faultText(fault),
    }))
    showCode(this.#view, this.value, diagnostics)
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
      foldGutter(),
      indentOnInput(),
      highlightActiveLine(),
      lintGutter(),
      json(),
      // The page's header and the bar above stay in sight over the text.
      EditorView.scrollMargins.of(() => ({ top: 160, bottom: 24 })),
      EditorView.contentAttributes.of({ 'aria-label': this.label }),
      EditorView.updateListener.of((update) => {
        if (!update.docChanged) return
        const text = update.state.doc.toString()
        if (text !== this.value) this.emit('text-change', { text })
      }),
    ]
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-json': FsSetupJson
  }
}
