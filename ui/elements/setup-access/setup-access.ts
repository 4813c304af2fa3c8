/** Third step of a new field: who may read and edit it, by permission set. Fires `access-change`. */
import { html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { live } from 'lit/directives/live.js'
import { tableStyles } from '../../base/base-styles.ts'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import type { PermissionSetBody } from '../../setup/component-bodies.ts'
import type { AccessChoices } from '../../setup/field-changes.ts'
import { isChecked } from '../../setup/form-controls.ts'
import { formStyles } from '../../setup/form-styles.ts'
import { hasObjectRight } from '../../setup/rights.ts'
import type { FieldAccess } from '../../setup/rights.ts'
import type { Component } from '../../setup/setup-api.ts'
import { setupAccessStyles } from './setup-access.styles.ts'

@customElement('fs-setup-access')
export class FsSetupAccess extends FsElement {
  static override styles = [formStyles, tableStyles, setupAccessStyles]

  @property() object = ''
  @property({ attribute: false }) permissionSets: readonly Component<PermissionSetBody>[] = []
  @property({ attribute: false }) access: AccessChoices = new Map()
  /** Nobody enters the field's values. */
  @property({ attribute: false }) readOnly = false

  protected override render(): unknown {
    if (this.permissionSets.length === 0)
      return html`<p class="soft">
        ${t('There are no permission sets: only system administrators will see the field.')}
      </p>`
    return html`
      <p class="soft">
        ${t('System administrators always have access. Others see the field only where it is ticked.')}
      </p>
      <table class="table" aria-label=${t('Access by permission set')}>
        <thead>
          <tr>
            <th scope="col">${t('Permission set')}</th>
            <th scope="col" class="box">${t('Read')} ${this.#all('read')}</th>
            ${
              this.readOnly
                ? nothing
                : html`<th scope="col" class="box">${t('Edit')} ${this.#all('edit')}</th>`
            }
          </tr>
        </thead>
        <tbody>
          ${this.permissionSets.map((set) => this.#row(set))}
        </tbody>
      </table>
    `
  }

  #all(access: 'read' | 'edit'): unknown {
    const label =
      access === 'read' ? t('All permission sets may read') : t('All permission sets may edit')
    const isFull = this.permissionSets.every((set) => this.#holds(set.fullName, access))
    return html`<button
      type="button"
      class="button link small"
      aria-label=${label}
      aria-pressed=${isFull ? 'true' : 'false'}
      @click=${() => this.#setAll(access, !isFull)}
    >
      ${t('All')}
    </button>`
  }

  #row(set: Component<PermissionSetBody>): unknown {
    const reaches = hasObjectRight(set.body, this.object, 'allowRead')
    return html`<tr>
      <th scope="row">
        ${set.label}
        ${
          reaches
            ? nothing
            : html`<span class="hint">${t('Gives no access to the object itself.')}</span>`
        }
      </th>
      <td class="box">${this.#box(set, 'read')}</td>
      ${this.readOnly ? nothing : html`<td class="box">${this.#box(set, 'edit')}</td>`}
    </tr>`
  }

  #box(set: Component<PermissionSetBody>, access: 'read' | 'edit'): unknown {
    const label =
      access === 'read'
        ? t('{set} may read', { set: set.label })
        : t('{set} may edit', { set: set.label })
    return html`<label>
      <input
        type="checkbox"
        aria-label=${label}
        .checked=${live(this.#holds(set.fullName, access))}
        @change=${(event: Event) => this.#set(set.fullName, access, isChecked(event))}
      />
    </label>`
  }

  #holds(set: string, access: 'read' | 'edit'): boolean {
    const held = this.access.get(set) ?? 'none'
    return held === 'edit' || held === access
  }

  #set(set: string, access: 'read' | 'edit', ticked: boolean): void {
    this.#change([[set, nextAccess(access, ticked)]])
  }

  #setAll(access: 'read' | 'edit', ticked: boolean): void {
    this.#change(this.permissionSets.map((set) => [set.fullName, nextAccess(access, ticked)]))
  }

  #change(changes: readonly (readonly [string, FieldAccess])[]): void {
    this.emit('access-change', { access: new Map([...this.access, ...changes]) })
  }
}

/** Editing needs reading; without reading there is nothing to edit. */
function nextAccess(access: 'read' | 'edit', ticked: boolean): FieldAccess {
  if (ticked) return access
  return access === 'edit' ? 'read' : 'none'
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-access': FsSetupAccess
  }
}
