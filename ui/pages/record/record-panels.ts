/** Panels above the details of a record, by its object; a new one is one entry here. Each is loaded when it is first shown. */
import { html, nothing } from 'lit'
import type { RecordScreen } from '../../base/wire.ts'
import type { ValueContext } from '../../elements/field-value/render-value.ts'

export interface PanelRecord {
  readonly object: string
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
  const panel = panels.get(record.object)
  if (panel === undefined) return nothing
  void panel.load()
  return panel.render(record)
}
