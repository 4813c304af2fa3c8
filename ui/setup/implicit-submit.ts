/** Enter in a one-line input sends its form, also where shadow roots hide the input from the form. */
export function isImplicitSubmit(event: KeyboardEvent): boolean {
  const path = event.composedPath()
  const input = path[0]
  if (event.key !== 'Enter' || event.defaultPrevented || !(input instanceof HTMLInputElement))
    return false
  // The browser itself sends the form of its own inputs; a search only narrows a list.
  if (input.form !== null || input.type === 'search') return false
  return !path.some((node) => node instanceof Element && node.localName.startsWith('vaadin-'))
}
