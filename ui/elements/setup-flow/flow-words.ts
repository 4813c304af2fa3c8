/** Words for what flows are made of and what becomes of them. */
import { html } from 'lit'
import { t } from '../../base/text.ts'
import type { FlowInfo, FlowOutcome } from '../../base/wire-automation.ts'
import type { ElementList } from '../../setup/flow-outline.ts'

export function listLabel(list: ElementList): string {
  const labels: Readonly<Record<ElementList, string>> = {
    screens: t('Screen'),
    decisions: t('Decision'),
    assignments: t('Assignment'),
    loops: t('Loop'),
    recordLookups: t('Get records'),
    recordCreates: t('Create records'),
    recordUpdates: t('Update records'),
    recordDeletes: t('Delete records'),
    recordRollbacks: t('Roll back records'),
    collectionProcessors: t('Collection'),
    transforms: t('Transform'),
    customErrors: t('Custom error'),
    actionCalls: t('Action'),
    apexPluginCalls: t('Plug-in'),
    subflows: t('Subflow'),
    waits: t('Wait'),
    orchestratedStages: t('Stage'),
  }
  return labels[list]
}

/** What starts it. */
export function kindLabel({ triggerType, processType, paths }: FlowInfo): string {
  const kinds = new Map([
    ['RecordBeforeSave', t('Before a save')],
    ['RecordAfterSave', paths.length === 0 ? t('After a save') : t('After a save, and later')],
    ['RecordBeforeDelete', t('Before a delete')],
    ['Scheduled', t('By the clock')],
  ])
  const kind = kinds.get(triggerType ?? '')
  if (kind !== undefined) return kind
  return processType === 'Flow' ? t('With screens') : t('When it is called')
}

export function startLabel(start: string): string {
  const starts = new Map([
    ['beforeSave', t('Before a save')],
    ['afterSave', t('After a save')],
    ['beforeDelete', t('Before a delete')],
    ['path', t('Scheduled path')],
    ['schedule', t('By the clock')],
    ['call', t('When it is called')],
    ['process', t('Guided process')],
  ])
  return starts.get(start) ?? start
}

export function statusChip({ status, runs }: FlowInfo): unknown {
  const isActive = status === 'Active'
  if (isActive && !runs) return html`<span class="chip warning">${t('Does not run here')}</span>`
  return isActive
    ? html`<span class="chip success">${t('Active')}</span>`
    : html`<span class="chip">${t('Not active')}</span>`
}

export function outcomeChip(outcome: FlowOutcome): unknown {
  switch (outcome) {
    case 'Finished':
      return html`<span class="chip success">${t('Finished')}</span>`
    case 'Refused':
      return html`<span class="chip warning">${t('Refused the save')}</span>`
    case 'Failed':
      return html`<span class="chip danger">${t('Failed')}</span>`
    case 'Skipped':
      return html`<span class="chip">${t('Conditions not met')}</span>`
  }
}
