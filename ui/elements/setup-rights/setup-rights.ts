/**
 * The rights of a permission set: objects with their six rights, and the fields of the chosen object
 * with read and edit. Fires `rights-change` with the changed body.
 */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { live } from 'lit/directives/live.js'
import { tableStyles } from '../../base/base-styles.ts'
import { errorText } from '../../base/api-error.ts'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import { Turns } from '../../base/turns.ts'
import type { ComponentSummary } from '../../base/wire-metadata.ts'
import type { FieldBody, PermissionSetBody } from '../../setup/component-bodies.ts'
import { isChecked, searchControl } from '../../setup/form-controls.ts'
import { formStyles } from '../../setup/form-styles.ts'
import {
  fieldAccess,
  hasObjectRight,
  objectRightNames,
  setFieldAccess,
  setObjectRight,
} from '../../setup/rights.ts'
import type { ObjectRightName } from '../../setup/rights.ts'
import { loadBody } from '../../setup/setup-api.ts'
import '../skeleton/skeleton.ts'
import { setupRightsStyles } from './setup-rights.styles.ts'

@customElement('fs-setup-rights')
export class FsSetupRights extends FsElement {
  static override styles = [formStyles, tableStyles, setupRightsStyles]

  @property({ attribute: false }) body: PermissionSetBody | undefined
  @property({ attribute: false }) objects: readonly ComponentSummary[] = []
  @state() private search = ''
  @state() private object = ''
  @state() private fields: readonly FieldBody[] | undefined
  @state() private problem = ''
  readonly #turns = new Turns()

  protected override render(): unknown {
    const { body } = this
    if (body === undefined) return nothing
    const wanted = this.search.trim().toLowerCase()
    const objects = this.objects
      .filter(({ fullName, label }) => `${label ?? ''} ${fullName}`.toLowerCase().includes(wanted))
      .toSorted((one, other) => labelOf(one).localeCompare(labelOf(other)))
    return html`
      <section class="card">
        <header>
          <h2>${t('Objects')}</h2>
          ${searchControl({
            label: t('Find an object'),
            value: this.search,
            onInput: (search) => (this.search = search),
          })}
        </header>
        <div class="scroll" tabindex="0" role="group" aria-label=${t('Object rights')}>
          ${this.#objectTable(body, objects)}
        </div>
      </section>
    `
  }

  #objectTable(body: PermissionSetBody, objects: readonly ComponentSummary[]): unknown {
    const labels = rightLabels()
    return html`<table class="table">
      <thead>
        <tr>
          <th scope="col">${t('Object')}</th>
          ${objectRightNames.map((name) => html`<th scope="col" class="box">${labels[name]}</th>`)}
          <th scope="col"><span class="visually-hidden">${t('Fields')}</span></th>
        </tr>
      </thead>
      <tbody>
        ${objects.map((object) => this.#objectRow(body, object))}
      </tbody>
    </table>`
  }

  #objectRow(body: PermissionSetBody, object: ComponentSummary): unknown {
    const label = labelOf(object)
    const labels = rightLabels()
    const isOpen = this.object === object.fullName
    return html`<tr class=${isOpen ? 'open' : ''}>
        <th scope="row">${label}</th>
        ${objectRightNames.map(
          (name) =>
            html`<td class="box">
              <label>
                <input
                  type="checkbox"
                  aria-label=${t('{object}: {right}', { object: label, right: labels[name] })}
                  .checked=${live(hasObjectRight(body, object.fullName, name))}
                  @change=${(event: Event) =>
                    this.#change(
                      setObjectRight(body, object.fullName, { name, allowed: isChecked(event) }),
                    )}
                />
              </label>
            </td>`,
        )}
        <td class="more">
          <button
            class="button quiet"
            aria-expanded=${isOpen ? 'true' : 'false'}
            aria-label=${t('Fields of {object}', { object: label })}
            @click=${() => void this.#open(isOpen ? '' : object.fullName)}
          >
            ${t('Fields')}
          </button>
        </td>
      </tr>
      ${
        isOpen
          ? html`<tr>
              <td class="inside" colspan="8">${this.#fieldSection(body)}</td>
            </tr>`
          : nothing
      }`
  }

  async #open(object: string): Promise<void> {
    this.object = object
    this.fields = undefined
    this.problem = ''
    if (object === '') return
    const isLatest = this.#turns.next()
    try {
      const { fields = [] } = await loadBody('CustomObject', object)
      if (isLatest())
        this.fields = fields.toSorted((one, other) =>
          (one.label ?? one.fullName).localeCompare(other.label ?? other.fullName),
        )
    } catch (error) {
      if (isLatest()) this.problem = errorText(error)
    }
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>('#fields')?.focus()
  }

  #fieldSection(body: PermissionSetBody): unknown {
    const object = this.objects.find((entry) => entry.fullName === this.object)
    const label = object === undefined ? this.object : labelOf(object)
    return html`<section>
      <header>
        <h3 id="fields" tabindex="-1">${t('Fields of {object}', { object: label })}</h3>
        <button class="button" ?disabled=${!this.fields} @click=${() => this.#setAll(body, 'read')}>
          ${t('Read all')}
        </button>
        <button class="button" ?disabled=${!this.fields} @click=${() => this.#setAll(body, 'edit')}>
          ${t('Edit all')}
        </button>
        <button class="button" ?disabled=${!this.fields} @click=${() => this.#setAll(body, 'none')}>
          ${t('None')}
        </button>
      </header>
      ${this.problem === '' ? nothing : html`<p class="error" role="alert">${this.problem}</p>`}
      ${
        this.fields === undefined && this.problem === ''
          ? html`<fs-skeleton lines="6"></fs-skeleton>`
          : this.#fieldTable(body, this.fields ?? [])
      }
    </section>`
  }

  #fieldTable(body: PermissionSetBody, fields: readonly FieldBody[]): unknown {
    return html`<table class="table">
      <thead>
        <tr>
          <th scope="col">${t('Field')}</th>
          <th scope="col" class="box">${t('Read')}</th>
          <th scope="col" class="box">${t('Edit')}</th>
        </tr>
      </thead>
      <tbody>
        ${fields.map((field) => this.#fieldRow(body, field))}
      </tbody>
    </table>`
  }

  #fieldRow(body: PermissionSetBody, field: FieldBody): unknown {
    const fullName = `${this.object}.${field.fullName}`
    const label = field.label ?? field.fullName
    const access = fieldAccess(body, fullName)
    const isComputed = field.formula !== undefined || field.type === 'AutoNumber'
    return html`<tr>
      <th scope="row">${label} <span class="mono soft small">${field.fullName}</span></th>
      <td class="box">
        <label>
          <input
            type="checkbox"
            aria-label=${t('{field}: read', { field: label })}
            .checked=${live(access !== 'none')}
            @change=${(event: Event) =>
              this.#change(setFieldAccess(body, fullName, isChecked(event) ? 'read' : 'none'))}
          />
        </label>
      </td>
      <td class="box">
        <label>
          <input
            type="checkbox"
            aria-label=${t('{field}: edit', { field: label })}
            ?disabled=${isComputed}
            .checked=${live(access === 'edit')}
            @change=${(event: Event) =>
              this.#change(setFieldAccess(body, fullName, isChecked(event) ? 'edit' : 'read'))}
          />
        </label>
      </td>
    </tr>`
  }

  #setAll(body: PermissionSetBody, access: 'none' | 'read' | 'edit'): void {
    const changed = (this.fields ?? []).reduce(
      (next, field) => setFieldAccess(next, `${this.object}.${field.fullName}`, access),
      body,
    )
    this.#change(changed)
  }

  #change(body: PermissionSetBody): void {
    this.emit('rights-change', { body })
  }
}

function labelOf({ label, fullName }: ComponentSummary): string {
  return label ?? fullName
}

function rightLabels(): Readonly<Record<ObjectRightName, string>> {
  return {
    allowRead: t('Read'),
    allowCreate: t('Create'),
    allowEdit: t('Edit'),
    allowDelete: t('Delete'),
    viewAllRecords: t('View all'),
    modifyAllRecords: t('Modify all'),
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-rights': FsSetupRights
  }
}
