/** The name of a record of which only the id is known. */
import { html } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { FsElement } from '../../base/element.ts'
import { nameById } from '../../editors/name-by-id.ts'

@customElement('fs-record-name')
export class FsRecordName extends FsElement {
  @property() object = ''
  @property() record = ''
  @state() private name = ''

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('object') || changed.has('record')) void this.#load(this.record)
  }

  async #load(id: string): Promise<void> {
    const name = await nameById(this.object, id)
    if (id === this.record) this.name = name
  }

  protected override render(): unknown {
    return html`${this.name === '' ? this.record : this.name}`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-record-name': FsRecordName
  }
}
