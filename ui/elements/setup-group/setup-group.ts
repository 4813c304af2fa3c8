/** One public group or queue: its members, and what a queue may own. What the change would open is counted before it is made. */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { previews, type AccessPreview } from '../../access-api.ts'
import { metadata, records } from '../../api.ts'
import { errorText } from '../../base/api-error.ts'
import { FsElement } from '../../base/element.ts'
import { setPageTitle } from '../../base/navigation.ts'
import { router } from '../../base/router.ts'
import { t } from '../../base/text.ts'
import { Turns } from '../../base/turns.ts'
import type { Plan } from '../../base/wire-metadata.ts'
import { crumbs } from '../../setup/crumbs.ts'
import { asBody } from '../../setup/field-changes.ts'
import type { Choice } from '../../setup/form-controls.ts'
import { formStyles } from '../../setup/form-styles.ts'
import {
  findGroup,
  typeWord,
  userChoices,
  type GroupDetail,
  type GroupKind,
} from '../../setup/group-rows.ts'
import { planComponent } from '../../setup/plan-component.ts'
import { queueMembers } from '../../setup/principals.ts'
import { setupPath } from '../../setup/setup-route.ts'
import { partStyles } from '../../setup/setup-styles.ts'
import '../access-preview/access-preview.ts'
import '../dialog/dialog.ts'
import '../empty-state/empty-state.ts'
import '../page-header/page-header.ts'
import '../setup-chosen/setup-chosen.ts'
import '../setup-plan-dialog/setup-plan-dialog.ts'
import '../skeleton/skeleton.ts'
import { showToast } from '../toast/toast.ts'
import { problemNotice } from '../../setup/problem-notice.ts'

@customElement('fs-setup-group')
export class FsSetupGroup extends FsElement {
  static override styles = [formStyles, partStyles]

  @property() kind: GroupKind = 'groups'
  @property() groupId = ''
  /** Shown to whoever puts some users into it, and changes nothing else of it. */
  @property({ type: Boolean }) delegated = false
  /** `null` when there is no such group. */
  @state() private group: GroupDetail | null | undefined
  @state() private owned: readonly Choice[] = []
  @state() private members: readonly string[] = []
  @state() private objects: readonly string[] = []
  @state() private problem = ''
  @state() private makePlan: (() => Promise<Plan>) | undefined
  @state() private preview: (() => Promise<AccessPreview>) | undefined
  /** What is previewed is the end of the group. */
  @state() private isEnding = false
  readonly #turns = new Turns()

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('groupId')) void this.#load()
    setPageTitle(this.group?.name ?? this.#listName, t('Setup'))
  }

  get #listName(): string {
    return this.kind === 'queues' ? t('Queues') : t('Public groups')
  }

  async #load(): Promise<void> {
    const isLatest = this.#turns.next()
    try {
      const [group, objects] = await Promise.all([
        findGroup(this.kind, this.groupId),
        this.kind === 'queues' ? metadata.list('CustomObject') : [],
      ])
      if (!isLatest()) return
      this.group = group ?? null
      this.owned = objects.map(({ fullName, label }) => ({
        value: fullName,
        label: label ?? fullName,
      }))
      this.members = group?.chosen ?? []
      this.objects = group?.objects ?? []
      this.problem = ''
    } catch (error) {
      if (isLatest()) this.problem = errorText(error)
    }
  }

  get #isDirty(): boolean {
    const { group } = this
    if (group === undefined || group === null) return false
    return (
      group.chosen.join() !== this.members.join() || group.objects.join() !== this.objects.join()
    )
  }

  protected override render(): unknown {
    return html`
      <fs-page-header
        .heading=${this.group?.name ?? this.#listName}
        .above=${t('Setup')}
        icon=${this.kind === 'queues' ? 'list' : 'users'}
      >
        ${crumbs([{ label: this.#listName, route: { page: this.kind } }])}
        ${this.group ? this.#actions(this.group) : nothing}
      </fs-page-header>
      ${this.#content()}
    `
  }

  #actions(group: GroupDetail): unknown {
    return html`<div slot="actions">
      ${
        this.delegated
          ? nothing
          : html`<button class="button" @click=${() => this.#end(group)}>${t('Delete')}</button>`
      }
      <button class="button" ?disabled=${!this.#isDirty} @click=${() => void this.#load()}>
        ${t('Discard changes')}
      </button>
      <button
        class="button primary"
        ?disabled=${!this.#isDirty}
        @click=${() => (this.delegated ? void this.#save(group) : this.#review(group))}
      >
        ${this.delegated ? t('Save') : t('Review the change')}
      </button>
    </div>`
  }

  #content(): unknown {
    if (this.problem !== '') return problemNotice(this.problem)
    const { group } = this
    if (group === undefined) return html`<fs-skeleton lines="8"></fs-skeleton>`
    if (group === null)
      return html`<fs-empty-state
        icon="search"
        .heading=${t('There is no such group')}
      ></fs-empty-state>`
    const byName = group.file !== undefined
    return html`
      <section class="panel" aria-label=${t('Details')}>
        <p class="padded soft">
          ${typeWord(group.type)}${group.bosses ? `. ${t('Superiors of members have the same access.')}` : '.'}
        </p>
      </section>
      <section class="panel">
        <div class="padded">
          <fs-setup-chosen
            id="members"
            .heading=${t('Members')}
            .addLabel=${t('Add a role or group')}
            .emptyText=${t('Nobody yet.')}
            .choices=${this.delegated ? offered(group) : group.choices}
            .chosen=${this.members}
            .findLabel=${t('Find users to add')}
            .find=${(words: string) => userChoices(words, byName)}
            @chosen-change=${(event: CustomEvent<{ chosen: readonly string[] }>) =>
              (this.members = event.detail.chosen)}
          ></fs-setup-chosen>
        </div>
      </section>
      ${this.kind === 'queues' ? this.#objects() : nothing}
      <fs-setup-plan-dialog
        .load=${this.makePlan}
        @plan-closed=${() => (this.makePlan = undefined)}
        @plan-applied=${() => void this.#saved()}
      ></fs-setup-plan-dialog>
      ${this.#previewDialog(group)}
    `
  }

  #objects(): unknown {
    return html`<section class="panel">
      <div class="padded">
        <fs-setup-chosen
          id="objects"
          .heading=${t('Objects')}
          .addLabel=${t('Add an object')}
          .emptyText=${t('The queue owns no records yet.')}
          .choices=${this.owned}
          .chosen=${this.objects}
          @chosen-change=${(event: CustomEvent<{ chosen: readonly string[] }>) =>
            (this.objects = event.detail.chosen)}
        ></fs-setup-chosen>
      </div>
    </section>`
  }

  #previewDialog(group: GroupDetail): unknown {
    return html`<fs-dialog
      size="large"
      .heading=${this.isEnding ? t('Delete {name}', { name: group.name }) : t('Review the change')}
      .open=${this.preview !== undefined}
      @dialog-close=${() => (this.preview = undefined)}
    >
      <fs-access-preview .load=${this.preview}></fs-access-preview>
      <div class="bar" slot="footer">
        <button class="button" @click=${() => (this.preview = undefined)}>${t('Back')}</button>
        ${
          this.isEnding
            ? html`<button class="button primary danger" @click=${() => void this.#remove(group)}>
                ${t('Delete')}
              </button>`
            : html`<button class="button primary" @click=${() => void this.#save(group)}>
                ${t('Save')}
              </button>`
        }
      </div>
    </fs-dialog>`
  }

  /** Without its members a group opens nothing to anybody: that is what its end is previewed as. */
  #end(group: GroupDetail): void {
    if (group.file !== undefined) {
      const { name: fullName } = group
      this.makePlan = () => metadata.plan([{ type: 'Queue', fullName, delete: true }])
      return
    }
    this.isEnding = true
    const remove = [...group.memberships.values()]
    this.preview = () => previews.people({ members: { add: [], remove } })
  }

  async #remove({ id, name }: GroupDetail): Promise<void> {
    try {
      await records.remove('Group', id)
      showToast({ kind: 'success', text: t('{name} was deleted.', { name }) })
      await router.navigate(setupPath({ page: this.kind }))
    } catch (error) {
      this.preview = undefined
      showToast({ kind: 'error', text: errorText(error) })
    }
  }

  #review(group: GroupDetail): void {
    this.isEnding = false
    const { file } = group
    if (file !== undefined) {
      const body = asBody({
        ...file,
        queueMembers: queueMembers(this.members),
        queueSobject: this.objects.map((sobjectType) => ({ sobjectType })),
      })
      this.makePlan = () => planComponent({ type: 'Queue', fullName: group.name, from: file, body })
      return
    }
    const { add, remove } = this.#difference(group)
    const members = { add: add.map((who) => ({ group: group.id, who })), remove }
    this.preview = () => previews.people({ members })
  }

  #difference(group: GroupDetail): { readonly add: string[]; readonly remove: string[] } {
    const add = this.members.filter((value) => !group.chosen.includes(value))
    const remove = group.chosen
      .filter((value) => !this.members.includes(value))
      .flatMap((value) => group.memberships.get(value) ?? [])
    return { add, remove }
  }

  async #save(group: GroupDetail): Promise<void> {
    const { add, remove } = this.#difference(group)
    try {
      for (const id of remove) await records.remove('GroupMember', id)
      for (const who of add)
        await records.create('GroupMember', { GroupId: group.id, UserOrGroupId: who })
      for (const [object, id] of group.enabled)
        if (!this.objects.includes(object)) await records.remove('QueueSobject', id)
      for (const object of this.objects)
        if (!group.objects.includes(object))
          await records.create('QueueSobject', { QueueId: group.id, SobjectType: object })
      await this.#saved()
    } catch (error) {
      this.preview = undefined
      showToast({ kind: 'error', text: errorText(error) })
      await this.#load()
    }
  }

  async #saved(): Promise<void> {
    this.makePlan = undefined
    this.preview = undefined
    await this.#load()
    // Its plan may have been the end of it.
    if (this.group === null) return void (await router.navigate(setupPath({ page: this.kind })))
    showToast({ kind: 'success', text: t('{name} was saved.', { name: this.group?.name ?? '' }) })
  }
}

/** Groups and roles are not put into groups by delegation; those that are in it keep their names. */
function offered({ choices, chosen }: GroupDetail): readonly Choice[] {
  return choices.filter(({ value }) => chosen.includes(value))
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-group': FsSetupGroup
  }
}
