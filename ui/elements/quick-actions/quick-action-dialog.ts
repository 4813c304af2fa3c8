/** The small form of a quick action: begins with its values, obeys the rules of the large form, and is saved by the action. */
import { html } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { screens } from '../../api.ts'
import { formFacts } from '../../base/form-rules.ts'
import { editForm, newForm, saveBody, type FormState } from '../../base/form-state.ts'
import { paths } from '../../base/navigation.ts'
import { objectScreen } from '../../base/object-store.ts'
import { recordTypeField, screenOfType } from '../../base/record-types.ts'
import { t } from '../../base/text.ts'
import type { LayoutSection, ObjectScreen, Value, WireRecord } from '../../base/wire.ts'
import type { DescribedAction, PageAction } from '../../base/wire-actions.ts'
import { nameById } from '../../editors/name-by-id.ts'
import { quickActions } from '../../quick-actions-api.ts'
import { openDialog } from '../dialog/open-dialog.ts'
import { RecordDialog, type FormPlace } from '../record-dialog/record-dialog.ts'
import { showToast } from '../toast/toast.ts'

export interface ActionQuestion {
  readonly action: PageAction
  /** The record that it starts from; empty for none. */
  readonly recordId: string
  readonly place: FormPlace
}

/** True when it was done. */
export function openQuickAction(question: ActionQuestion): Promise<boolean> {
  return openDialog<boolean>(
    (answer) =>
      html`<fs-quick-action-dialog
        .question=${question}
        .place=${question.place}
        @action-done=${() => answer(true)}
        @cancel-dialog=${() => answer(false)}
      ></fs-quick-action-dialog>`,
  )
}

/** Fires `action-done`, and `cancel-dialog`. */
@customElement('fs-quick-action-dialog')
export class FsQuickActionDialog extends RecordDialog {
  @property({ attribute: false }) question: ActionQuestion | undefined
  #record: WireRecord | undefined
  #message = ''

  protected override heading(): string {
    return this.question?.action.label ?? ''
  }

  protected override shownRecord(): WireRecord | undefined {
    return this.#record
  }

  protected override async load(): Promise<void> {
    const { question } = this
    if (!question) return
    const { action, recordId } = question
    const isNew = isMaking(action)
    const [object, facts, described, values, stored] = await Promise.all([
      objectScreen(action.target),
      formFacts(action.target),
      quickActions.describe(action.name),
      quickActions.defaultValues(action.name, recordId),
      isNew ? undefined : screens.record(recordId),
    ])
    this.#message = described.successMessage ?? ''
    this.#record = stored?.record
    const type = described.targetRecordTypeId ?? defaultType(object)
    const screen = screenOfType(object, stored ? stored.record[recordTypeField] : type)
    const layout = { ...screen.layout, sections: [sectionOf(described, isNew)] }
    this.object = { ...screen, layout }
    const { describe } = screen
    const userId = question.place.screen.user.id
    this.form = stored
      ? withValues(editForm(describe, stored.record), values)
      : begun(newForm(describe, new Map(), { userId, defaults: facts.defaults }), values, type)
    await this.focusForm()
  }

  protected override async store(form: FormState, { describe }: ObjectScreen): Promise<void> {
    const { question } = this
    if (!question) return
    const { action, recordId, place } = question
    const id = await quickActions.run(action.name, recordId, saveBody(form, describe))
    const isNew = isMaking(action)
    const values = { object: describe.label }
    const text = isNew ? t('{object} created.', values) : t('{object} saved.', values)
    const label = isNew ? await nameById(describe.name, id) : id
    // A record that one may not read has no name to be led to by.
    const path = paths.record(place.app, describe.name, id)
    const link = label === id ? {} : { link: { path, label } }
    showToast({ kind: 'success', text: this.#message === '' ? text : this.#message, ...link })
    this.emit('action-done')
  }
}

function isMaking({ type }: PageAction): boolean {
  return type !== 'Update'
}

function defaultType({ recordTypes = [] }: ObjectScreen): string | undefined {
  return recordTypes.find((type) => type.isDefault)?.id
}

function sectionOf({ layout }: DescribedAction, isNew: boolean): LayoutSection {
  return {
    label: '',
    columns: layout.columns,
    heading: false,
    rows: layout.layoutRows.map(({ layoutItems }) =>
      layoutItems.map(({ layoutComponents: [component], required, ...item }) => {
        if (component === undefined) return null
        const isOpen = isNew ? item.editableForNew : item.editableForUpdate
        const behavior = required ? 'Required' : isOpen ? 'Edit' : 'Readonly'
        return { field: component.value, behavior }
      }),
    ),
  }
}

/** What the action sets stands in the form as if it had been entered. */
function withValues(form: FormState, values: Readonly<Record<string, Value>>): FormState {
  return { ...form, values: new Map([...form.values, ...Object.entries(values)]) }
}

/** What a new record begins with is no input that could be lost. */
function begun(
  form: FormState,
  values: Readonly<Record<string, Value>>,
  type: string | undefined,
): FormState {
  const made = withValues(form, values)
  const all = new Map(made.values)
  if (type !== undefined) all.set(recordTypeField, type)
  return { ...made, base: all, values: all }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-quick-action-dialog': FsQuickActionDialog
  }
}
