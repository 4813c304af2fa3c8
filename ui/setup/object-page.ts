/** One object: its side menu, and the part of it that the address names. */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { html as staticHtml, unsafeStatic } from 'lit/static-html.js'
import { errorText } from '../base/api-error.ts'
import { FsElement } from '../base/element.ts'
import { concerns, live } from '../base/live.ts'
import { setPageTitle } from '../base/navigation.ts'
import { t } from '../base/text.ts'
import { Turns } from '../base/turns.ts'
import '../elements/page-header/page-header.ts'
import '../elements/skeleton/skeleton.ts'
import type { ObjectBody } from './component-bodies.ts'
import { crumbs } from './crumbs.ts'
import { objectPageStyles } from './object-page.styles.ts'
import { objectTabs } from './object-tabs.ts'
import { describeOrNone, loadBody } from './setup-api.ts'
import { setupPath } from './setup-route.ts'
import type { ObjectTab, SetupRoute } from './setup-route.ts'
import { setupPageStyles } from './setup-styles.ts'
import { problemNotice } from './problem-notice.ts'

@customElement('fs-setup-object-page')
export class FsSetupObjectPage extends FsElement {
  static override styles = [setupPageStyles, objectPageStyles]

  @property({ attribute: false }) route: SetupRoute | undefined
  @state() private body: ObjectBody | undefined
  /** As whoever reads calls the object; the body has the words of the files. */
  @state() private label = ''
  @state() private problem = ''
  @state() private loadedTab: ObjectTab | undefined
  #loadedObject = ''
  #stop: (() => void) | undefined
  readonly #turns = new Turns()

  override connectedCallback(): void {
    super.connectedCallback()
    this.#stop = live.onModel((event) => {
      if (concerns(event, this.#object)) void this.#load()
    })
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stop?.()
  }

  get #object(): string {
    return this.route?.page === 'object' ? this.route.object : ''
  }

  get #tab(): ObjectTab {
    return this.route?.page === 'object' ? this.route.tab : 'details'
  }

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (!changed.has('route') || this.#object === '') return
    void this.#loadTab(this.#tab)
    if (this.#loadedObject === this.#object) return this.#setTitle()
    this.body = undefined
    this.label = ''
    void this.#load()
  }

  async #loadTab(tab: ObjectTab): Promise<void> {
    try {
      await objectTabs()[tab].load()
      if (tab === this.#tab) this.loadedTab = tab
    } catch (error) {
      if (tab === this.#tab) this.problem = errorText(error)
    }
  }

  async #load(): Promise<void> {
    const object = this.#object
    const isLatest = this.#turns.next()
    try {
      const [body, describe] = await Promise.all([
        loadBody('CustomObject', object),
        describeOrNone(object),
      ])
      if (!isLatest()) return
      this.body = body
      this.label = describe?.label ?? body.label ?? ''
      this.#loadedObject = object
      this.problem = ''
      this.#setTitle()
    } catch (error) {
      if (isLatest()) this.problem = errorText(error)
    }
  }

  #setTitle(): void {
    setPageTitle(objectTabs()[this.#tab].label, this.label || this.#object, t('Setup'))
  }

  protected override render(): unknown {
    return html`
      <fs-page-header .heading=${this.label || this.#object} icon="cube">
        ${crumbs([{ label: t('Object Manager'), route: { page: 'objects' } }])}
      </fs-page-header>
      <div class="columns">
        <nav aria-label=${t('Parts of the object')}>${this.#menu()}</nav>
        <div class="part">${this.#part()}</div>
      </div>
    `
  }

  #menu(): unknown {
    return html`<ul role="list">
      ${Object.values(objectTabs()).map(
        (entry) =>
          html`<li>
            <a
              href=${setupPath({ page: 'object', object: this.#object, tab: entry.tab })}
              aria-current=${entry.tab === this.#tab ? 'page' : 'false'}
              >${entry.label}</a
            >
          </li>`,
      )}
    </ul>`
  }

  #part(): unknown {
    if (this.problem !== '') return problemNotice(this.problem)
    const isReady = this.body !== undefined && this.loadedTab === this.#tab
    if (!isReady) return html`<fs-skeleton lines="8"></fs-skeleton>`
    const item = this.route?.page === 'object' ? this.route.item : undefined
    // The tag is a constant of the table of tabs, never text from outside.
    const tag = unsafeStatic(objectTabs()[this.#tab].element)
    return staticHtml`<${tag}
      .object=${this.#object}
      .body=${this.body}
      .item=${item ?? nothing}
      @object-changed=${() => void this.#load()}
    ></${tag}>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-object-page': FsSetupObjectPage
  }
}
