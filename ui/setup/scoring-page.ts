/** Scoring rules in Setup: the list, and one of them with its entries, saved through a plan. */
import { consume } from '@lit/context'
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { metadata, records } from '../api.ts'
import { appContext } from '../base/app-context.ts'
import { errorText } from '../base/api-error.ts'
import { FsElement } from '../base/element.ts'
import { setPageTitle } from '../base/navigation.ts'
import { router } from '../base/router.ts'
import { t } from '../base/text.ts'
import { Turns } from '../base/turns.ts'
import type { Plan } from '../base/wire-metadata.ts'
import type { AppScreen, ObjectInfo } from '../base/wire.ts'
import { askToLeave } from '../elements/dialog/ask-to-leave.ts'
import '../elements/empty-state/empty-state.ts'
import '../elements/icon/icon.ts'
import '../elements/page-header/page-header.ts'
import '../elements/setup-criteria/setup-criteria.ts'
import '../elements/setup-plan-dialog/setup-plan-dialog.ts'
import '../elements/setup-scoring-entry/setup-scoring-entry.ts'
import type { FsSetupScoringEntry } from '../elements/setup-scoring-entry/setup-scoring-entry.ts'
import '../elements/skeleton/skeleton.ts'
import type { ScoringRulesBody } from './component-bodies.ts'
import {
  criteriaParts,
  criteriaValue,
  withoutCriteria,
  type CriteriaValue,
} from './criteria-value.ts'
import { crumbs } from './crumbs.ts'
import { asBody } from './field-changes.ts'
import { filterFields, numberFields } from './field-choices.ts'
import { checkControl, selectControl, textControl, type Choice } from './form-controls.ts'
import { formStyles } from './form-styles.ts'
import { namedTable } from './named-table.ts'
import { objectChoices } from './object-choices.ts'
import { planComponent } from './plan-component.ts'
import { problemNotice } from './problem-notice.ts'
import { scoringColumns } from './scoring-columns.ts'
import {
  blankScoring,
  namedScoring,
  scoringRows,
  withScoring,
  type ScoringEntryBody,
  type ScoringRuleBody,
} from './scoring-draft.ts'
import { loadAll } from './setup-api.ts'
import { setupPath, type SetupRoute } from './setup-route.ts'
import { setupPageStyles } from './setup-styles.ts'

const newName = 'new'

@customElement('fs-setup-scoring-page')
export class FsSetupScoringPage extends FsElement {
  static override styles = [formStyles, setupPageStyles]

  @property({ attribute: false }) route: SetupRoute | undefined
  @consume({ context: appContext, subscribe: true })
  @state()
  private screen: AppScreen | undefined
  @state() private bodies: readonly ScoringRulesBody[] | undefined
  @state() private object = ''
  @state() private describe: ObjectInfo | undefined
  @state() private rule: ScoringRuleBody | undefined
  @state() private problem = ''
  @state() private makePlan: (() => Promise<Plan>) | undefined
  readonly #turns = new Turns()
  #release: (() => void) | undefined

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#release?.()
  }

  get #name(): string | undefined {
    return this.route?.page === 'scoring' ? this.route.name : undefined
  }

  get #isNew(): boolean {
    return this.#name === newName
  }

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('route')) void this.#load()
  }

  async #load(): Promise<void> {
    const isLatest = this.#turns.next()
    this.#settle()
    this.rule = undefined
    this.problem = ''
    setPageTitle(t('Scoring rules'), t('Setup'))
    try {
      const bodies = (await loadAll('ScoringRules')).map(({ body }) => body)
      if (!isLatest()) return
      this.bodies = bodies
      const row = scoringRows(bodies).find(({ fullName }) => fullName === this.#name)
      this.rule = this.#isNew ? blankScoring() : row?.rule
      await this.#choose(row?.object ?? '')
    } catch (error) {
      if (isLatest()) this.problem = errorText(error)
    }
  }

  async #choose(object: string): Promise<void> {
    this.object = object
    this.describe = undefined
    if (object === '') return
    try {
      const describe = await records.describe(object)
      if (this.object === object) this.describe = describe
    } catch (error) {
      this.problem = errorText(error)
    }
  }

  protected override render(): unknown {
    return html`${this.#head()} ${problemNotice(this.problem)} ${this.#content()}
      <fs-setup-plan-dialog
        .load=${this.makePlan}
        @plan-closed=${() => (this.makePlan = undefined)}
        @plan-applied=${() => this.#saved()}
      ></fs-setup-plan-dialog>`
  }

  #head(): unknown {
    if (this.#name === undefined) {
      return html`<fs-page-header
        .heading=${t('Scoring rules')}
        .above=${t('Setup')}
        icon="adjustments"
      >
        <a slot="actions" class="button primary" href=${pathOf(newName)}
          ><fs-icon name="plus"></fs-icon>${t('New scoring rule')}</a
        >
      </fs-page-header>`
    }
    const heading = this.#isNew ? t('New scoring rule') : (this.rule?.label ?? this.#name)
    return html`<fs-page-header .heading=${heading} icon="adjustments">
      ${crumbs([{ label: t('Scoring rules'), route: { page: 'scoring' } }])}
    </fs-page-header>`
  }

  #content(): unknown {
    if (this.bodies === undefined) {
      return this.problem === '' ? html`<fs-skeleton lines="6"></fs-skeleton>` : nothing
    }
    if (this.#name === undefined) {
      return namedTable({
        caption: t('Scoring rules'),
        columns: scoringColumns(pathOf),
        rows: scoringRows(this.bodies),
        empty: {
          icon: 'adjustments',
          heading: t('No scoring rule yet'),
          text: t('A rule scores records by what they say, so that the urgent ones come first.'),
        },
      })
    }
    const { rule } = this
    if (rule !== undefined) return this.#form(rule)
    const heading = t('There is no such rule')
    return html`<fs-empty-state icon="search" .heading=${heading}></fs-empty-state>`
  }

  #form(rule: ScoringRuleBody): unknown {
    const fields = this.describe === undefined ? [] : filterFields(this.describe)
    const isReady = this.object !== '' && (rule.label ?? '').trim() !== '' && rule.scoreField !== ''
    return html`<section class="panel">
        <header>
          <h2>${t('Details')}</h2>
          <a class="button" href=${pathOf()}>${t('Cancel')}</a>
          <button
            class="button primary"
            type="button"
            ?disabled=${!isReady}
            @click=${() => this.#review(rule)}
          >
            ${t('Review the plan')}
          </button>
        </header>
        <div class="padded fields">${this.#details(rule)}</div>
        <div class="padded">
          <fs-setup-criteria
            .heading=${t('Which records score')}
            .fields=${fields}
            .value=${criteriaValue(rule)}
            @criteria-change=${(event: CustomEvent<CriteriaValue>) =>
              this.#edit({ ...withoutCriteria(rule), ...criteriaParts(event.detail) })}
          ></fs-setup-criteria>
        </div>
      </section>
      ${this.#entries(rule, fields)}
      <p>
        <button class="button" type="button" @click=${() => this.#addEntry(rule)}>
          <fs-icon name="plus"></fs-icon>${t('Add entry')}
        </button>
      </p>`
  }

  #details(rule: ScoringRuleBody): unknown {
    return html`
      ${selectControl({
        name: 'rule-object',
        label: t('Object'),
        value: this.object,
        required: true,
        disabled: !this.#isNew,
        choices: [{ value: '', label: t('Choose…') }, ...objectChoices(this.screen?.objects ?? [])],
        onInput: (object) => void this.#choose(object),
      })}
      ${textControl({
        name: 'rule-label',
        label: t('Label'),
        required: true,
        lengthMax: 80,
        value: rule.label ?? '',
        onInput: (label) => this.#edit({ ...rule, label }),
      })}
      ${textControl({
        name: 'rule-description',
        label: t('Description'),
        lengthMax: 255,
        value: rule.description ?? '',
        onInput: (description) => this.#edit({ ...rule, description }),
      })}
      ${selectControl({
        name: 'rule-score',
        label: t('Field that holds the score'),
        hint: t('A number field; nobody else sets it.'),
        required: true,
        value: rule.scoreField,
        choices: [
          { value: '', label: t('Choose…') },
          ...numberFields(this.describe, rule.scoreField),
        ],
        onInput: (scoreField) => this.#edit({ ...rule, scoreField }),
      })}
      ${checkControl({
        name: 'rule-active',
        label: t('Active'),
        hint: t('Otherwise the scores stay as they are.'),
        checked: rule.active !== false,
        onInput: (active) => this.#edit({ ...rule, active }),
      })}
    `
  }

  #entries(rule: ScoringRuleBody, fields: readonly Choice[]): unknown {
    const entries = rule.ruleEntry ?? []
    const set = (ruleEntry: ScoringEntryBody[]): void => this.#edit({ ...rule, ruleEntry })
    return entries.map(
      (entry, at) =>
        html`<fs-setup-scoring-entry
          .entry=${entry}
          .number=${at + 1}
          .fields=${fields}
          @entry-change=${(event: CustomEvent<ScoringEntryBody>) =>
            set(entries.map((one, index) => (index === at ? event.detail : one)))}
          @entry-remove=${() => set(entries.filter((_, index) => index !== at))}
        ></fs-setup-scoring-entry>`,
    )
  }

  #addEntry(rule: ScoringRuleBody): void {
    this.#edit({ ...rule, ruleEntry: [...(rule.ruleEntry ?? []), { score: 10 }] })
    void this.updateComplete.then(() =>
      this.renderRoot
        .querySelector<FsSetupScoringEntry>('fs-setup-scoring-entry:last-of-type')
        ?.focus(),
    )
  }

  #edit(rule: ScoringRuleBody): void {
    this.rule = rule
    this.#release ??= router.guard(askToLeave)
  }

  #settle(): void {
    this.#release?.()
    this.#release = undefined
  }

  #review(draft: ScoringRuleBody): void {
    const { object } = this
    const from = this.bodies?.find(({ fullName }) => fullName === object)
    const rule = this.#isNew ? namedScoring(draft, from) : draft
    const change = {
      type: 'ScoringRules',
      fullName: object,
      body: asBody(withScoring(object, from, rule)),
    }
    this.makePlan = () =>
      from === undefined ? metadata.plan([change]) : planComponent({ ...change, from })
  }

  #saved(): void {
    this.makePlan = undefined
    this.#settle()
    void router.navigate(pathOf())
  }
}

function pathOf(name?: string): string {
  return setupPath(name === undefined ? { page: 'scoring' } : { page: 'scoring', name })
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-scoring-page': FsSetupScoringPage
  }
}
