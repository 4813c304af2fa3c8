/** The JSON of an object, as one of its parts. */
import { html } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { FsElement } from '../base/element.ts'
import { t } from '../base/text.ts'
import type { ObjectBody } from './component-bodies.ts'
import './component-json.ts'
import type { ObjectPart } from './object-tabs.ts'
import { partStyles } from './setup-styles.ts'

@customElement('fs-setup-object-json')
export class FsSetupObjectJson extends FsElement implements ObjectPart {
  static override styles = partStyles

  @property() object = ''
  @property({ attribute: false }) body: ObjectBody | undefined
  @property({ attribute: false }) item: string | undefined

  protected override render(): unknown {
    return html`
      <h2>${t('JSON')}</h2>
      <fs-setup-component-json
        type="CustomObject"
        .fullName=${this.object}
      ></fs-setup-component-json>
    `
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-object-json': FsSetupObjectJson
  }
}
