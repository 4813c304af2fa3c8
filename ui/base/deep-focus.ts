/** Where the focus really is, through all shadow roots, and the caret in it. */

export function deepActiveElement(): Element | null {
  let active = document.activeElement
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement
  return active
}

export interface Caret {
  readonly start: number | null
  readonly end: number | null
}

export function caretOf(element: Element | null): Caret | undefined {
  if (!(element instanceof HTMLInputElement) && !(element instanceof HTMLTextAreaElement)) {
    return undefined
  }
  return { start: element.selectionStart, end: element.selectionEnd }
}

export function setCaret(element: Element | null, caret: Caret): void {
  if (!(element instanceof HTMLInputElement) && !(element instanceof HTMLTextAreaElement)) return
  if (caret.start !== null) element.setSelectionRange(caret.start, caret.end ?? caret.start)
}
