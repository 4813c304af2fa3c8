/** The last step: everything that was answered, with the way back to each step. */
import { html, nothing } from 'lit'
import { objectOfId } from '../../base/app-context.ts'
import { isEmpty } from '../../base/formats.ts'
import { valueOf } from '../../base/form-state.ts'
import { t } from '../../base/text.ts'
import type { ProcessField, ProcessGroup, ProcessInfo } from '../../base/wire-processes.ts'
import type { AppScreen, Value } from '../../base/wire.ts'
import { nameById } from '../../editors/name-by-id.ts'
import type { Around } from '../process-entries/process-entries.ts'
import { askedFields, askedGroups, askedScreens, type Asked } from './asked.ts'
import { fieldsOf, type EntryState, type RunState } from './run-state.ts'
import { answerText } from './shown-answers.ts'

export interface ReviewContext extends Around {
  /** Of records, by id. */
  readonly names: ReadonlyMap<string, string>
  go(screen: string): void
}

export function renderReview(asked: Asked, context: ReviewContext): unknown {
  return html`<div class="card review">
    <h2 tabindex="-1">${t('Review')}</h2>
    ${askedScreens(asked).map(
      (screen) =>
        html`<section>
          <header>
            <h3>${screen.label}</h3>
            <button
              class="button small"
              type="button"
              aria-label=${t('Change {step}', { step: screen.label })}
              @click=${() => context.go(screen.name)}
            >
              ${t('Change')}
            </button>
          </header>
          ${askedGroups(asked, screen).map((group) => renderGroup(asked, group, context))}
        </section>`,
    )}
  </div>`
}

function renderGroup(asked: Asked, group: ProcessGroup, context: ReviewContext): unknown {
  if (!group.repeated) return renderAnswers(asked, group, { context })
  const list = asked.state.entries.get(group.name) ?? []
  if (list.length === 0) return html`<p class="soft">${t('None')}</p>`
  return list.map((entry) => renderAnswers(asked, group, { context, entry }))
}

function renderAnswers(
  asked: Asked,
  group: ProcessGroup,
  { context, entry }: { readonly context: ReviewContext; readonly entry?: EntryState },
): unknown {
  const form = entry?.form ?? asked.state.form
  const fields = askedFields(asked, group, entry?.form.values)
  if (fields.length === 0) return nothing
  return html`<dl>
    ${fields.map(
      (field) =>
        html`<div>
          <dt>${field.label}</dt>
          <dd>${renderAnswer(field, valueOf(form, field.name), context)}</dd>
        </div>`,
    )}
  </dl>`
}

function renderAnswer(field: ProcessField, value: Value, context: ReviewContext): unknown {
  if (field.htmlFormatted !== true || isEmpty(value)) return answerText(field, value, context)
  void import('../html-value/html-value.ts')
  return html`<fs-html-value .value=${String(value)}></fs-html-value>`
}

/** Names of the records that answers point at. */
export async function loadNames(
  process: ProcessInfo,
  { form, entries }: RunState,
  screen: AppScreen,
): Promise<ReadonlyMap<string, string>> {
  const lookups = fieldsOf(process.screens.flatMap(({ groups }) => groups)).filter(
    ({ type }) => type === 'reference',
  )
  const forms = [form, ...[...entries.values()].flat().map((entry) => entry.form)]
  const ids = new Set(
    forms.flatMap((one) => lookups.map(({ name }) => String(valueOf(one, name) ?? ''))),
  )
  ids.delete('')
  const named = await Promise.all(
    [...ids].map(async (id) => {
      const object = objectOfId(screen, id)?.name
      return [id, object === undefined ? id : await nameById(object, id)] as const
    }),
  )
  return new Map(named)
}
