/** The closing page: what was made and changed, each a link. */
import { html, nothing } from 'lit'
import { paths } from '../../base/navigation.ts'
import { t } from '../../base/text.ts'
import type { MadeRecord, SubmittedRun } from '../../base/wire-processes.ts'
import '../record-name/record-name.ts'
import type { Around } from '../process-entries/process-entries.ts'

interface Leaving {
  dispatchEvent(event: Event): boolean
}

export function renderMade(done: SubmittedRun, around: Around, runner: Leaving): unknown {
  const made = done.records.filter(({ isNew }) => isNew)
  const changed = done.records.filter((one) => !one.isNew && !made.some(({ id }) => id === one.id))
  const isPreview = done.id === ''
  return html`<h2 tabindex="-1">${isPreview ? t('This would be made') : t('Submitted')}</h2>
    ${done.closingMessage ? html`<p>${done.closingMessage}</p>` : nothing}
    ${renderList(t('Made'), made, { around, isPreview })}
    ${renderList(t('Changed'), changed, { around, isPreview })}
    <div>
      <button
        class="button primary"
        type="button"
        @click=${() =>
          runner.dispatchEvent(new CustomEvent('run-left', { bubbles: true, composed: true }))}
      >
        ${t('Done')}
      </button>
    </div>`
}

function renderList(
  heading: string,
  records: readonly MadeRecord[],
  { around, isPreview }: { readonly around: Around; readonly isPreview: boolean },
): unknown {
  if (records.length === 0) return nothing
  return html`<section>
    <h3>${heading}</h3>
    <ul role="list" class="made">
      ${records.map(
        ({ object, label, id }) =>
          html`<li>
            <span>${label}</span>
            ${
              isPreview
                ? nothing
                : html`<a href=${paths.record(around.app, object, id)}
                    ><fs-record-name .object=${object} .record=${id}></fs-record-name
                  ></a>`
            }
          </li>`,
      )}
    </ul>
  </section>`
}
