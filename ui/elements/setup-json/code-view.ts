/** What the editors of Setup for JSON and for formulas share: how text is opened, and how it follows the element. */
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { bracketMatching } from '@codemirror/language'
import { setDiagnostics } from '@codemirror/lint'
import type { Diagnostic } from '@codemirror/lint'
import { EditorState } from '@codemirror/state'
import type { Extension } from '@codemirror/state'
import { drawSelection, EditorView, keymap, lineNumbers } from '@codemirror/view'
import { editorTheme } from './editor-theme.ts'

interface Opened {
  readonly parent: HTMLElement
  readonly root: HTMLElement | DocumentFragment
  readonly text: string
  readonly extensions: Extension
}

export function openCodeView({ parent, root, text, extensions }: Opened): EditorView {
  return new EditorView({
    parent,
    ...(root instanceof ShadowRoot ? { root } : {}),
    state: EditorState.create({ doc: text, extensions: [shared(), extensions] }),
  })
}

// Tab is left to the page, so that the keyboard can leave the editor.
function shared(): Extension {
  return [
    lineNumbers(),
    history(),
    drawSelection(),
    bracketMatching(),
    editorTheme,
    EditorView.lineWrapping,
    keymap.of([...defaultKeymap, ...historyKeymap]),
  ]
}

/** Shows this text and what is wrong in it; places behind its end are drawn to the end. */
export function showCode(view: EditorView, text: string, problems: readonly Diagnostic[]): void {
  const shown = view.state.doc.toString()
  if (shown !== text) view.dispatch({ changes: { from: 0, to: shown.length, insert: text } })
  const { length } = view.state.doc
  const within = problems.map((one) => ({
    ...one,
    from: Math.min(one.from, length),
    to: Math.min(one.to, length),
  }))
  view.dispatch(setDiagnostics(view.state, within))
}
