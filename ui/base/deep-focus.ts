/** Where the focus really is, through all shadow roots, the caret in it, and the field an event is about. */

export function deepActiveElement(): Element | null {
  let active = document.activeElement
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement
  return active
}

/** The field whose editor an event comes from; the part's for a part of a compound. */
export function fieldOfEvent(event: Event): string | undefined {
  const elements = event.composedPath().filter((node) => node instanceof HTMLElement)
  return elements.map((node) => node.dataset['field']).find((name) => name !== undefined)
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
