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
])

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

/** Of the case itself, or of the case that the record belongs to. */
function deadlinePanel({ object, content, context }: PanelRecord): unknown {
  const caseId = object.deadlinesOf && content.record[object.deadlinesOf]
  if (typeof caseId !== 'string') return nothing
  void import('../../elements/deadline-panel/deadline-panel.ts')
  return html`<fs-deadline-panel
    class="card"
    .caseId=${caseId}
    .context=${context}
  ></fs-deadline-panel>`
}
