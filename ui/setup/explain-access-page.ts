/** Why somebody may (not) see or edit a record or one of its fields: the record by its id or address, then the person. */
import { consume } from '@lit/context'
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { sharing } from '../access-api.ts'
import { records, session } from '../api.ts'
import { appContext } from '../base/app-context.ts'
import { errorText } from '../base/api-error.ts'
import { FsElement } from '../base/element.ts'
import { setPageTitle } from '../base/navigation.ts'
import { formatOf } from '../base/page-element.ts'
import { router } from '../base/router.ts'
import { t } from '../base/text.ts'
import { Turns } from '../base/turns.ts'
import type { AppScreen, ObjectInfo } from '../base/wire.ts'
import type { EditorContext } from '../editors/editor-element.ts'
import '../elements/page-header/page-header.ts'
import '../elements/sharing/sharing-reasons.ts'
import { filterFields } from './field-choices.ts'
import { textControl } from './form-controls.ts'
import { formStyles } from './form-styles.ts'
import { setupPath, type SetupRoute } from './setup-route.ts'
import { setupPageStyles } from './setup-styles.ts'

@customElement('fs-setup-explain-access-page')
export class FsSetupExplainAccessPage extends FsElement {
  static override styles = [formStyles, setupPageStyles]

  @property({ attribute: false }) route: SetupRoute | undefined
  @consume({ context: appContext, subscribe: true })
  @state()
  private screen: AppScreen | undefined
  @state() private typed = ''
  @state() private problem = ''
  @state() private context: EditorContext | undefined
  readonly #turns = new Turns()

  get #id(): string | undefined {
    return this.route?.page === 'explain-access' ? this.route.id : undefined
  }

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (!changed.has('route') && !changed.has('screen')) return
    setPageTitle(t('Explain access'), t('Setup'))
    if (this.screen !== undefined) void this.#load(this.screen)
  }

  async #load(screen: AppScreen): Promise<void> {
    const isLatest = this.#turns.next()
    const id = this.#id
    this.context = undefined
    this.problem = ''
    if (id === undefined) return
    this.typed = id
    try {
      const { userId } = await session.current()
      const { object } = await sharing.explain(id, userId)
      const describe = await records.describe(object)
      if (!isLatest()) return
      this.context = contextOf(screen, describe)
    } catch (error) {
      if (isLatest()) this.problem = errorText(error)
    }
  }

  protected override render(): unknown {
    const { context } = this
    return html`
      <fs-page-header .heading=${t('Explain access')} .above=${t('Setup')} icon="info">
      </fs-page-header>
      <form
        class="fields single"
        @submit=${(event: Event) => {
          event.preventDefault()
          this.#open()
        }}
      >
        ${textControl({
          name: 'record',
          label: t('Record'),
          hint: t('Its id, or the address of its page.'),
          value: this.typed,
          error: this.problem === '' ? undefined : this.problem,
          onInput: (typed) => (this.typed = typed),
        })}
        <div><button class="button primary">${t('Show')}</button></div>
      </form>
      ${
        context === undefined || this.#id === undefined
          ? nothing
          : html`<section class="panel" aria-label=${t('Explain access')}>
              <div class="padded">
                <fs-sharing-reasons
                  .recordId=${this.#id}
                  .fields=${filterFields(context.object)}
                  .context=${context}
                ></fs-sharing-reasons>
              </div>
            </section>`
      }
    `
  }

  #open(): void {
    const id = /(?:^|\/)([A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?)(?:$|[/?#])/.exec(
      this.typed.trim(),
    )?.[1]
    if (id === undefined) this.problem = t('That is neither an id nor the address of a record.')
    else void router.navigate(setupPath({ page: 'explain-access', id }))
  }
}

/** What the lookup of people wants to know of its surroundings: there is no form. */
function contextOf(screen: AppScreen, object: ObjectInfo): EditorContext {
  return {
    object,
    screen,
    app: screen.apps[0]?.name ?? '',
    format: formatOf(screen),
    record: undefined,
    values: new Map(),
    errors: new Map(),
    isNew: true,
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-explain-access-page': FsSetupExplainAccessPage
  }
}
