/** Moves the focus to the summary of a form's mistakes once it is drawn. */
import type { ReactiveElement } from 'lit'

export async function focusSummary(form: ReactiveElement): Promise<void> {
  await form.updateComplete
  const summary = form.renderRoot.querySelector('fs-error-summary')
  await summary?.updateComplete
  summary?.focus()
}
