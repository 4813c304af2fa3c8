/** The tree of Setup's pages with a quick find that knows other words for them. */
import { html } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import { formStyles } from '../../setup/form-styles.ts'
import { searchControl } from '../../setup/form-controls.ts'
import { setupPath } from '../../setup/setup-route.ts'
import type { SetupRoute } from '../../setup/setup-route.ts'
import { findInTree, setupTree } from '../../setup/setup-tree.ts'
import type { TreeEntry, TreeGroup } from '../../setup/setup-tree.ts'
import '../icon/icon.ts'
import { setupTreeStyles } from './setup-tree.styles.ts'

@customElement('fs-setup-tree')
export class FsSetupTree extends FsElement {
  static override styles = [formStyles, setupTreeStyles]

  /** The page that is shown. */
  @property({ attribute: false }) page: SetupRoute['page'] = 'objects'
  /** Where not all pages are open. */
  @property({ attribute: false }) only: ReadonlySet<SetupRoute['page']> | undefined
  @state() private search = ''

  protected override render(): unknown {
    const groups = findInTree(openTree(this.only), this.search)
    return html`
      ${searchControl({
        label: t('Quick find in Setup'),
        value: this.search,
        onInput: (search) => (this.search = search),
      })}
      <nav aria-label=${t('Setup pages')}>${groups.map((group) => this.#group(group))}</nav>
      <p class="none soft small" role="status" ?hidden=${groups.length > 0}>
        ${t('No page of Setup matches.')}
      </p>
    `
  }

  #group(group: TreeGroup): unknown {
    return html`<h2>${group.label}</h2>
      <ul role="list">
        ${group.entries.map((entry) => this.#entry(entry))}
      </ul>`
  }

  #entry(entry: TreeEntry): unknown {
    const isCurrent = entry.covers.includes(this.page)
    return html`<li>
      <a href=${setupPath(entry.route)} aria-current=${isCurrent ? 'page' : 'false'}>
        <fs-icon name=${entry.icon}></fs-icon>${entry.label}
      </a>
    </li>`
  }
}

function openTree(only: ReadonlySet<SetupRoute['page']> | undefined): readonly TreeGroup[] {
  if (only === undefined) return setupTree()
  return setupTree()
    .map((group) => ({
      ...group,
      entries: group.entries.filter((one) => only.has(one.route.page)),
    }))
    .filter((group) => group.entries.length > 0)
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-tree': FsSetupTree
  }
}
