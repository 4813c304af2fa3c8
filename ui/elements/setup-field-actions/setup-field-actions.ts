/**
 * The dialogs for one field: where it is used, rename, delete, restore. Each change goes through a plan.
 * Fires `task-done` when the dialog closes and `object-changed` after a change.
 */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { metadata } from '../../api.ts'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import type { JournalEntry, Plan } from '../../base/wire-metadata.ts'
import { nameFaultText } from '../../setup/check-draft.ts'
import { deleteFieldChanges } from '../../setup/delete-field.ts'
import { findNameFault } from '../../setup/derive-name.ts'
import { textControl } from '../../setup/form-controls.ts'
import { formStyles } from '../../setup/form-styles.ts'
import { layoutsOf, loadAll, loadBody } from '../../setup/setup-api.ts'
import '../dialog/dialog.ts'
import '../setup-review/setup-review.ts'
import { showToast } from '../toast/toast.ts'
import { setupFieldActionsStyles } from './setup-field-actions.styles.ts'

/** What is to be done with which field. */
export type FieldTask =
  | { readonly kind: 'usage'; readonly name: string; readonly usedBy: readonly string[] }
  | { readonly kind: 'rename'; readonly name: string }
  | { readonly kind: 'delete'; readonly name: string }
  | { readonly kind: 'restore'; readonly name: string; readonly entry: number }

@customElement('fs-setup-field-actions')
export class FsSetupFieldActions extends FsElement {
  static override styles = [formStyles, setupFieldActionsStyles]

  @property() object = ''
  @property({ attribute: false }) task: FieldTask | undefined
  @state() private makePlan: (() => Promise<Plan>) | undefined
  @state() private newName = ''
  @state() private nameError = ''
  /** The plain deletion was refused because the field is in use. */
  @state() private isInUse = false

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (!changed.has('task')) return
    const { task } = this
    this.nameError = ''
    this.newName = task?.name ?? ''
    this.makePlan = undefined
    this.isInUse = false
    if (task?.kind === 'delete') this.makePlan = () => planDelete(this.object, task.name)
    if (task?.kind === 'restore') this.makePlan = () => metadata.planRevert(task.entry)
  }

  // The dialog stays in place when it closes, so that it can give the focus back.
  protected override render(): unknown {
    const { task } = this
    return html`<fs-dialog
      .open=${task !== undefined}
      size=${task?.kind === 'usage' ? 'medium' : 'large'}
      .heading=${task === undefined ? '' : headingOf(task)}
      @dialog-close=${() => this.emit('task-done')}
    >
      ${task === undefined ? nothing : this.#content(task)}
    </fs-dialog>`
  }

  #content(task: FieldTask): unknown {
    return task.kind === 'usage' ? this.#usage(task.usedBy) : this.#change(task)
  }

  #usage(usedBy: readonly string[]): unknown {
    if (usedBy.length === 0)
      return html`<p>${t('Nothing refers to this field. Programs outside may still use it.')}</p>`
    return html`<ul class="usage">
      ${usedBy.map((reference) => html`<li>${reference}</li>`)}
    </ul>`
  }

  #change(task: Exclude<FieldTask, { kind: 'usage' }>): unknown {
    return html`
      ${task.kind === 'rename' ? this.#nameForm(task.name) : nothing}
      ${
        this.makePlan === undefined
          ? nothing
          : html`<fs-setup-review
              .load=${this.makePlan}
              .submit=${task.kind === 'restore' ? revertOf(task.entry) : undefined}
              .confirmName=${task.kind === 'delete' ? task.name : ''}
              .applyLabel=${applyLabel(task)}
              @plan-loaded=${(event: CustomEvent<{ plan: Plan }>) =>
                (this.isInUse = task.kind === 'delete' && isInUse(event.detail.plan))}
              @plan-applied=${() => this.#applied(task)}
            >
              <button slot="back" class="button" @click=${() => this.emit('task-done')}>
                ${t('Cancel')}
              </button>
              ${
                this.isInUse
                  ? html`<button
                      slot="back"
                      class="button"
                      @click=${() => this.#takeOut(task.name)}
                    >
                      ${t('Take it out of layouts, lists and permission sets too')}
                    </button>`
                  : nothing
              }
            </fs-setup-review>`
      }
    `
  }

  #nameForm(name: string): unknown {
    return html`<form
      @submit=${(event: Event) => {
        event.preventDefault()
        this.#planRename(name)
      }}
    >
      ${textControl({
        name: 'new-name',
        label: t('New API name'),
        hint: t('Column and data stay; every reference is rewritten; the old name still answers.'),
        value: this.newName,
        error: this.nameError === '' ? undefined : this.nameError,
        mono: true,
        required: true,
        onInput: (value) => {
          this.newName = value
          this.makePlan = undefined
        },
      })}
      <button class="button">${t('Review the plan')}</button>
    </form>`
  }

  #planRename(name: string): void {
    const fault = findNameFault(this.newName, { suffix: '__c', taken: [name] })
    this.nameError = fault === undefined ? '' : nameFaultText(fault)
    if (fault !== undefined) return
    const change = { type: 'CustomField', fullName: `${this.object}.${name}` }
    const renameTo = `${this.object}.${this.newName}`
    this.makePlan = () => metadata.plan([{ ...change, renameTo }])
  }

  #takeOut(name: string): void {
    this.isInUse = false
    this.makePlan = () => planDeleteEverywhere(this.object, name)
  }

  #applied(task: FieldTask): void {
    showToast({ kind: 'success', text: doneText(task, this.newName) })
    this.emit('object-changed')
    this.emit('task-done')
  }
}

/** The journal notes which entry was taken back only when it is asked to revert that entry. */
function revertOf(entry: number): (plan: Plan) => Promise<JournalEntry> {
  return (plan) => metadata.revert(entry, plan.needsConsent)
}

function isInUse(plan: Plan): boolean {
  return plan.problems.some((problem) => (problem.references ?? []).length > 0)
}

function planDelete(object: string, field: string): Promise<Plan> {
  return metadata.plan([{ type: 'CustomField', fullName: `${object}.${field}`, delete: true }])
}

async function planDeleteEverywhere(object: string, field: string): Promise<Plan> {
  const [body, layouts, permissionSets] = await Promise.all([
    loadBody('CustomObject', object),
    layoutsOf(object),
    loadAll('PermissionSet'),
  ])
  return metadata.plan(deleteFieldChanges({ object, field, body, layouts, permissionSets }))
}

function headingOf(task: FieldTask): string {
  const headings: Readonly<Record<FieldTask['kind'], string>> = {
    usage: t('Where {field} is used', { field: task.name }),
    rename: t('Rename {field}', { field: task.name }),
    delete: t('Delete {field}', { field: task.name }),
    restore: t('Restore {field}', { field: task.name }),
  }
  return headings[task.kind]
}

function applyLabel(task: FieldTask): string {
  const labels = { usage: '', rename: t('Rename'), delete: t('Delete'), restore: t('Restore') }
  return labels[task.kind]
}

function doneText(task: FieldTask, newName: string): string {
  const texts: Readonly<Record<FieldTask['kind'], string>> = {
    usage: '',
    rename: t('{field} is now called {name}.', { field: task.name, name: newName }),
    delete: t('{field} was deleted. It can be restored from the list of fields.', {
      field: task.name,
    }),
    restore: t('{field} is back.', { field: task.name }),
  }
  return texts[task.kind]
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-field-actions': FsSetupFieldActions
  }
}
