/** An editor for JSON text: highlighting, brackets, faults at their places. Fires `text-change`. */
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { json } from '@codemirror/lang-json'
import { bracketMatching, foldGutter, indentOnInput } from '@codemirror/language'
import { lintGutter, setDiagnostics } from '@codemirror/lint'
import { EditorState } from '@codemirror/state'
import type { Extension } from '@codemirror/state'
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  keymap,
  lineNumbers,
} from '@codemirror/view'
import { html } from 'lit'
import { customElement, property, query } from 'lit/decorators.js'
import { FsElement } from '../../base/element.ts'
import { faultText } from '../../setup/fault-text.ts'
import type { JsonFault } from '../../setup/json-check.ts'
import { editorTheme } from './editor-theme.ts'
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
    const view = this.#view
    const shown = view.state.doc.toString()
    if (shown !== this.value)
      view.dispatch({ changes: { from: 0, to: shown.length, insert: this.value } })
    const diagnostics = this.faults.map((fault) => ({
      from: Math.min(fault.from, view.state.doc.length),
      to: Math.min(fault.to, view.state.doc.length),
      severity: 'error' as const,
      message: faultText(fault),
    }))
    view.dispatch(setDiagnostics(view.state, diagnostics))
  }

  #open(): EditorView {
    const root = this.renderRoot
    return new EditorView({
      parent: this.holder,
      ...(root instanceof ShadowRoot ? { root } : {}),
      state: EditorState.create({ doc: this.value, extensions: this.#extensions() }),
    })
  }

  // Tab is left to the page, so that the keyboard can leave the editor.
  #extensions(): Extension {
    return [
      lineNumbers(),
      foldGutter(),
      history(),
      drawSelection(),
      indentOnInput(),
      bracketMatching(),
      highlightActiveLine(),
      lintGutter(),
      json(),
      editorTheme,
      EditorView.lineWrapping,
      // The page's header and the bar above stay in sight over the text.
      EditorView.scrollMargins.of(() => ({ top: 160, bottom: 24 })),
      EditorView.contentAttributes.of({ 'aria-label': this.label }),
      keymap.of([...defaultKeymap, ...historyKeymap]),
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
