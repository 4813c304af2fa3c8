/** The compact layouts of an object: which fields stand in a record's highlights. */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { records } from '../api.ts'
import { errorText } from '../base/api-error.ts'
import { FsElement } from '../base/element.ts'
import { t } from '../base/text.ts'
import { Turns } from '../base/turns.ts'
import type { Plan } from '../base/wire-metadata.ts'
import '../elements/empty-state/empty-state.ts'
import '../elements/setup-field-list/setup-field-list.ts'
import { showToast } from '../elements/toast/toast.ts'
import type { CompactLayoutBody, ObjectBody } from './component-bodies.ts'
import { columnFields } from './field-choices.ts'
import type { Choice } from './form-controls.ts'
import { formStyles } from './form-styles.ts'
import { memberPart } from './member-part.ts'
import { planMember } from './member-plan.ts'
import type { ObjectPart } from './object-tabs.ts'
import { partStyles } from './setup-styles.ts'

const fieldsMax = 10

@customElement('fs-setup-compact-layouts')
export class FsSetupCompactLayouts extends FsElement implements ObjectPart {
  static override styles = [formStyles, partStyles]

  @property() object = ''
  @property({ attribute: false }) body: ObjectBody | undefined
  @property({ attribute: false }) item: string | undefined
  @state() private fields: readonly Choice[] = []
  @state() private problem = ''
  @state() private drafts: ReadonlyMap<string, CompactLayoutBody> = new Map()
  @state() private makePlan: (() => Promise<Plan>) | undefined
  #planned = ''
  readonly #turns = new Turns()

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('object') && this.object !== '') void this.#load()
  }

  async #load(): Promise<void> {
    const isLatest = this.#turns.next()
    try {
      const describe = await records.describe(this.object)
      if (!isLatest()) return
      this.fields = columnFields(describe)
      this.problem = ''
    } catch (error) {
      if (isLatest()) this.problem = errorText(error)
    }
  }

  protected override render(): unknown {
    const stored = this.body?.compactLayouts ?? []
    const added = [...this.drafts.values()].filter(
      (draft) => !stored.some((layout) => layout.fullName === draft.fullName),
    )
    const layouts = [...stored, ...added]
    return memberPart({
      heading: t('Compact layouts'),
      add:
        layouts.length === 0
          ? {
              label: t('New compact layout'),
              disabled: this.fields.length === 0,
              onStart: () => this.#start(),
            }
          : undefined,
      problem: this.problem,
      content: layouts.length === 0 ? nothingYet() : layouts.map((one) => this.#layout(one)),
      makePlan: this.makePlan,
      onPlanClosed: () => (this.makePlan = undefined),
      onPlanApplied: () => this.#applied(),
    })
  }

  #layout(stored: CompactLayoutBody): unknown {
    const draft = this.drafts.get(stored.fullName)
    const layout = draft ?? stored
    const isAssigned = this.body?.compactLayoutAssignment === stored.fullName
    return html`<section class="panel">
      <header>
        <h2>${layout.label ?? layout.fullName}</h2>
        ${isAssigned ? html`<span class="soft small">${t('In use')}</span>` : nothing}
        <button
          class="button primary"
          ?disabled=${draft === undefined}
          @click=${() => this.#review(layout)}
        >
          ${t('Review the plan')}
        </button>
      </header>
      <div class="padded">
        <fs-setup-field-list
          .label=${t('Fields in order')}
          .choices=${this.fields}
          .chosen=${layout.fields ?? []}
          .max=${fieldsMax}
          @fields-change=${(event: CustomEvent<{ fields: readonly string[] }>) =>
            this.#edit({ ...layout, fields: event.detail.fields })}
        ></fs-setup-field-list>
      </div>
    </section>`
  }

  #start(): void {
    this.#edit({ fullName: 'Highlights', label: t('Highlights'), fields: [] })
  }

  #edit(layout: CompactLayoutBody): void {
    this.drafts = new Map([...this.drafts, [layout.fullName, layout]])
  }

  #review(layout: CompactLayoutBody): void {
    this.#planned = layout.fullName
    this.makePlan = () => planMember(this.object, 'CompactLayout', layout)
  }

  #applied(): void {
    this.makePlan = undefined
    this.drafts = new Map([...this.drafts].filter(([name]) => name !== this.#planned))
    showToast({ kind: 'success', text: t('The compact layout was saved.') })
    this.emit('object-changed')
  }
}

function nothingYet(): unknown {
  return html`<div class="panel">
    <fs-empty-state
      icon="list"
      .heading=${t('No compact layout yet')}
      .text=${t('The highlights of a record then show its first fields.')}
    ></fs-empty-state>
  </div>`
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-compact-layouts': FsSetupCompactLayouts
  }
}
