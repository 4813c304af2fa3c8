/** The details of an object: to read, and to edit through a plan. */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { metadata } from '../api.ts'
import { FsElement } from '../base/element.ts'
import { t } from '../base/text.ts'
import type { Plan } from '../base/wire-metadata.ts'
import { confirm } from '../elements/dialog/confirm.ts'
import '../elements/dialog/dialog.ts'
import '../elements/icon/icon.ts'
import '../elements/setup-review/setup-review.ts'
import { showToast } from '../elements/toast/toast.ts'
import type { ObjectBody } from './component-bodies.ts'
import { asBody } from './field-changes.ts'
import { checkControl, selectControl, textControl } from './form-controls.ts'
import { formStyles } from './form-styles.ts'
import type { ObjectPart } from './object-tabs.ts'
import { loadBody } from './setup-api.ts'
import { partStyles } from './setup-styles.ts'
import { sharingChoices } from './sharing-choices.ts'

/** What can be changed here; everything else of the object stays. */
type Change = Partial<
  Pick<
    ObjectBody,
    | 'label'
    | 'pluralLabel'
    | 'description'
    | 'sharingModel'
    | 'enableHistory'
    | 'enableActivities'
    | 'enableSearch'
    | 'enableReports'
  >
>

@customElement('fs-setup-object-details')
export class FsSetupObjectDetails extends FsElement implements ObjectPart {
  static override styles = [formStyles, partStyles]

  @property() object = ''
  @property({ attribute: false }) body: ObjectBody | undefined
  @property({ attribute: false }) item: string | undefined
  @state() private isEditing = false
  @state() private change: Change = {}
  @state() private makePlan: (() => Promise<Plan>) | undefined

  protected override render(): unknown {
    const { body } = this
    if (body === undefined) return nothing
    return html`
      <div class="bar">
        <h2>${t('Details')}</h2>
        <span class="grow"></span>
        <button class="button" @click=${() => this.#edit()}>
          <fs-icon name="pencil"></fs-icon>${t('Edit')}
        </button>
      </div>
      <div class="panel">
        <dl class="facts padded">${facts(this.object, body).map((fact) => this.#fact(fact))}</dl>
      </div>
      ${this.#dialog(body)}
    `
  }

  #fact([label, value]: readonly [string, string]): unknown {
    return html`<div>
      <dt>${label}</dt>
      <dd>${value === '' ? '—' : value}</dd>
    </div>`
  }

  #edit(): void {
    this.change = {}
    this.makePlan = undefined
    this.isEditing = true
  }

  #dialog(body: ObjectBody): unknown {
    return html`<fs-dialog
      size="large"
      .open=${this.isEditing}
      .heading=${t('Edit {object}', { object: body.label ?? this.object })}
      @dialog-close=${(event: Event) => void this.#close(event)}
    >
      ${
        !this.isEditing
          ? nothing
          : this.makePlan === undefined
            ? this.#form({ ...body, ...this.change })
            : this.#review(this.makePlan)
      }
    </fs-dialog>`
  }

  async #close(event: Event): Promise<void> {
    if (Object.keys(this.change).length > 0) {
      event.preventDefault()
      const mayLeave = await confirm({
        heading: t('Close without saving?'),
        text: t('What you have changed is not saved.'),
        confirmLabel: t('Close'),
        cancelLabel: t('Stay'),
        danger: true,
      })
      if (!mayLeave) return
    }
    this.isEditing = false
  }

  #form(body: ObjectBody): unknown {
    const set = (change: Change) => {
      this.change = { ...this.change, ...change }
    }
    const isComplete = (body.label ?? '').trim() !== '' && (body.pluralLabel ?? '').trim() !== ''
    return html`<form
      class="stack"
      @submit=${(event: Event) => {
        event.preventDefault()
        if (isComplete) this.makePlan = () => this.#plan()
      }}
    >
      <div class="fields">
        ${textControl({
          name: 'label',
          label: t('Label'),
          value: body.label ?? '',
          required: true,
          onInput: (label) => set({ label }),
        })}
        ${textControl({
          name: 'pluralLabel',
          label: t('Plural label'),
          value: body.pluralLabel ?? '',
          required: true,
          onInput: (pluralLabel) => set({ pluralLabel }),
        })}
        ${textControl({
          name: 'description',
          label: t('Description'),
          value: body.description ?? '',
          lines: 2,
          wide: true,
          onInput: (description) => set({ description }),
        })}
        ${selectControl({
          name: 'sharingModel',
          label: t('Default access'),
          value: body.sharingModel ?? '',
          choices: sharingChoices(body.sharingModel),
          onInput: (value) => {
            const choice = sharingChoices(body.sharingModel).find((entry) => entry.value === value)
            if (choice !== undefined) set({ sharingModel: choice.value })
          },
        })}
      </div>
      <div class="fields">${switches(body, set)}</div>
      <div class="button-row">
        <button class="button primary" ?disabled=${!isComplete}>${t('Review the plan')}</button>
      </div>
    </form>`
  }

  async #plan(): Promise<Plan> {
    const current = await loadBody('CustomObject', this.object)
    const body = asBody({ ...current, ...this.change })
    return metadata.plan([{ type: 'CustomObject', fullName: this.object, body }])
  }

  #review(makePlan: () => Promise<Plan>): unknown {
    return html`<fs-setup-review
      .load=${makePlan}
      .applyLabel=${t('Save')}
      @plan-applied=${() => this.#applied()}
    >
      <button slot="back" class="button" @click=${() => (this.makePlan = undefined)}>
        ${t('Back')}
      </button>
    </fs-setup-review>`
  }

  #applied(): void {
    this.isEditing = false
    showToast({ kind: 'success', text: t('The object was saved.') })
    this.emit('object-changed')
  }
}

/** What an object can do, each to be switched on or off. */
function switches(body: ObjectBody, set: (change: Change) => void): unknown {
  return html`
    ${checkControl({
      name: 'enableHistory',
      label: t('Track field history'),
      checked: body.enableHistory ?? false,
      onInput: (enableHistory) => set({ enableHistory }),
    })}
    ${checkControl({
      name: 'enableActivities',
      label: t('Allow activities'),
      checked: body.enableActivities ?? false,
      onInput: (enableActivities) => set({ enableActivities }),
    })}
    ${checkControl({
      name: 'enableSearch',
      label: t('Find in global search'),
      checked: body.enableSearch ?? false,
      onInput: (enableSearch) => set({ enableSearch }),
    })}
    ${checkControl({
      name: 'enableReports',
      label: t('Allow reports'),
      checked: body.enableReports ?? false,
      onInput: (enableReports) => set({ enableReports }),
    })}
  `
}

function facts(name: string, body: ObjectBody): readonly (readonly [string, string])[] {
  const yesNo = (on: boolean | undefined) => (on === true ? t('Yes') : t('No'))
  const sharing = sharingChoices(body.sharingModel)
  const nameField = body.nameField
  const isNumbered = nameField?.type === 'AutoNumber'
  return [
    [t('Label'), body.label ?? ''],
    [t('Plural label'), body.pluralLabel ?? ''],
    [t('API name'), name],
    ...(body.previousNames?.length
      ? [[t('Former names'), body.previousNames.join(', ')] as const]
      : []),
    [t('Key prefix'), body.keyPrefix ?? ''],
    [t('Description'), body.description ?? ''],
    [t('Record name'), nameField?.label ?? ''],
    [t('Record name type'), isNumbered ? t('Auto number') : (nameField?.type ?? t('Text'))],
    ...(isNumbered ? [[t('Display format'), nameField.displayFormat ?? ''] as const] : []),
    [
      t('Default access'),
      sharing.find((choice) => choice.value === body.sharingModel)?.label ?? '',
    ],
    [t('Track field history'), yesNo(body.enableHistory)],
    [t('Allow activities'), yesNo(body.enableActivities)],
    [t('Find in global search'), yesNo(body.enableSearch)],
    [t('Allow reports'), yesNo(body.enableReports)],
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-object-details': FsSetupObjectDetails
  }
}
