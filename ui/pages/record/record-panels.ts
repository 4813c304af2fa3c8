/** Panels above the details of a record, by its object; a new one is one entry here. Each is loaded when it is first shown. */
import { html, nothing } from 'lit'
import type { ObjectScreen, RecordScreen } from '../../base/wire.ts'
import type { ValueContext } from '../../elements/field-value/render-value.ts'

export interface PanelRecord {
  readonly object: ObjectScreen
  readonly id: string
  readonly content: RecordScreen
  readonly context: ValueContext
}

interface RecordPanel {
  load(): Promise<unknown>
  render(record: PanelRecord): unknown
}

const panels: ReadonlyMap<string, RecordPanel> = new Map<string, RecordPanel>([
  [
    'AccountPlan',
    {
      load: () => import('../../elements/plan-hub/plan-hub.ts'),
      render: ({ id, content, context }) =>
        html`<fs-plan-hub
          class="card"
          .recordId=${id}
          .content=${content}
          .context=${context}
        ></fs-plan-hub>`,
    },
  ],
  [
    'ActionPlan',
    {
      load: () => import('../../elements/plan-panel/plan-panel.ts'),
      render: ({ id, content, context }) =>
        html`<fs-plan-panel
          class="card"
          .recordId=${id}
          .content=${content}
          .context=${context}
        ></fs-plan-panel>`,
    },
  ],
  [
    'ActionPlanTemplateVersion',
    {
      load: () => import('../../elements/template-panel/template-panel.ts'),
      render: ({ id, content, context }) =>
        html`<fs-template-panel
          class="card"
          .recordId=${id}
          .content=${content}
          .context=${context}
        ></fs-template-panel>`,
    },
  ],
  [
    'DocumentChecklistItem',
    {
      load: () => import('../../elements/document-panel/document-panel.ts'),
      render: ({ object, id, content, context }) =>
        html`<fs-document-panel
          class="card"
          .recordId=${id}
          .content=${content}
          .context=${context}
          ?judges=${content.editable && isEditable(object, 'Status')}
        ></fs-document-panel>`,
    },
  ],
])

function isEditable({ describe }: ObjectScreen, field: string): boolean {
  return describe.fields.some(({ name, updateable }) => name === field && updateable)
}

export function recordPanel(record: PanelRecord): unknown {
  const panel = panels.get(record.object.describe.name)
  void panel?.load()
  return html`${deadlinePanel(record)}${approvalPanel(record)}${panel?.render(record) ?? nothing}`
}

function approvalPanel({ object, id, context }: PanelRecord): unknown {
  if (object.hasApprovals !== true) return nothing
  void import('../../elements/approval-panel/approval-panel.ts')
  return html`<fs-approval-panel
    class="card"
    .recordId=${id}
    .context=${context}
  ></fs-approval-panel>`
}

/** Of the record itself, and of the one that it belongs to. */
function deadlinePanel({ object, content, context }: PanelRecord): unknown {
  const sources = (object.deadlines ?? []).flatMap((source) => {
    const recordId = content.record[source.of]
    const field = object.describe.fields.find(({ name }) => name === source.of)
    const label = source.of === 'Id' ? '' : (field?.label ?? '')
    return typeof recordId === 'string' ? [{ ...source, recordId, label }] : []
  })
  if (sources.length === 0) return nothing
  void import('../../elements/deadline-panel/deadline-panel.ts')
  return html`<fs-deadline-panel
    class="card"
    .sources=${sources}
    .context=${context}
  ></fs-deadline-panel>`
}
