/** The form of a new or an existing record: loads, checks, saves, and follows the model while it is open. */
import { html, nothing } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { screens } from '../../api.ts'
import { ApiError, errorText } from '../../base/api-error.ts'
import { deepActiveElement, fieldOfEvent } from '../../base/deep-focus.ts'
import { isDirty, resolveConflicts } from '../../base/form-state.ts'
import type { Edit, FormState } from '../../base/form-state.ts'
import {
  applyEdit,
  checkAll,
  checkField,
  layoutProblems,
  noteRefusal,
} from '../../base/form-checks.ts'
import { concerns, live } from '../../base/live.ts'
import { paths, setPageTitle } from '../../base/navigation.ts'
import { PageElement } from '../../base/page-element.ts'
import { router } from '../../base/router.ts'
import { isSaveKey } from '../../base/save-key.ts'
import { t } from '../../base/text.ts'
import { Turns } from '../../base/turns.ts'
import type {
  Conflict,
  ModelEvent,
  ObjectScreen,
  RecordEvent,
  RecordScreen,
  RecordTypeScreen,
} from '../../base/wire.ts'
import type { EditorContext } from '../../editors/editor-element.ts'
import { formContext } from '../../editors/form-context.ts'
import { namedConflicts } from '../../editors/named-conflicts.ts'
import '../../elements/conflict-dialog/conflict-dialog.ts'
import { askToLeave } from '../../elements/dialog/ask-to-leave.ts'
import '../../elements/error-summary/error-summary.ts'
import { focusSummary } from '../../elements/error-summary/focus-summary.ts'
import '../../elements/form-sections/form-sections.ts'
import '../../elements/notice/notice.ts'
import '../../elements/page-header/page-header.ts'
import '../../elements/problem/problem.ts'
import '../../elements/skeleton/skeleton.ts'
import { followModel, followRecord } from './follow-changes.ts'
import { renderFooter } from './form-footer.ts'
import { formAbove, formHeading, renderTypeChoice } from './form-head.ts'
import { openForm, sameType, screenOfForm } from './open-form.ts'
import { recordFormStyles } from './record-form-page.styles.ts'
import { announceSaved, saveForm } from './save-form.ts'

const addedMarkMs = 8_000

@customElement('fs-record-form-page')
export class FsRecordFormPage extends PageElement {
  static override styles = recordFormStyles

  @state() private object: ObjectScreen | undefined
  @state() private original: RecordScreen | undefined
  @state() private form: FormState | undefined
  /** Record types to choose from before there is a form. */
  @state() private choices: readonly RecordTypeScreen[] = []
  @state() private messages: readonly string[] = []
  @state() private summaryShown = false
  @state() private conflicts: readonly Conflict[] = []
  @state() private notice = ''
  @state() private added: ReadonlySet<string> = new Set()
  @state() private saving = false
  @state() private failure: unknown
  #stop: (() => void)[] = []
  #liftGuard: (() => void) | undefined
  readonly #onKey = (event: KeyboardEvent): void => this.#key(event)
  readonly #turns = new Turns()

  override connectedCallback(): void {
    super.connectedCallback()
    this.#stop = [
      live.onModel((event) => void this.#onModel(event)),
      live.onRecord((event) => void this.#onRecord(event)),
    ]
    document.addEventListener('keydown', this.#onKey)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    for (const stop of this.#stop) stop()
    document.removeEventListener('keydown', this.#onKey)
    this.#liftGuard?.()
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('location') && this.location) void this.#load()
    if (changed.has('form')) this.#guard()
  }

  async #load(): Promise<void> {
    this.failure = undefined
    this.form = undefined
    this.messages = []
    this.summaryShown = false
    const isLatest = this.#turns.next()
    try {
      const opened = await openForm({
        object: this.param('object'),
        id: this.param('id'),
        query: this.location?.query ?? new Map(),
        userId: this.screen?.user.id,
      })
      if (!isLatest()) return
      Object.assign(this, opened)
      setPageTitle(
        formHeading(this.object, this.original),
        opened.object.describe.labelPlural,
        this.app?.label ?? '',
      )
      this.#focusWanted()
    } catch (error) {
      if (isLatest()) this.failure = error
    }
  }

  // The pencil at a field on the record page leads here, to that field.
  #focusWanted(): void {
    const field = this.location?.query.get('focus')
    if (!field) return
    void this.updateComplete.then(() => this.#sections?.focusField(field))
  }

  get #isNew(): boolean {
    return this.param('id') === ''
  }

  get #sections() {
    return this.renderRoot.querySelector('fs-form-sections')
  }

  #context(object: ObjectScreen, form: FormState): EditorContext | undefined {
    const { screen, format, original } = this
    if (!screen) return undefined
    const around = { screen, app: this.appName, format, record: original?.record }
    return formContext(object.describe, form, around)
  }

  protected override render(): unknown {
    if (this.failure !== undefined) {
      return html`<fs-problem
        .error=${this.failure}
        @retry=${() => void this.#load()}
      ></fs-problem>`
    }
    const { object, form } = this
    return html`<div class="page">
        <fs-page-header
          .heading=${formHeading(this.object, this.original)}
          .above=${formAbove(object, form)}
        ></fs-page-header>
        <fs-notice .text=${this.notice} @dismiss=${() => (this.notice = '')}></fs-notice>
        ${
          object && form
            ? this.#form(object, form)
            : object && this.choices.length > 0
              ? renderTypeChoice({
                  object,
                  types: this.choices,
                  query: this.location?.query,
                  cancel: () => void router.back(this.#cancelPath()),
                })
              : html`<div class="card"><fs-skeleton lines="12"></fs-skeleton></div>`
        }
      </div>
      ${form ? this.#footer() : nothing}`
  }

  #form(object: ObjectScreen, form: FormState): unknown {
    return html`
      <fs-error-summary
        .problems=${this.summaryShown ? layoutProblems(form, object.describe) : []}
        .messages=${this.messages}
        @focus-field=${(event: CustomEvent<string>) => this.#sections?.focusField(event.detail)}
      ></fs-error-summary>
      <form class="card" novalidate @submit=${(event: Event) => event.preventDefault()}>
        <p class="legend soft small">${t('* A value is required')}</p>
        <fs-form-sections
          .sections=${object.layout.sections}
          .state=${form}
          .context=${this.#context(object, form)}
          .added=${this.added}
          @value-changed=${(event: CustomEvent<Edit>) => this.#edit(event.detail)}
          @focusout=${(event: FocusEvent) => this.#left(event)}
        ></fs-form-sections>
      </form>
      <fs-conflict-dialog
        .conflicts=${this.conflicts}
        .describe=${object.describe}
        .format=${this.format}
        @cancel-conflict=${() => (this.conflicts = [])}
        @resolve=${(event: CustomEvent<ReadonlySet<string>>) => this.#resolve(event.detail)}
      ></fs-conflict-dialog>
    `
  }

  #footer(): unknown {
    return renderFooter({
      isNew: this.#isNew,
      saving: this.saving,
      cancel: () => void router.back(this.#cancelPath()),
      save: (after) => void this.#save(after),
    })
  }

  #cancelPath(): string {
    const [app, object] = [this.appName, this.param('object')]
    return this.#isNew ? paths.list(app, object) : paths.record(app, object, this.param('id'))
  }

  #edit(edit: Edit): void {
    if (this.form && this.object) this.form = applyEdit(this.form, edit, this.object.describe)
  }

  // A field is checked when it is left, not while it is typed into.
  #left(event: FocusEvent): void {
    const { form, object } = this
    if (!form || !object) return
    const field = fieldOfEvent(event)
    if (field === undefined || !form.values.has(field)) return
    this.form = checkField(form, field, object)
  }

  #guard(): void {
    // What loses the focus because the page goes away is edited no more.
    const dirty =
      this.isConnected && this.form && this.object
        ? isDirty(this.form, this.object.describe)
        : false
    if (!dirty) {
      this.#liftGuard?.()
      this.#liftGuard = undefined
    } else {
      this.#liftGuard ??= router.guard(askToLeave)
    }
  }

  #key(event: KeyboardEvent): void {
    if (!isSaveKey(event) || this.conflicts.length > 0) return
    event.preventDefault()
    void this.#save('show')
  }

  async #save(after: 'show' | 'new'): Promise<void> {
    if (this.saving || !this.form || !this.object) return
    // A control that keeps its input until it is left (dates) hands it over now.
    const active = deepActiveElement()
    if (active instanceof HTMLElement) active.blur()
    this.messages = []
    this.form = checkAll(this.form, this.object)
    if (layoutProblems(this.form, this.object.describe).length > 0) return this.#showSummary()
    this.saving = true
    try {
      const id = await saveForm(this.form, this.object.describe, this.param('id'))
      await this.#saved(id, after)
    } catch (error) {
      await this.#refused(error)
    } finally {
      this.saving = false
    }
  }

  async #saved(id: string, after: 'show' | 'new'): Promise<void> {
    this.#liftGuard?.()
    this.#liftGuard = undefined
    const object = this.param('object')
    const path = paths.record(this.appName, object, id)
    const label = this.object?.describe.label ?? object
    announceSaved(label, { path, isNew: this.#isNew, stays: after === 'new' })
    const again = paths.create(this.appName, object, sameType(this.form))
    const next = after === 'new' ? again : path
    await router.navigate(next, { replace: true })
  }

  async #refused(error: unknown): Promise<void> {
    const { object, form } = this
    if (!(error instanceof ApiError) || !object || !form) {
      this.messages = [errorText(error)]
      return this.#showSummary()
    }
    if (error.status === 412) return this.#conflict(error)
    const noted = noteRefusal(form, error, object)
    this.form = noted.form
    this.messages = noted.messages
    this.#showSummary()
  }

  async #conflict(error: ApiError): Promise<void> {
    if (error.conflicts.length > 0) {
      this.conflicts = await namedConflicts(error.conflicts)
      return
    }
    // The server did not say what overlaps: read the record and find out.
    await this.#mergeTheirs()
    this.messages = [t('Someone changed the record meanwhile. Check the values and save again.')]
    this.#showSummary()
  }

  #resolve(keepMine: ReadonlySet<string>): void {
    if (!this.form) return
    this.form = resolveConflicts(this.form, this.conflicts, keepMine)
    this.conflicts = []
    void this.#save('show')
  }

  #showSummary(): void {
    this.summaryShown = true
    void focusSummary(this)
  }

  /** The model changed: the new layout is merged into the open form, whatever is in it stays. */
  async #onModel(event: ModelEvent): Promise<void> {
    const before = this.object
    if (!before || !concerns(event, this.param('object'))) return
    const after = await screenOfForm(this.param('object'), this.form)
    if (this.object !== before || !this.form) return
    const followed = followModel(this.form, before, after)
    this.form = followed.form
    this.object = after
    if (followed.notice === '') return
    this.notice = followed.notice
    this.added = followed.added
    setTimeout(() => (this.added = new Set()), addedMarkMs)
  }

  async #onRecord(event: RecordEvent): Promise<void> {
    if (this.#isNew || event.id !== this.param('id') || this.saving) return
    if (event.change === 'delete') {
      this.notice = t('This record was deleted by someone else. Your input is still here.')
      return
    }
    if (event.change === 'update') await this.#mergeTheirs()
  }

  async #mergeTheirs(): Promise<void> {
    const fresh = await screens.record(this.param('id'))
    const { form, object } = this
    if (!form || !object || this.saving) return
    const followed = followRecord(form, object, fresh.record)
    this.form = followed.form
    this.original = fresh
    if (followed.notice !== '') this.notice = followed.notice
  }
}
