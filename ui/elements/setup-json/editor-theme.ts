/** The editor in the colours of the design tokens, light and dark alike. */
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import type { Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

const frame = EditorView.theme({
  '&': { backgroundColor: 'var(--fs-surface)', color: 'var(--fs-text)', fontSize: '13px' },
  // Above the line numbers, which would cover an outline of the editor's own.
  '&.cm-focused': { outline: 'none' },
  '&.cm-focused::after': {
    content: '""',
    position: 'absolute',
    inset: '0',
    zIndex: '300',
    border: '2px solid var(--fs-focus)',
    borderRadius: 'inherit',
    pointerEvents: 'none',
  },
  '.cm-scroller': { fontFamily: 'var(--fs-font-mono)', lineHeight: '1.6' },
  '.cm-content': { caretColor: 'var(--fs-text)', padding: '8px 0' },
  '.cm-cursor': { borderLeftColor: 'var(--fs-text)' },
  '.cm-gutters': {
    backgroundColor: 'var(--fs-surface-sunken)',
    color: 'var(--fs-text-soft)',
    borderRight: '1px solid var(--fs-line)',
  },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--fs-hover)' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--fs-selected)',
  },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--fs-accent-soft)' },
  '.cm-tooltip': {
    backgroundColor: 'var(--fs-surface-raised)',
    border: '1px solid var(--fs-line)',
    borderRadius: 'var(--fs-radius-m)',
  },
  '.cm-diagnostic-error': { borderLeft: '3px solid var(--fs-danger)' },
})

const colours = HighlightStyle.define([
  { tag: tags.keyword, fontWeight: '600' },
  { tag: tags.comment, color: 'var(--fs-text-soft)', fontStyle: 'italic' },
  { tag: tags.propertyName, color: 'var(--fs-accent)' },
  { tag: tags.string, color: 'var(--fs-success)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--fs-warning)' },
  { tag: [tags.punctuation, tags.brace, tags.squareBracket], color: 'var(--fs-text-soft)' },
])

export const editorTheme: Extension = [frame, syntaxHighlighting(colours)]
