/**
 * The roles as a tree. Arrow keys walk it, Enter opens a role; a role is moved by dragging it onto its new superior, or by
 * the keyboard: M picks it up, Enter puts it under the role that has the focus, Escape puts it back.
 * Fires `role-open` { name } and `role-move` { name, parent }.
 */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import type { RoleBody } from '../../setup/component-bodies.ts'
import { mayMove, roleNodes, type RoleNode } from '../../setup/role-tree.ts'
import type { Component } from '../../setup/setup-api.ts'
import '../icon/icon.ts'
import { setupRoleTreeStyles } from './setup-role-tree.styles.ts'

@customElement('fs-setup-role-tree')
export class FsSetupRoleTree extends FsElement {
  static override styles = setupRoleTreeStyles

  @property({ attribute: false }) roles: readonly Component<RoleBody>[] = []
  /** How many active users have a role. */
  @property({ attribute: false }) users: ReadonlyMap<string, number> = new Map()
  @state() private closed: ReadonlySet<string> = new Set()
  @state() private focused = ''
  /** The role that is on its way to another place. */
  @state() private moving = ''
  @state() private over = ''
  @state() private said = ''

  protected override render(): unknown {
    const nodes = roleNodes(this.roles, this.closed)
    const focused = nodes.some(({ name }) => name === this.focused)
      ? this.focused
      : (nodes[0]?.name ?? '')
    return html`
      <p class="soft small" id="how">
        ${t('Drag a role onto its new superior, or press M on it, go to the superior and press Enter.')}
      </p>
      <div
        role="tree"
        aria-label=${t('Roles')}
        aria-describedby="how"
        @keydown=${(event: KeyboardEvent) => this.#onKey(event, nodes, focused)}
      >
        ${repeat(
          nodes,
          ({ name }) => name,
          (node) => this.#node(node, node.name === focused),
        )}
      </div>
      <div
        class="top ${this.over === ':top' ? 'over' : ''}"
        ?hidden=${this.moving === ''}
        @dragover=${(event: DragEvent) => this.#dragOver(event, undefined)}
        @drop=${(event: DragEvent) => this.#drop(event, undefined)}
      >
        ${t('Drop here for the top of the tree')}
      </div>
      <p class="visually-hidden" role="status">${this.said}</p>
    `
  }

  #node(node: RoleNode, hasFocus: boolean): unknown {
    const { name, label, level } = node
    const count = this.users.get(name) ?? 0
    const isClosed = this.closed.has(name)
    return html`<div
      role="treeitem"
      data-name=${name}
      class="${this.moving === name ? 'moving' : ''} ${this.over === name ? 'over' : ''}"
      style="padding-inline-start: ${(level - 1) * 24 + 8}px"
      tabindex=${hasFocus ? '0' : '-1'}
      draggable="true"
      aria-level=${level}
      aria-posinset=${node.position}
      aria-setsize=${node.siblings}
      aria-expanded=${node.hasChildren ? String(!isClosed) : nothing}
      @focus=${() => (this.focused = name)}
      @click=${() => this.emit('role-open', { name })}
      @dragstart=${(event: DragEvent) => this.#dragStart(event, name)}
      @dragend=${() => this.#stop()}
      @dragover=${(event: DragEvent) => this.#dragOver(event, name)}
      @drop=${(event: DragEvent) => this.#drop(event, name)}
    >
      ${
        node.hasChildren
          ? html`<span
              class="twisty"
              aria-hidden="true"
              @click=${(event: Event) => {
                event.stopPropagation()
                this.#toggle(name)
              }}
              ><fs-icon name=${isClosed ? 'chevron-right' : 'chevron-down'}></fs-icon
            ></span>`
          : html`<span class="twisty"></span>`
      }
      <span class="label">${label}</span>
      <span class="soft small">
        ${t('{count, plural, one {# user} other {# users}}', { count })}
      </span>
    </div>`
  }

  #toggle(name: string): void {
    const closed = new Set(this.closed)
    if (!closed.delete(name)) closed.add(name)
    this.closed = closed
  }

  #onKey(event: KeyboardEvent, nodes: readonly RoleNode[], focused: string): void {
    const at = nodes.findIndex(({ name }) => name === focused)
    const node = nodes[at]
    if (node === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    const act = this.#keys(nodes, at, node).get(event.key)
    if (act === undefined) return
    event.preventDefault()
    act()
  }

  #keys(nodes: readonly RoleNode[], at: number, node: RoleNode): ReadonlyMap<string, () => void> {
    const isOpen = node.hasChildren && !this.closed.has(node.name)
    const go = (index: number) => () => this.#focus(nodes[index]?.name)
    const pick = (): void => this.#pick(node)
    return new Map([
      ['ArrowDown', go(at + 1)],
      ['ArrowUp', go(at - 1)],
      ['Home', go(0)],
      ['End', go(nodes.length - 1)],
      [
        'ArrowRight',
        isOpen ? go(at + 1) : () => (node.hasChildren ? this.#toggle(node.name) : undefined),
      ],
      ['ArrowLeft', isOpen ? () => this.#toggle(node.name) : () => this.#focus(node.parent)],
      ['m', pick],
      ['M', pick],
      ['Enter', () => this.#enter(node)],
      ['Escape', () => this.#putBack()],
    ])
  }

  #focus(name: string | undefined): void {
    if (name === undefined) return
    this.focused = name
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>(`[data-name="${name}"]`)?.focus(),
    )
  }

  #pick(node: RoleNode): void {
    this.moving = node.name
    this.said = t(
      '{role} is picked up. Go to its new superior and press Enter; Escape puts it back.',
      {
        role: node.label,
      },
    )
  }

  #putBack(): void {
    if (this.moving !== '') this.said = t('It stays where it was.')
    this.#stop()
  }

  #enter(node: RoleNode): void {
    if (this.moving === '') this.emit('role-open', { name: node.name })
    else this.#move(node.name)
  }

  #stop(): void {
    this.moving = ''
    this.over = ''
  }

  #move(parent: string | undefined): void {
    const name = this.moving
    this.#stop()
    if (mayMove(this.roles, name, parent)) this.emit('role-move', { name, parent })
    else this.said = t('A role cannot stand below itself, nor where it stands already.')
  }

  #dragStart(event: DragEvent, name: string): void {
    event.dataTransfer?.setData('text/plain', name)
    this.moving = name
  }

  #dragOver(event: DragEvent, name: string | undefined): void {
    if (!mayMove(this.roles, this.moving, name)) return
    event.preventDefault()
    this.over = name ?? ':top'
  }

  #drop(event: DragEvent, name: string | undefined): void {
    event.preventDefault()
    this.#move(name)
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-role-tree': FsSetupRoleTree
  }
}
