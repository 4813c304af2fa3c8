/** What went wrong, as a line that is read out at once; nothing while all is well. */
import { html, nothing } from 'lit'
import '../elements/icon/icon.ts'

export function problemNotice(problem: string): unknown {
  if (problem === '') return nothing
  return html`<p class="notice danger" role="alert"><fs-icon name="error"></fs-icon>${problem}</p>`
}
