/** Participant roles of compliant data sharing: the part somebody has in a record, and the access that comes with it. */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { records } from '../api.ts'
import { errorText } from '../base/api-error.ts'
import { chipStyles } from '../base/base-styles.ts'
import { FsElement } from '../base/element.ts'
import { setPageTitle } from '../base/navigation.ts'
import { t } from '../base/text.ts'
import { Turns } from '../base/turns.ts'
import '../elements/page-header/page-header.ts'
import type { Column } from '../elements/setup-table/setup-table.ts'
import { levelWord } from '../elements/sharing/sharing-words.ts'
import '../elements/skeleton/skeleton.ts'
import { showToast } from '../elements/toast/toast.ts'
import { deriveApiName, findNameFault } from './derive-name.ts'
import { checkControl, selectControl, textControl, type Choice } from './form-controls.ts'
import { formStyles } from './form-styles.ts'
import { activeChip } from './member-part.ts'
import { namedTable } from './named-table.ts'
import { findParticipantRoles, type ParticipantRoleRow } from './participant-roles.ts'
import type { SetupRoute } from './setup-route.ts'
import { setupPageStyles } from './setup-styles.ts'
import { problemNotice } from './problem-notice.ts'

const blank: ParticipantRoleRow = {
  id: '',
  fullName: '',
  label: '',
  object: '',
  level: 'Read',
  isActive: true,
  participants: 0,
}

@customElement('fs-setup-participant-roles-page')
export class FsSetupParticipantRolesPage extends FsElement {
  static override styles = [formStyles, chipStyles, setupPageStyles]

  @property({ attribute: false }) route: SetupRoute | undefined
  @state() private rows: readonly ParticipantRoleRow[] | undefined
  @state() private objects: readonly Choice[] = []
  @state() private draft: ParticipantRoleRow | undefined
  @state() private nameProblem = ''
  @state() private problem = ''
  readonly #turns = new Turns()

  override connectedCallback(): void {
    super.connectedCallback()
    setPageTitle(t('Participant roles'), t('Setup'))
    void this.#load()
  }

  async #load(): Promise<void> {
    const isLatest = this.#turns.next()
    try {
      const found = await findParticipantRoles()
      if (!isLatest()) return
      this.rows = found.rows
      this.objects = found.objects
      this.problem = ''
    } catch (error) {
      if (isLatest()) this.problem = errorText(error)
    }
  }

  protected override render(): unknown {
    return html`
      <fs-page-header .heading=${t('Participant roles')} .above=${t('Setup')} icon="user">
        <div slot="actions">
          <button
            class="button primary"
            ?disabled=${this.rows === undefined}
            @click=${() => this.#edit({ ...blank, object: this.objects[0]?.value ?? '' })}
          >
            <fs-icon name="plus"></fs-icon>${t('New participant role')}
          </button>
        </div>
      </fs-page-header>
      <p class="soft">
        ${t('Participants of a record have the access of their role, whatever the role hierarchy says. A change holds for all of them at once.')}
      </p>
      ${problemNotice(this.problem)} ${this.draft === undefined ? nothing : this.#form(this.draft)}
      ${this.rows === undefined ? this.#waiting() : this.#list(this.rows)}
    `
  }

  #waiting(): unknown {
    return this.problem === '' ? html`<fs-skeleton lines="6"></fs-skeleton>` : nothing
  }

  #list(rows: readonly ParticipantRoleRow[]): unknown {
    return namedTable({
      caption: t('Participant roles'),
      columns: this.#columns(),
      rows,
      empty: {
        icon: 'user',
        heading: t('No participant role yet'),
        text: t('With a role for an object, single people are let into its records.'),
      },
    })
  }

  #columns(): readonly Column<ParticipantRoleRow>[] {
    return [
      {
        key: 'label',
        label: t('Label'),
        sortValue: (row) => row.label,
        cell: (row) =>
          html`<button class="button link" @click=${() => this.#edit(row)}>${row.label}</button>`,
      },
      {
        key: 'object',
        label: t('Object'),
        sortValue: (row) => this.#objectLabel(row.object),
        cell: (row) => this.#objectLabel(row.object),
      },
      {
        key: 'level',
        label: t('Access'),
        sortValue: (row) => row.level,
        cell: (row) => levelWord(row.level),
      },
      {
        key: 'participants',
        label: t('Participants'),
        numeric: true,
        sortValue: (row) => row.participants,
        cell: (row) => row.participants,
      },
      {
        key: 'active',
        label: t('State'),
        sortValue: (row) => (row.isActive ? 0 : 1),
        cell: (row) => activeChip(row.isActive),
      },
    ]
  }

  #objectLabel(name: string): string {
    return this.objects.find(({ value }) => value === name)?.label ?? name
  }

  #edit(row: ParticipantRoleRow): void {
    this.draft = row
    this.nameProblem = ''
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>('form input')?.focus(),
    )
  }

  #form(draft: ParticipantRoleRow): unknown {
    const isNew = draft.id === ''
    return html`<form
      class="panel"
      novalidate
      @submit=${(event: Event) => {
        event.preventDefault()
        void this.#save(draft)
      }}
    >
      <header>
        <h2>${isNew ? t('New participant role') : t('Participant role')}</h2>
        <button type="button" class="button" @click=${() => (this.draft = undefined)}>
          ${t('Cancel')}
        </button>
        <button class="button primary">${t('Save')}</button>
      </header>
      <div class="padded fields">
        ${textControl({
          name: 'label',
          label: t('Label'),
          value: draft.label,
          error: this.nameProblem === '' ? undefined : this.nameProblem,
          required: true,
          lengthMax: 80,
          onInput: (label) => (this.draft = { ...draft, label }),
        })}
        ${selectControl({
          name: 'object',
          label: t('Object'),
          value: draft.object,
          disabled: !isNew,
          choices: this.objects,
          onInput: (object) => (this.draft = { ...draft, object }),
        })}
        ${selectControl({
          name: 'level',
          label: t('Access'),
          value: draft.level,
          choices: ['None', 'Read', 'Edit'].map((value) => ({ value, label: levelWord(value) })),
          onInput: (level) => (this.draft = { ...draft, level }),
        })}
        ${checkControl({
          name: 'active',
          label: t('Active'),
          hint: t('An inactive role gives no access to anybody who has it.'),
          checked: draft.isActive,
          onInput: (isActive) => (this.draft = { ...draft, isActive }),
        })}
      </div>
      ${this.#warning(draft)}
    </form>`
  }

  #warning(draft: ParticipantRoleRow): unknown {
    const before = this.rows?.find(({ id }) => id === draft.id)
    const isOther =
      before !== undefined && (draft.isActive !== before.isActive || draft.level !== before.level)
    return isOther && draft.participants > 0
      ? html`<p class="padded notice warning" role="status">
          ${t('{count, plural, one {The access of one participant changes.} other {The access of # participants changes.}}', { count: draft.participants })}
        </p>`
      : nothing
  }

  async #save({ id, label, object, level, isActive }: ParticipantRoleRow): Promise<void> {
    const DeveloperName = `${object}_${deriveApiName(label, '')}`.slice(0, 80)
    const isTaken = this.rows?.some((row) => row.fullName === DeveloperName && row.id !== id)
    if (
      findNameFault(DeveloperName, { suffix: '', taken: [] }) === 'shape' ||
      label.trim() === ''
    ) {
      this.nameProblem = t('Give it a name of letters and digits.')
      return
    }
    if (id === '' && isTaken === true) {
      this.nameProblem = t('There is one of this name already.')
      return
    }
    const values = { MasterLabel: label.trim(), DefaultAccessLevel: level, IsActive: isActive }
    try {
      if (id === '')
        await records.create('ParticipantRole', { ...values, DeveloperName, ParentObject: object })
      else await records.update('ParticipantRole', id, values)
      this.draft = undefined
      showToast({ kind: 'success', text: t('{name} was saved.', { name: label }) })
    } catch (error) {
      showToast({ kind: 'error', text: errorText(error) })
    }
    await this.#load()
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-participant-roles-page': FsSetupParticipantRolesPage
  }
}
