/** Sharing settings: what everybody may do with the records of each object, and the rules that open more. */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { sharingSettings, type SharingSetting } from '../access-api.ts'
import { metadata } from '../api.ts'
import { errorText } from '../base/api-error.ts'
import { chipStyles } from '../base/base-styles.ts'
import { FsElement } from '../base/element.ts'
import { setPageTitle } from '../base/navigation.ts'
import { t } from '../base/text.ts'
import { Turns } from '../base/turns.ts'
import type { MetadataChange, Plan } from '../base/wire-metadata.ts'
import '../elements/empty-state/empty-state.ts'
import '../elements/page-header/page-header.ts'
import '../elements/setup-plan-dialog/setup-plan-dialog.ts'
import '../elements/setup-sharing-rules/setup-sharing-rules.ts'
import '../elements/setup-table/setup-table.ts'
import type { Column } from '../elements/setup-table/setup-table.ts'
import { defaultWord } from '../elements/sharing/sharing-words.ts'
import '../elements/skeleton/skeleton.ts'
import { showToast } from '../elements/toast/toast.ts'
import type { ObjectBody } from './component-bodies.ts'
import { crumbs } from './crumbs.ts'
import { asBody } from './field-changes.ts'
import { checkControl, searchControl, selectControl, type Choice } from './form-controls.ts'
import { formStyles } from './form-styles.ts'
import { loadBody } from './setup-api.ts'
import { setupPath, type SetupRoute } from './setup-route.ts'
import { setupPageStyles } from './setup-styles.ts'
import { isSharedByHand, shareObjectBody, shareObjectName } from './share-object.ts'
import { sharingChoices } from './sharing-choices.ts'
import { problemNotice } from './problem-notice.ts'

@customElement('fs-setup-sharing-page')
export class FsSetupSharingPage extends FsElement {
  static override styles = [formStyles, chipStyles, setupPageStyles]

  @property({ attribute: false }) route: SetupRoute | undefined
  @state() private settings: readonly SharingSetting[] | undefined
  @state() private body: ObjectBody | undefined
  @state() private draft: ObjectBody | undefined
  @state() private words = ''
  @state() private problem = ''
  @state() private makePlan: (() => Promise<Plan>) | undefined
  readonly #turns = new Turns()

  get #object(): string | undefined {
    return this.route?.page === 'sharing' ? this.route.object : undefined
  }

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (!changed.has('route')) return
    this.body = undefined
    this.draft = undefined
    this.makePlan = undefined
    void this.#load()
  }

  async #load(): Promise<void> {
    const isLatest = this.#turns.next()
    const name = this.#object
    setPageTitle(name ?? t('Sharing settings'), t('Setup'))
    try {
      const [settings, body] = await Promise.all([
        sharingSettings.list(),
        name === undefined ? undefined : loadBody('CustomObject', name),
      ])
      if (!isLatest()) return
      this.settings = settings
      this.body = body
      this.draft = undefined
      this.problem = ''
    } catch (error) {
      if (isLatest()) this.problem = errorText(error)
    }
  }

  protected override render(): unknown {
    const own = this.settings?.find(({ object }) => object === this.#object)
    return html`
      <fs-page-header
        .heading=${own?.label ?? this.#object ?? t('Sharing settings')}
        .above=${t('Setup')}
        icon="lock"
      >
        ${
          this.#object === undefined
            ? nothing
            : crumbs([{ label: t('Sharing settings'), route: { page: 'sharing' } }])
        }
      </fs-page-header>
      ${this.#content(own)}
      <fs-setup-plan-dialog
        .load=${this.makePlan}
        @plan-closed=${() => (this.makePlan = undefined)}
        @plan-applied=${() => void this.#applied()}
      ></fs-setup-plan-dialog>
    `
  }

  #content(own: SharingSetting | undefined): unknown {
    if (this.problem !== '') return problemNotice(this.problem)
    if (this.settings === undefined) return html`<fs-skeleton lines="8"></fs-skeleton>`
    if (this.#object === undefined) return this.#list(this.settings)
    if (own === undefined || this.body === undefined)
      return html`<fs-empty-state
        icon="search"
        .heading=${t('There is no such object')}
      ></fs-empty-state>`
    return html`
      ${this.#defaults(own, this.draft ?? this.body)}
      <fs-setup-sharing-rules
        .object=${own.object}
        @rules-saved=${() => void this.#load()}
      ></fs-setup-sharing-rules>
    `
  }

  #list(settings: readonly SharingSetting[]): unknown {
    const words = this.words.trim().toLowerCase()
    const rows = settings.filter(({ object, label }) =>
      `${label} ${object}`.toLowerCase().includes(words),
    )
    return html`
      <p class="soft">
        ${t('The default says what everybody may do with records of others. Roles, rules, shares, teams and participants open more; nothing closes what the default opens.')}
      </p>
      ${searchControl({
        label: t('Find objects'),
        value: this.words,
        onInput: (value) => (this.words = value),
      })}
      <div class="panel">
        <fs-setup-table
          .caption=${t('Sharing settings')}
          .columns=${columns()}
          .rows=${rows}
          .rowKey=${(row: SharingSetting) => row.object}
        ></fs-setup-table>
      </div>
    `
  }

  #defaults(own: SharingSetting, body: ObjectBody): unknown {
    const internal = body.sharingModel ?? 'ReadWrite'
    return html`<form
      class="panel"
      novalidate
      @submit=${(event: Event) => {
        event.preventDefault()
        this.makePlan = () => this.#plan(own)
      }}
    >
      <header>
        <h2>${t('Organisation-wide default')}</h2>
        <button
          type="button"
          class="button"
          ?disabled=${this.draft === undefined}
          @click=${() => (this.draft = undefined)}
        >
          ${t('Discard changes')}
        </button>
        <button class="button primary" ?disabled=${this.draft === undefined}>
          ${t('Review the plan')}
        </button>
      </header>
      <div class="padded fields">
        ${selectControl({
          name: 'internal',
          label: t('Inside the organisation'),
          value: internal,
          choices: defaultChoices(internal),
          hint:
            own.controlledBy.length === 0
              ? undefined
              : t('Decided by: {fields}', { fields: own.controlledBy.join(', ') }),
          onInput: (value) => this.#set({ sharingModel: sharingModelOf(value) ?? 'ReadWrite' }),
        })}
        ${selectControl({
          name: 'external',
          label: t('Customers and partners'),
          value: body.externalSharingModel ?? '',
          choices: [
            { value: '', label: t('As inside') },
            ...defaultChoices(body.externalSharingModel ?? internal),
          ],
          hint: t('Never more than inside.'),
          onInput: (value) => this.#setExternal(value),
        })}
        ${checkControl({
          name: 'hierarchy',
          label: t('Superiors have the same access'),
          hint: t(
            'Without it nobody sees a record because somebody below sees it: participants and shares alone decide.',
          ),
          checked: body.sharingHierarchy !== false,
          onInput: (sharingHierarchy) => this.#set({ sharingHierarchy }),
        })}
      </div>
    </form>`
  }

  #set(change: Partial<ObjectBody>): void {
    if (this.body !== undefined) this.draft = { ...(this.draft ?? this.body), ...change }
  }

  #setExternal(value: string): void {
    const { externalSharingModel: _, ...rest } = this.draft ?? this.body ?? { fullName: '' }
    const model = sharingModelOf(value)
    this.draft = { ...rest, ...(model !== undefined && { externalSharingModel: model }) }
  }

  /** Records of a custom object are shared by hand from the moment that not everybody sees them anyway. */
  async #plan({ object, label }: SharingSetting): Promise<Plan> {
    const wanted = this.draft ?? this.body
    if (wanted === undefined) return metadata.plan([])
    const present = await loadBody('CustomObject', object)
    if (JSON.stringify(present) !== JSON.stringify(this.body))
      throw new Error(
        t(
          '{component} was changed by somebody else meanwhile. Discard your changes and make them again.',
          { component: object },
        ),
      )
    const changes: MetadataChange[] = [
      { type: 'CustomObject', fullName: object, body: asBody(wanted) },
    ]
    const shares = shareObjectName(object)
    const isKnown = this.settings?.some((one) => one.object === shares) === true
    if (shares !== undefined && !isKnown && isSharedByHand(wanted.sharingModel)) {
      const body = asBody(shareObjectBody(object, label))
      changes.push({ type: 'CustomObject', fullName: shares, body })
    }
    return metadata.plan(changes)
  }

  async #applied(): Promise<void> {
    this.makePlan = undefined
    await this.#load()
    showToast({ kind: 'success', text: t('The sharing settings were saved.') })
  }
}

type SharingModel = NonNullable<ObjectBody['sharingModel']>

const sharingModels: readonly SharingModel[] = [
  'Private',
  'Read',
  'ReadWrite',
  'ReadWriteTransfer',
  'FullAccess',
  'ControlledByParent',
]

function sharingModelOf(value: string): SharingModel | undefined {
  return sharingModels.find((model) => model === value)
}

function defaultChoices(present: string): readonly Choice[] {
  return sharingChoices(sharingModelOf(present))
}

function columns(): readonly Column<SharingSetting>[] {
  return [
    {
      key: 'label',
      label: t('Object'),
      sortValue: (row) => row.label,
      cell: (row) =>
        html`<a href=${setupPath({ page: 'sharing', object: row.object })}>${row.label}</a>`,
    },
    {
      key: 'internal',
      label: t('Inside'),
      sortValue: (row) => row.sharingModel,
      cell: (row) => defaultWord(row.sharingModel),
    },
    {
      key: 'external',
      label: t('Outside'),
      sortValue: (row) => row.externalSharingModel,
      cell: (row) => defaultWord(row.externalSharingModel),
    },
    {
      key: 'hierarchy',
      label: t('Role hierarchy'),
      sortValue: (row) => (row.hierarchy ? 0 : 1),
      cell: (row) => (row.hierarchy ? t('Yes') : t('No')),
    },
    {
      key: 'rules',
      label: t('Rules'),
      numeric: true,
      sortValue: (row) => row.rules,
      cell: (row) => row.rules,
    },
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-sharing-page': FsSetupSharingPage
  }
}
