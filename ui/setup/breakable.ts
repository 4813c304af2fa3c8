/** An API name that may break between its words, so that narrow columns need not cut it. */
import { html } from 'lit'
import type { TemplateResult } from 'lit'

export function breakable(name: string): TemplateResult {
  const words = name.split(/(?<=[a-z0-9])(?=[A-Z])|(?<=[_.-])/)
  return html`${words.map((word) => html`${word}<wbr />`)}`
}
