/** The way to a page of Setup, for the line above its heading. */
import { html } from 'lit'
import type { TemplateResult } from 'lit'
import { t } from '../base/text.ts'
import { setupPath } from './setup-route.ts'
import type { SetupRoute } from './setup-route.ts'

export interface Crumb {
  readonly label: string
  readonly route: SetupRoute
}

export function crumbs(list: readonly Crumb[]): TemplateResult {
  return html`<nav slot="above" class="crumbs" aria-label=${t('You are here')}>
    ${list.map(
      (crumb, index) =>
        html`${index === 0 ? '' : html`<span aria-hidden="true">›</span>`}
          <a href=${setupPath(crumb.route)}>${crumb.label}</a>`,
    )}
  </nav>`
}
