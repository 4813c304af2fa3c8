/** What an approval process is as a whole: its list's columns, and the form for everything but steps and actions. */
import { html } from 'lit'
import { t } from '../base/text.ts'
import '../elements/setup-criteria/setup-criteria.ts'
import type { Column } from '../elements/setup-table/setup-table.ts'
import {
  objectOfApproval,
  submitterChoice,
  withEntryCriteria,
  type SubmitterChoice,
} from './approval-draft.ts'
import type { ApprovalBody } from './component-bodies.ts'
import { criteriaValue, type CriteriaValue } from './criteria-value.ts'
import { checkControl, selectControl, textControl, type Choice } from './form-controls.ts'
import type { Component } from './setup-api.ts'

export function approvalColumns(
  pathOf: (name: string) => string,
): readonly Column<Component<ApprovalBody>>[] {
  return [
    {
      key: 'label',
      label: t('Name'),
      sortValue: (row) => row.label,
      cell: (row) => html`<a href=${pathOf(row.fullName)}>${row.label}</a>`,
    },
    {
      key: 'object',
      label: t('Object'),
      sortValue: (row) => row.fullName,
      cell: (row) => html`<span class="mono">${objectOfApproval(row.fullName)}</span>`,
    },
    {
      key: 'steps',
      label: t('Steps'),
      numeric: true,
      sortValue: (row) => row.body.approvalStep?.length ?? 0,
      cell: (row) => row.body.approvalStep?.length ?? 0,
    },
    {
      key: 'active',
      label: t('Active'),
      sortValue: (row) => Number(row.body.active === true),
      cell: (row) => (row.body.active === true ? t('Yes') : t('No')),
    },
  ]
}

export interface ApprovalForm {
  readonly body: ApprovalBody
  readonly object: string
  /** Where the process is new: the objects it may be for. */
  readonly objects: readonly Choice[] | undefined
  readonly fields: readonly Choice[]
  edit(body: ApprovalBody): void
  choose(object: string): void
}

export function approvalDetails(form: ApprovalForm): unknown {
  const { body, object, objects, fields, edit } = form
  const own = [{ value: object, label: object }]
  return html`<div class="padded fields">
      ${selectControl({
        name: 'approval-object',
        label: t('Object'),
        required: true,
        disabled: objects === undefined,
        value: object,
        choices: objects === undefined ? own : [{ value: '', label: t('Choose…') }, ...objects],
        onInput: (chosen) => form.choose(chosen),
      })}
      ${textControl({
        name: 'approval-label',
        label: t('Label'),
        required: true,
        lengthMax: 80,
        value: body.label ?? '',
        onInput: (label) => edit({ ...body, label }),
      })}
      ${textControl({
        name: 'approval-description',
        label: t('Description'),
        lengthMax: 255,
        value: body.description ?? '',
        onInput: (description) => edit({ ...body, description }),
      })}
      ${submitters(form)} ${lock(form)}
      ${checkControl({
        name: 'approval-active',
        label: t('Active'),
        hint: t('Records can be submitted.'),
        checked: body.active === true,
        onInput: (active) => edit({ ...body, active }),
      })}
      ${checkControl({
        name: 'approval-recall',
        label: t('Whoever submitted a record may take it back'),
        checked: body.allowRecall === true,
        onInput: (allowRecall) => edit({ ...body, allowRecall }),
      })}
    </div>
    <div class="padded">
      <fs-setup-criteria
        .heading=${t('Which records can be submitted')}
        .fields=${fields}
        .value=${criteriaValue(body.entryCriteria)}
        @criteria-change=${(event: CustomEvent<CriteriaValue>) =>
          edit(withEntryCriteria(body, event.detail))}
      ></fs-setup-criteria>
    </div>`
}

function submitters({ body, edit }: ApprovalForm): unknown {
  const value = submitterChoice(body)
  const known: readonly { readonly value: SubmitterChoice; readonly label: string }[] = [
    { value: 'owner', label: t('The owner of the record') },
    { value: 'allInternalUsers', label: t('All internal users') },
  ]
  const others = { value: 'others', label: t('As the file says') } as const
  return selectControl({
    name: 'approval-submitters',
    label: t('Who may submit'),
    value,
    choices: value === 'others' ? [...known, others] : known,
    onInput: (chosen) => {
      if (chosen !== 'owner' && chosen !== 'allInternalUsers') return
      edit({ ...body, allowedSubmitters: [{ type: chosen }] })
    },
  })
}

function lock({ body, edit }: ApprovalForm): unknown {
  return selectControl({
    name: 'approval-lock',
    label: t('Who may change a record that waits'),
    value: body.recordEditability ?? 'AdminOnly',
    choices: [
      { value: 'AdminOnly', label: t('Administrators') },
      { value: 'AdminOrCurrentApprover', label: t('Administrators and the approver') },
    ],
    onInput: (chosen) =>
      edit({
        ...body,
        recordEditability: chosen === 'AdminOrCurrentApprover' ? chosen : 'AdminOnly',
      }),
  })
}
