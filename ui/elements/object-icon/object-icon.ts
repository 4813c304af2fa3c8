/** The tile of an object, by which its records are known in headings and lists. Decoration: its name always stands beside it. */
import { css } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { FsElement } from '../../base/element.ts'
import { outline } from '../icon/icon.ts'
import { iconStyles } from '../icon/icon.styles.ts'
import { objectIconPaths } from './object-icon-paths.ts'
import { lookOf } from './object-looks.ts'

@customElement('fs-object-icon')
export class FsObjectIcon extends FsElement {
  static override styles = [
    iconStyles,
    css`
      :host {
        --fs-icon-size: var(--fs-tile, 24px);
        padding: calc(var(--fs-icon-size) * 0.19);
        border-radius: var(--fs-radius-s);
        color: #fff;
      }
    `,
  ]

  /** The API name. */
  @property() object = ''

  protected override willUpdate(): void {
    this.style.background = lookOf(this.object).color
  }

  protected override render(): unknown {
    return outline(objectIconPaths(lookOf(this.object).icon))
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-object-icon': FsObjectIcon
  }
}
