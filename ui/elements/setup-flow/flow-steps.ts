/** Steps of a run or of a trial, each with its values. */
import { html, nothing } from 'lit'
import { t } from '../../base/text.ts'
import type { FlowStep } from '../../base/wire-automation.ts'

export function renderSteps(steps: readonly FlowStep[]): unknown {
  if (steps.length === 0) return html`<p class="soft">${t('No step was told.')}</p>`
  return html`<ol class="steps">
    ${steps.map(
      ({ label, element, kind, values }) =>
        html`<li>
          <strong>${label || element}</strong> <span class="soft small">${kind}</span>
          ${renderValues(values)}
        </li>`,
    )}
  </ol>`
}

export function renderValues(values: Readonly<Record<string, unknown>>): unknown {
  const entries = Object.entries(values)
  if (entries.length === 0) return nothing
  return html`<dl>
    ${entries.map(
      ([name, value]) =>
        html`<div>
          <dt class="mono">${name}</dt>
          <dd>${textOf(value)}</dd>
        </div>`,
    )}
  </dl>`
}

function textOf(value: unknown): string {
  if (value === null) return '—'
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
