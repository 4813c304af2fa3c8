/** An icon of the one set; decoration only, so a control that shows just an icon carries its own name. */
import { html, svg } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { FsElement } from '../../base/element.ts'
import { iconPaths } from './icon-paths.ts'
import type { IconName } from './icon-paths.ts'
import { iconStyles } from './icon.styles.ts'

export type { IconName }

export function outline(paths: readonly string[]): unknown {
  return html`<svg viewBox="0 0 24 24" fill="none" aria-hidden="true">
    ${paths.map((path) => svg`<path d=${path}></path>`)}
  </svg>`
}

@customElement('fs-icon')
export class FsIcon extends FsElement {
  static override styles = iconStyles

  @property() name: IconName = 'plus'

  protected override render(): unknown {
    return outline(iconPaths[this.name])
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-icon': FsIcon
  }
}
