/** What stands in the place of a record while it is loaded. */
import { html } from 'lit'
import '../../elements/page-header/page-header.ts'
import '../../elements/skeleton/skeleton.ts'

export function recordSkeleton(): unknown {
  return html`<div class="page">
    <div class="card highlights">
      <fs-page-header></fs-page-header><fs-skeleton lines="2"></fs-skeleton>
    </div>
    <div class="columns">
      <div class="card main"><fs-skeleton lines="12"></fs-skeleton></div>
      <div class="card side"><fs-skeleton lines="6"></fs-skeleton></div>
    </div>
  </div>`
}
