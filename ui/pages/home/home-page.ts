/** Being built. */
import { html } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { FsElement } from '../../base/element.ts'
import type { RouteLocation } from '../../base/router.ts'
import '../../elements/page-header/page-header.ts'

@customElement('fs-home-page')
export class FsHomePage extends FsElement {
  @property({ attribute: false }) location: RouteLocation | undefined

  protected override render(): unknown {
    return html`<fs-page-header heading="home"></fs-page-header>`
  }
}
