/** Who takes part in a record, each with a role that says how much they may do; whoever may, lets others in and out. */
import { css, html, nothing } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { records } from '../../api.ts'
import { errorText } from '../../base/api-error.ts'
import { cardStyles } from '../../base/base-styles.ts'
import { plainControl } from '../../base/control-styles.ts'
import { FsElement } from '../../base/element.ts'
import { live } from '../../base/live.ts'
import { objectScreen } from '../../base/object-store.ts'
import { t } from '../../base/text.ts'
import { Turns } from '../../base/turns.ts'
import type { FieldInfo, ObjectScreen, ParticipantsInfo, Value } from '../../base/wire.ts'
import { fieldOf } from '../../base/form-state.ts'
import type { EditorContext, EditorDetail } from '../../editors/editor-element.ts'
import '../../editors/lookup-editor.ts'
import {
  participantRoles,
  participantsOf,
  type Participant,
  type ParticipantRole,
} from '../../participants-api.ts'
import type { ValueContext } from '../field-value/render-value.ts'
import '../icon/icon.ts'
import { levelWord } from '../sharing/sharing-words.ts'
import '../skeleton/skeleton.ts'
import { showToast } from '../toast/toast.ts'

@customElement('fs-participants-card')
export class FsParticipantsCard extends FsElement {
  static override styles = [
    cardStyles,
    css`
      ul {
        list-style: none;
      }
      li {
        display: flex;
        gap: var(--fs-space-3);
        align-items: center;
        min-height: 40px;
        padding: 4px 8px 4px 16px;
        border-top: 1px solid var(--fs-line);
      }
      .who {
        flex: 1;
        min-width: 0;
        overflow-wrap: anywhere;
      }
      form {
        display: flex;
        flex-wrap: wrap;
        gap: var(--fs-space-3);
        align-items: end;
        padding: var(--fs-space-3) 16px var(--fs-space-4);
        border-top: 1px solid var(--fs-line);
      }
      fs-lookup-editor {
        flex: 1 1 220px;
      }
      label {
        display: grid;
        gap: 4px;
        font-size: var(--fs-text-s);
        color: var(--fs-text-soft);
      }
      select {
        ${plainControl}
      }
      .none {
        padding: 0 16px 12px;
      }
    `,
  ]

  @property({ attribute: false }) object: ObjectScreen | undefined
  @property({ attribute: false }) recordId = ''
  @property({ attribute: false }) context: ValueContext | undefined
  @state() private participants: readonly Participant[] | undefined
  @state() private roles: readonly ParticipantRole[] = []
  @state() private screen: ObjectScreen | undefined
  @state() private isAdding = false
  @state() private who: Value = null
  @state() private roleId = ''
  @state() private problem = ''
  #stop: () => void = () => undefined
  readonly #turns = new Turns()

  override connectedCallback(): void {
    super.connectedCallback()
    this.#stop = live.onRecord(({ object }) => {
      if (object === this.object?.participants?.object) void this.#load()
    })
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stop()
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('recordId') || this.recordId === '') return
    this.participants = undefined
    this.isAdding = false
    void this.#load()
  }

  async #load(): Promise<void> {
    const info = this.object?.participants
    if (!info) return
    const isLatest = this.#turns.next()
    try {
      const screen = await objectScreen(info.object)
      const found = await participantsOf(info, this.recordId)
      if (!isLatest()) return
      this.screen = screen
      this.participants = found
      this.problem = ''
    } catch (error) {
      if (isLatest()) this.problem = errorText(error)
    }
  }

  protected override render(): unknown {
    const { participants, object, screen } = this
    const info = object?.participants
    if (!info || !object) return nothing
    return html`<div class="card">
      <header>
        <h2>
          ${screen?.describe.labelPlural ?? t('Participants')}
          ${participants ? html`<span class="count">(${participants.length})</span>` : nothing}
        </h2>
        ${
          screen?.describe.createable === true
            ? html`<button
                class="button small"
                aria-expanded=${this.isAdding ? 'true' : 'false'}
                @click=${() => void this.#open(object.describe.name)}
              >
                ${t('Add participant')}
              </button>`
            : nothing
        }
      </header>
      ${this.problem === '' ? nothing : html`<p class="none" role="alert">${this.problem}</p>`}
      ${participants ? this.#list(info, participants) : html`<fs-skeleton lines="2"></fs-skeleton>`}
      ${this.isAdding && screen ? this.#form(info, screen) : nothing}
    </div>`
  }

  #list(info: ParticipantsInfo, participants: readonly Participant[]): unknown {
    if (participants.length === 0) return nothing
    return html`<ul role="list">
      ${participants.map(
        (one) =>
          html`<li>
            <span class="who">${one.name} <span class="soft small">${one.role}</span></span>
            <span>${levelWord(one.level)}</span>
            ${
              this.screen?.describe.deletable === true
                ? html`<button
                    class="icon-button"
                    aria-label=${t('Take access from {name}', { name: one.name })}
                    title=${t('Take access from {name}', { name: one.name })}
                    @click=${() => void this.#try(() => records.remove(info.object, one.id))}
                  >
                    <fs-icon name="trash"></fs-icon>
                  </button>`
                : nothing
            }
          </li>`,
      )}
    </ul>`
  }

  #form(info: ParticipantsInfo, screen: ObjectScreen): unknown {
    const principal = fieldOf(screen.describe, info.principal)
    const context = this.#editorContext(screen)
    if (!principal || !context) return nothing
    return html`<form
      @submit=${(event: Event) => {
        event.preventDefault()
        void this.#add(info)
      }}
    >
      <fs-lookup-editor
        .label=${principal.label}
        .describe=${{ ...principal, label: '' } satisfies FieldInfo}
        .context=${context}
        .value=${this.who}
        @value-changed=${(event: CustomEvent<EditorDetail>) => (this.who = event.detail.value)}
      ></fs-lookup-editor>
      <label
        >${t('Role')}
        <select
          .value=${this.roleId}
          @change=${(event: Event) => {
            if (event.target instanceof HTMLSelectElement) this.roleId = event.target.value
          }}
        >
          ${this.roles.map(
            ({ id, name, level }) =>
              html`<option value=${id} ?selected=${id === this.roleId}>
                ${name} (${levelWord(level)})
              </option>`,
          )}
        </select></label
      >
      <button
        class="button primary"
        ?disabled=${this.who === null || this.who === '' || this.roleId === ''}
      >
        ${t('Let in')}
      </button>
    </form>`
  }

  #editorContext({ describe }: ObjectScreen): EditorContext | undefined {
    const form = { values: new Map(), errors: new Map(), isNew: true, record: undefined }
    return this.context && { ...this.context, ...form, object: describe }
  }

  async #open(object: string): Promise<void> {
    this.isAdding = !this.isAdding
    if (!this.isAdding || this.roles.length > 0) return
    try {
      this.roles = await participantRoles(object)
      this.roleId = this.roles[0]?.id ?? ''
      if (this.roles.length === 0) this.problem = t('There is no role for such records.')
    } catch (error) {
      this.problem = errorText(error)
    }
  }

  async #add({ object, record, principal, role }: ParticipantsInfo): Promise<void> {
    const given = { [record]: this.recordId, [principal]: this.who, [role]: this.roleId }
    const isAdded = await this.#try(() => records.create(object, given))
    if (!isAdded) return
    this.who = null
    this.isAdding = false
  }

  async #try(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work()
      await this.#load()
      return true
    } catch (error) {
      showToast({ kind: 'error', text: errorText(error) })
      return false
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-participants-card': FsParticipantsCard
  }
}
