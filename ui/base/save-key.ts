/** The keys that save the form one is in. */

/** Ctrl or Cmd with S or Enter; in a dialog they belong to the dialog alone. */
export function isSaveKey(event: KeyboardEvent): boolean {
  const saves = event.key.toLowerCase() === 's' || event.key === 'Enter'
  const isPressed = saves && (event.ctrlKey || event.metaKey)
  if (!isPressed) return false
  const dialog = event.composedPath().find((node) => node instanceof HTMLDialogElement)
  return dialog === undefined || event.currentTarget !== document
}
